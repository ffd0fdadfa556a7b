package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/sso/ssotest"
	"golau/internal/store"
)

// noted lets the background write down what people met at their agency's sign-in.
func (h *house) noted() {
	h.t.Helper()
	if err := h.people.NoteSignIns(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// A sign-in that breaks after it was taken into use is noticed by the first person
// who comes, shown to administrators with why, since when, what to do and what still
// works, and good again when somebody came in. Nobody is written to who need not be.
func TestHealthNoticesSignIns(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	h.becomes(t, "sign_ins", "good")
	h.clock.Advance(11 * time.Minute)
	idp.Down = true
	before := h.tables()
	h.visitor().get("/sso/school-a").want(http.StatusServiceUnavailable)
	h.unchanged(before) // being sent away writes nothing
	h.noted()
	h.becomes(t, "sign_ins", "some")
	for _, l := range i18n.Langs {
		since := i18n.DateTime(l, h.clock.Now())
		why := h.words.T(l, "sso.fault.status", "Said", "502 Bad Gateway")
		name := map[i18n.Lang]string{i18n.EN: "Glannau account", i18n.CY: "Cyfrif Glannau"}[l]
		h.as("alun").get("/"+string(l)+"/admin/health").has(h.words.T(l, "admin.health.sign_ins.since", "Name", name, "Moment", since), why,
			h.words.T(l, "admin.health.sign_ins.still"), `href="/`+string(l)+`/admin/sign-in/school-a"`)
		h.as("alun").get("/" + string(l) + "/admin").has(h.words.T(l, "admin.todo.sign_ins"))
		page := h.as("alun").get("/"+string(l)+"/admin/sign-in/school-a").want(http.StatusOK).has(why, h.words.T(l, "admin.sign_ins.met_nobody"),
			h.words.T(l, "admin.sign_ins.met_since", "At", since), h.words.T(l, "admin.sign_ins.faulty"), h.words.T(l, "admin.sign_ins.still"))
		sound(t, "alun", page)
	}
	if n := h.count("outbox_jobs WHERE kind = ?", people.SignInDown); n != 0 {
		t.Errorf("%d letters though there are other ways", n)
	}

	// Where it is the only way, it cannot wait, and administrators get one letter.
	h.write(func(tx store.Tx) error { return tx.Exec("UPDATE people_providers SET only_way = 1").Error })
	h.becomes(t, "sign_ins", "only")
	for range 3 {
		h.clock.Advance(11 * time.Minute)
		h.visitor().get("/sso/school-a").want(http.StatusServiceUnavailable)
		h.noted()
	}
	if n, all := h.count("outbox_jobs WHERE kind = ?", people.SignInDown), h.admins(); n != all || all == 0 {
		t.Errorf("%d letters to %d administrators", n, all)
	}
	h.work()
	told := 0
	for _, m := range h.mail.Sent() {
		if m.To == folk["alun"].email && strings.Contains(m.Text, "/admin/sign-in/school-a") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the administrator has %d letters about it", told)
	}

	idp.Down = false
	h.visitor().there(idp, "/en/sign-in/with/school-a").leads("/en/sign-in/arrival")
	h.noted()
	h.becomes(t, "sign_ins", "good")
	h.as("alun").get("/en/admin").lacks(h.words.T(i18n.EN, "admin.todo.sign_ins"))

	// It is told anew when it has worked and fails again, and not while it flaps.
	h.clock.Advance(2 * time.Hour)
	h.cast.session["alun"] = h.visitor().signIn("alun").token()
	idp.Forge = func(k *ssotest.Token) { k.Key = ssotest.Second().RSA }
	h.visitor().there(idp, "/sso/school-a").want(http.StatusConflict)
	h.noted()
	h.becomes(t, "sign_ins", "only")
	if n := h.count("outbox_jobs WHERE kind = ?", people.SignInDown); n != 2*h.admins() {
		t.Errorf("%d letters", n)
	}
	idp.Forge = nil
}

// What somebody brings about who knocks at the way back is a thing to look at, and
// no more: it makes nobody's door red, writes to nobody, and covers nothing.
func TestAStrangerMakesNoAlarm(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	h.write(func(tx store.Tx) error { return tx.Exec("UPDATE people_providers SET only_way = 1").Error })
	for range 5 {
		h.clock.Advance(time.Second)
		b := h.visitor()
		to, _ := url.Parse(b.get("/sso/school-a").Header.Get("Location"))
		b.get("/sso/school-a/callback?code=made-up&state=" + to.Query().Get("state")).want(http.StatusConflict)
		h.noted()
	}
	h.becomes(t, "sign_ins", "brought")
	if n := h.count("outbox_jobs WHERE kind = ?", people.SignInDown); n != 0 {
		t.Errorf("a stranger has %d letters sent", n)
	}
	if n := h.count("audit_events WHERE verb = 'people.sign_in_failed'"); n != 1 {
		t.Errorf("a stranger has %d lines written", n)
	}
	idp.Secret = "another word" // by which the provider does not know the site any more
	h.visitor().there(idp, "/sso/school-a").want(http.StatusServiceUnavailable)
	h.noted()
	h.becomes(t, "sign_ins", "only")
}

func (h *house) admins() int {
	h.t.Helper()
	all, err := people.Administrators(h.db.Read(h.t.Context()))
	if err != nil {
		h.t.Fatal(err)
	}
	return len(all)
}
