package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"golau/cmd/golau/internal/seed"
	"golau/internal/i18n"
)

// T1-17, attack A12: ten guesses at one account in five minutes, by whatever
// address they claim to come from; then 429 with the time to wait, for the right
// password too, with what was typed kept. Five minutes later it opens again.
func TestGuessesRunOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try := func(pass string, n int) *reply {
		return h.visitor().post("/cy/sign-in", url.Values{"email": {folk["nia"].email}, "password": {pass}, "next": {"/cy/account"}},
			"X-Forwarded-For", fmt.Sprintf("192.0.2.%d", n), "X-Real-IP", fmt.Sprintf("2001:db8::%d", n), "Forwarded", fmt.Sprintf("for=192.0.2.%d", n))
	}
	for n := range 10 {
		try("not the password "+strconv.Itoa(n), n).want(http.StatusUnprocessableEntity)
	}
	for n, pass := range []string{"one more guess of mine", password} {
		r := try(pass, 100+n).want(http.StatusTooManyRequests).has(h.words.T(i18n.CY, "people.signin.throttled"))
		if wait, err := strconv.Atoi(r.Header.Get("Retry-After")); err != nil || wait < 1 || wait > 300 {
			t.Errorf("Retry-After is %q", r.Header.Get("Retry-After"))
		}
		form := formValues(find(r.doc(), byID("sign-in")))
		if form.Get("email") != folk["nia"].email || form.Get("next") != "/cy/account" || form.Get("password") != "" {
			t.Errorf("what was typed comes back as %v", form)
		}
	}
	// Another account is not in the way, nor is a session that lasts.
	h.visitor().signIn("huw")
	h.as("nia").get("/en/account").want(http.StatusOK)
	h.clock.Advance(5*time.Minute + time.Second)
	try(password, 7).leads("/cy/account")
}

// T1-17, attack A8: whether there is an account shows in no word, status or
// header of the answer to a wrong password.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ask := func(email string) *reply {
		r := h.visitor().post("/en/sign-in", url.Values{"email": {email}, "password": {"not the password"}})
		r.Body = strings.ReplaceAll(r.Body, email, "#") // which is repeated to who typed it
		r.Header.Set("Content-Length", strconv.Itoa(len(r.Body)))
		return r
	}
	there := ask(folk["nia"].email)
	for _, email := range []string{"nobody@shared.example", folk["carys"].email, folk["beca"].email} {
		sameAnswer(t, email, there, ask(email))
	}
}

// The door chooses the language the browser asks for, until somebody chooses:
// the choice is kept for the next visit, and a link somebody sent is no choice.
func TestTheDoorKnowsTheLanguage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for asks, want := range map[string]string{"cy": "/cy", "cy-GB,en;q=0.8": "/cy", "en-GB,cy;q=0.5": "/en", "fr,cy;q=0.3": "/cy", "fr": "/en", "": "/en", "*": "/en", "cy;q=0": "/en", ";;;,,,q=": "/en", strings.Repeat("cy,", 5000): "/cy"} {
		r := h.visitor().get("/", "Accept-Language", asks)
		if to := r.Header.Get("Location"); r.Status != http.StatusSeeOther || to != want {
			t.Errorf("%.30q leads to %d %q, want %q", asks, r.Status, to, want)
		}
		if vary := r.Header.Get("Vary"); !strings.Contains(vary, "Accept-Language") || !strings.Contains(vary, "Cookie") {
			t.Errorf("Vary is %q", vary)
		}
	}
	b := h.visitor()
	b.headers["Accept-Language"] = "en"
	b.get("/cy").want(http.StatusOK) // a link in a letter
	b.get("/").leads("/en")
	b.get("/cy", "Referer", "https://evil.example/en").want(http.StatusOK)
	b.get("/").leads("/en")
	b.get("/cy", "Referer", "https://"+site+"/en").want(http.StatusOK) // the switch
	b.get("/").leads("/cy")
	b.press(b.get("/cy/sign-in"), "sign-in", "switch=en").want(http.StatusOK) // the button
	b.get("/").leads("/en")
}

// The demonstration's people have no password, so the page offers none to change.
func TestTheDemonstrationHasNoPasswords(t *testing.T) {
	t.Parallel()
	h := newHouse(t, demonstration)
	b := h.visitor()
	b.headers["Host"] = "localhost"
	page := b.get("/cy/sign-in").want(http.StatusOK)
	if n := len(findAll(page.doc(), with("name", "person"))); n != len(seed.Cast) {
		t.Errorf("%d people can be signed in as", n)
	}
	b.post("/cy/demo/sign-in", url.Values{"person": {"huw"}}, "Origin", "-").leads("/cy/learn")
	page = b.get("/cy/account").want(http.StatusOK).has(h.words.T(i18n.CY, "web.demo_bar"))
	if find(page.doc(), with("type", "password")) != nil {
		t.Error("there is a password to change")
	}
	real := newHouse(t).visitor().get("/en/sign-in").want(http.StatusOK)
	if find(real.doc(), hasClass("golau-demo")) != nil {
		t.Error("the cast can be signed in as on a real site")
	}
}
