package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/store"
)

// A mistyped address is corrected by an administrator, with a reason: the old
// one opens nothing, sessions end, and both addresses get a letter, of which the
// one to the old tells neither name nor new address.
func TestAnAddressIsCorrected(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun, huw := h.as("alun"), h.as("huw")
	path := "/admin/people/" + h.id["huw"] + "/email"
	for _, l := range i18n.Langs {
		page := alun.get("/" + string(l) + path).want(http.StatusOK)
		sound(t, "to be corrected", page)
		bad := alun.press(page, "correct", "", "email", "no address", "reason", "").want(http.StatusUnprocessableEntity)
		sound(t, "wrong", bad)
		bad.has(h.words.T(l, "people.email.shape"), "no address")
	}
	taken := url.Values{"email": {folk["nia"].email}, "reason": {"typing"}, "proof": {"000 000"}}
	alun.post("/en"+path, taken).want(http.StatusConflict).has(h.words.T(i18n.EN, "people.email.taken"))
	alun.post("/en/admin/people/"+h.id["alun"]+"/email", url.Values{"email": {"alun.new@shared.example"}, "reason": {"typing"}}).want(http.StatusConflict)
	h.as("lowri").post("/en"+path, taken).want(http.StatusForbidden)
	huw.get("/cy/learn").want(http.StatusOK)
	stranger := h.visitor()
	asked := stranger.post("/cy/sign-in/letter", url.Values{"email": {folk["huw"].email}})
	h.work()
	code := codeIn(h.letterTo(folk["huw"].email))
	before, since := len(h.mail.Sent()), h.count("audit_events")

	alun.post("/cy"+path, url.Values{"email": {"Huw.Penri@shared.example"}, "reason": {"mistyped when he was invited"}, "proof": {h.spare("alun")}}).leads("/cy/admin/people/" + h.id["huw"] + "?done=email_changed")
	if got := h.lately(since); got != "people.email_changed" {
		t.Errorf("recorded %q", got)
	}
	huw.get("/cy/learn").want(http.StatusSeeOther)
	if r := stranger.press(asked, "code-form", "", "code", code); r.Status == http.StatusSeeOther && r.Header.Get("Location") == "/cy/learn" {
		t.Error("a code of the old address opened the account")
	}
	h.work()
	to := map[string]string{}
	for _, m := range h.mail.Sent()[before:] {
		to[m.To] = m.Text + m.HTML + m.ToName + m.Subject
	}
	if old := to[folk["huw"].email]; old == "" || strings.Contains(old, "Huw") || strings.Contains(strings.ToLower(old), "penri@") {
		t.Errorf("to the old address: %q", old)
	}
	if now := to["Huw.Penri@shared.example"]; !strings.Contains(now, folk["huw"].name) {
		t.Errorf("to the new address: %q", now)
	}
	b := h.visitor()
	page := b.post("/cy/sign-in/letter", url.Values{"email": {"huw.penri@shared.example"}})
	h.work()
	b.press(page, "code-form", "", "code", codeIn(h.letterTo("Huw.Penri@shared.example"))).want(http.StatusSeeOther)
	b.get("/cy/account").want(http.StatusOK).has("Huw.Penri@shared.example")
	alun.get("/en/admin/audit?verb=people.email_changed").want(http.StatusOK).has("mistyped when he was invited")
}

// Whoever may come in through their agency alone keeps an address that leads
// there.
func TestACorrectedAddressLocksNobodyOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(func(tx store.Tx) error {
		if err := tx.Exec(`INSERT INTO people_providers (id, key, organisation_id, name_en, name_cy, issuer, client_id, proof, sealed, scopes, acr, second_factor, only_way, enabled, tested_at, created_at)
			SELECT 'door', 'door', id, 'Door', 'Drws', 'https://door.example', 'x', 'secret', '', 'openid', '', 0, 1, 1, ?, ? FROM people_organisations WHERE key = 'school-a'`, tx.Now, tx.Now).Error; err != nil {
			return err
		}
		if err := tx.Exec("INSERT INTO people_provider_domains (domain, provider_id) VALUES ('shared.example', 'door')").Error; err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO people_identities (id, person_id, provider_id, email, issuer, subject, created_at, last_used_at)
			VALUES ('bound', ?, 'door', '', 'https://door.example', 's', ?, ?)`, h.id["huw"], tx.Now, tx.Now).Error
	})
	alun, path := h.as("alun"), "/cy/admin/people/"+h.id["huw"]+"/email"
	alun.post(path, url.Values{"email": {"huw@elsewhere.example"}, "reason": {"new work"}, "proof": {h.spare("alun")}}).want(http.StatusConflict).has(h.words.T(i18n.CY, "people.email.only_there"))
	alun.post(path, url.Values{"email": {"huw.p@shared.example"}, "reason": {"typing"}, "proof": {h.spare("alun")}}).want(http.StatusSeeOther)
}
