package main

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/mail"
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
	if demo.noPost() {
		t.Error("the demonstration, whose letters go nowhere on purpose, warns")
	}
}
