package people

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"

	"go.yaml.in/yaml/v3"
)

func TestAddRefuses(t *testing.T) {
	h := newHouse(t, Options{})
	name := i18n.Text{EN: "Name", CY: "Enw"}
	lines := h.count("audit_events")
	for what, c := range map[string]struct {
		kind problem.Kind
		key  string
		do   func(tx store.Tx) error
	}{
		"a board's key twice":     {problem.Conflict, "people.key.taken", func(tx store.Tx) error { return second(AddBoard(tx, NewBoard{Key: "east", Name: name})) }},
		"a board's odd key":       {problem.Invalid, "people.key.shape", func(tx store.Tx) error { return second(AddBoard(tx, NewBoard{Key: "East!", Name: name})) }},
		"a board in one language": {problem.Invalid, "people.invalid", func(tx store.Tx) error { return second(AddBoard(tx, NewBoard{Key: "n", Name: i18n.Text{EN: "N"}})) }},
		"an organisation's key": {problem.Conflict, "people.key.taken", func(tx store.Tx) error {
			return second(AddOrganisation(tx, NewOrganisation{Key: "school", Name: name}))
		}},
		"an unknown council": {problem.Invalid, "people.council.unknown", func(tx store.Tx) error {
			return second(AddOrganisation(tx, NewOrganisation{Key: "n", Name: name, CouncilKey: "x"}))
		}},
		"a council twice": {problem.Conflict, "people.key.taken", func(tx store.Tx) error { return AddCouncil(tx, NewCouncil{Key: "demo-1", Name: name}) }},
		"a number nobody checked": {problem.Invalid, "people.council.unchecked", func(tx store.Tx) error {
			return AddCouncil(tx, NewCouncil{Key: "n", Name: name, OutOfHoursNumber: "01632 960003"})
		}},
		"an address twice, in capitals": {problem.Conflict, "people.email.taken", func(tx store.Tx) error {
			return second(AddPerson(tx, NewPerson{Name: "Rh M", Email: "RHIAN@DEMO.EXAMPLE", Language: i18n.EN}))
		}},
		"a person without language": {problem.Invalid, "people.language.unknown", func(tx store.Tx) error { return second(AddPerson(tx, NewPerson{Name: "Rh M", Email: "a@b.example"})) }},
		"a person without name": {problem.Invalid, "people.name.required", func(tx store.Tx) error {
			return second(AddPerson(tx, NewPerson{Email: "a@b.example", Language: i18n.EN}))
		}},
		"an odd domain": {problem.Invalid, "people.domain.shape", func(tx store.Tx) error { return AddDomain(tx, h.school, "dêmo.example") }},
		"a pair that is none": {problem.Invalid, "people.membership.pair", func(tx store.Tx) error {
			return second(AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.school, BoardID: h.west, Role: Learner, JobRole: Health}))
		}},
		"an unknown role": {problem.Invalid, "people.role.unknown", func(tx store.Tx) error {
			return second(AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.school, BoardID: h.east, Role: "root", JobRole: Health}))
		}},
		"an unknown job": {problem.Invalid, "people.job_role.unknown", func(tx store.Tx) error {
			return second(AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.school, BoardID: h.east, Role: Lead, JobRole: "spy"}))
		}},
		"a membership twice": {problem.Conflict, "people.membership.exists", func(tx store.Tx) error {
			return second(AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.school, BoardID: h.east, Role: Learner, JobRole: Health}))
		}},
	} {
		t.Run(what, func(t *testing.T) { wants(t, h.try(c.do), c.kind, c.key) })
	}
	if h.count("audit_events") != lines {
		t.Error("what was refused was recorded")
	}
	// Saying again what is so changes nothing.
	h.write(func(tx store.Tx) error { return AddDomain(tx, h.school, "Demo.Example") })
	h.write(func(tx store.Tx) error { return AddDomain(tx, h.twin, "demo.example") }) // shared by two agencies
	lines = h.count("audit_events")
	h.write(func(tx store.Tx) error { return AddDomain(tx, h.school, "demo.example") })
	h.write(func(tx store.Tx) error { return LinkBoard(tx, h.school, h.east) })
	if h.count("audit_events") != lines || h.count("people_email_domains") != 2 {
		t.Error("the same again was recorded")
	}
}

// The database itself holds what the code promises.
func TestTablesHold(t *testing.T) {
	h := newHouse(t, Options{})
	for what, sql := range map[string]string{
		"a role changed in place":      "UPDATE people_memberships SET role = 'admin'",
		"a board changed in place":     "UPDATE people_memberships SET board_id = 'x'",
		"a membership deleted":         "DELETE FROM people_memberships",
		"a pair that is none":          "INSERT INTO people_memberships SELECT 'new', person_id, '" + h.school + "', '" + h.west + "', role, job_role, started_at, NULL FROM people_memberships LIMIT 1",
		"an end before the start":      "UPDATE people_memberships SET ended_at = started_at - 1",
		"a council's unchecked number": "UPDATE people_councils SET checked_on = ''",
		"a board deleted":              "DELETE FROM people_boards",
		"a person deleted":             "DELETE FROM people_persons",
		"a third language":             "UPDATE people_persons SET language = 'fr'",
		"text for a time":              "UPDATE people_persons SET created_at = 'yesterday'",
	} {
		if err := h.try(func(tx store.Tx) error { return tx.Exec(sql).Error }); err == nil {
			t.Errorf("%s: nothing stopped it", what)
		}
	}
	end := "UPDATE people_memberships SET ended_at = started_at + 1 WHERE id = ?"
	h.write(func(tx store.Tx) error { return tx.Exec(end, h.rhianMember).Error })
	if err := h.try(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_memberships SET ended_at = NULL WHERE id = ?", h.rhianMember).Error
	}); err == nil {
		t.Error("a membership that ended came back")
	}
}

func TestReference(t *testing.T) {
	ref, err := LoadReference()
	if err != nil {
		t.Fatal(err)
	}
	if len(ref.Councils) != 22 || len(ref.Safeguarding) != 6 || len(ref.Health) != 7 || len(ref.Police) != 4 {
		t.Errorf("%d councils, %d boards, %d health boards, %d forces", len(ref.Councils), len(ref.Safeguarding), len(ref.Health), len(ref.Police))
	}
	known := map[string]bool{}
	for _, bs := range [][]Body{ref.Safeguarding, ref.Health, ref.Police, ref.Councils} {
		for _, b := range bs {
			if known[b.Key] || !b.Name().Complete() {
				t.Errorf("%+v stands twice or lacks a language", b)
			}
			known[b.Key] = true
		}
	}
	for _, c := range ref.Councils {
		if !known[c.Board] || !known[c.Health] || !known[c.Police] || !regexp.MustCompile(`^W060000\d\d$`).MatchString(c.Key) {
			t.Errorf("%+v", c)
		}
		if c.DayNumber+c.OutOfHoursNumber != "" && c.CheckedOn == "" {
			t.Errorf("%s has a number that nobody checked", c.EN)
		}
	}
	h := newHouse(t, Options{})
	for range 2 {
		if err := h.EnsureReference(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Councils(h.rx())
	if err != nil || len(all) != 23 || h.count("audit_events WHERE verb = 'people.council_added'") != 23 {
		t.Errorf("%d councils, %v", len(all), err)
	}
}

// The numbers on every page are read once a minute, and are the place of work's.
func TestCouncilOf(t *testing.T) {
	h := newHouse(t, Options{})
	rhian := h.viewer(h.signIn("rhian@demo.example", rhianPassword))
	if c := h.CouncilOf(rhian); c.Key != "demo-1" || c.DayNumber != "01632 960001" {
		t.Errorf("%+v", c)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_councils SET day_number = '01632 960009', checked_on = '2026-11-23'").Error
	})
	h.clock.Advance(councilsKept + aMoment)
	if c := h.CouncilOf(rhian); c.DayNumber != "01632 960009" {
		t.Errorf("a minute later: %+v", c)
	}
	if c := h.CouncilOf(Viewer{}); c != (Council{}) {
		t.Errorf("nobody's council is %+v", c)
	}
}

// Anybody may ask for a council's number: those that have one, in the order of
// the language.
func TestCouncilsWithNumbers(t *testing.T) {
	h := newHouse(t, Options{})
	h.write(func(tx store.Tx) error {
		return errors.Join(
			AddCouncil(tx, NewCouncil{Key: "a", Name: i18n.Text{EN: "Zed Vale", CY: "Afon"}, DayNumber: "01632 960003", CheckedOn: "2026-11-20"}),
			AddCouncil(tx, NewCouncil{Key: "b", Name: i18n.Text{EN: "Silent", CY: "Tawel"}}))
	})
	for l, want := range map[i18n.Lang]string{i18n.EN: "demo-1 a", i18n.CY: "a demo-1"} {
		var keys []string
		for _, c := range h.CouncilsWithNumbers(l) {
			keys = append(keys, c.Key)
		}
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%s: %s, not %s", l, got, want)
		}
	}
}

// Every sentence this room can say stands in both languages.
func TestEveryMessageIsThere(t *testing.T) {
	words := map[string]map[string]string{}
	for _, l := range []string{"en", "cy"} {
		m := map[string]string{}
		files, _ := filepath.Glob("../i18n/messages/rooms/*." + l + ".yaml")
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all := map[string]any{}
			if err := yaml.Unmarshal(raw, &all); err != nil {
				t.Fatal(err)
			}
			for k, said := range all {
				if text, ok := said.(string); ok && strings.HasPrefix(k, "people.") {
					m[k] = text
				}
			}
		}
		words[l] = m
	}
	used := map[string]bool{}
	for _, r := range Roles {
		used["people.role."+string(r)] = true
	}
	for _, j := range JobRoles {
		used["people.job_role."+string(j)] = true
	}
	for _, n := range Nations {
		used["people.nation."+string(n)] = true
	}
	files, _ := filepath.Glob("*.go")
	key := regexp.MustCompile(`"(people\.[a-z_.]+)"`)
	verb := regexp.MustCompile(`audit\.Record\(tx, "people\.[a-z_]+"|const \w+ = "people\.[a-z_]+"`) // nor is the kind of a job
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(verb.ReplaceAllString(string(src), ""), -1) {
			if _, act := may[Act(m[1])]; !act {
				used[m[1]] = true
			}
		}
	}
	if len(used) < 40 {
		t.Errorf("only %d keys found in the source", len(used))
	}
	for l, m := range words {
		for k := range used {
			if m[k] == "" {
				t.Errorf("%s has no words in %s", k, l)
			}
		}
		for k := range m {
			if !used[k] {
				t.Errorf("%s in %s is said nowhere", k, l)
			}
		}
	}
}
