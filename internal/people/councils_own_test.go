package people

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
)

// A council of one's own needs a name in both languages, an area in both or in
// neither, a board that is there, and the day with its numbers; all is said at once.
func TestACouncilIsWhole(t *testing.T) {
	h := newHouse(t, Options{})
	v := h.runs()
	whole := CouncilBody{Name: i18n.Text{EN: "Severn", CY: "Hafren"}, Board: "east"}
	for field, change := range map[string]func(b *CouncilBody, f *CouncilForm){
		"name_cy":    func(b *CouncilBody, _ *CouncilForm) { b.Name.CY = "" },
		"area_en":    func(b *CouncilBody, _ *CouncilForm) { b.Area.CY = "y lan" },
		"board":      func(b *CouncilBody, _ *CouncilForm) { b.Board = "nowhere" },
		"checked_on": func(_ *CouncilBody, f *CouncilForm) { f.DayNumber = "01632 960444" },
		"day_number": func(_ *CouncilBody, f *CouncilForm) { f.DayNumber, f.CheckedOn = "999", Today(h.rx()) },
	} {
		b, f := whole, CouncilForm{}
		change(&b, &f)
		if e := wants(t, second(h.AddOwnCouncil(t.Context(), v, b, f)), problem.Invalid, ""); len(e.Fields) != 1 || e.Fields[field] == "" {
			t.Errorf("%s: fields %v", field, e.Fields)
		}
	}
	key, err := h.AddOwnCouncil(t.Context(), v, whole, CouncilForm{})
	if err != nil || key != "severn" {
		t.Fatal(key, err)
	}
	if board, err := BoardOfCouncil(h.rx(), key); err != nil || board == "" {
		t.Errorf("its board: %q, %v", board, err)
	}
	for what, err := range map[string]error{"add": second(h.AddOwnCouncil(t.Context(), Viewer{}, whole, CouncilForm{})), "rename": h.RenameCouncil(t.Context(), Viewer{}, key, whole),
		"retire": h.RetireCouncil(t.Context(), Viewer{}, key, ""), "return": h.ReturnCouncil(t.Context(), Viewer{}, key)} {
		if err == nil || problem.KindOf(err) != problem.Unauthenticated {
			t.Errorf("%s by nobody: %v", what, err)
		}
	}
	wants(t, h.RetireCouncil(t.Context(), v, "nowhere", ""), problem.NotFound, "")
}
