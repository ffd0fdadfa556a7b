package course

import (
	"maps"
	"slices"
	"testing"
	"time"

	"golau/certificates"
	"golau/course/due"
	"golau/course/reports"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// onBoard is a board of the crowd, by key.
func (c *crowd) onBoard(t *testing.T, key string) reports.Of {
	t.Helper()
	s, err := people.BoardOn(c.db.Read(t.Context()), key)
	if err != nil {
		t.Fatal(err)
	}
	return reports.Board(s)
}

// report lists what a filter wants as enrolment and module.
func (c *crowd) report(t *testing.T, of reports.Of, f reports.Filter) (all []string) {
	t.Helper()
	var last store.Time
	err := reports.EachCompletion(c.db.Read(t.Context()), of, f, func(one reports.Completion) error {
		if one.At.Before(last.Time) {
			t.Errorf("%v: %v comes after %v", f, one.At, last)
		}
		last, all = one.At, append(all, one.Enrolment+"/"+one.Module)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestCompletionsAddUp: whatever happened, what was finished in the agencies, the
// languages, the kinds of work, the modules or the days of a board adds up to all of
// it, each once; its pages hold the same; and nothing of it is another board's.
func TestCompletionsAddUp(t *testing.T) {
	for seed := range uint64(3) {
		c := newCrowd(t, 60, seed+90)
		here := c.positions(t, "left_at IS NULL")
		for n, id := range here {
			if n%3 == 0 {
				c.clock.Advance(time.Duration(n%50) * time.Hour)
				c.finishes(t, id)
			}
		}
		c.moves(t, here[0], people.PositionForm{JobRole: "border"})
		all := map[string]int{}
		for _, key := range []string{"tref", "gefell"} {
			of := c.onBoard(t, key)
			whole := c.report(t, of, reports.Filter{})
			for _, one := range whole {
				all[one]++
			}
			parts := map[string][]string{}
			add := func(by string, f reports.Filter) { parts[by] = append(parts[by], c.report(t, of, f)...) }
			for _, a := range []string{"tref", "gefell"} {
				add("agency", reports.Filter{Agency: a})
			}
			for _, l := range i18n.Langs {
				add("language", reports.Filter{Language: l})
			}
			for _, j := range people.JobRoles {
				add("job", reports.Filter{Job: j})
			}
			add("days", reports.Filter{To: "2025-12-31"})
			for day, end := due.Day("2026-01-01"), due.DayOf(c.clock.Now()).Plus(0, 30); day < end; day = day.Plus(0, 10) {
				add("days", reports.Filter{From: day, To: day.Plus(0, 9)})
			}
			for by, part := range parts {
				if !slices.Equal(slices.Sorted(slices.Values(part)), slices.Sorted(slices.Values(whole))) {
					t.Errorf("%s by %s: %d of %d", key, by, len(part), len(whole))
				}
			}
			if paged := c.paged(t, of); !slices.Equal(paged, whole) {
				t.Errorf("%s: the pages hold %d of %d", key, len(paged), len(whole))
			}
		}
		if n := c.count(t, "SELECT count(*) FROM course_completions"); n != len(all) || n == 0 || slices.Max(slices.Collect(maps.Values(all))) > 1 {
			t.Errorf("%d completions: %v", n, all)
		}
	}
}

// paged reads the pages of a list, the newest first, and turns them round.
func (c *crowd) paged(t *testing.T, of reports.Of) (all []string) {
	t.Helper()
	for after := (reports.Place{}); ; {
		some, next, err := reports.Completions(c.db.Read(t.Context()), of, reports.Filter{}, after, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range some {
			all = append(all, one.Enrolment+"/"+one.Module)
		}
		if next == nil {
			slices.Reverse(all)
			return all
		}
		after = *next
	}
}

// TestACompletionStaysWithItsAgency: who finished, leaves and begins elsewhere, is
// counted where they finished; who was erased is counted, and not named; a module is
// counted by itself.
func TestACompletionStaysWithItsAgency(t *testing.T) {
	c := newCrowd(t, 0, 1)
	id := c.newcomer(t, "ela", "")
	c.finishes(t, id)
	of := c.onBoard(t, "tref")
	if got := c.report(t, of, reports.Filter{}); len(got) != 1 {
		t.Fatalf("%v", got)
	}
	if err := people.New(c.db, people.Options{}).RecordLeaver(t.Context(), boss, c.scope, id, string(due.DayOf(c.clock.Now()))); err != nil {
		t.Fatal(err)
	}
	if got := c.report(t, of, reports.Filter{Agency: "tref"}); len(got) != 1 {
		t.Errorf("after they left: %v", got)
	}
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("INSERT INTO course_module_completions (enrolment_id, module, attempt_id, edition, lang, at) SELECT enrolment_id, 'signs', attempt_id, '', 'cy', at FROM course_completions").Error
	})
	for module, n := range map[string]int{"": 1, "signs": 1, "first-hours": 0} {
		if got := c.report(t, of, reports.Filter{Module: module}); len(got) != n {
			t.Errorf("%q: %v", module, got)
		}
	}
	if got := c.report(t, of, reports.Filter{State: certificates.Valid}); len(got) != 0 {
		t.Errorf("without a certificate: %v", got)
	}
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET name = '' WHERE name LIKE '%ela'").Error
	})
	err := reports.EachCompletion(c.db.Read(t.Context()), of, reports.Filter{}, func(one reports.Completion) error {
		if one.Name != "" || one.Agency != "tref" {
			t.Errorf("%+v", one)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestNobodyGrantedAReport: a scope that nobody granted means nobody's.
func TestNobodyGrantedAReport(t *testing.T) {
	c := newCrowd(t, 0, 1)
	defer func() {
		if recover() == nil {
			t.Error("a report of everybody")
		}
	}()
	_ = reports.EachCompletion(c.db.Read(t.Context()), reports.Of{}, reports.Filter{}, nil)
}

// TestDaysOfAReport: days are written as everywhere, and told where they are none.
func TestDaysOfAReport(t *testing.T) {
	for _, d := range []struct {
		from, to    string
		first, last due.Day
		wrong       []string
	}{
		{"", "", "", "", nil},
		{"1/4/2026", "2026-06-30", "2026-04-01", "2026-06-30", nil},
		{" 1 April 2026 ", "", "2026-04-01", "", nil},
		{"31/2/2026", "soon", "", "", []string{"from", "to"}},
		{"2/4/2026", "1/4/2026", "", "", []string{"to"}},
	} {
		first, last, err := reports.Days(d.from, d.to)
		var wrong []string
		if p, ok := problem.As(err); ok {
			wrong = slices.Sorted(maps.Keys(p.Fields))
		}
		if first != d.first || last != d.last || !slices.Equal(wrong, d.wrong) {
			t.Errorf("%q to %q: %s, %s, %v", d.from, d.to, first, last, err)
		}
	}
}
