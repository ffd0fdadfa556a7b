package learner

import (
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// What a page says of an answer that waited for its sender to sign in.
const (
	toldOther   = "other"   // it was somebody else's
	toldStale   = "stale"   // there is a newer one
	toldRefused = "refused" // the paper does not take it
	toldLate    = "late"    // it came after handing in
)

// tell returns the address of a page that tells v what became of the answer. What
// it says is sealed for v and for this page: a link that somebody else made up, or
// passes on, says nothing.
func (r *Room) tell(c *web.Context, v people.Viewer, path, what string) (string, error) {
	seal, err := r.Seal.Close(web.Pending{Path: toldAt(path, what), Person: v.Person})
	return c.Local(path) + "?answer=" + what + "." + seal, err
}

// told is what the page at path is to tell v; "" for nothing.
func (r *Room) told(c *web.Context, v people.Viewer, path string) string {
	what, seal, ok := strings.Cut(c.QueryParam("answer"), ".")
	if !ok {
		return ""
	}
	if p, err := r.Seal.Open(seal); err != nil || p.Person != v.Person || p.Path != toldAt(path, what) {
		return ""
	}
	return what
}

func toldAt(path, what string) string { return "told " + what + " " + path }
