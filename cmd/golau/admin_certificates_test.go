package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
)

// An administrator finds a certificate by its number, corrects it and withdraws
// it; the public check says so, and the holder gets letters.
func TestACertificateIsCorrectedAndWithdrawn(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, r := range certificates.Reasons {
		if !h.words.Has("admin.certificates.reason." + string(r)) {
			t.Errorf("%s has no words", r)
		}
	}
	alun, old := h.as("alun"), h.did["nia"].certificate
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/certificates"
		sound(t, "certificates", alun.get(at).want(http.StatusOK))
		sound(t, "certificates, wrong", alun.get(at+"?number=x").want(http.StatusUnprocessableEntity))
		sound(t, "certificates, unknown", alun.get(at+"?number="+nobodys.certificate).want(http.StatusUnprocessableEntity))
		alun.get(at + "?number=" + certificates.Number(old)).leads(at + "/" + old)
		sound(t, "certificate", alun.get(at+"/"+old).want(http.StatusOK))
		sound(t, "certificate, wrong", alun.post(at+"/"+old+"/withdraw", url.Values{"reason": {"other"}}).want(http.StatusUnprocessableEntity))
		sound(t, "certificate, wrong name", alun.post(at+"/"+old+"/correct", url.Values{"name": {"1"}, "why": {"x"}}).want(http.StatusUnprocessableEntity).has(`value="1"`))
		alun.get(at + "/" + nobodys.certificate).want(http.StatusNotFound)
	}
	for _, who := range []string{"nia", "lowri", "gwen"} {
		h.as(who).post("/en/admin/certificates/"+old+"/withdraw", url.Values{"reason": {"in_error"}}).want(http.StatusForbidden)
	}
	sent := len(h.mail.Sent())
	r := alun.post("/en/admin/certificates/"+old+"/correct", url.Values{"name": {"Nia Rhydderch Ŵyn"}, "why": {"a letter was missing"}}).want(http.StatusSeeOther)
	anew := strings.TrimSuffix(strings.TrimPrefix(r.Header.Get("Location"), "/en/admin/certificates/"), "?done=certificate_corrected")
	h.visitor().get("/en/verify/"+anew).want(http.StatusOK).has("Nia Rhydderch Ŵyn", h.words.T(i18n.EN, "verify.title_valid"))
	h.visitor().get("/en/verify/"+old).want(http.StatusOK).has(h.words.T(i18n.EN, "verify.title_superseded")).lacks(anew, "Ŵyn")
	h.as("nia").get("/en/certificates").want(http.StatusOK).has(certificates.Number(anew), certificates.Number(old))
	sound(t, "replaced", alun.get("/cy/admin/certificates/"+old).want(http.StatusOK).has(certificates.Number(anew)))
	h.work()
	for _, l := range i18n.Langs {
		page := alun.get("/" + string(l) + "/admin/certificates/" + anew).want(http.StatusOK)
		before := h.tables()
		ask := alun.press(page, "withdraw", "", "reason", "wrong_person", "words", "SECRET words").want(http.StatusOK).
			has(h.words.T(l, "admin.certificates.sure_title"), "Nia Rhydderch Ŵyn", certificates.Number(anew), "SECRET words")
		sound(t, "asked whether", ask)
		alun.press(ask, "withdraw", "switch="+string(l.Other())).want(http.StatusOK).has(h.words.T(l.Other(), "admin.certificates.sure_title"), "SECRET words")
		h.unchanged(before)
	}
	sure := alun.post("/cy/admin/certificates/"+anew+"/withdraw", url.Values{"reason": {"wrong_person"}, "words": {"SECRET words"}}).want(http.StatusOK)
	alun.press(sure, "withdraw", "sure=yes").leads("/cy/admin/certificates/" + anew + "?done=certificate_withdrawn")
	h.visitor().get("/cy/verify/" + anew).want(http.StatusOK).has(h.words.T(i18n.CY, "verify.title_revoked")).lacks("SECRET")
	h.work()
	letters := h.mail.Sent()[sent:]
	if len(letters) != 2 {
		t.Fatalf("%d letters", len(letters))
	}
	for i, what := range []string{"corrected", "withdrawn"} {
		m := letters[i]
		if m.To != folk["nia"].email || m.Subject != h.words.T(i18n.EN, "letters."+what+".subject") || strings.Contains(m.Text+m.HTML, "SECRET") || strings.Contains(m.Text, "[letters") {
			t.Errorf("%+v", m)
		}
	}
	alun.post("/en/admin/certificates/"+anew+"/withdraw", url.Values{"reason": {"in_error"}, "sure": {"yes"}}).want(http.StatusConflict)
	alun.post("/en/admin/certificates/"+anew+"/withdraw", url.Values{"reason": {"in_error"}}).want(http.StatusConflict)
	if _, err := certificates.Check(h.db.Read(t.Context()), h.keys); err != nil {
		t.Error(err)
	}
}
