package letters

import (
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Every change of a second factor has its letter, in both languages; it holds no
// code, no secret and no word of what is taught.
func TestFactorsLetter(t *testing.T) {
	o := Office{Words: words(t), Base: base}
	for _, l := range i18n.Langs {
		p := sian()
		p.Language = l
		for _, what := range []string{"added", "removed", "renewed", "reset", "closed", "connected", "disconnected", people.TokenMade, people.TokenTaken} {
			f := people.FactorsFact{Person: p.ID, What: what, At: store.At(time.Date(2026, 11, 21, 14, 2, 0, 0, time.UTC))}
			m, err := o.message("factors-1", p, o.factors(p, "", f))
			if err != nil {
				t.Fatal(err)
			}
			if what == "added" {
				golden(t, "factors."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
				golden(t, "factors."+string(l)+".html", m.HTML)
			}
			if what == "closed" {
				golden(t, "closed."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
				golden(t, "closed."+string(l)+".html", m.HTML)
			}
			page := "/account/security"
			if strings.HasSuffix(what, "connected") {
				page = "/account/connections"
				golden(t, what+"."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			}
			if what == people.TokenMade || what == people.TokenTaken {
				page = "/account/systems"
				golden(t, what+"."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			}
			lead := o.Words.T(l, "letters.factors."+what)
			if !strings.Contains(strings.Join(strings.Fields(m.Text), " "), lead) || strings.Contains(m.Text, "[letters.") {
				t.Errorf("%s %s: %s", l, what, m.Text)
			}
			if !strings.Contains(m.Text, o.address(l, page)) || !strings.Contains(m.HTML, "14:02") {
				t.Errorf("%s %s: no link, or no time", l, what)
			}
		}
	}
}
