package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sameSite is what each cookie is sent along with: to a link from elsewhere, or to
// nothing that comes from elsewhere.
var sameSite = map[string]http.SameSite{
	"__Host-golau":         http.SameSiteLaxMode,
	"__Host-lang":          http.SameSiteLaxMode,
	"__Host-golau-sso":     http.SameSiteLaxMode, // an agency's sign-in leads back
	"__Host-golau-waits":   http.SameSiteLaxMode,
	"__Host-golau-code":    http.SameSiteStrictMode,
	"__Host-golau-passkey": http.SameSiteStrictMode,
}

// bound says what is wrong with a cookie: each is bound to this host, to https, and
// out of reach of scripts and of other sites' forms. Every browser of every test
// asks it of every cookie.
func bound(t testing.TB, k *http.Cookie) {
	t.Helper()
	if want, known := sameSite[k.Name]; !known || k.SameSite != want || !k.Secure || !k.HttpOnly || k.Path != "/" || k.Domain != "" {
		t.Errorf("cookie %s", k.Raw)
	}
}

// Attack A28, ASVS 3.3: every cookie that the program sets is bound, by whatever
// door it comes.
func TestCookiesAreBound(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	b := h.visitor()
	b.get("/en").want(http.StatusOK)
	b.signIn("nia")
	b.get("/cy/account", "Referer", "https://"+site+"/en/account").want(http.StatusOK) // the language was changed
	b.post("/cy/account/sign-out-everywhere", nil).want(http.StatusSeeOther)
	b.post("/en/sign-in/letter", url.Values{"email": {folk["nia"].email}}).want(http.StatusOK)
	b.post("/en/passkey/ask", nil).want(http.StatusOK)
	b.there(idp, "/en/sign-in/with/school-a")
	huw, _, _, _, page := twice(t, h)
	huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).want(http.StatusSeeOther)
	names := map[string]bool{}
	for _, k := range append(b.all, huw.all...) {
		names[k.Name] = true
	}
	set, _ := cookiesOf(doorCode(t))
	for _, name := range set {
		if !names[name] {
			t.Errorf("the door that sets %s was not tried", name)
		}
	}
	if len(set) != len(sameSite) {
		t.Errorf("the code sets %q", set)
	}
}

// T1-16, attack A11: signing in gives a new session, whatever cookie was planted
// before, and the planted one is worth nothing.
func TestSigningInGivesANewSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	seen := map[string]bool{}
	for _, planted := range []string{"", strings.Repeat("A", 43), h.session["huw"], "' OR 1=1 --"} {
		b := h.visitor()
		if planted != "" {
			b.cookies["__Host-golau"] = planted
		}
		if planted == h.session["huw"] {
			r := b.post("/en/sign-in", url.Values{"email": {folk["nia"].email}, "password": {password}})
			r.want(http.StatusSeeOther)
		} else {
			b.signIn("nia")
		}
		if b.token() == planted || seen[b.token()] || len(b.token()) != 43 {
			t.Errorf("planted %q, got the session %q", planted, b.token())
		}
		seen[b.token()] = true
		b.get("/en/account").want(http.StatusOK).has(folk["nia"].name)
		if planted != "" {
			old := h.visitor()
			old.cookies["__Host-golau"] = planted
			old.get("/en/account").want(http.StatusSeeOther)
		}
	}
}

// T1-16, attack A11: a session is dead with the next request after it ended,
// however it ended, and stays dead.
func TestASessionThatEndedIsDead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var other *browser
	ends := []struct {
		how  string
		end  func(b *browser)
		both bool // also the session on the other device
	}{
		{"signed out", func(b *browser) { b.post("/en/sign-out", nil).leads("/en") }, false},
		{"signed out everywhere", func(b *browser) { b.post("/en/account/sign-out-everywhere", nil).leads("/en/sign-in") }, true},
		{"expired", func(*browser) { h.clock.Advance(12*time.Hour + time.Second) }, true},
		{"suspended", func(*browser) { h.suspend("nia") }, true},
	}
	for _, e := range ends {
		b := h.visitor().signIn("nia")
		other = h.visitor().signIn("nia")
		stolen := h.visitor()
		stolen.cookies["__Host-golau"] = b.token()
		stolen.get("/en/account").want(http.StatusOK)
		e.end(b)
		for range 2 {
			if r := stolen.get("/en/account"); r.Status != http.StatusSeeOther {
				t.Errorf("%s: the session still opens the account (%d)", e.how, r.Status)
			}
			if r := stolen.get("/en/account", "Accept", "application/json"); r.Status != http.StatusUnauthorized {
				t.Errorf("%s: JSON answers %d, want 401", e.how, r.Status)
			}
		}
		if r := other.get("/en/account"); (r.Status == http.StatusOK) == e.both {
			t.Errorf("%s: on the other device the account answers %d", e.how, r.Status)
		}
		if e.how == "signed out" && (b.token() != "" || !strings.Contains(b.get("/en").text(), "Sign in")) {
			t.Errorf("%s: the browser still has a session", e.how)
		}
	}
}

// Attack A11: changing the password ends the sessions on other devices and keeps
// this one.
func TestANewPasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here, there := h.visitor().signIn("nia"), h.visitor().signIn("nia")
	const fresh = "pedair ffenest las olau"
	here.post("/en/account/password", url.Values{"old": {password}, "new": {fresh}}).leads("/en/account?done=password")
	here.get("/en/account?done=password").want(http.StatusOK).has("Your password is changed")
	there.get("/en/account").want(http.StatusSeeOther)
	form := url.Values{"email": {folk["nia"].email}, "password": {password}}
	h.visitor().post("/en/sign-in", form).want(http.StatusUnprocessableEntity)
	form.Set("password", fresh)
	h.visitor().post("/en/sign-in", form).leads("/en/learn")
}

// Signing out asks the browser to forget what it kept, and the back button finds
// nothing to show.
func TestSigningOutClearsTheBrowser(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("nia")
	if got := b.get("/en/learn").Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a personal page may be kept: %q", got)
	}
	r := b.post("/en/sign-out", nil).leads("/en")
	if got := r.Header.Get("Clear-Site-Data"); !strings.Contains(got, `"cache"`) || !strings.Contains(got, `"storage"`) {
		t.Errorf("Clear-Site-Data is %q", got)
	}
}
