package site_test

import (
	"strings"
	"testing"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
	"golau/internal/store/storetest"
)

func TestNotices(t *testing.T) {
	db, _ := storetest.Open(t)
	empty, err := site.ReadNotices(db.Read(t.Context()))
	if err != nil || empty != (site.Notices{}) {
		t.Fatalf("%+v, %v", empty, err)
	}
	typed := site.Notices{Basis: both("Our public\n task.", "Ein tasg gyhoeddus."), Kept: both("Seven years.", "Saith mlynedd."),
		Helpers: both(strings.Repeat("ŵ", 1000), "Neb."), Link: "https://shores.example/privacy"}
	for range 2 {
		if err := site.ChangeNotices(t.Context(), db, admin, typed); err != nil {
			t.Fatal(err)
		}
	}
	got, err := site.ReadNotices(db.Read(t.Context()))
	typed.Basis.EN = "Our public task."
	if err != nil || got != typed {
		t.Errorf("%+v, %v", got, err)
	}
	if n := count(t, db, "audit_events WHERE verb = 'site.notices_changed' AND actor = 'p'"); n != 1 {
		t.Errorf("%d lines", n)
	}
	if err := site.ChangeNotices(t.Context(), db, admin, site.Notices{}); err != nil {
		t.Errorf("everything may be empty: %v", err)
	}
	if got, _ := site.ReadNotices(db.Read(t.Context())); got != (site.Notices{}) {
		t.Errorf("still %+v", got)
	}
	if _, err := audit.Verify(db.Read(t.Context())); err != nil {
		t.Error(err)
	}
}

func TestNoticesThatCannotStand(t *testing.T) {
	db, _ := storetest.Open(t)
	link := func(to string) site.Notices { return site.Notices{Link: to} }
	for name, c := range map[string]struct {
		field string
		n     site.Notices
	}{
		"one language":    {"basis_cy", site.Notices{Basis: both("Our public task", "")}},
		"the other alone": {"kept_en", site.Notices{Kept: both("", "Saith mlynedd")}},
		"too long":        {"helpers_en", site.Notices{Helpers: both(strings.Repeat("x", 1001), "x")}},
		"turned around":   {"kept_cy", site.Notices{Kept: both("a", "b\u202e")}},
		"a script":        {"link", link("javascript:alert(1)")},
		"no TLS":          {"link", link("http://shores.example")},
		"no host":         {"link", link("https:///x")},
		"a password":      {"link", link("https://a:b@shores.example")},
		"a look-alike":    {"link", link("https://shоres.example")}, // a Cyrillic o
		"a space":         {"link", link("https://shores.example/a b")},
		"a long address":  {"link", link("https://shores.example/" + strings.Repeat("x", 200))},
	} {
		e, ok := problem.As(site.ChangeNotices(t.Context(), db, admin, c.n))
		if !ok || e.Kind != problem.Invalid || len(e.Fields) != 1 || e.Fields[c.field] == "" {
			t.Errorf("%s: %v", name, e)
		}
	}
	if err := site.ChangeNotices(t.Context(), db, lead, site.Notices{}); problem.KindOf(err) != problem.Forbidden || err == nil {
		t.Errorf("by a lead: %v", err)
	}
	if err := site.ChangeNotices(t.Context(), db, people.Viewer{}, site.Notices{}); problem.KindOf(err) != problem.Unauthenticated || err == nil {
		t.Errorf("by nobody: %v", err)
	}
	if n := count(t, db, "audit_events"); n != 0 {
		t.Errorf("%d lines", n)
	}
}
