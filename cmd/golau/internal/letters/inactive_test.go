package letters

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// The letter to whoever no longer comes, whole; it names no day, and its subject
// tells nobody what is taught.
func TestInactiveGolden(t *testing.T) {
	o := Office{Words: words(t), Base: base}
	for _, l := range i18n.Langs {
		p := sian()
		p.Language = l
		m, err := o.message("inactive-1", p, o.inactiveWarned(p))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "inactive."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		golden(t, "inactive."+string(l)+".html", m.HTML)
		wellMadeWithAccount(t, l, m.HTML)
		if strings.Contains(m.Text, "[letters.") || strings.Contains(m.Subject, "Siân") || strings.Contains(m.Text, "202") {
			t.Errorf("%s: %s\n%s", l, m.Subject, m.Text)
		}
	}
}

func wellMadeWithAccount(t *testing.T, l i18n.Lang, page string) {
	t.Helper()
	for _, a := range []string{"/sign-in", "/account"} {
		if strings.Count(page, `href="`+base+"/"+string(l)+a+`"`) != 1 {
			t.Errorf("%s: no link to %s", l, a)
		}
	}
}

// warned puts a warning of the person down, as a run does.
func (h *house) warned() {
	h.write(func(tx store.Tx) error {
		return errors.Join(tx.Exec("INSERT INTO people_warned (person_id, at) VALUES (?, ?)", h.fact.Person, tx.Now).Error,
			outbox.Put(tx, people.InactiveWarned, tx.NewID(), people.WarnedFact{Person: h.fact.Person}))
	})
}

func (h *house) warn() {
	h.t.Helper()
	quiet := func(context.Context, outbox.Job) error { return nil }
	w := outbox.NewWorker(h.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{course.Completed: quiet, certificates.SignJob: quiet,
		people.InactiveWarned: h.office().InactiveWarned})
	if _, err := w.Once(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// It goes in the person's language, and not to whoever came back meanwhile. While
// it is tried again, nothing counts.
func TestInactiveIsSent(t *testing.T) {
	h := open(t)
	h.warned()
	h.warn()
	if sent := h.box.Sent(); len(sent) != 1 || sent[0].Language != "cy" || sent[0].To != "sian@demo.example" {
		t.Fatalf("%+v", sent)
	}
	h.write(func(tx store.Tx) error {
		return errors.Join(tx.Exec("UPDATE people_warned SET counts_from = ?", store.At(tx.Now.Add(-time.Hour))).Error,
			outbox.Put(tx, people.InactiveWarned, "again", people.WarnedFact{Person: h.fact.Person}))
	})
	h.warn()
	var n int
	if err := h.db.Read(t.Context()).Raw("SELECT count(*) FROM people_warned WHERE counts_from IS NULL").Scan(&n).Error; err != nil || n != 1 {
		t.Errorf("it counts from a letter before: %v", err)
	}
	h.write(func(tx store.Tx) error {
		return errors.Join(tx.Exec("DELETE FROM people_warned").Error, outbox.Put(tx, people.InactiveWarned, "late", people.WarnedFact{Person: h.fact.Person}))
	})
	h.warn()
	if n := len(h.box.Sent()); n != 2 {
		t.Errorf("%d letters, want none to whoever is here", n)
	}
}
