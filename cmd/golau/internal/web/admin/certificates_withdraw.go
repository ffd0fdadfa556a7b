package admin

import (
	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// withdrawalPage asks whoever withdraws a certificate whether it is this one.
type withdrawalPage struct {
	Form
	certificates.Handled
	Reason certificates.Reason
	Words  string
}

// withdraw asks first, and revokes a certificate when whoever asked is sure.
func (r *Room) withdraw(c *web.Context, v people.Viewer) error {
	if c.Switching() && c.Field("asked") == "" {
		return r.showCertificate(c, v, "withdraw", nil)
	}
	reason, words, ctx := certificates.Reason(c.Field("reason")), c.Field("words"), c.Request().Context()
	if c.Field("sure") != "yes" || c.Switching() {
		found, err := certificates.MayWithdraw(r.DB.Read(ctx), v, c.Param("certificate"), reason, words)
		if err != nil {
			return r.showCertificate(c, v, "withdraw", err)
		}
		p := &withdrawalPage{Form: form(c, "certificates", c.T("admin.certificates.sure_title")), Handled: found, Reason: reason, Words: words}
		p.Alternate = "/admin/certificates/" + found.ID
		p.sent("withdraw", p.Alternate+"/withdraw")
		return r.showForm(c, "admin/certificate-withdraw", &p.Form, p)
	}
	if err := certificates.Withdraw(ctx, r.DB, v, c.Param("certificate"), reason, words); err != nil {
		return r.showCertificate(c, v, "withdraw", err)
	}
	return c.Go("/admin/certificates/" + c.Param("certificate") + "?done=certificate_withdrawn")
}
