package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// Attack A33: whoever comes in, by whatever door, leaves nothing in the log that
// opens one: no code or link of a letter, no code or secret of an app, no recovery
// code, nothing that goes to and fro with an agency's sign-in, no session, no key.
func TestTheLogOpensNoDoor(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	var secrets []string
	digits := regexp.MustCompile(`^\d+$`)
	keep := func(more ...string) {
		for _, s := range more {
			if digits.MatchString(s) { // by itself it might as well be a time
				secrets = append(secrets, "="+s, `"`+s+`"`)
			} else if len(s) > 6 {
				secrets = append(secrets, s)
			}
		}
	}
	last := func(address string) string { return address[strings.LastIndex(address, "/")+1:] }

	// By a letter: the wrong code, the right one; the link, looked at and pressed.
	b := h.visitor()
	page := b.post("/en/sign-in/letter", url.Values{"email": {folk["huw"].email}}).want(http.StatusOK)
	letter := h.letterTo(folk["huw"].email)
	code, link := codeIn(letter), linkIn(letter)
	b.press(page, "code-form", "", "code", otherCode(code)).want(http.StatusUnprocessableEntity)
	keep(code, strings.ReplaceAll(code, " ", ""), last(link), b.cookies["__Host-golau-code"])
	other := h.visitor()
	other.press(other.get(link).want(http.StatusOK), "", "").want(http.StatusSeeOther)
	b.press(page, "code-form", "", "code", code)
	keep(b.token(), other.token())

	// By an invitation.
	invitation := h.invited(t, "guest@nowhere.example")
	h.visitor().get(invitation).want(http.StatusOK)
	h.visitor().get(invitation + "x").want(http.StatusNotFound)
	keep(last(invitation))

	// By two steps: an app is set up, a wrong code, a recovery code.
	h.write(forget(h.id["lowri"]))
	lowri := h.visitor().firstStep("lowri")
	keep(lowri.token())
	secret, codes := lowri.setUpApp("")
	keep(secret, h.appCode(secret, 0), lowri.token())
	keep(codes...)
	half := h.visitor().firstStep("lowri")
	half.post("/en/second-factor", url.Values{"code": {otherCode(h.appCode(secret, 0))}}).want(http.StatusUnprocessableEntity)
	half.post("/en/second-factor", url.Values{"code": {codes[0]}}).want(http.StatusSeeOther)
	keep(half.token())

	// Through the agency: there and back, back once more, and back with nonsense.
	sso := h.visitor()
	start := sso.get("/en/sign-in/with/school-a").want(http.StatusSeeOther)
	to, _ := url.Parse(start.Header.Get("Location"))
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		keep(to.Query().Get(name))
	}
	for name, sealed := range sso.cookies {
		if strings.Contains(name, "sso") {
			keep(sealed)
		}
	}
	back := idp.Authorize(to.String())
	keep(back.Get("code"), idp.Secret)
	sso.get("/sso/school-a/callback?" + back.Encode())
	sso.get("/sso/school-a/callback?" + back.Encode())
	sso.get("/sso/school-a/callback?code=" + back.Get("code") + "&state=nonsense")
	keep(sso.token())

	// The first administrator's link, and a new password.
	forgot := h.visitor()
	forgot.post("/en/password", url.Values{"email": {folk["nia"].email}}).want(http.StatusOK)
	reset := linkIn(h.letterTo(folk["nia"].email))
	forgot.press(forgot.get(reset), "", "").want(http.StatusSeeOther)
	forgot.press(forgot.get("/en/password/new"), "new-password", "", "new", "pedair ffenest las olau").want(http.StatusSeeOther)
	keep(last(reset), "pedair ffenest", forgot.token())

	keep(keyForms(t, h.dir)...)
	log := h.log.String()
	for _, s := range secrets {
		if strings.Contains(log, s) {
			t.Errorf("the log holds %.12q…:\n%.300s", s, lineWith(log, s))
		}
	}
	if n := len(secrets); n < 60 || strings.Count(log, `"msg":"request"`) < 20 {
		t.Errorf("only %d secrets were looked for in %d bytes", n, len(log))
	}
	// Nor does the record of what happened, or the outbox: whoever reads the
	// database opens no door by it.
	for _, from := range []string{"audit_events WHERE instr(verb || subject, ?) > 0", "audit_details WHERE instr(detail, ?) > 0", "outbox_jobs WHERE instr(key || payload || reason, ?) > 0"} {
		for _, s := range secrets {
			if h.count(from, s) > 0 {
				t.Errorf("%s tells %.12q…", strings.Fields(from)[0], s)
			}
		}
	}
}
