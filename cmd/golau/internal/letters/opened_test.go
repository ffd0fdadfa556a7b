package letters

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"golau/certificates"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// The letter to whoever waited, whole. Its subject tells nobody what is taught.
func TestOpenedGolden(t *testing.T) {
	o := Office{Words: words(t), Base: base}
	for _, l := range i18n.Langs {
		p := sian()
		p.Language = l
		m, err := o.message("opened-1", p, o.finalOpened(p))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "opened."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		golden(t, "opened."+string(l)+".html", m.HTML)
		if page := base + "/" + string(l) + "/learn"; strings.Count(m.HTML, `href="`+page+`"`) != 1 || !strings.Contains(m.Text, page) ||
			strings.Contains(m.Text, "[letters.") || strings.Contains(m.Subject, "Siân") {
			t.Errorf("%s: %s\n%s", l, m.Subject, m.Text)
		}
	}
}

// It goes in the person's language; not to whoever has passed meanwhile or is
// suspended, and what does not exist is given up.
func TestOpenedIsSent(t *testing.T) {
	h := open(t)
	tell := func(key, person string) {
		t.Helper()
		h.write(func(tx store.Tx) error {
			return outbox.Put(tx, course.FinalOpened, key, course.OpenedFact{Person: person, Course: "child-trafficking"})
		})
		later := func(context.Context, outbox.Job) error { return nil }
		w := outbox.NewWorker(h.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{course.Completed: later, certificates.SignJob: later,
			course.FinalOpened: h.office().FinalOpened})
		if _, err := w.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	tell("not enrolled", h.fact.Person)
	var n int
	if err := h.db.Read(t.Context()).Raw("SELECT count(*) FROM outbox_jobs WHERE kind = ? AND failed_at IS NOT NULL", course.FinalOpened).Scan(&n).Error; err != nil || n != 1 {
		t.Errorf("%d are given up: %v", n, err)
	}
	h.write(func(tx store.Tx) error {
		board, err := people.AddBoard(tx, people.NewBoard{Key: "bro", Name: i18n.Text{EN: "Bro Board", CY: "Bwrdd Bro"}})
		if err != nil {
			return err
		}
		org, err := people.AddOrganisation(tx, people.NewOrganisation{Key: "ysgol", Name: i18n.Text{EN: "Bro School", CY: "Ysgol Bro"}})
		if err != nil {
			return err
		}
		if err := people.LinkBoard(tx, org, board); err != nil {
			return err
		}
		m, err := people.AddMembership(tx, people.NewMembership{PersonID: h.fact.Person, OrganisationID: org, BoardID: board, Role: people.Learner, JobRole: people.Education})
		if err != nil {
			return err
		}
		_, err = course.Enrol(tx, h.fact.Person, m, "child-trafficking")
		return err
	})
	tell("waits", h.fact.Person)
	if sent := h.box.Sent(); len(sent) != 1 || sent[0].Language != "cy" || sent[0].To != "sian@demo.example" {
		t.Fatalf("%+v", sent)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET suspended_at = ?", tx.Now).Error
	})
	tell("suspended", h.fact.Person)
	h.write(func(tx store.Tx) error {
		err := tx.Exec("UPDATE people_persons SET suspended_at = NULL").Error
		if err != nil {
			return err
		}
		err = tx.Exec(`INSERT INTO quiz_attempts SELECT 'a', person_id, id, 'final', 1, 3, 'cy', '2026.2', 'x', '{}', 1, ?, 1 FROM course_enrolments`, tx.Now).Error
		if err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO course_completions SELECT id, 'a', '2026.2', 'cy', ?, NULL FROM course_enrolments`, tx.Now).Error
	})
	tell("passed", h.fact.Person)
	if n := len(h.box.Sent()); n != 1 {
		t.Errorf("%d letters", n)
	}
}
