package letters

import (
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// What happens to who administers the site is told in both languages: whom it is
// about, who did it, and when.
func TestAdminsLetter(t *testing.T) {
	o := Office{Words: words(t), Base: base}
	for _, l := range i18n.Langs {
		p := sian()
		p.Language = l
		for _, what := range []people.AdminsWhat{people.AdminLinkMade, people.AdminLinkUsed, people.AdminMade, people.AdminUnmade, people.AdminShut, people.AdminLetIn} {
			f := people.AdminsFact{Person: p.ID, About: "person-2", What: what, At: store.At(time.Date(2026, 11, 21, 14, 2, 0, 0, time.UTC))}
			for _, c := range []struct{ about, by string }{{"Alun Teifi", "Gwen Ifans"}, {"", ""}} {
				m, err := o.message("admins-1", p, o.adminsTold(p, c.about, c.by, f))
				if err != nil {
					t.Fatal(err)
				}
				if c.about != "" {
					golden(t, "admins-"+string(what)+"."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
				}
				if c.about == "" {
					c.about, c.by = o.Words.T(l, "letters.admins.somebody_new"), o.Words.T(l, "letters.admins.machine")
				}
				for _, says := range []string{c.about, c.by, "14:02"} {
					if !strings.Contains(strings.Join(strings.Fields(m.Text), " "), says) || !strings.Contains(m.HTML, says) {
						t.Errorf("%s %s does not say %q:\n%s", l, what, says, m.Text)
					}
				}
				if strings.Contains(m.Text, "[letters.") {
					t.Errorf("%s %s: %s", l, what, m.Text)
				}
			}
		}
	}
}

// Who was given a role with power reads which, where and by whom; whose second
// step was taken off, by whom.
func TestRoleGivenLetter(t *testing.T) {
	o := Office{Words: words(t), Base: base}
	at := store.At(time.Date(2026, 11, 21, 14, 2, 0, 0, time.UTC))
	for _, l := range i18n.Langs {
		p := sian()
		p.Language = l
		place := people.Membership{Role: people.Officer, Started: at,
			Organisation: people.Organisation{Name: i18n.Text{EN: "Shores Council", CY: "Cyngor Glannau"}},
			Board:        people.Board{Name: i18n.Text{EN: "Shores Board", CY: "Bwrdd Glannau"}}}
		for name, w := range map[string]letter{"role": o.roleGiven(p, place, "Alun Teifi"),
			"reset": o.factors(p, "Alun Teifi", people.FactorsFact{Person: p.ID, What: "reset", By: "person-2", At: at})} {
			m, err := o.message("role-1", p, w)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+"."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			if !strings.Contains(m.Text, "Alun Teifi") || !strings.Contains(m.HTML, "14:02") || strings.Contains(m.Text, "[letters.") {
				t.Errorf("%s %s: %s", l, name, m.Text)
			}
		}
	}
}
