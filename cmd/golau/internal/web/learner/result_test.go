package learner

import (
	"slices"
	"testing"
)

// What is to be looked at again stands first; the rest keeps its order.
func TestWeakFirst(t *testing.T) {
	lines := []objectiveLine{{Section: "a", Secure: true}, {Section: "b"}, {Section: "c", Secure: true}, {Section: "d"}}
	slices.SortStableFunc(lines, weakFirst)
	got := ""
	for _, l := range lines {
		got += l.Section
	}
	if got != "bdac" {
		t.Errorf("they stand as %q", got)
	}
}
