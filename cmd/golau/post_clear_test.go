package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/mail"
)

// Where whoever runs the site lets letters travel unencrypted, the health of the site
// and the mail test say so; where not, neither does.
func TestLettersInTheClearAreTold(t *testing.T) {
	t.Parallel()
	for address, clear := range map[string]bool{"smtp://relay.example:25?from=golau@golau.example&tls=optional": true,
		"smtp://relay.example:25?from=golau@golau.example": false} {
		h := livedIn(t, func(w *wiring) {
			s, err := mail.NewSMTP(address, w.now)
			if err != nil {
				t.Fatal(err)
			}
			w.sender = s
		})
		for _, l := range i18n.Langs {
			for _, path := range []string{"/admin/health", "/admin/mail"} {
				page := h.as("alun").get("/" + string(l) + path).want(http.StatusOK)
				sound(t, "alun", page)
				if said := strings.Contains(textOf(page.doc()), h.words.T(l, "admin.mail.in_clear")); said != clear {
					t.Errorf("%s %s%s says it: %v", address, l, path, said)
				}
			}
		}
	}
}

func TestConfigTellsOfLettersInTheClear(t *testing.T) {
	for address, want := range map[string]int{"smtp://relay.example:25?from=golau@golau.example&tls=optional": 1,
		"smtp://relay.example:25?from=golau@golau.example": 0, "smtp://localhost:25?from=golau@golau.example&tls=optional": 0} {
		code, lines := configured(t, "--data", t.TempDir(), "--smtp-url", address)
		if n := strings.Count(strings.Join(lines, "\n"), "warning: letters may travel unencrypted"); code != exitDone || n != want {
			t.Errorf("%s: %d, %d times in %q", address, code, n, lines)
		}
	}
}
