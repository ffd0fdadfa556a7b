package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
	"golau/internal/store"
)

// Whoever never had a password is asked for none, and told how to get one.
func TestWhoHasNoPasswordIsAskedForNone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, before := h.as("huw"), h.as("gwen")
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET password_hash = '' WHERE id = ?", h.id["huw"]).Error
	})
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		page := huw.get(at + "/account").want(http.StatusOK).has(h.words.T(l, "account.password_none"))
		sound(t, "the account", page)
		safety := huw.get(at+"/account/security").want(http.StatusOK).has(h.words.T(l, "second.door_text_none"), h.words.T(l, "sessions.text_none"))
		sound(t, "signing in", safety)
		for _, p := range []*reply{page, safety} {
			if find(p.doc(), with("type", "password")) != nil {
				t.Errorf("%s: a password is asked for", at)
			}
		}
		if find(before.get(at+"/account").want(http.StatusOK).doc(), byID("password-form")) == nil {
			t.Errorf("%s: whoever has a password cannot change it", at)
		}
	}
}
