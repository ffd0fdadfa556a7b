package people

import (
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

func (h *house) bryn() AgencyForm {
	return AgencyForm{Name: i18n.Text{EN: "Môr School", CY: "Ysgol y Môr"}, Kind: "school", Council: "demo-1",
		Boards: []string{"east", "west", "east"}, Domains: "mor.example, @SHARED.example\r\nmor.example"}
}

func TestAddingAgencies(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	h.write(func(tx store.Tx) error { return AddDomain(tx, h.twin, "shared.example") })
	key, err := h.AddAgency(ctx, v, h.bryn())
	if err != nil || key != "mor-school" {
		t.Fatal(key, err)
	}
	o, _ := OrganisationByKey(h.rx(), key)
	boards, _ := BoardsOf(h.rx(), o.ID)
	domains, err := DomainsOf(h.rx(), o.ID)
	if err != nil || len(boards) != 2 || len(domains) != 2 || domains[1].Domain != "shared.example" || len(domains[1].Others) != 1 || domains[1].Others[0].ID != h.twin || len(domains[0].Others) != 0 {
		t.Errorf("boards %v, domains %+v, %v", boards, domains, err)
	}
	wants(t, second(h.AddAgency(ctx, v, h.bryn())), problem.Conflict, "people.agency.taken")
	elsewhere := h.bryn()
	elsewhere.Council = ""
	wants(t, second(h.AddAgency(ctx, v, elsewhere)), problem.Conflict, "people.agency.taken")
	h.write(func(tx store.Tx) error {
		return AddCouncil(tx, NewCouncil{Key: "elsewhere", Name: i18n.Text{EN: "Elsewhere", CY: "Rhywle Arall"}})
	})
	elsewhere.Council = "elsewhere"
	if key, err = h.AddAgency(ctx, v, elsewhere); err != nil || key != "mor-school-2" {
		t.Errorf("a school of that name elsewhere: %q, %v", key, err)
	}
	for field, change := range map[string]func(f *AgencyForm){
		"boards":  func(f *AgencyForm) { f.Boards = []string{"east", "nowhere"} },
		"kind":    func(f *AgencyForm) { f.Kind = "pirates" },
		"council": func(f *AgencyForm) { f.Council = "nowhere" },
		"domains": func(f *AgencyForm) { f.Domains = "good.example gmail.com" },
		"name_cy": func(f *AgencyForm) { f.Name.CY = "" },
	} {
		f := h.bryn()
		f.Name.EN, f.Name.CY = "Another", "Arall"
		change(&f)
		if e := wants(t, second(h.AddAgency(ctx, v, f)), problem.Invalid, ""); len(e.Fields) != 1 || e.Fields[field] == "" {
			t.Errorf("%s: fields %v", field, e.Fields)
		}
	}
	none := h.bryn()
	none.Boards = nil
	if e := wants(t, second(h.AddAgency(ctx, v, none)), problem.Invalid, ""); e.Fields["boards"] != "people.agency.no_board" {
		t.Errorf("fields %v", e.Fields)
	}
}

// A board under which people stand cannot be left, and the answer says how
// many; once they have gone it can, although their memberships still speak of
// it, and it can be joined again.
func TestLeavingABoard(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v := t.Context(), h.runs()
	f := AgencyForm{Name: i18n.Text{EN: "Hill School", CY: "Ysgol y Bryn"}, Kind: "school", Council: "demo-1", Boards: []string{"west"}}
	before := lines(h)
	e := wants(t, h.ChangeAgency(ctx, v, "school", f), problem.Conflict, "people.agency.board_in_use")
	if e.Args["People"] != 2 || e.Args["Board"] != "East Board / Bwrdd y Dwyrain" || e.Fields["boards"] == "" || lines(h) != before {
		t.Errorf("%v %v", e.Args, e.Fields)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_memberships SET ended_at = ? WHERE organisation_id = ?", tx.Now, h.school).Error
	})
	for range 2 {
		if err := h.ChangeAgency(ctx, v, "school", f); err != nil {
			t.Fatal(err)
		}
	}
	boards, _ := BoardsOf(h.rx(), h.school)
	if len(boards) != 1 || boards[0].Key != "west" || lines(h) != before+2 {
		t.Errorf("boards %v, %d lines", boards, lines(h)-before)
	}
	wants(t, h.GiveMembership(ctx, v, h.rhian, MembershipForm{"school/east", Learner, Education, ""}), problem.Invalid, "people.membership.place")
	if under, _ := Organisations(h.rx(), h.east); len(under) != 1 {
		t.Errorf("under the board it left: %v", under)
	}
	f.Boards = []string{"west", "east"}
	if err := h.ChangeAgency(ctx, v, "school", f); err != nil {
		t.Fatal(err)
	}
	if boards, _ = BoardsOf(h.rx(), h.school); len(boards) != 2 {
		t.Errorf("boards %v", boards)
	}
	wants(t, h.ChangeAgency(ctx, v, "nowhere", f), problem.NotFound, "")
}

func TestDomains(t *testing.T) {
	h := newHouse(t, Options{})
	ctx, v, before := t.Context(), h.runs(), lines(h)
	for range 2 {
		if err := h.AddAgencyDomain(ctx, v, "school", " Bryn.EXAMPLE "); err != nil {
			t.Fatal(err)
		}
	}
	for domain, key := range map[string]string{"gmail.com": "people.domain.anybody", "OUTLOOK.com": "people.domain.anybody", "gov.uk": "people.domain.suffix",
		"": "people.domain.required", "a@b.example": "people.domain.shape", "bryn": "people.domain.shape", "x.example\u202e": "people.domain.shape", strings.Repeat("a.", 5_000) + "example": "people.domain.shape"} {
		wants(t, h.AddAgencyDomain(ctx, v, "school", domain), problem.Invalid, key)
	}
	if err := h.AddAgencyDomain(ctx, v, "school", "hwbcymru.net"); err != nil {
		t.Fatal(err)
	}
	if ds, err := DomainsOf(h.rx(), h.school); err != nil || len(ds) != 2 || ds[0].Many || !ds[1].Many {
		t.Errorf("%+v, %v", ds, err)
	}
	for range 2 {
		if err := h.RemoveAgencyDomain(ctx, v, "school", "bryn.example"); err != nil {
			t.Fatal(err)
		}
	}
	if lines(h) != before+3 {
		t.Errorf("%d lines", lines(h)-before)
	}
	wants(t, h.AddAgencyDomain(ctx, v, "nowhere", "a.example"), problem.NotFound, "")
	wants(t, h.RemoveAgencyDomain(ctx, v, "nowhere", "a.example"), problem.NotFound, "")
}

func TestFindingAgencies(t *testing.T) {
	h := newHouse(t, Options{})
	if _, err := h.AddAgency(t.Context(), h.runs(), h.bryn()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ board, words, want string }{
		{"", "", "both mor-school school twin"}, {"west", "", "both mor-school twin"}, {"", "MOR", "mor-school"}, {"", "môr", "mor-school"},
		{"", "ysgol y", "mor-school school twin"}, {"east", "shared.exa", "mor-school"}, {"nowhere", "", ""}, {"", "%", ""}, {"", "nobody", ""},
	} {
		found, err := FindAgencies(h.rx(), c.board, c.words, i18n.EN)
		keys := make([]string, len(found))
		for i, a := range found {
			keys[i] = a.Key
		}
		if got := strings.Join(keys, " "); err != nil || len(got) != len(c.want) || got != c.want && c.want != "" && !sameWords(got, c.want) {
			t.Errorf("%q %q: %q, %v", c.board, c.words, got, err)
		}
	}
	found, _ := FindAgencies(h.rx(), "", "hill", i18n.CY)
	if len(found) != 1 || found[0].People != 2 || len(found[0].Boards) != 1 {
		t.Errorf("%+v", found)
	}
}

func sameWords(a, b string) bool {
	for _, w := range strings.Fields(b) {
		if !strings.Contains(" "+a+" ", " "+w+" ") {
			return false
		}
	}
	return true
}
