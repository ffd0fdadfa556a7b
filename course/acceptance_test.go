package course

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
)

const statement = "Nobody has reviewed it."

func (h *house) admin() people.Viewer {
	return people.Viewer{Person: h.viewer.Person, Memberships: []people.Membership{{Role: people.Admin}}}
}

func written() AcceptanceForm {
	return AcceptanceForm{Lang: i18n.EN, Statement: statement, Print: PrintOfStatement(statement), Office: "Head of  Learning", Reason: "A trial.", Agreed: true}
}

// accept accepts the present edition of the course.
func (h *house) accept(t testing.TB) {
	t.Helper()
	if err := h.school.Accept(t.Context(), h.admin(), slug, written()); err != nil {
		t.Fatal(err)
	}
}

func refusedAs(t *testing.T, err error, kind problem.Kind, key string) {
	t.Helper()
	if p, ok := problem.As(err); !ok || p.Kind != kind || p.Key != key {
		t.Errorf("%v, want %s", err, key)
	}
}

// Of an edition that nobody has reviewed no certificate is issued until somebody
// has accepted that; then nothing is lost: neither the modules that were done nor
// the assessment that was open. A later edition asks again.
func TestCertificatesWaitForAnAcceptance(t *testing.T) {
	h := open(t)
	c := h.school.courses[0]
	standing := func(waits bool, waiting, all int) {
		t.Helper()
		r, err := h.school.ReviewOf(h.db.Read(t.Context()), slug)
		if err != nil || r.Waits != waits || r.Waiting != waiting || len(r.All) != all || r.Reviewed {
			t.Errorf("waits %v, %d people, %d acceptances, %v; want %v, %d, %d", r.Waits, r.Waiting, len(r.All), err, waits, waiting, all)
		}
		if o := h.overview(t); o.Unaccepted != waits {
			t.Errorf("the overview says %v", o.Unaccepted)
		}
	}
	c.Edition = "2027.1"
	standing(true, 0, 1)
	h.upTo(t) // learning goes on
	standing(true, 1, 1)
	a, err := h.school.Assessment(t.Context(), h.viewer, slug, "")
	if err != nil || !a.Unaccepted || a.Missing != nil {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := h.school.StartAttempt(t.Context(), h.viewer, i18n.EN, slug, ""); err == nil {
		t.Error("it began")
	} else {
		refusedAs(t, err, problem.Conflict, "course.final_waits")
	}
	h.accept(t)
	standing(false, 0, 2)

	attempt := h.sit(t, "")
	c.Edition = "2027.2"
	before := h.counts(t)
	_, err = h.school.Submit(t.Context(), h.viewer, i18n.EN, attempt)
	refusedAs(t, err, problem.Conflict, "course.final_waits")
	if again, err := h.school.StartAttempt(t.Context(), h.viewer, i18n.EN, slug, ""); err != nil || again != attempt || h.counts(t) != before {
		t.Errorf("what was open is not gone on with: %v, %s, before %s", err, h.counts(t), before)
	}
	h.accept(t)
	h.submits(t, attempt)
	h.submits(t, attempt) // handed in is handed in, whatever comes
	c.Edition = "2027.3"
	h.submits(t, attempt)
	if all, err := h.school.Certificates(t.Context(), h.viewer); err != nil || len(all) != 1 || all[0].Reviewed || all[0].Course.Edition != "2027.2" {
		t.Errorf("%d certificates, %v", len(all), err)
	}
	if _, _, err := CheckAll(t.Context(), h.db.Read(t.Context()), nil); err != nil {
		t.Error(err)
	}
}

// Whoever is named in review.yaml has it so that nothing waits, and certificates
// do not say that nobody has.
func TestAReviewedCourseAsksForNoAcceptance(t *testing.T) {
	h := open(t)
	c := h.school.courses[0]
	c.Edition = "2027.1"
	h.school.review = modules.Review{Edition: "2027.1", On: "2027-01-07", Role: i18n.Text{EN: "Head", CY: "Pennaeth"}}
	h.submits(t, h.upToFinal(t))
	if all, err := h.school.Certificates(t.Context(), h.viewer); err != nil || len(all) != 1 || !all[0].Reviewed {
		t.Errorf("%d certificates, %v", len(all), err)
	}
	refusedAs(t, h.school.Accept(t.Context(), h.admin(), slug, written()), problem.Conflict, "course.acceptance.over")
	c.Edition = "2027.2" // of which nobody said anything
	if h.school.Reviewed(c) {
		t.Error("a review of one edition counts for the next")
	}
}

// Only an administrator accepts, once an edition, all of it in writing, and what
// they had before them.
func TestWhatAnAcceptanceTakes(t *testing.T) {
	h := open(t)
	refusedAs(t, h.school.Accept(t.Context(), h.admin(), slug, written()), problem.Conflict, "course.acceptance.over")
	h.school.courses[0].Edition = "2027.1"
	lead := h.admin()
	lead.Memberships[0].Role = people.Lead
	refusedAs(t, h.school.Accept(t.Context(), lead, slug, written()), problem.Forbidden, "people.forbidden")
	refusedAs(t, h.school.Accept(t.Context(), h.admin(), "no-course", written()), problem.NotFound, "course.not_found")
	for field, spoil := range map[string]func(*AcceptanceForm){
		"office":  func(f *AcceptanceForm) { f.Office = " " },
		"office ": func(f *AcceptanceForm) { f.Office = strings.Repeat("ŵ", maxOffice+1) },
		"reason":  func(f *AcceptanceForm) { f.Reason = "" },
		"reason ": func(f *AcceptanceForm) { f.Reason = strings.Repeat("x", maxWhy+1) },
		"reason.": func(f *AcceptanceForm) { f.Reason = "a\u202eb" },
		"office.": func(f *AcceptanceForm) { f.Office = "a\xffb" },
		"agreed":  func(f *AcceptanceForm) { f.Agreed = false },
	} {
		f := written()
		spoil(&f)
		p, ok := problem.As(h.school.Accept(t.Context(), h.admin(), slug, f))
		if !ok || p.Kind != problem.Invalid || len(p.Fields) != 1 || p.Fields[strings.Trim(field, " .")] == "" {
			t.Errorf("%q: %v", field, p)
		}
	}
	f := written()
	f.Print = PrintOfStatement("Something else.")
	refusedAs(t, h.school.Accept(t.Context(), h.admin(), slug, f), problem.Conflict, "course.acceptance.changed")
	h.accept(t)
	a, err := acceptanceOf(h.db.Read(t.Context()), slug, "2027.1")
	if err != nil || a.Office != "Head of Learning" || a.Statement != statement || a.By != h.viewer.Person || a.At.IsZero() || a.EditionHash != h.school.editions[slug] {
		t.Errorf("%+v, %v", a, err)
	}
	if n := h.count(t, "SELECT count(*) FROM audit_events WHERE verb = 'course.unreviewed_accepted' AND print <> ''"); n != 2 {
		t.Errorf("%d lines", n)
	}
}

// A row that was put in, taken away or changed is noticed from the record alone.
func TestAcceptancesAreHeldToTheRecord(t *testing.T) {
	h := open(t)
	for _, sql := range []string{"UPDATE course_acceptances SET reason = ''", "DELETE FROM course_acceptances"} {
		if err := h.db.Write(t.Context(), store.Actor{}, func(_ context.Context, tx store.Tx) error { return tx.Exec(sql).Error }); err == nil {
			t.Errorf("%s is done", sql)
		}
	}
	h.sql(t, "DROP TRIGGER course_acceptances_no_update")
	h.sql(t, "DROP TRIGGER course_acceptances_no_delete")
	undone := errors.New("undone")
	for what, sql := range map[string]string{
		"":                    "SELECT 1",
		"changed":             "UPDATE course_acceptances SET reason = 'Another.'",
		"another statement":   "UPDATE course_acceptances SET statement = 'All is well.'",
		"taken away":          "DELETE FROM course_acceptances",
		"put in":              "INSERT INTO course_acceptances SELECT 'x', course, '2099.1', edition_hash, lang, statement, statement_print, office, reason, accepted_by, accepted_at FROM course_acceptances",
		"another's signature": "UPDATE course_acceptances SET id = 'another'",
	} {
		err := h.db.Write(t.Context(), store.Actor{}, func(ctx context.Context, tx store.Tx) error {
			if err := tx.Exec(sql).Error; err != nil {
				return err
			}
			if _, _, err := CheckAll(ctx, tx.Rx, nil); (err == nil) != (what == "") || err != nil && !strings.Contains(err.Error(), "acceptance") {
				t.Errorf("%s: %v", what, err)
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Error(err)
		}
	}
}
