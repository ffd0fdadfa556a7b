package letters

import (
	"strings"
	"testing"

	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
)

// An officer reads how many certificates came, in which week and to which board, and
// finds these behind the link.
func TestRegisterWeekLetter(t *testing.T) {
	o := Office{Words: words(t), Base: base}
	board := people.Board{Key: "arian", Name: i18n.Text{EN: "Arian Safeguarding Board", CY: "Bwrdd Diogelu Arian"}}
	for _, l := range i18n.Langs {
		to := sian()
		to.Language = l
		m, err := o.message("register-week-1", to, o.registerWeek(to, course.RegisterWeek{Board: board, Count: 6, First: "2026-11-09", Last: "2026-11-15"}))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "register_week."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		for _, says := range []string{board.Name.In(l), "6", base + "/" + string(l) + "/board/certificates?board=arian&from=9%2F11%2F2026&to=15%2F11%2F2026"} {
			if !strings.Contains(strings.Join(strings.Fields(m.Text), " "), says) {
				t.Errorf("%s does not say %q:\n%s", l, says, m.Text)
			}
		}
		if strings.Contains(m.Text+m.Subject, "[letters.") {
			t.Error(m.Text)
		}
	}
}
