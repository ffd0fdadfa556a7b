package course

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/store"
)

// Whatever stands in the way of one consequence of a passed assessment, none of
// them happens; when the way is free again, all of them do, once.
func TestFinishingIsAllOrNothing(t *testing.T) {
	for _, table := range []string{"quiz_marks", "course_completions", "certificates_issued", "certificates_register", "audit_events", "audit_details",
		"outbox_jobs", "outbox_jobs WHEN NEW.kind = '" + Completed + "'", "outbox_jobs WHEN NEW.kind = '" + certificates.SignJob + "'"} {
		t.Run(table, func(t *testing.T) {
			h := open(t)
			attempt := h.upToFinal(t)
			before := h.counts(t)
			h.refuse(t, table)
			if _, err := h.school.Submit(t.Context(), h.viewer, i18n.CY, attempt); err == nil {
				t.Fatalf("submitted although %s takes no rows", table)
			}
			if after := h.counts(t); after != before {
				t.Errorf("half done:\n before %s\n after  %s", before, after)
			}
			h.allow(t, table)
			mark, err := h.school.Submit(t.Context(), h.viewer, i18n.CY, attempt)
			if err != nil || !mark.Passed {
				t.Fatalf("passed %v, %v", mark.Passed, err)
			}
			if _, err := h.school.Submit(t.Context(), h.viewer, i18n.CY, attempt); err != nil {
				t.Error("a second submission:", err)
			}
			for _, c := range []struct{ what, sql string }{
				{"completion", "SELECT count(*) FROM course_completions"},
				{"certificate", "SELECT count(*) FROM certificates_issued"},
				{"signature", "SELECT count(*) FROM certificates_signatures"},
				{"line in the board's register", "SELECT count(*) FROM certificates_register"},
				{"letter to the learner", "SELECT count(*) FROM outbox_jobs WHERE kind = 'course.completed'"},
				{"audit line of the completion", "SELECT count(*) FROM audit_events WHERE verb = 'course.completed'"},
				{"audit line of the certificate", "SELECT count(*) FROM audit_events WHERE verb = 'certificates.issued'"},
			} {
				if n := h.count(t, c.sql); n != 1 {
					t.Errorf("%d times: %s", n, c.what)
				}
			}
			if _, err := audit.Verify(h.db.Read(t.Context())); err != nil {
				t.Error(err)
			}
		})
	}
}

// A completion records what was shown and in which language it was finished.
func TestCompletionSaysWhatWasShown(t *testing.T) {
	h := open(t)
	if _, err := h.school.Submit(t.Context(), h.viewer, i18n.CY, h.upToFinal(t)); err != nil {
		t.Fatal(err)
	}
	var edition, lang, hash string
	rx := h.db.Read(t.Context())
	if err := rx.Raw("SELECT edition, lang FROM course_completions").Row().Scan(&edition, &lang); err != nil {
		t.Fatal(err)
	}
	all, err := h.school.Certificates(t.Context(), h.viewer)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d certificates, %v", len(all), err)
	}
	hash = all[0].EditionHash
	if want := h.school.editions[slug]; len(want) != 12 || edition != want || hash != want || lang != "cy" {
		t.Errorf("edition %s, certificate %s, lang %s; shown was %s in cy", edition, hash, lang, want)
	}
	if all[0].Token == "" {
		t.Error("the certificate is not signed right after the commit")
	}
}

// Whoever has an assessment marked keeps the name they had.
func TestNameIsFixedByTheFirstMark(t *testing.T) {
	h := open(t)
	if err := h.school.Rename(t.Context(), h.viewer, "Rhian Elin Morgan"); err != nil {
		t.Fatal("before the first mark:", err)
	}
	h.viewer.Name = "Rhian Elin Morgan"
	h.upToFinal(t)
	if err := h.school.Rename(t.Context(), h.viewer, "Somebody Else"); err == nil {
		t.Error("renamed after a check was marked")
	}
	if err := h.school.Rename(t.Context(), h.viewer, "Rhian Elin Morgan"); err != nil {
		t.Error("the same name is no change:", err)
	}
}

// refuse makes a table take no rows until allow, or none of those WHEN something.
func (h *house) refuse(t *testing.T, table string) {
	h.sql(t, fmt.Sprintf("CREATE TRIGGER refused BEFORE INSERT ON %s BEGIN SELECT RAISE(ABORT, 'refused'); END", table))
}

func (h *house) allow(t *testing.T, _ string) { h.sql(t, "DROP TRIGGER refused") }

func (h *house) sql(t *testing.T, text string) {
	t.Helper()
	err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return tx.Exec(text).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) count(t *testing.T, sql string) (n int) {
	t.Helper()
	if err := h.db.Read(t.Context()).Raw(sql).Row().Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// counts says how many rows every table has.
func (h *house) counts(t *testing.T) string {
	t.Helper()
	var names []string
	if err := h.db.Read(t.Context()).Raw("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").Scan(&names).Error; err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "%s %d, ", name, h.count(t, "SELECT count(*) FROM "+name))
	}
	if b.Len() == 0 {
		t.Fatal(errors.New("no tables"))
	}
	return b.String()
}
