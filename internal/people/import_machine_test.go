package people

import (
	"testing"

	"golau/internal/i18n"
	"golau/internal/store"
)

// A list that a machine brings takes none away that its lead is looking at.
func TestAMachinesListLeavesALeadsAlone(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	i, _ := h.bring(s, unchanged)
	table, err := h.ReadImport(t.Context(), []byte(unchanged))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.KeepImport(t.Context(), store.Actor{Via: "worker"}, h.tom, s, i18n.EN, table); err != nil {
		t.Fatal(err)
	}
	if _, err := h.again(i); err != nil {
		t.Errorf("the list of the lead: %v", err)
	}
}
