package main

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/store"
)

// Where no letter can leave, the pages that promise one say so, and what to do
// instead, to everybody alike; and no longer once letters leave again.
func TestSignInSaysThatNoLetterLeaves(t *testing.T) {
	t.Parallel()
	still := newHouse(t)
	still.clock.Advance(3 * time.Minute) // and the background work did not go on
	noServer := newHouse(t, func(w *wiring) { w.sender = mail.Folder{Dir: t.TempDir(), Now: w.now} })
	for name, h := range map[string]*house{"the work stands still": still, "no mail server": noServer} {
		for _, l := range i18n.Langs {
			at, says := "/"+string(l), h.words.T(l, "web.no_post")
			for _, path := range []string{"/sign-in", "/password", "/join"} {
				page := h.visitor().get(at+path).want(http.StatusOK).has(h.words.T(l, "web.no_post_title"), says)
				sound(t, name, page)
			}
			wrong := url.Values{"email": {folk["huw"].email}, "password": {"not the password"}}
			h.visitor().post(at+"/sign-in", wrong).want(http.StatusUnprocessableEntity).has(says)
			for _, email := range []string{folk["huw"].email, "nobody@nowhere.example"} {
				b := h.visitor()
				r := b.post(at+"/sign-in/letter", url.Values{"email": {email}})
				sound(t, name, b.follow(r).want(http.StatusOK).has(says))
			}
		}
	}
	still.work()
	still.visitor().get("/en/sign-in").want(http.StatusOK).lacks(still.words.T("en", "web.no_post_title"))
	demo := emptyHouse(t, demonstration, func(w *wiring) { w.sender = mail.Folder{Dir: t.TempDir(), Now: w.now} })
	if demo.noPost(t.Context()) {
		t.Error("the demonstration, whose letters go nowhere on purpose, warns")
	}
}

// A mail server that took nothing when it was asked last is told of in the same
// way, whether the address that is typed is known or not; one letter that was
// refused, or is to come later, is no such thing. It is over with the next letter
// that is taken.
func TestSignInSaysThatTheMailServerIsDead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	says := func(want bool, when string) {
		t.Helper()
		for _, l := range i18n.Langs {
			for _, path := range []string{"/sign-in", "/password", "/join"} {
				if page := h.visitor().get("/" + string(l) + path).want(http.StatusOK); strings.Contains(page.text(), flat(h.words.T(l, "web.no_post"))) != want {
					t.Errorf("%s: %s says that no letter leaves: %v", when, page.path, !want)
				}
			}
		}
	}
	ask := func(email string) *reply {
		r := h.visitor().post("/en/sign-in/letter", url.Values{"email": {email}}).want(http.StatusOK)
		r.Body = strings.ReplaceAll(r.Body, email, "#")
		r.Header.Set("Content-Length", "")
		r.Header.Set("Set-Cookie", "")
		return r
	}
	says(false, "at first")
	for word, counts := range map[mail.Fault]bool{mail.ToRefused: false, mail.LetterRefused: false, mail.Later: false, mail.NoAnswer: true, mail.NotSignedIn: true, mail.Other: true} {
		h.write(func(tx store.Tx) error { // what the worker notes of an older letter
			return tx.Exec("UPDATE outbox_jobs SET answer = ?, answered_at = ? WHERE id = (SELECT max(id) FROM outbox_jobs)", string(word), tx.Now).Error
		})
		says(counts, string(word))
	}
	h.mail.Fail = errors.New("dial tcp: connection refused")
	ask(folk["huw"].email)
	h.work()
	says(true, "the server is gone")
	sameAnswer(t, "known and unknown", ask(folk["nia"].email), ask("nobody@nowhere.example"))
	if at := ask("stranger@shared.example"); !strings.Contains(at.text(), flat(h.words.T("en", "web.no_post"))) {
		t.Errorf("the page where the code is typed does not say so\n%s", at.gist())
	}
	h.mail.Fail = nil
	h.clock.Advance(time.Second)
	h.work()
	says(false, "letters leave again")
}
