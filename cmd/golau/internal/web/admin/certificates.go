package admin

import (
	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) certificateRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/certificates", web.Admin, r.findCertificate),
		web.Get("/admin/certificates/:certificate", web.Admin, r.certificate),
		web.Post("/admin/certificates/:certificate/withdraw", web.Admin, r.withdraw),
		web.Post("/admin/certificates/:certificate/correct", web.Admin, r.correct),
	}
}

type findCertificatePage struct {
	Form
	Number string
}

// findCertificate asks for a number and leads to its certificate. There is no
// list: who runs the installation sees only what they hold the number of.
func (r *Room) findCertificate(c *web.Context, v people.Viewer) error {
	p := &findCertificatePage{Form: form(c, "certificates", c.T("admin.certificates.title")), Number: c.QueryParam("number")}
	p.FormID, p.FormTo, p.FormGet = "find", "/admin/certificates", true
	if c.QueryParams().Has("number") && c.QueryParam("switch") == "" {
		found, err := certificates.Handle(r.DB.Read(c.Request().Context()), v, p.Number)
		if err == nil {
			return c.Go("/admin/certificates/" + found.ID)
		}
		if problem.KindOf(err) == problem.NotFound {
			err = problem.InvalidField("number", "certificates.not_found")
		}
		if err := p.take(c, err, "certificate", "number"); err != nil {
			return err
		}
	}
	return r.showForm(c, "admin/certificates", &p.Form, p)
}

type certificatePage struct {
	Form
	certificates.Handled
	Status    certificates.Status
	InForce   bool
	Reasons   []Option
	Words     string
	NewName   string
	Why       string
	NewNumber string // of the one that took its place
}

// showCertificate shows what a certificate says, and what was sent with what is
// wrong.
func (r *Room) showCertificate(c *web.Context, v people.Viewer, sent string, err error) error {
	found, fail := certificates.Handle(r.DB.Read(c.Request().Context()), v, c.Param("certificate"))
	if fail != nil {
		if problem.KindOf(fail) == problem.Invalid {
			fail = problem.New(problem.NotFound, "certificates.not_found")
		}
		return fail
	}
	p := &certificatePage{Form: form(c, "certificates", c.T("admin.certificates.title")), Handled: found, Status: found.StatusAt(c.Now()),
		InForce: !found.Revoked && !found.Superseded, NewName: c.Field("name"), NewNumber: certificates.Number(found.Successor)}
	if fail := p.take(c, err, "certificate", "name", "why", "reason", "words"); fail != nil {
		return fail
	}
	p.Alternate = "/admin/certificates/" + found.ID
	switch {
	case !p.InForce:
	case sent == "withdraw" || p.Erased:
		p.Words = c.Field("words")
		p.sent("withdraw", p.Alternate+"/withdraw")
	default:
		p.Why = c.Field("why")
		p.sent("correct", p.Alternate+"/correct")
	}
	p.Reasons = []Option{{"", c.T("admin.people.choose"), c.Field("reason") == ""}}
	for _, reason := range certificates.Reasons {
		p.Reasons = append(p.Reasons, Option{string(reason), c.T("admin.certificates.reason." + string(reason)), string(reason) == c.Field("reason")})
	}
	return r.showForm(c, "admin/certificate", &p.Form, p)
}

// certificate shows one certificate.
func (r *Room) certificate(c *web.Context, v people.Viewer) error {
	return r.showCertificate(c, v, "", nil)
}

// correct issues a certificate anew.
func (r *Room) correct(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showCertificate(c, v, "correct", nil)
	}
	anew, err := certificates.Correct(c.Request().Context(), r.DB, r.Keys, v, c.Param("certificate"), c.Field("name"), c.Field("why"))
	if err != nil {
		return r.showCertificate(c, v, "correct", err)
	}
	return c.Go("/admin/certificates/" + anew.ID + "?done=certificate_corrected")
}
