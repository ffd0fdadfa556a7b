package people

import (
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// scopeOf is the scope of a lead of an agency under a board.
func scopeOf(organisation, board string) OrganisationScope {
	return OrganisationScope{organisation, board, Whole}
}

// positionOf is where somebody stands in an agency.
func (h *house) positionOf(person string, s OrganisationScope) (p Position) {
	h.t.Helper()
	err := h.rx().Raw(selectPosition+" AND q.person_id = ?", s.Organisation(), s.Board(), person).Scan(&p).Error
	if err != nil || p.ID == "" {
		h.t.Fatalf("no position: %v", err)
	}
	return p
}

var asTom = Viewer{Person: "tom"}

func team(h *house, s OrganisationScope, name, parent string) string {
	h.t.Helper()
	id, err := h.SaveTeam(h.t.Context(), asTom, s, Team{Name: i18n.Text{EN: name}, Parent: parent})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// TestTeamsAreATree: laid flat, in the order of the language, with how many are in
// each and in what lies below; a team that is closed hands its people and its
// teams on.
func TestTeamsAreATree(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	lower := team(h, s, "Llandudno", "")
	team(h, s, "Lyn", "")
	within := team(h, s, "Night staff", lower)
	p := h.positionOf(h.rhian, s)
	if err := h.SetPosition(t.Context(), asTom, s, p.ID, PositionForm{JobRole: Education, Team: within}); err != nil {
		t.Fatal(err)
	}
	shape := func(l i18n.Lang) string {
		ts, err := TeamsCounted(h.rx(), s, l)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, x := range ts {
			lines = append(lines, strings.Repeat("-", x.Depth)+x.Name.In(l)+strings.Repeat("*", x.People)+strings.Repeat("+", x.Within))
		}
		return strings.Join(lines, " ")
	}
	if got, want := shape(i18n.EN), "Llandudno+ -Night staff*+ Lyn"; got != want {
		t.Errorf("in English: %s, not %s", got, want)
	}
	if got, want := shape(i18n.CY), "Lyn Llandudno+ -Night staff*+"; got != want {
		t.Errorf("in Welsh: %s, not %s", got, want)
	}
	if ids, err := TeamsWithin(h.rx(), s, lower); err != nil || !slices.Equal(ids, []any{lower, within}) {
		t.Errorf("within: %v, %v", ids, err)
	}
	if err := h.CloseTeam(t.Context(), asTom, s, lower); err != nil {
		t.Fatal(err)
	}
	if got, want := shape(i18n.EN), "Lyn Night staff*+"; got != want {
		t.Errorf("after closing: %s, not %s", got, want)
	}
	if err := h.CloseTeam(t.Context(), asTom, s, within); err != nil {
		t.Fatal(err)
	}
	if p = h.positionOf(h.rhian, s); p.Team != "" {
		t.Errorf("in a team that is closed: %+v", p)
	}
	if err := h.CloseTeam(t.Context(), asTom, s, within); problem.KindOf(err) != problem.NotFound {
		t.Errorf("closed twice: %v", err)
	}
}

// TestATeamLiesWhereItCan: not in itself, not below itself, not in another
// agency's, not too deep, and beside no team of the same name.
func TestATeamLiesWhereItCan(t *testing.T) {
	h := newHouse(t, Options{})
	s, twin := scopeOf(h.school, h.east), scopeOf(h.twin, h.west)
	a := team(h, s, "Reception", "")
	b := team(h, s, "Years 1 to 6", a)
	theirs := team(h, twin, "Reception", "")
	deep := b
	for range deepest - 2 {
		deep = team(h, s, "Deeper", deep)
	}
	for _, c := range []struct {
		of    string
		team  Team
		field string
		key   string
	}{
		{"in itself", Team{ID: a, Name: i18n.Text{EN: "Reception"}, Parent: a}, "parent", "people.team.within_itself"},
		{"below itself", Team{ID: a, Name: i18n.Text{EN: "Reception"}, Parent: b}, "parent", "people.team.within_itself"},
		{"in another agency's", Team{Name: i18n.Text{EN: "New"}, Parent: theirs}, "parent", "people.team.unknown"},
		{"too deep", Team{Name: i18n.Text{EN: "New"}, Parent: deep}, "parent", "people.team.deep"},
		{"of a name that is there", Team{Name: i18n.Text{EN: "RECEPTION"}}, "name_en", "people.team.taken"},
		{"without a name", Team{}, "name_en", "people.team.required"},
		{"with a name that turns the text", Team{Name: i18n.Text{EN: "Night\u202e"}}, "name_en", "people.text.characters"},
		{"with a name too long", Team{Name: i18n.Text{EN: strings.Repeat("x", 300)}}, "name_en", "people.text.long"},
	} {
		_, err := h.SaveTeam(t.Context(), asTom, s, c.team)
		if p, ok := problem.As(err); !ok || p.Fields[c.field] != c.key {
			t.Errorf("%s: %v", c.of, err)
		}
	}
	if _, err := h.SaveTeam(t.Context(), asTom, s, Team{ID: theirs, Name: i18n.Text{EN: "Ours"}}); problem.KindOf(err) != problem.NotFound {
		t.Errorf("another agency's team was changed: %v", err)
	}
	if err := h.CloseTeam(t.Context(), asTom, s, theirs); problem.KindOf(err) != problem.NotFound {
		t.Errorf("another agency's team was closed: %v", err)
	}
	if _, err := h.SaveTeam(t.Context(), asTom, s, Team{ID: b, Name: i18n.Text{EN: "Years 1 to 6", CY: "Blynyddoedd 1 i 6"}}); err != nil {
		t.Errorf("moved to the top: %v", err)
	}
}

// TestAPositionIsOfOneAgency: it comes with the first membership, changes where its
// lead says so and nowhere else, and takes nothing that cannot be.
func TestAPositionIsOfOneAgency(t *testing.T) {
	h := newHouse(t, Options{})
	s, twin := scopeOf(h.school, h.east), scopeOf(h.twin, h.west)
	ours, theirs := team(h, s, "Reception", ""), team(h, twin, "Reception", "")
	p, tom := h.positionOf(h.rhian, s), h.positionOf(h.tom, s)
	form := PositionForm{JobRole: Health, Team: ours, Group: "C", WorksSince: "2019-09-01", StaffNumber: " AB 17 ", Manager: "TOM@demo.example"}
	if err := h.SetPosition(t.Context(), asTom, twin, p.ID, form); problem.KindOf(err) != problem.NotFound {
		t.Fatalf("another agency's lead: %v", err)
	}
	if err := h.SetPosition(t.Context(), asTom, s, p.ID, form); err != nil {
		t.Fatal(err)
	}
	p = h.positionOf(h.rhian, s)
	if p.JobRole != Health || p.Team != ours || p.Group != "C" || p.WorksSince != "2019-09-01" || p.StaffNumber != "AB 17" || p.Manager != tom.ID {
		t.Fatalf("%+v", p)
	}
	if m, err := MembershipByID(h.rx(), h.rhianMember); err != nil || m.JobRole != Health {
		t.Errorf("their lessons speak to %q (%v)", m.JobRole, err)
	}
	var words string
	if h.rx().Raw("SELECT words FROM people_positions WHERE id = ?", p.ID).Scan(&words); !strings.Contains(words, "ab 17") {
		t.Errorf("not found by the staff number: %q", words)
	}
	ahead := PositionForm{JobRole: Health, WorksSince: "2099-01-01"}
	if e, ok := problem.As(h.SetPosition(t.Context(), asTom, s, p.ID, ahead)); !ok || e.Fields["works_since"] == "" {
		t.Errorf("works there since a day to come: %v", e)
	}
	for field, f := range map[string]PositionForm{
		"job_role": {JobRole: "butcher"}, "team": {JobRole: Health, Team: theirs}, "group": {JobRole: Health, Group: "G"},
		"works_since": {JobRole: Health, WorksSince: "2026-02-30"}, "staff_number": {JobRole: Health, StaffNumber: strings.Repeat("1", 41)},
		"manager": {JobRole: Health, Manager: "megan@demo.example"},
	} {
		if e, ok := problem.As(h.SetPosition(t.Context(), asTom, s, p.ID, f)); !ok || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, e)
		}
	}
	circle := PositionForm{JobRole: Education, Manager: "rhian@demo.example"}
	if e, ok := problem.As(h.SetPosition(t.Context(), asTom, s, tom.ID, circle)); !ok || e.Fields["manager"] != "people.position.manager_circle" {
		t.Errorf("who manages each other: %v", e)
	}
	if q := h.positionOf(h.rhian, s); q != p {
		t.Errorf("refused, and yet %+v became %+v", p, q)
	}
	audit := func() (n int) {
		h.rx().Raw("SELECT count(*) FROM audit_events WHERE verb = 'people.position_changed'").Scan(&n)
		return n
	}
	before := audit()
	if err := h.SetPosition(t.Context(), asTom, s, p.ID, form); err != nil || audit() != before {
		t.Errorf("the same again is a change: %v", err)
	}
}

// TestALeaverIsKept: whoever has left counts no more and may be taken
// back; who has power there is not the lead's to end.
func TestALeaverIsKept(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	p, tom := h.positionOf(h.rhian, s), h.positionOf(h.tom, s)
	for _, day := range []string{"", "soon", "2026-02-30", "2099-01-01"} {
		if e, ok := problem.As(h.RecordLeaver(t.Context(), asTom, s, p.ID, day)); !ok || e.Fields["left_on"] == "" {
			t.Errorf("left on %q: %v", day, e)
		}
	}
	if err := h.RecordLeaver(t.Context(), asTom, scopeOf(h.twin, h.west), p.ID, "2026-11-01"); problem.KindOf(err) != problem.NotFound {
		t.Errorf("another agency's lead: %v", err)
	}
	if err := h.RecordLeaver(t.Context(), asTom, s, tom.ID, "2026-11-01"); problem.KindOf(err) != problem.Conflict {
		t.Errorf("a lead was taken out by a lead: %v", err)
	}
	if err := h.SetPosition(t.Context(), asTom, s, p.ID, PositionForm{JobRole: Education, WorksSince: "01/10/2026"}); err != nil {
		t.Fatal(err)
	}
	if e, ok := problem.As(h.RecordLeaver(t.Context(), asTom, s, p.ID, "2026-09-30")); !ok || e.Fields["left_on"] == "" {
		t.Errorf("left before they came: %v", e)
	}
	if err := h.RecordLeaver(t.Context(), asTom, s, p.ID, "1.11.2026"); err != nil {
		t.Fatal(err)
	}
	if p = h.positionOf(h.rhian, s); p.Left.IsZero() || p.LeftOn != "2026-11-01" {
		t.Fatalf("%+v", p)
	}
	if ms, err := MembershipsOf(h.rx(), h.rhian); err != nil || len(ms) != 0 {
		t.Fatalf("still a member: %v %v", ms, err)
	}
	if err := h.SetPosition(t.Context(), asTom, s, p.ID, PositionForm{JobRole: Health}); problem.KindOf(err) != problem.NotFound {
		t.Errorf("a position that was left was changed: %v", err)
	}
	if err := h.TakeBack(t.Context(), asTom, scopeOf(h.twin, h.west), p.ID); problem.KindOf(err) != problem.NotFound {
		t.Errorf("taken back by another agency: %v", err)
	}
	if err := h.TakeBack(t.Context(), asTom, s, p.ID); err != nil {
		t.Fatal(err)
	}
	if q := h.positionOf(h.rhian, s); !q.Left.IsZero() || q.LeftOn != "" || q.ID != p.ID {
		t.Errorf("taken back: %+v", q)
	}
	if ms, err := MembershipsOf(h.rx(), h.rhian); err != nil || len(ms) != 1 || ms[0].Role != Learner {
		t.Errorf("taken back, %v %v", ms, err)
	}
	lines := h.count("audit_events")
	if err := h.TakeBack(t.Context(), asTom, s, p.ID); err != nil || h.count("audit_events") != lines {
		t.Errorf("taken back twice: %v", err)
	}
	ms, err := MembershipsOf(h.rx(), h.rhian)
	if err != nil || len(ms) != 1 {
		t.Fatal(ms, err)
	}
	h.write(func(tx store.Tx) error { return EndMembership(tx, ms[0].ID) }) // as an administrator does
	if err := h.TakeBack(t.Context(), asTom, s, p.ID); problem.KindOf(err) != problem.Conflict {
		t.Errorf("a lead undid what an administrator ended: %v", err)
	}
}

// TestWhoIsNotConfirmedHasNoPosition: until the lead's word they are in no list.
func TestWhoIsNotConfirmedHasNoPosition(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.both, h.east)
	count := func() (n int) {
		h.rx().Raw("SELECT count(*) FROM people_positions WHERE person_id = ? AND organisation_id = ?", h.rhian, s.Organisation()).Scan(&n)
		return n
	}
	var m string
	h.write(func(tx store.Tx) (err error) {
		m, err = AddMembership(tx, NewMembership{PersonID: h.rhian, OrganisationID: h.both, BoardID: h.east, Role: Learner, JobRole: Health, Unconfirmed: true})
		return err
	})
	if count() != 0 {
		t.Error("in a list before anybody agreed")
	}
	h.write(func(tx store.Tx) error { return confirm(tx, h.rhian, m) })
	if count() != 1 || h.positionOf(h.rhian, s).JobRole != Health {
		t.Error("confirmed, and in no list")
	}
}

// TestNamesAreInOrder: a name that changes moves in the list, one from before an
// upgrade is put in order, and whoever was erased leaves nothing to be found by.
func TestNamesAreInOrder(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	row := func(person string) (r struct {
		SortEN, SortCY []byte
		Words          string
	}) {
		h.rx().Raw("SELECT sort_en, sort_cy, words FROM people_positions WHERE person_id = ? AND organisation_id = ?", person, s.Organisation()).Scan(&r)
		return r
	}
	was := row(h.rhian)
	if string(was.SortCY) != string(i18n.SortKey(i18n.CY, "Rhian Morys")) || was.Words != "rhian morys\nrhian@demo.example\n" {
		t.Fatalf("%+v", was)
	}
	h.write(func(tx store.Tx) error { return Rename(tx, h.rhian, "Llŷr Morys") })
	if now := row(h.rhian); string(now.SortCY) != string(i18n.SortKey(i18n.CY, "Llŷr Morys")) || !strings.HasPrefix(now.Words, "llyr morys\n") {
		t.Errorf("renamed: %+v", now)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_positions SET sort_en = NULL, sort_cy = NULL, words = ''").Error
	})
	if err := h.Arrange(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := row(h.tom); string(now.SortEN) != string(i18n.SortKey(i18n.EN, "Tom Ellis")) || now.Words != "tom ellis\ntom@demo.example\n" {
		t.Errorf("after an upgrade: %+v", now)
	}
	p, tom := h.positionOf(h.rhian, s), h.positionOf(h.tom, s)
	if err := h.SetPosition(t.Context(), asTom, s, tom.ID, PositionForm{JobRole: Education, Manager: "rhian@demo.example"}); err != nil {
		t.Fatal(err)
	}
	h.write(func(tx store.Tx) error { return Erase(tx, h.rhian) })
	if tom = h.positionOf(h.tom, s); tom.Manager != "" {
		t.Errorf("managed by somebody who was erased: %+v", tom)
	}
	if now := row(h.rhian); now.Words != "" || len(now.SortEN) != 0 || len(now.SortCY) != 0 {
		t.Errorf("erased: %+v", now)
	}
	if _, err := PositionIn(h.rx(), s, p.ID); problem.KindOf(err) != problem.NotFound {
		t.Errorf("erased, and yet in a position: %v", err)
	}
	if err := h.Arrange(t.Context()); err != nil {
		t.Errorf("erased, and in nobody's order: %v", err)
	}
}
