package people

import (
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
)

// runs is the viewer who administers the installation, nobody the viewer who
// does not.
func (h *house) runs() Viewer {
	return Viewer{Person: h.boss, Memberships: []Membership{{Role: Admin}}}
}
func (h *house) leads() Viewer {
	return Viewer{Person: h.tom, Memberships: []Membership{{Role: Lead}}}
}

func lines(h *house) int { return h.count("audit_events") }

// Only an administrator changes what belongs to the installation; the others
// change nothing and learn nothing.
func TestOnlyAdministratorsChangeBodies(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, before := t.Context(), lines(h)
	for name, do := range map[string]func(v Viewer) error{
		"choose":  func(v Viewer) error { return h.ChooseBoards(ctx, v, []string{"gwent"}) },
		"own":     func(v Viewer) error { return second(h.AddOwnBoard(ctx, v, BoardForm{})) },
		"change":  func(v Viewer) error { return h.ChangeBoard(ctx, v, "east", BoardForm{}) },
		"agency":  func(v Viewer) error { return second(h.AddAgency(ctx, v, AgencyForm{})) },
		"agency2": func(v Viewer) error { return h.ChangeAgency(ctx, v, "school", AgencyForm{}) },
		"domain":  func(v Viewer) error { return h.AddAgencyDomain(ctx, v, "school", "a.example") },
		"remove":  func(v Viewer) error { return h.RemoveAgencyDomain(ctx, v, "school", "a.example") },
		"council": func(v Viewer) error { return h.ChangeCouncil(ctx, v, "demo-1", CouncilForm{}) },
		"give":    func(v Viewer) error { return h.GiveMembership(ctx, v, h.tom, MembershipForm{}) },
		"take":    func(v Viewer) error { return h.TakeMembership(ctx, v, h.rhian, h.rhianMember, "left") },
		"suspend": func(v Viewer) error { return h.SuspendPerson(ctx, v, h.rhian, "because") },
		"lift":    func(v Viewer) error { return h.LiftSuspension(ctx, v, h.rhian, "because") },
		"find":    func(v Viewer) error { _, _, err := FindPersons(h.rx(), v, "rhian"); return err },
	} {
		if err := do(h.leads()); problem.KindOf(err) != problem.Forbidden || err == nil {
			t.Errorf("%s by a lead: %v", name, err)
		}
		if err := do(Viewer{}); problem.KindOf(err) != problem.Unauthenticated || err == nil {
			t.Errorf("%s by nobody: %v", name, err)
		}
	}
	if lines(h) != before {
		t.Error("something was recorded")
	}
}

func TestChoosingBoards(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	for range 2 { // choosing twice is choosing once
		if err := h.ChooseBoards(ctx, v, []string{"gwent", "mid-west-wales", "gwent"}); err != nil {
			t.Fatal(err)
		}
	}
	b, err := BoardByKey(h.rx(), "mid-west-wales")
	if err != nil || b.Name.CY != "Bwrdd Diogelu Canolbarth a Gorllewin Cymru" || b.KindName().EN != "Regional Safeguarding Board" {
		t.Errorf("%+v, %v", b, err)
	}
	if n := h.count("audit_events WHERE verb = 'people.board_added' AND actor = ?", h.boss); n != 2 {
		t.Errorf("%d lines", n)
	}
	wants(t, h.ChooseBoards(ctx, v, nil), problem.Invalid, "people.board.choose")
	before := h.count("people_boards")
	wants(t, h.ChooseBoards(ctx, v, []string{"north-wales", "nowhere"}), problem.Invalid, "people.board.unknown")
	if h.count("people_boards") != before {
		t.Error("half of the choice was made")
	}
	// A board that somebody typed by name is there already.
	if _, err := h.AddOwnBoard(ctx, v, BoardForm{Name: i18n.Text{EN: "West  Glamorgan Safeguarding Board", CY: "Bwrdd Diogelu Gorllewin Morgannwg"},
		Kind: "regional-safeguarding-board"}); err != nil {
		t.Fatal(err)
	}
	offered, err := OfferedBoards(h.rx())
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, o := range offered {
		there[o.Key] = o.There
	}
	if len(there) != 6 || !there["west-glamorgan"] || !there["gwent"] || there["north-wales"] {
		t.Errorf("offered %v", there)
	}
}

func TestOwnBoards(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	f := BoardForm{Name: i18n.Text{EN: "Shores Children Partnership", CY: "Partneriaeth Plant y Glannau"}, Kind: KindOwn,
		OwnKind: i18n.Text{EN: "Children’s partnership", CY: "Partneriaeth plant"}}
	key, err := h.AddOwnBoard(ctx, v, f)
	if err != nil || key != "shores-children-partnership" {
		t.Fatal(key, err)
	}
	if b, _ := BoardByKey(h.rx(), key); b.KindName().CY != "Partneriaeth plant" {
		t.Errorf("%+v", b)
	}
	e := wants(t, second(h.AddOwnBoard(ctx, v, f)), problem.Conflict, "people.board.taken")
	if e.Fields["name_en"] == "" {
		t.Error("the page would not know where")
	}
	// The same change twice is one line; a kind of the list drops the own words.
	f.Kind = "safeguarding-children-partnership"
	before := lines(h)
	for range 2 {
		if err := h.ChangeBoard(ctx, v, key, f); err != nil {
			t.Fatal(err)
		}
	}
	b, _ := BoardByKey(h.rx(), key)
	if lines(h) != before+1 || b.OwnKind != (i18n.Text{}) || b.KindName().EN != "Safeguarding Children Partnership" {
		t.Errorf("%d lines, %+v", lines(h)-before, b)
	}
	f.Name = i18n.Text{EN: "EAST BOARD", CY: "Arall"}
	wants(t, h.ChangeBoard(ctx, v, key, f), problem.Conflict, "people.board.taken")
	wants(t, h.ChangeBoard(ctx, v, "nowhere", f), problem.NotFound, "")
}

// What attackers type is refused beside its field, and changes nothing.
func TestHostileNamesOfBodies(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v, before := t.Context(), h.runs(), lines(h)
	for _, bad := range []string{"", " \t\n", strings.Repeat("x", 10_000), "a\x00b", "a\u202egnp.exe", "a\u200bb", "a\ufeff", "\u3164", "<b>", "=1+1", "\xff"} {
		e := wants(t, second(h.AddOwnBoard(ctx, v, BoardForm{Name: i18n.Text{EN: "Good", CY: bad}, Kind: KindOwn, OwnKind: i18n.Text{EN: bad, CY: "Da"}})), problem.Invalid, "")
		if len(e.Fields) != 2 || e.Fields["name_cy"] == "" || e.Fields["kind_en"] == "" {
			t.Errorf("%.20q: fields %v", bad, e.Fields)
		}
		e = wants(t, second(h.AddAgency(ctx, v, AgencyForm{Name: i18n.Text{EN: bad, CY: bad}, Kind: bad, Council: bad, Domains: bad + "x", Boards: []string{"east"}})), problem.Invalid, "")
		if e.Fields["name_en"] == "" || e.Fields["name_cy"] == "" || e.Fields["kind"] == "" {
			t.Errorf("%.20q: fields %v", bad, e.Fields)
		}
	}
	if lines(h) != before {
		t.Error("something was recorded")
	}
}
