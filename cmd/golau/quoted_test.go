package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// What is wrong with a domain is said with the domain, however many were typed.
func TestABadDomainIsQuoted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	long := strings.Repeat("a", 400) + " x"
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/agenc"
		form := url.Values{"name_en": {"Shore School"}, "name_cy": {"Ysgol y Lan"}, "kind": {"school"}, "boards": {"board-a"}}
		for typed, want := range map[string]string{
			"good.example gmail.com, outlook.com": h.words.T(l, "people.domain.anybody", "Domain", "gmail.com, outlook.com"),
			"good.example gov.uk":                 h.words.T(l, "people.domain.suffix", "Domain", "gov.uk"),
			"bryn good.example":                   h.words.T(l, "people.domain.shape", "Domain", "bryn"),
		} {
			form.Set("domains", typed)
			page := alun.post(at+"ies/new", form).want(http.StatusUnprocessableEntity)
			sound(t, typed, page)
			if said := textOf(find(page.doc(), byID("domains-error"))); !strings.Contains(said, want) {
				t.Errorf("%s: %s", typed, said)
			}
		}
		for typed, want := range map[string]string{"gmail.com": h.words.T(l, "people.domain.anybody", "Domain", "gmail.com"), "": h.words.T(l, "people.domain.required"),
			long: h.words.T(l, "people.domain.shape", "Domain", long[:60]+"…")} {
			page := alun.post(at+"y/school-a/domains", url.Values{"domain": {typed}}).want(http.StatusUnprocessableEntity)
			if said := textOf(find(page.doc(), byID("domain-error"))); !strings.HasSuffix(said, want) {
				t.Errorf("%s: %s", typed, said)
			}
		}
	}
}

// A secret that was typed is not sent back, and the page says so, instead of losing
// it without a word; where none was typed it says nothing of it.
func TestASecretMustBeTypedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	form := url.Values{"agency": {"school-a"}, "name_en": {"Glannau account"}, "name_cy": {""}, "issuer": {"https://id.glannau.example"}, "client_id": {"golau"},
		"proof": {"secret"}, "domains": {"shared.example nowhere.example"}}
	for _, l := range i18n.Langs {
		path, again := "/"+string(l)+"/admin/sign-ins/new", h.words.T(l, "admin.sign_ins.secret_again")
		form.Set("secret", "hedgehog-velvet-lantern")
		page := alun.post(path, form).want(http.StatusUnprocessableEntity).lacks("hedgehog").has(h.words.T(l, "people.sso.domain_foreign", "Domain", "nowhere.example"))
		sound(t, "another error", page)
		if said := find(page.doc(), byID("secret-error")); said == nil || !strings.Contains(textOf(said), again) {
			t.Errorf("%s: the secret went without a word", l)
		}
		if find(page.doc(), with("data-i18n.password-shown-announcement", h.words.T(l, "form.password_shown", "Label", h.words.T(l, "admin.label.sign_in.secret")))) == nil {
			t.Errorf("%s: what is shown is not called by its name", l)
		}
		alun.press(alun.get(path), "sign-in", "switch="+string(l.Other()), "secret", "hedgehog-velvet-lantern").want(http.StatusOK).lacks("hedgehog").has(h.words.T(l.Other(), "admin.sign_ins.secret_again"))
		form.Set("secret", "")
		alun.post(path, form).want(http.StatusUnprocessableEntity).lacks(again)
	}
}
