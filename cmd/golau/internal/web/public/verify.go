package public

import (
	"errors"
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
	Code  string // of a sheet whose holder was erased
}

// verifyForm asks for a number and leads to its address.
func (r *Room) verifyForm(c *web.Context, _ people.Viewer) error {
	typed := strings.TrimSpace(c.QueryParam("number"))
	switching := c.QueryParam("switch") != ""
	wrong := problem.InvalidField("number", "verify.not_a_number")
	if id, ok := certificates.ParseNumber(typed); ok && !switching {
		right, err := r.codeRight(c, id, typed)
		if err != nil {
			return err
		}
		if right {
			return c.Go("/verify/" + id)
		}
		wrong = problem.InvalidField("number", "verify.code_wrong")
	}
	p := &verifyPage{Frame: web.Frame{Title: c.T("verify.tab"), Current: "verify"}, Asked: typed}
	p.FormID, p.FormTo, p.FormGet = "verify", "/verify", true
	if !c.QueryParams().Has("number") || switching {
		return c.Show(http.StatusOK, "public/verify-form", p)
	}
	if typed == "" {
		wrong = problem.InvalidField("number", "verify.no_number")
	}
	p.FormErrors = c.FormErrors(wrong, "number")
	return c.Show(web.Status(wrong), "public/verify-form", p)
}

// codeRight says whether the signed code behind a pasted address belongs to the
// certificate; a number alone has none, and is looked up by itself.
func (r *Room) codeRight(c *web.Context, id, typed string) (bool, error) {
	_, payload, pasted := strings.Cut(typed, "#")
	rx := r.DB.Read(c.Request().Context())
	if !pasted {
		return true, nil
	}
	if v, err := certificates.Verify(rx, r.Keys, id); err != nil || v.Status == certificates.Unknown {
		return true, err // its page says so
	}
	v, err := certificates.Verify(rx, r.Keys, id+"#"+payload)
	return v.Status != certificates.Unknown, err
}

// verify shows every line that is printed on a certificate, from the record, so
// that an altered sheet gives itself away.
func (r *Room) verify(c *web.Context, _ people.Viewer) error {
	v, err := certificates.Verify(r.DB.Read(c.Request().Context()), r.Keys, c.Param("id"))
	if err != nil {
		return err
	}
	return r.showVerify(c, v, nil)
}

// verifyName shows a certificate whose holder was erased with the name that the
// code of their sheet brings along. It is sent, so that no address holds it.
func (r *Room) verifyName(c *web.Context, _ people.Viewer) error {
	rx := r.DB.Read(c.Request().Context())
	v, err := certificates.Verify(rx, r.Keys, c.Param("id"))
	if err != nil || c.Switching() || v.Status == certificates.Unknown {
		return errors.Join(err, r.showVerify(c, v, nil))
	}
	_, payload, _ := strings.Cut(c.Field("code"), "#")
	with, err := certificates.Verify(rx, r.Keys, c.Param("id")+"#"+strings.TrimSpace(payload))
	if err != nil {
		return err
	}
	if payload == "" || with.Status == certificates.Unknown {
		return r.showVerify(c, v, problem.InvalidField("code", "verify.code_wrong"))
	}
	return r.showVerify(c, with, nil)
}

func (r *Room) showVerify(c *web.Context, v certificates.Verification, wrong error) error {
	if v.Fault != "" {
		c.Site.Log.Error("a certificate does not agree with its signature", "fault", v.Fault)
	}
	p := &verifyPage{Frame: web.Frame{Title: c.T("verify.tab"), Current: "verify"}, Verification: v, Asked: c.QueryParam("number")}
	p.FormID, p.FormTo, p.FormGet = "again", "/verify/"+c.Param("id"), true
	status := http.StatusOK
	if v.Status == certificates.Unknown {
		status, p.Asked = http.StatusNotFound, certificates.Number(c.Param("id"))
	}
	if e, ok := problem.As(wrong); ok {
		p.FormErrors, status = c.FormErrors(e, "code"), web.Status(e)
	}
	if v.Certificate.Erased {
		p.Code = c.Field("code")
		if c.Request().Method == http.MethodPost {
			p.FormID, p.FormTo, p.FormGet = "name", "/verify/"+c.Param("id"), false
		}
	}
	return c.Show(status, "public/verify", p)
}
