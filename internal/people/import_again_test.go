package people

import (
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// exported is what the machine takes out of an agency, as a list to bring in.
func (h *house) exported(s OrganisationScope, l i18n.Lang) (text string) {
	h.t.Helper()
	err := h.List(h.t.Context(), Feed{Scope: s, By: h.tom}, importWords, l, func(row []string) error {
		for i, cell := range row {
			if i > 0 {
				text += ";"
			}
			text += cell
		}
		text += "\n"
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return text
}

// A list that a machine brings in takes no list from under somebody who looks at one.
func TestAMachinesListLeavesThoseOfPeople(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	looked, _ := h.bring(s, unchanged)
	table, err := h.ReadImport(t.Context(), []byte(unchanged))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := h.KeepImport(t.Context(), store.Actor{Via: "worker"}, h.tom, s, i18n.EN, table); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.count("people_imports WHERE id = ?", looked.ID); n != 1 {
		t.Error("the list that Tom looks at is gone")
	}
	if n := h.count("people_imports"); n != 2 {
		t.Errorf("%d lists lie there", n)
	}
}

// One staff number is one person's, by whichever door it comes; one that two have
// since before stays, and their list can be brought in again.
func TestAStaffNumberIsOnePersons(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	rhian, tom := h.positionOf(h.rhian, s), h.positionOf(h.tom, s)
	give := func(id, number string) error {
		return h.SetPosition(t.Context(), asTom, s, id, PositionForm{JobRole: Education, StaffNumber: number})
	}
	if err := give(rhian.ID, "7"); err != nil {
		t.Fatal(err)
	}
	wants(t, give(tom.ID, " 7 "), problem.Invalid, "people.invalid")
	if err := give(rhian.ID, "7"); err != nil {
		t.Error("her own:", err)
	}
	if _, p := h.bring(s, head+"Tom Ellis;TOM@demo.example;Addysg;;;;7;\n"); p.Fits() {
		t.Errorf("a list gives it to another: %+v", p)
	}
	if _, p := h.bring(s, head+"Tom Ellis;TOM@demo.example;Addysg;;;;7;\nRhian Morys;rhian@demo.example;Education;;;;8;\n"); !p.Fits() {
		t.Errorf("it is free by then: %+v", p.Faults)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_positions SET staff_number = '7' WHERE id = ?", tom.ID).Error
	})
	if err := give(tom.ID, "7"); err != nil {
		t.Error("as it was:", err)
	}
	if _, p := h.bring(s, h.exported(s, i18n.EN)); !p.Fits() || p.Does() {
		t.Errorf("from before: %+v", p)
	}
	if err := give(tom.ID, "'=1"); err != nil {
		t.Fatal(err)
	}
	if p := h.positionOf(h.tom, s); p.StaffNumber != "=1" {
		t.Errorf("%q: a sheet reads it otherwise", p.StaffNumber)
	}
}

// Whoever comes back has no number that somebody else was given meanwhile.
func TestWhoComesBackTakesNobodysNumber(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	rhian, tom := h.positionOf(h.rhian, s), h.positionOf(h.tom, s)
	for _, step := range []func() error{
		func() error {
			return h.SetPosition(t.Context(), asTom, s, rhian.ID, PositionForm{JobRole: Education, StaffNumber: "7"})
		},
		func() error { return h.RecordLeaver(t.Context(), asTom, s, rhian.ID, Today(h.rx())) },
		func() error {
			return h.SetPosition(t.Context(), asTom, s, tom.ID, PositionForm{JobRole: Education, StaffNumber: "7"})
		},
		func() error { return h.TakeBack(t.Context(), asTom, s, rhian.ID) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	if p := h.positionOf(h.rhian, s); p.StaffNumber != "" || !p.Left.IsZero() {
		t.Errorf("%+v", p)
	}
}

// Two ways to a team that read alike move nobody, and none that could is let in anew.
func TestTeamsAreToldApart(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	rhian := h.positionOf(h.rhian, s)
	one := func(en, cy string) string {
		id, err := h.SaveTeam(t.Context(), asTom, s, Team{Name: i18n.Text{EN: en, CY: cy}})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	alpha, beta := one("Alpha", "Un"), one("Beta", "Dau")
	for name, team := range map[string]Team{"crossed": {Name: i18n.Text{EN: "Un", CY: "Gamma"}}, "a way": {Name: i18n.Text{EN: "Alpha / North"}},
		"half a way": {Name: i18n.Text{EN: "/ North"}}} {
		_, err := h.SaveTeam(t.Context(), asTom, s, team)
		if problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	team(h, s, "North/South", "")
	north := team(h, s, "North", alpha)
	odd := team(h, s, "odd", "")
	h.write(func(tx store.Tx) error { // as they could be made once
		if err := tx.Exec("UPDATE people_teams SET name_cy = CASE id WHEN ? THEN 'Beta' ELSE 'Alpha' END WHERE id IN (?, ?)", alpha, alpha, beta).Error; err != nil {
			return err
		}
		return tx.Exec("UPDATE people_teams SET name_en = 'Alpha / North', name_cy = 'Alpha / North' WHERE id = ?", odd).Error
	})
	for _, at := range []string{alpha, beta, north, odd} {
		if err := h.SetPosition(t.Context(), asTom, s, rhian.ID, PositionForm{JobRole: Education, Team: at}); err != nil {
			t.Fatal(err)
		}
		for _, l := range i18n.Langs {
			if _, p := h.bring(s, h.exported(s, l)); !p.Fits() || p.Does() {
				t.Errorf("%s %s: %+v", at, l, p)
			}
		}
	}
	if _, p := h.bring(s, head+"Nia Wyn;nia@demo.example;Education;Alpha;;;;\n"); p.Fits() {
		t.Errorf("which of the two: %+v", p)
	}
	if _, err := h.SaveTeam(t.Context(), asTom, s, Team{ID: odd, Name: i18n.Text{EN: "Alpha / North", CY: "Alpha / North"}}); err != nil {
		t.Error("as it is:", err)
	}
}

// Nobody is recorded as having left before they began: it is said before anything is
// done, and names somebody.
func TestALastDayIsLookedAtFirst(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	rhian := h.positionOf(h.rhian, s)
	if err := h.SetPosition(t.Context(), asTom, s, rhian.ID, PositionForm{JobRole: Education, WorksSince: "2025-03-01"}); err != nil {
		t.Fatal(err)
	}
	i, p := h.bring(s, head+"Tom Ellis;TOM@demo.example;Addysg;;;;;\n")
	err := h.BeginImport(t.Context(), i, importWords, i18n.EN, ImportChoice{Print: p.Print, Left: true, LeftOn: "2025-02-28"})
	if e := wants(t, err, problem.Invalid, "people.import.left_before"); e != nil && (e.Fields["left_on"] != "people.import.left_before" || e.Args["Name"] != "Rhian Morys") {
		t.Errorf("%+v", e)
	}
	if err := h.BeginImport(t.Context(), i, importWords, i18n.EN, ImportChoice{Print: p.Print, Left: true, LeftOn: "2025-03-01"}); err != nil {
		t.Error(err)
	}
}

// Whoever has left and stands in a list again is named as coming back, by the address
// that the agency knew, and none that they have taken since.
func TestAListNamesWhoComesBack(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	rhian := h.positionOf(h.rhian, s)
	if err := h.RecordLeaver(t.Context(), asTom, s, rhian.ID, Today(h.rx())); err != nil {
		t.Fatal(err)
	}
	_, p := h.bring(s, unchanged)
	if len(p.New) != 1 || p.New[0].LeftOn != Today(h.rx()) || p.New[0].Position != rhian.ID {
		t.Errorf("%+v", p.New)
	}
	h.write(func(tx store.Tx) error {
		if err := tx.Exec("UPDATE people_persons SET email = 'private@home.example', email_key = 'private@home.example' WHERE id = ?", h.rhian).Error; err != nil {
			return err
		}
		return arrange(tx, h.rhian)
	})
	_, p = h.bring(s, head+"Rhian Morys;private@home.example;Education;;;;;\nTom Ellis;TOM@demo.example;Addysg;;;;;\n")
	if len(p.New) != 1 || p.New[0].LeftOn != "" || p.New[0].Position != "" {
		t.Errorf("an address that is theirs alone: %+v", p.New)
	}
}

// A list may write a day with the month's name, in either language; also in a month
// that begins like the time of a moment.
func TestAListWritesDaysInWords(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	for typed, want := range map[string]string{"1 September 2024": "2024-09-01", "1 Medi 2024": "2024-09-01", "21 Tachwedd 2024": "2024-11-21", "2024-11-21T00:00:00": "2024-11-21"} {
		_, p := h.bring(s, head+"Rhian Morys;rhian@demo.example;Education;;;"+typed+";;\nTom Ellis;TOM@demo.example;Addysg;;;;;\n")
		if !p.Fits() || len(p.Changed) != 1 || p.Changed[0].Changes[0].To != want {
			t.Errorf("%s: %+v %+v", typed, p.Faults, p.Changed)
		}
	}
}

// A team's name is held to one rule by the form and by a list: nothing that a sheet
// takes for a formula begins it. One from before stays, and comes in again.
func TestATeamsNameIsNoFormula(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	for _, name := range []string{"-team", "@t", "%t", "=cmd", "+t"} {
		_, err := h.SaveTeam(t.Context(), asTom, s, Team{Name: i18n.Text{EN: name}})
		wants(t, err, problem.Invalid, "people.invalid")
		for _, way := range []string{name, "Nights / " + name} {
			if _, p := h.bring(s, head+"Rhian Morys;rhian@demo.example;Education;"+way+";;;;\nTom Ellis;TOM@demo.example;Addysg;;;;;\n"); p.Fits() {
				t.Errorf("a list makes %q: %+v", way, p.Teams)
			}
		}
	}
	old := team(h, s, "Old", "")
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_teams SET name_en = '-team', name_cy = '-team' WHERE id = ?", old).Error
	})
	if err := h.SetPosition(t.Context(), asTom, s, h.positionOf(h.rhian, s).ID, PositionForm{JobRole: Education, Team: old}); err != nil {
		t.Fatal(err)
	}
	if _, p := h.bring(s, h.exported(s, i18n.EN)); !p.Fits() || p.Does() {
		t.Errorf("from before: %+v", p)
	}
}

// One language is enough for a team's name, and where there is none that is what is
// said, once.
func TestATeamWithoutANameIsToldWhatIsEnough(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	_, err := h.SaveTeam(t.Context(), asTom, s, Team{Name: i18n.Text{EN: " ", CY: ""}})
	if e := wants(t, err, problem.Invalid, "people.invalid"); e != nil && (len(e.Fields) != 1 || e.Fields["name_en"] != "people.team.required") {
		t.Errorf("%+v", e.Fields)
	}
	for _, name := range []i18n.Text{{EN: "A / B"}, {EN: "=1+1"}, {EN: strings.Repeat("x", 300)}} {
		_, err := h.SaveTeam(t.Context(), asTom, s, Team{Name: name})
		if e := wants(t, err, problem.Invalid, "people.invalid"); e != nil && (len(e.Fields) != 1 || e.Fields["name_en"] == "") {
			t.Errorf("%.9s: %+v", name.EN, e.Fields)
		}
	}
	id, err := h.SaveTeam(t.Context(), asTom, s, Team{Name: i18n.Text{EN: "  ", CY: "Nos"}})
	if err != nil || id == "" {
		t.Error(err)
	}
}
