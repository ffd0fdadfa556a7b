package seed

import (
	"testing"

	"golau/internal/site"
)

// The first start of a demonstration warns of nothing: not that its months are
// too many for the clock, nor that a night was missed.
func TestTheDemonstrationsNights(t *testing.T) {
	h := demonstration(t)
	if doubt, since, err := site.ClockInDoubt(h.read()); err != nil || doubt {
		t.Errorf("the clock is doubted since %s: %v", since, err)
	}
	if last, err := site.LastRun(h.read()); err != nil || last.Finished.IsZero() {
		t.Errorf("the last night is %+v: %v", last, err)
	}
}
