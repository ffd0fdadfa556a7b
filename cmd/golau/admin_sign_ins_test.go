package main

import (
	"net/http"
	"net/url"
	"testing"

	"golau/internal/i18n"
)

// An administrator adds a sign-in, is told what is wrong with it, puts it right
// and takes it into use; the secret is on no page.
func TestKeepingASignIn(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	alun := h.as("alun")
	form := url.Values{"agency": {"school-b"}, "name_en": {"Second"}, "name_cy": {"Ail"}, "issuer": {idp.URL + "/"}, "client_id": {idp.ClientID},
		"proof": {"secret"}, "secret": {"a wrong word"}, "domains": {"shared.example"}, "options": {"second_factor"}}
	bad := url.Values{"agency": {"school-b"}, "domains": {"elsewhere.example"}, "issuer": {"https://login.microsoftonline.com/common/v2.0"}, "secret": {"a wrong word"}}
	page := alun.post("/cy/admin/sign-ins/new", bad).want(http.StatusUnprocessableEntity).
		has(h.words.T(i18n.CY, "sso.fault.many_tenants"), h.words.T(i18n.CY, "people.sso.domain_foreign", "Domain", "elsewhere.example"), "login.microsoftonline.com/common").lacks("a wrong word")
	sound(t, "alun", page)
	alun.post("/en/admin/sign-ins/new", form).leads("/en/admin/sign-in/school-b?done=sign_in_added")
	at := "/en/admin/sign-in/school-b"
	page = alun.get(at).want(http.StatusOK).has("https://"+site+"/sso/school-b/callback", h.words.T(i18n.EN, "admin.sign_ins.untested")).lacks("a wrong word")
	sound(t, "alun", page)
	alun.press(page, "enable", "").want(http.StatusConflict).has(h.words.T(i18n.EN, "sso.fault.wrong_issuer", "Said", idp.URL))
	h.visitor().get("/sso/school-b").want(http.StatusNotFound)

	form.Set("issuer", idp.URL)
	form.Set("secret", "")
	alun.post(at, form).want(http.StatusUnprocessableEntity) // the secret of one is not sent to another
	form.Set("secret", "a wrong word")
	alun.post(at, form).leads(at + "?done=sign_in_changed")
	page = alun.press(alun.get(at), "test", "").want(http.StatusOK).has(h.words.T(i18n.EN, "sso.fault.unknown"))
	sound(t, "alun", page)
	form.Set("secret", idp.Secret)
	alun.post(at, form).leads(at + "?done=sign_in_changed")
	alun.press(alun.get(at), "test", "").leads(at + "?done=sign_in_tested")
	alun.press(alun.get(at), "enable", "").leads(at + "?done=sign_in_enabled")
	h.visitor().get("/sso/school-b").want(http.StatusSeeOther)
	alun.get("/cy/admin/sign-ins").want(http.StatusOK).has("Ail", "Cyfrif Glannau", h.words.T(i18n.CY, "admin.sign_ins.on")).lacks(idp.Secret)
	alun.press(alun.get(at).lacks(idp.Secret), "disable", "").leads(at + "?done=sign_in_disabled")
	h.visitor().get("/sso/school-b").want(http.StatusNotFound)

	// By a key: the page shows the public half, and so does its address.
	form.Set("proof", "key")
	alun.post(at, form).leads(at + "?done=sign_in_changed")
	sound(t, "alun", alun.get(at).has("BEGIN PUBLIC KEY", "/sso/school-b/jwks.json").lacks("PRIVATE"))
	h.visitor().get("/sso/school-b/jwks.json").want(http.StatusOK).has(`"kid"`, `"n"`).lacks(`"d"`)

	// Given up: what becomes of its people is said first, and a reason is asked.
	for _, l := range []i18n.Lang{i18n.CY, i18n.EN} {
		at := "/" + string(l) + "/admin/sign-in/school-b/retire"
		sound(t, "alun", alun.get(at).want(http.StatusOK).has(h.words.T(l, "admin.sign_ins.retire_lost", "Count", 0)))
		sound(t, "alun", alun.post(at, url.Values{}).want(http.StatusUnprocessableEntity).has(h.words.T(l, "people.reason.required")))
	}
	alun.press(alun.get(at+"/retire"), "retire", "", "reason", "the agency has another").leads("/en/admin/sign-ins?done=sign_in_retired")
	alun.get("/en/admin/sign-ins?done=sign_in_retired").want(http.StatusOK).lacks("Second").has("Glannau account", h.words.T(i18n.EN, "admin.done.sign_in_retired"))
	alun.get(at).want(http.StatusNotFound)
	h.visitor().get("/sso/school-b/jwks.json").want(http.StatusNotFound)
}
