package account

import (
	"net/http"
	"net/url"
	"regexp"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// Forms in which somebody has typed, sent after their session had ended, wait as
// answers do, but are not acted on by themselves: once signed in, their sender
// presses once more.
var (
	typedPath = regexp.MustCompile(`^/(en|cy)/(admin/|lead/|account/name$)`)
	// secretField is never kept; its page asks for it anew.
	secretField = regexp.MustCompile(`password|proof|code|secret|answer`)
)

// withoutSecrets is what of a form may wait; nil for nothing.
func withoutSecrets(form url.Values) url.Values {
	var kept url.Values
	for name, values := range form {
		if !secretField.MatchString(name) {
			if kept == nil {
				kept = url.Values{}
			}
			kept[name] = values
		}
	}
	return kept
}

// waits leaves a form with the browser of the person whose session had ended in
// it, and returns the page that sends it again. Where the form is somebody
// else's, or too long to be left there, it returns "".
func (r *Room) waits(c *web.Context, v people.Viewer, p web.Pending, sealed string) (to string) {
	if typedPath.MatchString(p.Path) && p.Person == v.Person && c.SetWaits(sealed) {
		return c.Local("/send-again")
	}
	return ""
}

// waiting is the form that waits for the viewer.
func (r *Room) waiting(c *web.Context, v people.Viewer) (web.Pending, bool) {
	p, err := r.Seal.Open(c.Waits())
	return p, err == nil && p.Person == v.Person && typedPath.MatchString(p.Path)
}

type sendAgainPage struct {
	web.Frame
	Form url.Values
}

func (r *Room) sendAgainPage(c *web.Context, v people.Viewer) error {
	sent, ok := r.waiting(c, v)
	if !ok {
		return c.Go("/learn")
	}
	p := &sendAgainPage{Form: sent.Form}
	p.Title = c.T("send_again.title")
	return c.Show(http.StatusOK, "account/send-again", p)
}

// sendAgain lets the browser send the form on to where it belonged: what is
// there to act on it knows who may.
func (r *Room) sendAgain(c *web.Context, v people.Viewer) error {
	sent, ok := r.waiting(c, v)
	if !ok {
		return c.Go("/learn")
	}
	c.SetWaits("")
	if c.Field("leave") != "" {
		return c.Go("/learn")
	}
	return c.Redirect(http.StatusTemporaryRedirect, c.Local(sent.Path[len("/en"):])) // the same form once more
}
