package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/people"
	"golau/internal/store"
)

// letterTo does what waits and returns the newest letter to an address.
func (h *house) letterTo(email string) mail.Message {
	h.t.Helper()
	h.work()
	sent := h.mail.Sent()
	for i := len(sent) - 1; i >= 0; i-- {
		if strings.EqualFold(sent[i].To, email) {
			return sent[i]
		}
	}
	h.t.Fatalf("no letter to %s among %d", email, len(sent))
	return mail.Message{}
}

var (
	codeShape = regexp.MustCompile(`(?m)^(\d{3} \d{3})$`)
	linkShape = regexp.MustCompile(`https?://[^/\s]+(/\S+/[A-Za-z0-9_-]{43})\b`)
)

// codeIn is the code of a letter, "" when it has none; linkIn the path of its
// link.
func codeIn(m mail.Message) string { return codeShape.FindString(m.Text) }

func linkIn(m mail.Message) string {
	if l := linkShape.FindStringSubmatch(m.Text); l != nil {
		return l[1]
	}
	return ""
}

// otherCode is not the code.
func otherCode(code string) string {
	if code == "000 000" {
		return "000001"
	}
	return "000000"
}

// Signing in by a code, as the pages offer it, in both languages: asked for on
// the sign-in page, typed in the same window, and then to the page that was
// wanted.
func TestSignInByLetter(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Langs {
		h := newHouse(t)
		b := h.visitor()
		page := b.get("/" + string(l) + "/sign-in?next=/" + string(l) + "/account")
		page = b.post("/"+string(l)+"/sign-in/letter", withValue(formValues(find(page.doc(), byID("sign-in"))), "email", folk["nia"].email)).
			want(http.StatusOK).has(h.words.T(l, "code.title"))
		m := h.letterTo(folk["nia"].email)
		if codeIn(m) == "" || m.Language != "en" || strings.Contains(m.Subject, codeIn(m)) || !strings.Contains(m.Text, "https://"+site+linkIn(m)) {
			t.Fatalf("the letter says %q %s", m.Subject, m.Text)
		}
		b.press(page, "code-form", "", "code", otherCode(codeIn(m))).want(http.StatusUnprocessableEntity).has(h.words.T(l, "people.code.wrong"))
		again := b.press(page, "code-form", "switch="+string(l.Other()), "code", "1").want(http.StatusOK)
		sound(t, "switched", again)
		b.press(again, "code-form", "", "code", codeIn(m)).leads("/" + string(l.Other()) + "/account")
		b.get("/" + string(l) + "/account").want(http.StatusOK).has(folk["nia"].name)
		if b.cookies["__Host-golau-code"] != "" {
			t.Error("the browser keeps what it needs no more")
		}
	}
}

func withValue(v url.Values, name, value string) url.Values { v.Set(name, value); return v }

// Attack A15: mail scanners ask for every link by GET and HEAD, more than once;
// nothing is used up. Whoever presses the button comes in, in another browser
// too, and once.
func TestScannersUseUpNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.visitor().post("/en/sign-in/letter", url.Values{"email": {folk["nia"].email}}).want(http.StatusOK)
	h.visitor().post("/en/password", url.Values{"email": {folk["huw"].email}}).want(http.StatusOK)
	h.visitor().post("/en/join", url.Values{"email": {"new@shared.example"}}).want(http.StatusOK)
	invited := h.invited(t, "guest@school-a.example")
	links := map[string]string{linkIn(h.letterTo(folk["nia"].email)): "/en/learn", linkIn(h.letterTo(folk["huw"].email)): "/cy/password/new",
		linkIn(h.letterTo("new@shared.example")): "/en/join/details", invited: "/en/learn"}
	before := h.tables()
	for link := range links {
		for range 3 {
			r := h.visitor().get(link).want(http.StatusOK)
			sound(t, "a link", r)
			h.visitor().send(http.MethodHead, link, nil)
			if len(r.Header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s gives a scanner %v", link, r.Header.Values("Set-Cookie"))
			}
		}
	}
	h.unchanged(before)
	for link, to := range links {
		b := h.visitor()
		b.press(b.get(link), "", "").leads(to)
		if strings.HasSuffix(to, "/learn") != (b.token() != "") {
			t.Errorf("%s: signed in is %v", link, b.token() != "")
		}
		h.visitor().get(link).want(http.StatusNotFound)
		h.visitor().post(link, nil).want(http.StatusNotFound)
	}
}

// A code is of the browser that asked: typed into another it is wrong, like one
// that was never sent; replayed or old it is gone.
func TestACodeIsOfOneBrowser(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ask := func() (*browser, string) {
		b := h.visitor()
		b.post("/en/sign-in/letter", url.Values{"email": {folk["nia"].email}}).want(http.StatusOK)
		return b, codeIn(h.letterTo(folk["nia"].email))
	}
	type_ := func(b *browser, code string) *reply { return b.post("/en/sign-in/code", url.Values{"code": {code}}) }
	b, code := ask()
	gone := h.words.T(i18n.EN, "people.code.gone")
	type_(h.visitor(), code).want(http.StatusUnprocessableEntity).has(gone)
	thief := h.visitor()
	thief.post("/en/sign-in/letter", url.Values{"email": {"nobody@shared.example"}})
	type_(thief, code).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "people.code.wrong"))
	type_(b, code).want(http.StatusSeeOther)
	nonce := b.all
	replay := h.visitor()
	for _, k := range nonce {
		if k.Name == "__Host-golau-code" && k.Value != "" {
			replay.cookies[k.Name] = k.Value
		}
	}
	type_(replay, code).want(http.StatusUnprocessableEntity).has(gone)

	b, code = ask()
	h.clock.Advance(10 * time.Minute)
	type_(b, code).want(http.StatusUnprocessableEntity).has(gone)

	b, code = ask()
	for n := range 5 {
		type_(b, otherCode(code)).want(http.StatusUnprocessableEntity)
		_ = n
	}
	type_(b, code).want(http.StatusUnprocessableEntity).has(gone)
}

// T1-17, attack A12: whether an address has an account, belongs to an agency or
// to nobody shows in no answer: neither when the letter is asked for nor when a
// code is typed.
func TestNobodyLearnsWhoGetsALetter(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, path := range []string{"/en/sign-in/letter", "/cy/password", "/en/join"} {
		check := map[string]string{"/en/sign-in/letter": "/en/sign-in/code", "/cy/password": "/cy/password/code", "/en/join": "/en/join/code"}[path]
		ask := func(email string) (*reply, *reply) {
			b := h.visitor()
			clean := func(r *reply) *reply {
				r.Body = strings.ReplaceAll(r.Body, email, "#") // which is repeated to who typed it
				r.Header.Set("Content-Length", strconv.Itoa(len(r.Body)))
				r.Header.Set("Set-Cookie", strconv.Itoa(len(r.Header.Get("Set-Cookie"))))
				return r
			}
			asked := clean(b.post(path, url.Values{"email": {email}}).want(http.StatusOK))
			return asked, clean(b.post(check, url.Values{"email": {email}, "code": {"000000"}}).want(http.StatusUnprocessableEntity))
		}
		asked, typed := ask(folk["nia"].email)
		for _, email := range []string{"nobody@shared.example", "nobody@nowhere.example", folk["carys"].email, folk["beca"].email} {
			a, b := ask(email)
			sameAnswer(t, path+" "+email, asked, a)
			sameAnswer(t, check+" "+email, typed, b)
		}
	}
}

// Attack A14: what a stranger says of the host reaches no letter.
func TestLinksNameTheSiteItself(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for i, header := range [][2]string{{"X-Forwarded-Host", "evil.example"}, {"Forwarded", "host=evil.example"}, {"X-Forwarded-Proto", "gopher"}, {"X-Original-URL", "https://evil.example/"}} {
		h.visitor().post("/en/password", url.Values{"email": {folk["nia"].email}}, header[0], header[1]).want(http.StatusOK)
		h.clock.Advance(11 * time.Minute)
		h.visitor().post("/en/password", url.Values{"email": {folk["nia"].email}}, "Host", "evil.example").want(http.StatusMisdirectedRequest)
		if i == 0 {
			h.visitor().post("/en/join", url.Values{"email": {"new@shared.example"}}, header[0], header[1]).want(http.StatusOK)
		}
	}
	h.visitor().post("/en/sign-in/letter", url.Values{"email": {folk["huw"].email}}, "X-Forwarded-Host", "evil.example").want(http.StatusOK)
	h.letterTo(folk["huw"].email)
	for _, m := range h.mail.Sent() {
		if strings.Contains(m.Text+m.HTML, "evil") || !strings.Contains(m.Text, "https://"+site+"/") {
			t.Errorf("a letter to %s leads elsewhere:\n%s", m.To, m.Text)
		}
	}
}

// A forgotten password: proof, a new one, the other sessions end, a letter says
// so. Whoever asked in another's name holds nothing when she follows the link.
func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	old := h.as("nia")
	thief, b := h.visitor(), h.visitor()
	thief.post("/en/password", url.Values{"email": {folk["nia"].email}}).want(http.StatusOK)
	link := linkIn(h.letterTo(folk["nia"].email))
	b.follow(b.press(b.get(link), "", "")).want(http.StatusOK).has(h.words.T(i18n.EN, "code.reset_title"))
	thief.get("/en/password/new").want(http.StatusNotFound)
	h.visitor().get("/en/password/new").want(http.StatusNotFound)
	page := b.get("/en/password/new")
	sound(t, "a new password", page)
	bad := b.press(page, "new-password", "", "new", "short").want(http.StatusUnprocessableEntity)
	sound(t, "a short password", bad)
	b.press(page, "new-password", "", "new", "pedair ffenest las olau").leads("/en/learn")
	old.get("/en/account").leads("/en/sign-in?next=%2Fen%2Faccount")
	b.get("/en/account").want(http.StatusOK)
	if m := h.letterTo(folk["nia"].email); codeIn(m) != "" || !strings.Contains(m.Text, "23 November 2026") {
		t.Errorf("nobody tells her: %s", m.Text)
	}
	h.visitor().post("/en/sign-in", url.Values{"email": {folk["nia"].email}, "password": {"pedair ffenest las olau"}}).want(http.StatusSeeOther)
	b.press(page, "new-password", "", "new", "pump ffenest las olau").want(http.StatusNotFound)
}

// An answer that waits goes with the code through every form.
func TestAnAnswerWaitsForTheCode(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, open := h.as("nia"), h.did["nia"].open
	form := b.fill(b.get(questionPath(i18n.EN, open, 3)), true)
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_sessions SET expires_at = ? WHERE person_id = ?", tx.Now, h.id["nia"]).Error
	})
	page := b.post(questionPath(i18n.EN, open, 3), form).want(http.StatusUnauthorized)
	page = b.post("/en/sign-in/letter", withValue(formValues(find(page.doc(), byID("sign-in"))), "email", folk["nia"].email)).want(http.StatusOK)
	page = b.press(page, "code-form", "", "code", "000000").want(http.StatusUnprocessableEntity)
	b.press(page, "code-form", "", "code", codeIn(h.letterTo(folk["nia"].email))).want(http.StatusSeeOther)
	if h.count("quiz_answers WHERE attempt_id = ? AND question = 3", open) != 1 {
		t.Error("the answer that waited is lost")
	}
}

// invited sends an invitation into school A and returns the path of its link.
func (h *house) invited(t testing.TB, email string) string {
	t.Helper()
	lowri := h.as("lowri")
	page := lowri.get("/cy/lead/invitations/new").want(http.StatusOK)
	lowri.press(page, "invite", "", "email", email, "name", "Gwestai Newydd", "job_role", string(people.Education), "language", "en").
		leads("/cy/lead/invitations?done=sent&n=1")
	return linkIn(h.letterTo(email))
}
