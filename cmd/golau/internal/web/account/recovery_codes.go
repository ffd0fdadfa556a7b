package account

import (
	"net/http"
	"net/url"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// codesPath is where the page of new codes sends itself to be read in its other
// language. The codes are kept in the page alone, sealed, since the house knows
// nothing but their hashes: no address and no table ever holds them.
const codesPath = "/account/security/codes"

// codesPage shows recovery codes, this once.
type codesPage struct {
	web.Frame
	Codes  []string
	First  bool // with a new factor; else they replace older ones
	To     string
	Sealed string // all of this, for the language switch
	Made   string // the day they are of, for whoever finds two sheets of paper
}

// FirstRun says whether the way on leads through setting the site up.
func (p *codesPage) FirstRun() bool { return firstRun(p.To) }

// showCodes shows codes that were made just now to whoever is in by now.
func (r *Room) showCodes(c *web.Context, codes []string, first bool, to string) error {
	form := url.Values{"code": codes, "to": {to}, "made": {c.Now().UTC().Format("2006-01-02")}}
	if first {
		form.Set("first", "yes")
	}
	sealed, err := r.Seal.Close(web.Pending{Path: codesPath, Form: form, Person: c.Viewer().Person})
	if err != nil {
		return err
	}
	return showSealedCodes(c, form, sealed)
}

func showSealedCodes(c *web.Context, form url.Values, sealed string) error {
	p := &codesPage{Codes: form["code"], First: form.Has("first"), To: form.Get("to"), Made: form.Get("made"), Sealed: sealed}
	p.Title, p.FormID, p.FormTo = c.T("second.codes_title"), "shown", codesPath
	return c.Show(http.StatusOK, "account/recovery-codes", p)
}

// codesInOther shows the same codes in the other language to whom they were
// shown; to anybody else, or when the seal is no longer good, how they sign in.
func (r *Room) codesInOther(c *web.Context, v people.Viewer) error {
	sealed := c.Field("codes")
	p, err := r.Seal.Open(sealed)
	if err != nil || p.Path != codesPath || p.Person != v.Person {
		return c.Go("/account/security")
	}
	p.Form.Set("to", c.Local(p.Form.Get("to")[len("/en"):]))
	return showSealedCodes(c, p.Form, sealed)
}
