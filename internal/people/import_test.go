package people

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

var importWords = func() *i18n.Catalogue {
	w, err := i18n.Embedded()
	if err != nil {
		panic(err)
	}
	return w
}()

// bring keeps a list as Tom's, and returns it with its plan.
func (h *house) bring(s OrganisationScope, text string) (Import, ImportPlan) {
	h.t.Helper()
	table, err := h.ReadImport(h.t.Context(), []byte(text))
	if err != nil {
		h.t.Fatal(err)
	}
	id, err := h.KeepImport(h.t.Context(), store.Actor{Person: h.tom, Via: "web"}, h.tom, s, i18n.EN, table)
	if err != nil {
		h.t.Fatal(err)
	}
	is, err := imports(h.rx(), " WHERE id = ?", id)
	if err != nil || len(is) != 1 {
		h.t.Fatal(is, err)
	}
	p, _, err := h.ImportPlan(h.rx(), is[0], importWords, i18n.EN)
	if err != nil {
		h.t.Fatal(err)
	}
	return is[0], p
}

// import_ carries a list out, and returns it.
func (h *house) carry(s OrganisationScope, text string, c ImportChoice) Import {
	h.t.Helper()
	i, p := h.bring(s, text)
	c.Print = p.Print
	if err := h.BeginImport(h.t.Context(), i, importWords, i18n.EN, c); err != nil {
		h.t.Fatalf("%v %+v", err, p.Faults)
	}
	if err := h.WorkImports(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	is, err := imports(h.rx(), " WHERE id = ?", i.ID)
	if err != nil || is[0].Done.IsZero() {
		h.t.Fatal(is, err)
	}
	return is[0]
}

const head = "Name;E-mail address;Kind of work;Team;Safeguarding group;Works here since;Staff number;Line manager\n"

// list is a list with Rhian and Tom as they are.
const unchanged = head + "Rhian Morys;rhian@demo.example;Education;;;;;\nTom Ellis;TOM@demo.example;Addysg;;;;;\n"

// What a list would do is said before anything is done: who is new, what changes
// from what to what, who is missing; and looking changes nothing but that it was kept.
func TestAnImportIsLookedAtFirst(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	if _, p := h.bring(s, unchanged); !p.Fits() || p.Does() || p.Unchanged != 2 || len(p.Missing)+len(p.Staying) != 0 {
		t.Errorf("as they are: %+v", p)
	}
	_, p := h.bring(s, "E-bost,ENW,math o waith,Tîm,Grwp diogelu,Hoff liw\nnew@demo.example,Nia Wyn,health,Nights / Wards,Grŵp C,coch\nrhian@demo.example,Rhian M,Iechyd,Nights,,\n")
	if !p.Fits() || len(p.New) != 1 || len(p.Changed) != 1 || strings.Join(p.Teams, "|") != "Nights|Nights / Wards" || len(p.Headings.Unknown) != 1 {
		t.Errorf("%+v", p)
	}
	if got := fmt.Sprint(p.Changed[0].Changes); got != "[{job_role education health} {team  Nights}]" {
		t.Errorf("changes: %s", got)
	}
	if len(p.Staying) != 1 || len(p.Missing) != 0 { // Tom leads
		t.Errorf("missing %+v, staying %+v", p.Missing, p.Staying)
	}
	if len(p.Notes) != 1 || p.Notes[0].Key != noteName {
		t.Errorf("notes %+v", p.Notes)
	}
	if n := h.count("people_teams") + h.count("people_invitations"); n != 0 || h.positionOf(h.rhian, s).JobRole != Education {
		t.Error("looking changed something")
	}
}

// What must be put right is said with its row and column.
func TestAnImportSaysWhatIsWrong(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	for name, c := range map[string]struct{ row, fault string }{
		"no name":          {";a@demo.example;health;;;;;", "3 name people.name.required"},
		"a formula":        {"=1+1;a@demo.example;health;;;;;", "3 name people.name.characters"},
		"300 letters":      {strings.Repeat("N", 300) + ";a@demo.example;health;;;;;", "3 name people.name.long"},
		"right to left":    {"Nia\u202e Wyn;a@demo.example;health;;;;;", "3 name people.name.characters"},
		"no address":       {"Nia Wyn;;health;;;;;", "3 email people.email.required"},
		"no such address":  {"Nia Wyn;a at demo;health;;;;;", "3 email people.email.shape"},
		"other letters":    {"Nia Wyn;a@dеmo.example;health;;;;;", "3 email people.email.ascii"},
		"twice":            {"Rhian Morys;RHIAN@demo.example;Education;;;;;", "3 email people.import.fault.twice"},
		"work":             {"Nia Wyn;a@demo.example;wizard;;;;;", "3 job_role people.import.fault.job_role"},
		"no work":          {"Nia Wyn;a@demo.example;;;;;;", "3 job_role people.import.fault.job_role"},
		"group":            {"Nia Wyn;a@demo.example;health;;G;;;", "3 group people.import.fault.group"},
		"day":              {"Nia Wyn;a@demo.example;health;;;31/02/2020;;", "3 works_since people.position.works_since"},
		"to come":          {"Nia Wyn;a@demo.example;health;;;1/1/2099;;", "3 works_since people.position.works_since"},
		"number":           {"Nia Wyn;a@demo.example;health;;;;" + strings.Repeat("7", 41) + ";", "3 staff_number people.position.staff_number"},
		"hidden":           {"Nia Wyn;a@demo.example;health;;;;1\u200b2;", "3 staff_number people.position.staff_number"},
		"manager":          {"Nia Wyn;a@demo.example;health;;;;;nobody@demo.example", "3 manager people.import.fault.manager"},
		"oneself":          {"Nia Wyn;a@demo.example;health;;;;;a@demo.example", "3 manager people.position.manager_circle"},
		"team":             {"Nia Wyn;a@demo.example;health;A\u202eB;;;;", "3 team people.import.fault.team"},
		"deep":             {"Nia Wyn;a@demo.example;health;1 / 2 / 3 / 4 / 5 / 6 / 7 / 8 / 9;;;;", "3 team people.team.deep"},
		"more cells":       {"Nia Wyn;a@demo.example;health;;;;;;;x", "3  people.import.fault.cells"},
		"an empty between": {"Nia Wyn;a@demo.example;health;Nights /  / Days;;;;", "3 team people.import.fault.team"},
	} {
		_, p := h.bring(s, head+"Rhian Morys;rhian@demo.example;Education;;;;;\n"+c.row+"\n")
		if len(p.Faults) != 1 || fmt.Sprint(p.Faults[0].Row, " ", p.Faults[0].Column, " ", p.Faults[0].Key) != c.fault {
			t.Errorf("%s: %+v, want %s", name, p.Faults, c.fault)
		}
		for _, f := range p.Faults {
			if !importWords.Has(f.Key) {
				t.Errorf("%s: no words for %s", name, f.Key)
			}
		}
	}
	_, p := h.bring(s, "Name,Name,Team\nx,y,z\n")
	if p.Fits() || fmt.Sprint(p.Headings.Missing, p.Headings.Twice) != "[email job_role] [name]" {
		t.Errorf("headings: %+v", p.Headings)
	}
}

// Circles over several rows are found, also through those who are there.
func TestAnImportMakesNoCircle(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	_, p := h.bring(s, head+"Rhian Morys;rhian@demo.example;Education;;;;;tom@demo.example\nTom Ellis;tom@demo.example;Education;;;;;rhian@demo.example\n")
	if len(p.Faults) != 2 {
		t.Errorf("%+v", p.Faults)
	}
	h.carry(s, head+"Rhian Morys;rhian@demo.example;Education;;;;7;tom@demo.example\nTom Ellis;tom@demo.example;Education;;;;;\n", ImportChoice{})
	i := h.carry(s, head+"Rhian Morys;rhian@demo.example;Education;;;;7;\nTom Ellis;tom@demo.example;Education;;;;;7\n", ImportChoice{}) // turned round, by number
	if h.positionOf(h.tom, s).Manager != h.positionOf(h.rhian, s).ID || h.positionOf(h.rhian, s).Manager != "" || i.Steps != 2 {
		t.Errorf("%+v", h.positionOf(h.tom, s))
	}
}

// Carried out, taken back: all is as it was, but for what somebody has changed
// since, and the record says what happened.
func TestAnImportIsTakenBackAsOne(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	var third string
	h.write(func(tx store.Tx) (err error) {
		if third, err = AddPerson(tx, NewPerson{Name: "Wil Huws", Email: "wil@demo.example", Language: "cy"}); err != nil {
			return err
		}
		_, err = AddMembership(tx, NewMembership{PersonID: third, OrganisationID: h.school, BoardID: h.east, Role: Learner, JobRole: Health})
		return err
	})
	was := h.positionOf(h.rhian, s)
	today := h.clock.Now().In(i18n.London()).Format(time.DateOnly)
	i := h.carry(s, head+"Rhian Morys;rhian@demo.example;health;Nights / Wards;C;01/09/2019;0017;tom@demo.example\nTom Ellis;tom@demo.example;education;Nights;;;;\n"+
		"Nia Wyn;nia@new.example;health;Nights / Wards;B;;;0017\n", ImportChoice{Invite: true, Left: true, LeftOn: today})
	if p := h.positionOf(h.rhian, s); p.StaffNumber != "0017" || p.Group != "C" || p.WorksSince != "2019-09-01" || p.JobRole != Health || p.Team == "" || p.Manager != h.positionOf(h.tom, s).ID {
		t.Errorf("carried out: %+v", p)
	}
	if p := h.positionOf(third, s); p.Left.IsZero() || p.LeftOn != today {
		t.Errorf("the leaver: %+v", p)
	}
	if h.count("people_invitations WHERE email_key = 'nia@new.example' AND training_group = 'B' AND team_id IS NOT NULL AND manager_key = 'rhian@demo.example'") != 1 || h.count("outbox_jobs WHERE kind = 'people.invited'") != 1 {
		t.Error("nobody was invited with their place")
	}
	if i.Steps != 6 || h.count("people_import_steps WHERE passed = 0") != 6 || h.count("people_imports WHERE content = x'' AND plan = x''") != 1 {
		t.Errorf("%+v", i)
	}
	if err := h.SetPosition(t.Context(), asTom, s, h.positionOf(h.tom, s).ID, PositionForm{JobRole: PoliceJustice, Team: h.positionOf(h.tom, s).Team}); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoImport(t.Context(), asTom, i); err != nil {
		t.Fatal(err)
	}
	if err := h.WorkImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := h.positionOf(h.rhian, s); p != was {
		t.Errorf("taken back: %+v, was %+v", p, was)
	}
	if p := h.positionOf(third, s); !p.Left.IsZero() {
		t.Errorf("the leaver is gone still: %+v", p)
	}
	if p := h.positionOf(h.tom, s); p.JobRole != PoliceJustice || p.Team == "" {
		t.Errorf("what somebody changed since: %+v", p)
	}
	i, _ = h.again(i)
	counts, left, err := ImportOutcome(h.rx(), i)
	if err != nil || len(left) != 2 || left[0].Called != "Nights" || left[1].Called != "Tom Ellis" || i.Undone.IsZero() {
		t.Errorf("%+v %+v %v", counts, left, err)
	}
	if h.count("people_invitations WHERE withdrawn_at IS NOT NULL") != 1 || h.count("people_teams WHERE closed_at IS NULL") != 1 {
		t.Error("the invitation or the empty team is there still")
	}
	if err := h.UndoImport(t.Context(), asTom, i); problem.KindOf(err) != problem.Conflict {
		t.Errorf("twice: %v", err)
	}
}

// again reads an import anew.
func (h *house) again(i Import) (Import, error) {
	is, err := imports(h.rx(), " WHERE id = ?", i.ID)
	return is[0], err
}

// After seven days nothing is taken back; a list that nobody said a word about for a
// day is gone; and a plan that is another by now is not carried out.
func TestAnImportHasItsTime(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	i := h.carry(s, head+"Rhian Morys;rhian@demo.example;health;;;;;\n", ImportChoice{})
	h.clock.Advance(7*24*time.Hour - time.Second)
	if !i.Undoable(h.rx().Now()) {
		t.Error("too early")
	}
	h.clock.Advance(time.Second)
	if err := h.UndoImport(t.Context(), asTom, i); problem.KindOf(err) != problem.Conflict || i.Undoable(h.rx().Now()) {
		t.Errorf("after seven days: %v", err)
	}
	i, p := h.bring(s, unchanged)
	if err := h.SetPosition(t.Context(), asTom, s, h.positionOf(h.rhian, s).ID, PositionForm{JobRole: Border}); err != nil {
		t.Fatal(err)
	}
	if err := h.BeginImport(t.Context(), i, importWords, i18n.EN, ImportChoice{Print: p.Print}); problem.KindOf(err) != problem.Conflict {
		t.Errorf("stale: %v", err)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_organisations SET retired_at = ? WHERE id = ?", tx.Now, h.school).Error
	})
	i, p = h.bring(s, head+"Nia Wyn;nia@new.example;health;;;;;\n")
	if err := h.BeginImport(t.Context(), i, importWords, i18n.EN, ImportChoice{Print: p.Print, Invite: true}); problem.KindOf(err) != problem.Invalid {
		t.Errorf("to an agency that is retired: %v", err)
	}
	h.clock.Advance(importLife)
	if err := h.WorkImports(t.Context()); err != nil || h.count("people_imports WHERE begun_at IS NULL") != 0 {
		t.Errorf("a list lies there for more than a day: %v", err)
	}
}

// Whoever is killed leaves whole batches: the rest is done once, by whoever comes
// next; and what changed between the plan and its step stays as it is.
func TestAnImportGoesOnAfterAStop(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	text := head
	for n := range 300 {
		text += fmt.Sprintf("Nia Wyn;nia%d@new.example;health;Ward / %d;;;%d;\n", n, n%3, n)
	}
	i, p := h.bring(s, text+"Rhian Morys;rhian@demo.example;health;;;;;\n")
	if err := h.BeginImport(t.Context(), i, importWords, i18n.EN, ImportChoice{Print: p.Print, Invite: true}); err != nil {
		t.Fatal(err)
	}
	if err := h.SetPosition(t.Context(), asTom, s, h.positionOf(h.rhian, s).ID, PositionForm{JobRole: Border}); err != nil {
		t.Fatal(err)
	}
	var plan []byte
	if err := h.rx().Raw("SELECT plan FROM people_imports").Row().Scan(&plan); err != nil {
		t.Fatal(err)
	}
	killed := errors.New("killed")
	for n := range 5 { // batches that were kept, and in between one that was not
		w := &importWork{Directory: h.Directory, i: i, teams: map[string]string{}}
		if err := errors.Join(unpack(plan, &w.steps), w.readTeams(h.rx())); err != nil {
			t.Fatal(err)
		}
		err := h.try(func(tx store.Tx) error {
			_, err := w.batch(tx, 4, func() bool { return true })
			if n%2 == 1 {
				return killed
			}
			return err
		})
		if (n%2 == 1) != errors.Is(err, killed) {
			t.Fatal(err)
		}
	}
	if now, err := h.again(i); now.DoneN != 12 || err != nil || !now.Running() {
		t.Errorf("after three batches: %+v", now)
	}
	if err := h.WorkImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := h.count("people_invitations"); n != 300 {
		t.Errorf("%d invitations", n)
	}
	if h.count("people_import_steps WHERE passed = 1 AND verb = 'change'") != 1 || h.positionOf(h.rhian, s).JobRole != Border {
		t.Error("what somebody changed meanwhile was written over")
	}
}

// What the list says of somebody new holds when they join, in whatever order they
// and their manager do; nobody with an account elsewhere is added unasked, and the
// plan says the same of them as of anybody.
func TestWhoIsInvitedByAnImportStandsWhereItSays(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	h.carry(s, head+"Nia Wyn;nia@new.example;health;Nights;B;1/2/2020;0042;boss@new.example\nBoss Wyn;boss@new.example;education;;;;;tom@demo.example\n"+
		"Megan Puw;megan@demo.example;border;Nights;;;;\n", ImportChoice{Invite: true})
	if h.count("people_memberships WHERE person_id = ? AND organisation_id = ?", h.officer, h.school) != 0 {
		t.Error("somebody with an account elsewhere was added unasked")
	}
	join := func(email string) Position {
		t.Helper()
		var id string
		if err := h.rx().Raw("SELECT id FROM people_invitations WHERE email_key = ?", email).Row().Scan(&id); err != nil {
			t.Fatal(err)
		}
		l, ok, err := h.InvitationLetter(t.Context(), id)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if _, err := h.AcceptInvitation(t.Context(), Viewer{}, l.Link, Acceptance{Name: l.Name, Language: i18n.EN}); err != nil {
			t.Fatal(err)
		}
		who, err := personOf(h.rx(), email)
		if err != nil {
			t.Fatal(err)
		}
		return h.positionOf(who, s)
	}
	nia := join("nia@new.example")
	if nia.StaffNumber != "0042" || nia.Group != "B" || nia.WorksSince != "2020-02-01" || nia.Team == "" || nia.Manager != "" || nia.JobRole != Health {
		t.Errorf("%+v", nia)
	}
	boss := join("boss@new.example")
	if boss.Manager != h.positionOf(h.tom, s).ID || h.positionOf(nia.Person, s).Manager != boss.ID {
		t.Errorf("%+v, %+v", boss, h.positionOf(nia.Person, s))
	}
}

// Whoever is erased is in no list that waits, in none that is under way, and in no
// journal.
func TestErasureReachesImports(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	h.carry(s, head+"Rhian Morys;rhian@demo.example;health;;;;;\n", ImportChoice{})
	i, p := h.bring(s, head+"Rhian Morys;rhian@demo.example;border;;;;;\nTom Ellis;tom@demo.example;border;;;;;rhian@demo.example\n")
	if err := h.BeginImport(t.Context(), i, importWords, i18n.EN, ImportChoice{Print: p.Print}); err != nil {
		t.Fatal(err)
	}
	waits, _ := h.bring(s, head+"Nia Wyn;nia@demo.example;border;;;;; RHIAN@demo.example\n")
	h.write(func(tx store.Tx) error { return Erase(tx, h.rhian) })
	if h.count("people_import_steps WHERE person_id = ?", h.rhian)+h.count("people_imports WHERE id = ?", waits.ID) != 0 {
		t.Error("a list or the journal knows her still")
	}
	if err := h.WorkImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := h.positionOf(h.tom, s); got.JobRole != Border || got.Manager != "" {
		t.Errorf("the rest of the list: %+v", got)
	}
}

// What is only looked at is its bringer's alone; once it is carried out, every lead of
// the agency sees it, and nobody else.
func TestAListIsItsBringers(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	h.write(func(tx store.Tx) error {
		_, err := AddMembership(tx, NewMembership{PersonID: h.officer, OrganisationID: h.school, BoardID: h.east, Role: Lead, JobRole: Education})
		return err
	})
	i, p := h.bring(s, head+"Rhian Morys;rhian@demo.example;health;;;;;\n")
	sees := func(person string) bool {
		t.Helper()
		_, _, _, err := h.as(person).LedImport(h.rx(), i.ID)
		return err == nil
	}
	if !sees(h.tom) || sees(h.officer) || sees(h.rhian) || sees(h.boss) {
		t.Error("before it is carried out")
	}
	if err := h.BeginImport(t.Context(), i, importWords, i18n.EN, ImportChoice{Print: p.Print}); err != nil {
		t.Fatal(err)
	}
	if !sees(h.tom) || !sees(h.officer) || sees(h.rhian) || sees(h.boss) {
		t.Error("once it is")
	}
}
