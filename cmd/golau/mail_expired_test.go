package main

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/mail/mailtest"
)

// A mail server whose certificate has expired is named as that wherever somebody
// looks for the reason: what to do, what the connection said, and what still works.
func TestAMailServerWithAnExpiredCertificate(t *testing.T) {
	t.Parallel()
	today := time.Now()
	address := mailtest.Shows(t, today.AddDate(-2, 0, 0), today.AddDate(-1, 0, 0))
	h := newHouse(t, func(w *wiring) {
		s, err := mail.NewSMTP(address, w.now)
		if err != nil {
			t.Fatal(err)
		}
		w.sender = s
	})
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin"
		alun.post(at+"/mail", nil).leads(at + "/mail?done=tried")
		for _, page := range []string{at + "/mail?done=tried", at + "/health"} {
			alun.get(page).want(http.StatusOK).has(h.words.T(l, "admin.mail.fault.expired"), h.words.T(l, "admin.mail.mend.expired"), h.words.T(l, "admin.mail.still"))
		}
		alun.get(at + "/mail?done=tried").has("certificate has expired")
		h.visitor().get("/" + string(l) + "/sign-in").want(http.StatusOK).has(h.words.T(l, "web.no_post"))
		h.visitor().post("/"+string(l)+"/sign-in", url.Values{"email": {"nia@shared.example"}, "password": {password}}).want(http.StatusSeeOther)
	}
}
