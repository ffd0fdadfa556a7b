package steward

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// An administrator reads who did what, and neither what somebody learned nor a
// number that would open anything.
func TestRecordAsItsReaderMaySee(t *testing.T) {
	h := open(t)
	nia := h.person("nia@shared.example", "Nia Rhydderch")
	const number = "7k4m2p9x3ac5d8efgh0jkn6qrs"
	h.write(func(tx store.Tx) error {
		for _, l := range []struct {
			verb, subject string
			detail        map[string]any
		}{
			{"course.completed", "enrolment:" + number, map[string]any{"percent": 83}},
			{"certificates.issued", "certificate:" + number, map[string]any{"holder": "Nia Rhydderch"}},
			{"people.name_changed", "person:" + nia, map[string]any{"before": "Nia R", "id": number, "n": 3}},
		} {
			if err := audit.Record(tx, l.verb, l.subject, l.detail); err != nil {
				return err
			}
		}
		return nil
	})
	lines, next, err := h.Record(t.Context(), h.admin, Question{Via: "web"}, 0)
	if err != nil || next != 0 || len(lines) != 4 {
		t.Fatalf("%+v %d %v", lines, next, err)
	}
	if all := fmt.Sprintf("%+v", lines); strings.Contains(all, number) || strings.Contains(all, "83") || !strings.Contains(all, "…kn6qrs") {
		t.Errorf("%s", all)
	}
	if l := lines[0]; l.Called.EN != "Nia Rhydderch" || len(l.Detail) != 3 || l.Detail[0] != (Pair{Name: "before", Value: "Nia R"}) || l.Detail[2] != (Pair{Name: "n", Value: "3"}) || l.Hidden {
		t.Errorf("%+v", l)
	}
	if l := lines[1]; !l.Hidden || l.Detail != nil {
		t.Errorf("%+v", l)
	}
	h.onlyAdmins("reading", func(v people.Viewer) error { _, _, err := h.Record(t.Context(), v, Question{}, 0); return err })
	h.onlyAdmins("exporting", func(v people.Viewer) error {
		return h.ExportRecord(t.Context(), v, Question{}, func(Line) error { t.Error("a line"); return nil })
	})
	h.onlyAdmins("checking", func(v people.Viewer) error { return h.CheckNow(t.Context(), v) })
	for _, c := range []struct {
		q    Question
		want int
	}{
		{Question{Person: "Nia@Shared.example"}, 2}, {Question{Person: "nia rhyd"}, 2}, {Question{Subject: "GL-7K4M2-P9X3A-C5D8E-FGH0J-KN6QRS"}, 1}, {Question{Verb: "course.completed"}, 1},
		{Question{From: "2026-11-23", To: "2026-11-23"}, 4}, {Question{From: "2026-11-24"}, 0}, {Question{To: "2026-11-22"}, 0},
	} {
		if lines, _, err := h.Record(t.Context(), h.admin, c.q, 0); err != nil || len(lines) != c.want {
			t.Errorf("%+v: %d lines, %v", c.q, len(lines), err)
		}
	}
	_, _, err = h.Record(t.Context(), h.admin, Question{Person: "nobody@x.example", Subject: "5", From: "yesterday", To: "2026-02-30"}, 0)
	if p, ok := problem.As(err); !ok || p.Kind != problem.Invalid || len(p.Fields) != 4 {
		t.Errorf("%v", err)
	}
}

// The whole record is exported once, in batches, and its own line not among it;
// lines that come meanwhile do not disturb.
func TestExportRecord(t *testing.T) {
	h := open(t)
	const n = 2*exportBatch + 7
	h.write(func(tx store.Tx) error {
		for range n {
			if err := audit.Record(tx, "test.one", "thing:1", nil); err != nil {
				return err
			}
		}
		return nil
	})
	last, got := int64(n+1), 0
	err := h.ExportRecord(t.Context(), h.admin, Question{}, func(l Line) error {
		if l.ID != last-1 {
			t.Fatalf("after line %d comes %d", last, l.ID)
		}
		if last, got = l.ID, got+1; got == 5 {
			h.write(func(tx store.Tx) error { return audit.Record(tx, "test.two", "thing:1", nil) })
		}
		return nil
	})
	if err != nil || got != n {
		t.Errorf("%d lines, %v", got, err)
	}
	if h.count("audit_events WHERE verb = 'audit.exported'") != 1 {
		t.Error("the export is not recorded once")
	}
}

// The record is read once a day by itself, and a changed line is told of.
func TestCheckRecord(t *testing.T) {
	h := open(t)
	h.person("nia@shared.example", "Nia Rhydderch")
	ctx := t.Context()
	tick := func() audit.Checked {
		t.Helper()
		if err := h.Tick(ctx); err != nil {
			t.Fatal(err)
		}
		c, err := h.Checked(ctx, h.admin)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := tick()
	if !first.Whole() || first.Lines != 1 {
		t.Fatalf("%+v", first)
	}
	h.clock.Advance(23 * time.Hour)
	if again := tick(); again != first {
		t.Errorf("after 23 hours: %+v", again)
	}
	raw, err := sql.Open("sqlite", h.DB.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.ExecContext(context.Background(), "DROP TRIGGER audit_events_no_update; UPDATE audit_events SET verb = 'x' WHERE id = 1"); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(time.Hour)
	if c := tick(); c.Whole() || c.Lines != 0 || !strings.Contains(c.Fault, "line 1") {
		t.Errorf("%+v", c)
	}
	if err := h.CheckNow(ctx, h.admin); err != nil {
		t.Fatal(err)
	}
	select {
	case <-h.Asked():
	default:
		t.Error("nobody is asked to check")
	}
}
