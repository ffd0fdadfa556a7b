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
	web.FormErrors
	certificates.Verification
	Asked string // what was typed
}

// verifyForm asks for a number and leads to its address.
func (r *Room) verifyForm(c *web.Context, _ people.Viewer) error {
	typed := strings.TrimSpace(c.QueryParam("number"))
	switching := c.QueryParam("switch") != ""
	if id, ok := certificates.ParseNumber(typed); ok && !switching {
		return c.Go("/verify/" + id)
	}
	p := &verifyPage{Frame: web.Frame{Title: c.T("verify.tab"), Current: "verify"}, Asked: typed}
	p.FormID, p.FormTo, p.FormGet = "verify", "/verify", true
	if !c.QueryParams().Has("number") || switching {
		return c.Show(http.StatusOK, "public/verify-form", p)
	}
	wrong := problem.InvalidField("number", "verify.not_a_number")
	if typed == "" {
		wrong = problem.InvalidField("number", "verify.no_number")
	}
	p.FormErrors = c.FormErrors(wrong, "number")
	return c.Show(web.Status(wrong), "public/verify-form", p)
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
