package people

import (
	"testing"

	"golau/internal/problem"
)

// An administrator sees everybody's tokens with their makers, and revokes one with a
// reason: it opens nothing from then on, the record says who did it and why, and its
// maker gets a letter. Nobody else sees one of another's.
func TestAnAdministratorRevokesTokens(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	made, token := h.let(h.tom, tomPassword, ReadPeople)
	other, still := h.let(h.tom, tomPassword, ReadCompletions)
	admin := h.standing(h.boss)
	all, err := h.AllTokens(h.rx(), admin, false)
	if err != nil || len(all) != 2 || all[0].Maker != "Tom Ellis" || all[0].Person != h.tom || all[1].State != TokenCounts {
		t.Fatalf("%+v, %v", all, err)
	}
	for who, v := range map[string]Viewer{"the maker": h.standing(h.tom), "an officer": h.standing(h.officer), "a learner": h.standing(h.rhian), "nobody": {}} {
		_, err := h.AllTokens(h.rx(), v, true)
		_, fail := h.GivenTokenByID(h.rx(), v, made.ID)
		for _, err := range []error{err, fail, h.RevokeTokenOf(t.Context(), v, made.ID, "Lost")} {
			if k := problem.KindOf(err); err == nil || k != problem.Forbidden && k != problem.Unauthenticated {
				t.Errorf("%s: %v", who, err)
			}
		}
	}
	wants(t, h.RevokeTokenOf(t.Context(), admin, made.ID, " "), problem.Invalid, "")
	wants(t, h.RevokeTokenOf(t.Context(), admin, "nothing", "Lost"), problem.NotFound, "")
	if _, err := h.Call(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	letters := h.count("outbox_jobs WHERE kind = ?", FactorsChanged)
	for range 2 { // twice is once
		if err := h.RevokeTokenOf(t.Context(), admin, made.ID, "A laptop was lost"); err != nil {
			t.Fatal(err)
		}
	}
	h.refuses("revoked by an administrator", token)
	if _, err := h.Call(t.Context(), still); err != nil {
		t.Errorf("another token: %v", err)
	}
	if n := h.count("audit_events WHERE verb = 'people.token_revoked' AND actor LIKE '%' || ? AND subject = ?", h.boss, "person:"+h.tom); n != 1 {
		t.Errorf("%d lines of the record", n)
	}
	if n := h.count("audit_details WHERE detail LIKE '%A laptop was lost%'"); n != 1 {
		t.Errorf("the reason stands in %d", n)
	}
	if n := h.count("outbox_jobs WHERE kind = ? AND payload LIKE ?", FactorsChanged, "%"+TokenTaken+"%"+h.boss+"%"); n != 1 || h.count("outbox_jobs WHERE kind = ?", FactorsChanged) != letters+1 {
		t.Errorf("%d letters to the maker", n)
	}
	if now, err := h.AllTokens(h.rx(), admin, false); err != nil || len(now) != 1 || now[0].ID != other.ID {
		t.Errorf("counting: %+v, %v", now, err)
	}
	if now, err := h.AllTokens(h.rx(), admin, true); err != nil || len(now) != 2 {
		t.Errorf("all: %+v, %v", now, err)
	}
}
