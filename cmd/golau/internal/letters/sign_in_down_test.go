package letters

import (
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Administrators read which agency's people cannot come in, since when and why, what
// still works and what to do.
func TestSignInDownLetter(t *testing.T) {
	o := Office{Words: words(t), Base: base}
	at := store.At(time.Date(2026, 11, 21, 14, 2, 0, 0, time.UTC))
	p := people.Provider{Key: "shores", Name: i18n.Text{EN: "Shores account", CY: "Cyfrif Glannau"},
		Organisation: people.Organisation{Name: i18n.Text{EN: "Shores Council", CY: "Cyngor Glannau"}}}
	for _, l := range i18n.Langs {
		to := sian()
		to.Language = l
		m, err := o.message("sign-in-down-1", to, o.signInDown(to, p, people.Trouble{Fault: "status", Said: "502 Bad Gateway", At: at, Since: at},
			people.SignInDownFact{Person: to.ID, Since: at}))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "sign_in_down."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		for _, says := range []string{p.Name.In(l), p.Organisation.Name.In(l), "14:02", "502 Bad Gateway"} {
			if !strings.Contains(strings.Join(strings.Fields(m.Text), " "), says) || !strings.Contains(m.HTML, says) {
				t.Errorf("%s does not say %q:\n%s", l, says, m.Text)
			}
		}
		if strings.Contains(m.Text, "[letters.") {
			t.Error(m.Text)
		}
	}
}
