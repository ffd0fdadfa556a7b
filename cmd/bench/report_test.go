package main

import (
	"slices"
	"testing"
)

// What --strict ends with 1 for: aims that were missed, and nothing that has none.
func TestMissed(t *testing.T) {
	var b bench
	b.add(row{what: "ready", figure: "300 ms", aim: "≤ 2 s", met: true})
	b.add(row{what: "pages", figure: "12/s"})
	if got := b.missed(); len(got) != 0 {
		t.Errorf("%q was missed", got)
	}
	b.add(row{what: "a refusal", figure: "1200 ms", aim: "< 1 s"})
	if got := b.missed(); !slices.Equal(got, []string{"a refusal: 1200 ms, the aim is < 1 s"}) {
		t.Errorf("%q was missed", got)
	}
}
