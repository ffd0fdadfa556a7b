package public

import (
	"net/http"
	"strings"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

func echoNotFound() error { return problem.New(problem.NotFound, "web.not_found") }

type verifyPage struct {
	web.Frame
	certificates.Verification
	Asked string // what was typed
	Wrong bool   // and is no number
}

// verifyForm asks for a number and leads to its address.
func (r *Room) verifyForm(c *web.Context, _ people.Viewer) error {
	typed := strings.TrimSpace(c.QueryParam("number"))
	switching := c.QueryParam("switch") != ""
	if id, ok := certificates.ParseNumber(typed); ok && !switching {
		return c.Go("/verify/" + id)
	}
	p := &verifyPage{Frame: web.Frame{Title: c.T("verify.tab"), Current: "verify"}, Asked: typed, Wrong: typed != "" && !switching}
	p.FormID, p.FormTo, p.FormGet = "verify", "/verify", true
	status := http.StatusOK
	if p.Wrong {
		status = http.StatusUnprocessableEntity
	}
	return c.Show(status, "public/verify-form", p)
}

// verify shows every line that is printed on a certificate, from the record, so
// that an altered sheet gives itself away.
func (r *Room) verify(c *web.Context, _ people.Viewer) error {
	v, err := certificates.Verify(r.DB.Read(c.Request().Context()), r.Keys, c.Param("id"))
	if err != nil {
		return err
	}
	if v.Fault != "" {
		c.Site.Log.Error("a certificate does not agree with its signature", "fault", v.Fault)
	}
	p := &verifyPage{Frame: web.Frame{Title: c.T("verify.tab"), Current: "verify"}, Verification: v, Asked: c.QueryParam("number")}
	p.FormID, p.FormTo, p.FormGet = "again", "/verify/"+c.Param("id"), true
	status := http.StatusOK
	if v.Status == certificates.Unknown {
		status = http.StatusNotFound
	}
	return c.Show(status, "public/verify", p)
}
