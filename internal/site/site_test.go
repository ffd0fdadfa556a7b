package site_test

import (
	"context"
	"strings"
	"testing"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

var (
	admin = people.Viewer{Person: "p", Memberships: []people.Membership{{Role: people.Admin}}}
	lead  = people.Viewer{Person: "q", Memberships: []people.Membership{{Role: people.Lead}}}
)

func both(en, cy string) i18n.Text { return i18n.Text{EN: en, CY: cy} }

func count(t *testing.T, db *store.DB, from string) (n int) {
	t.Helper()
	if err := db.Read(t.Context()).Raw("SELECT count(*) FROM " + from).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDetails(t *testing.T) {
	db, _ := storetest.Open(t)
	empty, err := site.Read(db.Read(t.Context()))
	if err != nil || empty != (site.Details{}) || empty.Owner.Reachable() {
		t.Fatalf("%+v, %v", empty, err)
	}
	typed := site.Details{
		Owner: site.Contact{Name: both("Shores  Council", " Cyngor y Glannau"), Email: " Golau@Shores.example ", Phone: "01632  960777",
			Hours: both("Monday to Friday, 9 to 5", "Llun i Gwener, 9 tan 5"), Address: both("Harbour, Shores", "Yr Harbwr, Glannau")},
		Privacy: site.Contact{Name: both("Data protection officer", "Swyddog diogelu data"), Email: "dpo@shores.example", Hours: both("never", "byth")},
	}
	for range 2 {
		if err := site.Change(t.Context(), db, admin, typed); err != nil {
			t.Fatal(err)
		}
	}
	got, err := site.Read(db.Read(t.Context()))
	if err != nil || got.Owner.Name != both("Shores Council", "Cyngor y Glannau") || got.Owner.Email != "Golau@Shores.example" || got.Owner.Phone != "01632 960777" ||
		got.Owner.Hours.CY != "Llun i Gwener, 9 tan 5" || got.Owner.Address.EN != "Harbour, Shores" || got.Privacy.Email != "dpo@shores.example" || got.Privacy.Hours != (i18n.Text{}) || !got.Owner.Reachable() {
		t.Errorf("%+v, %v", got, err)
	}
	if n := count(t, db, "audit_events WHERE verb = 'site.details_changed' AND actor = 'p'"); n != 1 {
		t.Errorf("%d lines", n)
	}
	if err := site.Change(t.Context(), db, admin, site.Details{}); err != nil {
		t.Errorf("everything may be empty: %v", err)
	}
	if _, err := audit.Verify(db.Read(t.Context())); err != nil {
		t.Error(err)
	}
}

func TestDetailsThatCannotStand(t *testing.T) {
	db, _ := storetest.Open(t)
	for field, d := range map[string]site.Details{
		"owner_name_cy":    {Owner: site.Contact{Name: both("Only English", "")}},
		"owner_hours_en":   {Owner: site.Contact{Hours: both("", "Cymraeg yn unig")}},
		"owner_address_en": {Owner: site.Contact{Address: both(strings.Repeat("x", 10_000), "x")}},
		"privacy_name_en":  {Privacy: site.Contact{Name: both("a\u202eb", "b")}},
		"privacy_name_cy":  {Privacy: site.Contact{Name: both("a", "b\x00")}},
		"owner_name_en":    {Owner: site.Contact{Name: both("\xff", "b")}},
		"owner_email":      {Owner: site.Contact{Email: "javascript:alert(1)"}},
		"privacy_email":    {Privacy: site.Contact{Email: strings.Repeat("x", 10_000) + "@y.example"}},
		"owner_phone":      {Owner: site.Contact{Phone: "ring twice"}},
		"privacy_phone":    {Privacy: site.Contact{Phone: "0\u202e1632"}},
	} {
		e, ok := problem.As(site.Change(t.Context(), db, admin, d))
		if !ok || e.Kind != problem.Invalid || len(e.Fields) != 1 || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, e)
		}
	}
	if n := count(t, db, "audit_events"); n != 0 {
		t.Errorf("%d lines", n)
	}
}

func TestOnlyAdministratorsSpeakForTheSite(t *testing.T) {
	db, _ := storetest.Open(t)
	for name, do := range map[string]func(v people.Viewer) error{
		"change": func(v people.Viewer) error { return site.Change(t.Context(), db, v, site.Details{}) },
		"leave":  func(v people.Viewer) error { return site.Leave(t.Context(), db, v, "boards") },
		"tried":  func(v people.Viewer) error { return site.Tried(t.Context(), db, v, "", false) },
		"try":    site.MayTry,
	} {
		if err := do(lead); err == nil || problem.KindOf(err) != problem.Forbidden {
			t.Errorf("%s by a lead: %v", name, err)
		}
		if err := do(people.Viewer{}); err == nil || problem.KindOf(err) != problem.Unauthenticated {
			t.Errorf("%s by nobody: %v", name, err)
		}
	}
	if n := count(t, db, "audit_events"); n != 0 {
		t.Errorf("%d lines", n)
	}
}

// states are the five steps in a word each.
func states(t *testing.T, db *store.DB) string {
	t.Helper()
	steps, err := site.Steps(db.Read(t.Context()))
	if err != nil || len(steps) != 5 {
		t.Fatal(steps, err)
	}
	var words []string
	for i, s := range steps {
		if s.Number != i+1 || s.Name != site.StepNames[i] {
			t.Errorf("step %+v at %d", s, i)
		}
		words = append(words, string(s.State))
	}
	return strings.Join(words, " ")
}

// A step is done when what it is for is there, whoever put it there and when; a
// step that was left unfinished is skipped until then.
func TestSteps(t *testing.T) {
	db, clock := storetest.Open(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	is := func(want string) {
		t.Helper()
		if got := states(t, db); got != want {
			t.Errorf("steps are %s, want %s", got, want)
		}
	}
	is("done open open open open")
	for range 2 {
		must(site.Leave(t.Context(), db, admin, "agency"))
	}
	is("done open skipped open open")
	if n := count(t, db, "audit_events WHERE verb = 'site.step_skipped'"); n != 1 {
		t.Errorf("%d lines", n)
	}
	for _, name := range []string{"", "nowhere", "boards' --"} {
		if err := site.Leave(t.Context(), db, admin, name); err == nil || problem.KindOf(err) != problem.NotFound {
			t.Errorf("%q: %v", name, err)
		}
	}
	var person string
	must(db.Write(t.Context(), store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
		board, err := people.AddBoard(tx, people.NewBoard{Key: "b", Name: both("B", "B")})
		must(err)
		must(people.AddCouncil(tx, people.NewCouncil{Key: "c", Name: both("C", "C")}))
		org, err := people.AddOrganisation(tx, people.NewOrganisation{Key: "o", Name: both("O", "O"), CouncilKey: "c"})
		must(err)
		must(people.LinkBoard(tx, org, board))
		must(people.AddDomain(tx, org, "o.example"))
		person, err = people.AddPerson(tx, people.NewPerson{Email: "a@o.example", Name: "Aled Rees", Language: i18n.CY})
		must(err)
		_, err = people.AddMembership(tx, people.NewMembership{PersonID: person, OrganisationID: org, BoardID: board, Role: people.Lead, JobRole: people.Health})
		return err
	}))
	must(site.Leave(t.Context(), db, admin, "boards")) // done: nothing to note
	is("done done done open open")
	must(site.Change(t.Context(), db, admin, site.Details{Owner: site.Contact{Phone: "01632 960777"}}))
	is("done done done open open")
	d := people.New(db, people.Options{})
	must(d.ChangeCouncil(t.Context(), admin, "c", people.CouncilForm{DayNumber: "01632 960111", CheckedOn: "2026-11-20"}))
	is("done done done done open")
	must(site.Tried(t.Context(), db, admin, "no_answer", false))
	is("done done done done open")
	must(site.Tried(t.Context(), db, admin, "", true))
	is("done done done done done")
	try, err := site.LastTry(db.Read(t.Context()))
	if err != nil || !try.Went() || !try.At.Equal(clock.Now()) {
		t.Errorf("%+v, %v", try, err)
	}
}
