package people

import (
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// twins is the school with Rhian’s second account in it.
func twins(h *house) (s OrganisationScope, rhian, again Position) {
	h.t.Helper()
	s = scopeOf(h.school, h.east)
	second := h.joins("RHIÂN Morys", "rhian@home.example")
	return s, h.positionOf(h.rhian, s), h.positionOf(second, s)
}

// joins adds a learner of the school.
func (h *house) joins(name, email string) (person string) {
	h.t.Helper()
	h.write(func(tx store.Tx) (err error) {
		if person, err = AddPerson(tx, NewPerson{Name: name, Email: email, Language: i18n.EN}); err == nil {
			_, err = AddMembership(tx, NewMembership{PersonID: person, OrganisationID: h.school, BoardID: h.east, Role: Learner, JobRole: Health})
		}
		return err
	})
	return person
}

// proposed is the proposal about a position that lasts.
func (h *house) proposed(duplicate string) string {
	h.t.Helper()
	return h.one("people_duplicates WHERE ended_at IS NULL AND duplicate_id = ?", duplicate)
}

func (h *house) propose(s OrganisationScope, kept, duplicate string) string {
	h.t.Helper()
	if err := h.ProposeDuplicate(h.t.Context(), Viewer{Person: h.tom}, s, kept, duplicate); err != nil {
		h.t.Fatal(err)
	}
	return h.proposed(duplicate)
}

func (h *house) says(person, id string, said Said) {
	h.t.Helper()
	if err := h.AnswerDuplicate(h.t.Context(), Viewer{Person: person}, id, said); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) ended(id string) (how DuplicateEnd) {
	h.t.Helper()
	if err := h.rx().Raw("SELECT ended FROM people_duplicates WHERE id = ?", id).Scan(&how).Error; err != nil {
		h.t.Fatal(err)
	}
	return how
}

// Nothing moves before both accounts have agreed, in either order; then the duplicate
// stands behind the one that is kept, and undone, both stand as they did.
func TestADuplicateIsMergedByBothAndUndone(t *testing.T) {
	for _, keptFirst := range []bool{true, false} {
		h := newHouse(t, Options{})
		ctx := t.Context()
		s, rhian, again := twins(h)
		if err := h.SetPosition(ctx, asTom, s, again.ID, PositionForm{JobRole: Health, Group: "C", StaffNumber: "7"}); err != nil {
			t.Fatal(err)
		}
		if err := h.SuspendHere(ctx, asTom, s, again.ID, "Leave"); err != nil {
			t.Fatal(err)
		}
		before, kept := h.positionOf(again.Person, s), h.positionOf(rhian.Person, s)
		h.clock.Advance(time.Hour)
		id := h.propose(s, rhian.ID, again.ID)
		asked, err := DuplicatesOf(h.rx(), Viewer{Person: again.Person})
		if err != nil || len(asked) != 1 || asked[0].Kept || asked[0].Other != "Rhian Morys" || asked[0].Place.Organisation.ID != h.school || asked[0].Said != "" {
			t.Fatalf("%+v, %v", asked, err)
		}
		one, other := rhian.Person, again.Person
		if !keptFirst {
			one, other = other, one
		}
		h.says(one, id, SaidYes)
		if h.positionOf(again.Person, s) != before || h.count("people_memberships WHERE ended_at IS NOT NULL") != 0 {
			t.Fatal("something moved before both had agreed")
		}
		h.says(other, id, SaidYes)
		p := h.positionOf(again.Person, s)
		if p.DuplicateOf != rhian.ID || p.Left.IsZero() || h.positionOf(rhian.Person, s) != kept ||
			h.count("people_memberships WHERE person_id = ? AND ended_at IS NULL", again.Person) != 0 {
			t.Fatalf("merged: %+v", p)
		}
		if who, err := Behind(h.rx(), rhian.ID); err != nil || len(who) != 1 || who[0] != again.Person {
			t.Errorf("%v, %v", who, err)
		}
		if h.count("people_moved WHERE position_id IN (?, ?)", rhian.ID, again.ID) != 2 {
			t.Error("nobody works out what follows")
		}
		wants(t, h.TakeBack(ctx, asTom, s, again.ID), problem.Conflict, "people.duplicate.behind")
		if undone, err := h.EndDuplicate(ctx, asTom, s, id); err != nil || !undone {
			t.Fatal(err)
		}
		if p := h.positionOf(again.Person, s); p != before || h.ended(id) != DuplicateUndone {
			t.Errorf("undone:\n%+v\n%+v", p, before)
		}
		wants(t, second(h.EndDuplicate(ctx, asTom, s, id)), problem.NotFound, "")
		for verb, n := range map[string]int{"proposed": 2, "agreed": 4, "merged": 2, "undone": 2} {
			if got := h.count("audit_events e JOIN audit_details d ON d.event_id = e.id WHERE e.verb = ? AND instr(d.detail, ?) > 0 AND instr(d.detail, ?) > 0", "people.duplicate_"+verb, rhian.Person, again.Person); got != n {
				t.Errorf("%s: %d lines on record", verb, got)
			}
		}
	}
}

// One no ends it, the lead hears of it, and the same two are left in peace.
func TestOneNoEndsAProposal(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	s, rhian, again := twins(h)
	id := h.propose(s, rhian.ID, again.ID)
	wants(t, h.AnswerDuplicate(ctx, Viewer{Person: h.tom}, id, SaidYes), problem.NotFound, "")
	wants(t, h.AnswerDuplicate(ctx, Viewer{Person: h.rhian}, id, "perhaps"), problem.Invalid, "")
	h.says(again.Person, id, SaidYes)
	h.says(again.Person, id, SaidNo) // who thinks better of it
	if h.ended(id) != DuplicateRefused || h.positionOf(again.Person, s) != again {
		t.Error("not ended, or something moved")
	}
	wants(t, h.AnswerDuplicate(ctx, Viewer{Person: h.rhian}, id, SaidYes), problem.NotFound, "")
	all, err := Duplicates(h.rx(), s)
	if err != nil || len(all) != 1 || all[0].How != DuplicateRefused {
		t.Errorf("what the lead hears: %+v, %v", all, err)
	}
	wants(t, h.ProposeDuplicate(ctx, asTom, s, rhian.ID, again.ID), problem.Conflict, "people.duplicate.no")
	wants(t, h.ProposeDuplicate(ctx, asTom, s, again.ID, rhian.ID), problem.Conflict, "people.duplicate.no")
	h.clock.Advance(NoIsNo + time.Hour)
	h.propose(s, again.ID, rhian.ID)
}

// Every refusal of a proposal, none of which leaves anything behind.
func TestWhoIsNoDuplicate(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	s, rhian, again := twins(h)
	third := h.positionOf(h.joins("Rhian Morys", "third@home.example"), s)
	tom, elsewhere := h.positionOf(h.tom, s), h.positionOf(h.officer, scopeOf(h.both, h.east))
	propose := func(v Viewer, s OrganisationScope, kept, duplicate string) error {
		return h.ProposeDuplicate(ctx, v, s, kept, duplicate)
	}
	wants(t, propose(asTom, s, rhian.ID, rhian.ID), problem.Conflict, "people.duplicate.one")
	wants(t, propose(Viewer{Person: h.rhian}, s, rhian.ID, again.ID), problem.Conflict, "people.duplicate.own")
	wants(t, propose(Viewer{Person: h.rhian}, s, again.ID, rhian.ID), problem.Conflict, "people.duplicate.own")
	wants(t, propose(asTom, s, rhian.ID, tom.ID), problem.Conflict, "people.position.has_power") // the last lead, too
	for _, ids := range [][2]string{{rhian.ID, elsewhere.ID}, {elsewhere.ID, rhian.ID}, {rhian.ID, "nothing"}} {
		wants(t, propose(asTom, s, ids[0], ids[1]), problem.NotFound, "")
	}
	wants(t, propose(asTom, scopeOf(h.twin, h.west), rhian.ID, again.ID), problem.NotFound, "")
	mine := team(h, s, "Mine", "")
	part := OrganisationScope{h.school, h.east, Part("teams " + mine)}
	if err := h.SetPosition(ctx, asTom, s, again.ID, PositionForm{JobRole: Health, Team: mine}); err != nil {
		t.Fatal(err)
	}
	wants(t, propose(asTom, part, rhian.ID, again.ID), problem.NotFound, "")
	wants(t, propose(asTom, part, again.ID, rhian.ID), problem.NotFound, "")
	if h.count("people_duplicates") != 0 {
		t.Fatal("something was kept")
	}

	id := h.propose(s, rhian.ID, again.ID)
	wants(t, second(h.EndDuplicate(ctx, asTom, part, id)), problem.NotFound, "")
	wants(t, second(h.EndDuplicate(ctx, asTom, scopeOf(h.twin, h.west), id)), problem.NotFound, "")
	wants(t, second(h.EndDuplicate(ctx, Viewer{Person: again.Person}, s, id)), problem.Conflict, "people.duplicate.own")
	taken := func() {
		t.Helper()
		for _, ids := range [][2]string{{rhian.ID, again.ID}, {again.ID, rhian.ID}, {again.ID, third.ID}, {third.ID, rhian.ID}, {third.ID, again.ID}} {
			if err := propose(asTom, s, ids[0], ids[1]); problem.KindOf(err) != problem.Conflict && problem.KindOf(err) != problem.NotFound || err == nil {
				t.Errorf("%v: %v", ids, err)
			}
		}
	}
	taken()
	h.says(rhian.Person, id, SaidYes)
	h.says(again.Person, id, SaidYes)
	taken()
	more := h.propose(s, rhian.ID, third.ID) // a third account of the same person
	if undone, err := h.EndDuplicate(ctx, asTom, s, more); err != nil || undone || h.ended(more) != DuplicateWithdrawn {
		t.Errorf("withdrawn: %v", err)
	}
	if h.count("people_duplicates WHERE ended_at IS NULL") != 1 {
		t.Error("something was kept")
	}
}

// What happens meanwhile ends a proposal, and afterwards a merger.
func TestWhatEndsAMergerUnasked(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	s, rhian, again := twins(h)
	id := h.propose(s, rhian.ID, again.ID)
	if err := h.RecordLeaver(ctx, asTom, s, rhian.ID, "2026-11-01"); err != nil {
		t.Fatal(err)
	}
	if h.ended(id) != DuplicateOvertaken {
		t.Error("a proposal outlasts its position")
	}
	if err := h.TakeBack(ctx, asTom, s, rhian.ID); err != nil {
		t.Fatal(err)
	}
	id = h.propose(s, rhian.ID, again.ID)
	h.says(rhian.Person, id, SaidYes)
	if err := h.GiveMembership(ctx, h.runs(), again.Person, MembershipForm{"school/east", Lead, Health, ""}); err != nil {
		t.Fatal(err)
	}
	h.says(again.Person, id, SaidYes)
	if h.ended(id) != DuplicateOvertaken || h.count("people_positions WHERE duplicate_of IS NOT NULL") != 0 || h.count("people_memberships WHERE ended_at IS NULL AND person_id = ?", again.Person) != 2 {
		t.Error("a lead was merged away")
	}
	if err := h.TakeMembership(ctx, h.runs(), again.Person, h.one("people_memberships WHERE ended_at IS NULL AND role = 'lead' AND person_id = ?", again.Person), "Over"); err != nil {
		t.Fatal(err)
	}
	merge := func() string {
		t.Helper()
		id := h.propose(s, rhian.ID, again.ID)
		h.says(rhian.Person, id, SaidYes)
		h.says(again.Person, id, SaidYes)
		if h.positionOf(again.Person, s).DuplicateOf != rhian.ID {
			t.Fatal("not merged")
		}
		return id
	}
	id = merge()
	if err := h.GiveMembership(ctx, h.runs(), again.Person, MembershipForm{"school/east", Learner, Health, ""}); err != nil {
		t.Fatal(err)
	}
	if p := h.positionOf(again.Person, s); p.DuplicateOf != "" || !p.Left.IsZero() || h.ended(id) != DuplicateBack {
		t.Errorf("back: %+v", p)
	}
	id = merge()
	h.write(func(tx store.Tx) error { return Erase(tx, rhian.Person) })
	if p := h.positionOf(again.Person, s); p.DuplicateOf != "" || p.Left.IsZero() || h.ended(id) != DuplicateErased {
		t.Errorf("the one that was kept is erased: %+v", p)
	}
}

// Who may be the same person is found by name and number, in the scope, from an index.
func TestWhoMayBeTheSame(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	s, rhian, again := twins(h)
	numbered := h.positionOf(h.joins("R. Morys", "r@home.example"), s)
	other := h.positionOf(h.joins("Rhian Morysson", "morysson@home.example"), s)
	form := PositionForm{JobRole: Health, StaffNumber: "E 12"}
	if err := h.SetPosition(ctx, asTom, s, rhian.ID, form); err != nil {
		t.Fatal(err)
	}
	bad := wants(t, h.SetPosition(ctx, asTom, s, numbered.ID, form), problem.Invalid, "")
	if bad.Fields["staff_number"] != "people.position.number_taken" {
		t.Errorf("%v", bad.Fields)
	}
	h.write(func(tx store.Tx) error { // from before
		return tx.Exec("UPDATE people_positions SET staff_number = 'E 12', words = words || 'e 12' WHERE id = ?", numbered.ID).Error
	})
	if err := h.SetPosition(ctx, asTom, s, numbered.ID, form); err != nil {
		t.Errorf("who has it keeps it: %v", err)
	}
	seen := h.positionOf(numbered.Person, s).Version()
	form.Group, form.Version = "C", seen
	if err := h.SetPosition(ctx, asTom, s, numbered.ID, form); err != nil {
		t.Fatal(err)
	}
	form.Group = "A"
	wants(t, h.SetPosition(ctx, asTom, s, numbered.ID, form), problem.Conflict, "people.position.other_version")
	same, err := PossiblySame(h.rx(), s, rhian.ID)
	if err != nil || len(same) != 2 {
		t.Errorf("%+v, %v", same, err)
	}
	is, err := PossiblyAmong(h.rx(), s, []string{rhian.ID, again.ID, numbered.ID, other.ID, "nothing"})
	if err != nil || len(is) != 3 || is[other.ID] {
		t.Errorf("%v, %v", is, err)
	}
	wants(t, second(PossiblySame(h.rx(), scopeOf(h.twin, h.west), rhian.ID)), problem.NotFound, "")
	part := OrganisationScope{h.school, h.east, Part("teams " + team(h, s, "Mine", ""))}
	if is, err := PossiblyAmong(h.rx(), part, []string{rhian.ID}); err != nil || len(is) != 0 {
		t.Errorf("beyond a part: %v, %v", is, err)
	}
	if p, err := PositionAt(h.rx(), s, " RHIAN@home.example"); err != nil || p.ID != again.ID {
		t.Errorf("%+v, %v", p, err)
	}
	wants(t, second(PositionAt(h.rx(), s, "megan@demo.example")), problem.Invalid, "")
	wants(t, second(PositionAt(h.rx(), part, "rhian@home.example")), problem.Invalid, "")
}

// Nobody reads everybody for it, however many there are.
func TestWhoMayBeTheSameIsReadFromAnIndex(t *testing.T) {
	h := newHouse(t, Options{})
	s, rhian, _ := twins(h)
	for _, scope := range []OrganisationScope{s, {h.school, h.east, "teams x"}} {
		for name, q := range map[string]statement{"among": possiblyAmong(scope, []string{rhian.ID}), "one": possiblySame(scope, rhian), "invited": invitedToo(scope, rhian)} {
			rows, err := h.rx().Query("EXPLAIN QUERY PLAN "+q.sql, q.args...)
			if err != nil {
				t.Fatal(name, err)
			}
			for rows.Next() {
				var id, parent, unused int
				var detail string
				if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
					t.Fatal(err)
				}
				if strings.HasPrefix(detail, "SCAN ") && !strings.Contains(detail, "json_each") && !strings.HasPrefix(detail, "SCAN (") && detail != "SCAN q" ||
					strings.Contains(detail, "organisation_id=? AND board_id=?)") {
					t.Errorf("%s reads everybody: %s", name, detail)
				}
			}
			rows.Close()
		}
	}
}
