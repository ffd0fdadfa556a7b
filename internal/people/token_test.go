package people

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/problem"
	"golau/internal/store"
)

// standing is somebody as they are now, without going through a door.
func (h *house) standing(person string) Viewer {
	h.t.Helper()
	ms, err := MembershipsOf(h.rx(), person)
	if err != nil {
		h.t.Fatal(err)
	}
	return Viewer{Person: person, Memberships: ms}
}

// let makes a token as somebody who has a password alone.
func (h *house) let(person, password string, scopes ...TokenScope) (AccessToken, string) {
	h.t.Helper()
	t, token, err := h.MakeToken(h.t.Context(), h.standing(person), TokenForm{Name: "Payroll", Scopes: scopes, Days: 90, Proof: password})
	if err != nil {
		h.t.Fatal(err)
	}
	return t, token
}

func (h *house) refuses(why, token string) {
	h.t.Helper()
	if c, err := h.Call(h.t.Context(), token); problem.KindOf(err) != problem.Unauthenticated || c.Token.ID != "" {
		h.t.Errorf("%s: %+v, %v", why, c, err)
	}
}

// TestATokenIsMadeWithProof: by leads and officers, with their proof, and with no
// scope that their role does not give; the token itself is nowhere.
func TestATokenIsMadeWithProof(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	tom := h.standing(h.tom)
	good := TokenForm{Name: " Payroll  system ", Scopes: []TokenScope{ReadCompletions, ReadPeople}, Days: 90, Proof: tomPassword}
	for name, c := range map[string]struct {
		change func(*TokenForm)
		field  string
	}{
		"no proof":        {func(f *TokenForm) { f.Proof = "" }, "proof"},
		"a wrong one":     {func(f *TokenForm) { f.Proof = "not the password" }, "proof"},
		"no name":         {func(f *TokenForm) { f.Name = " " }, "name"},
		"a long name":     {func(f *TokenForm) { f.Name = strings.Repeat("a", 61) }, "name"},
		"a hidden letter": {func(f *TokenForm) { f.Name = "a\u202eb" }, "name"},
		"no scope":        {func(f *TokenForm) { f.Scopes = nil }, "scopes"},
		"another scope":   {func(f *TokenForm) { f.Scopes = []TokenScope{ReadPeople, "admin"} }, "scopes"},
		"for ever":        {func(f *TokenForm) { f.Days = 36500 }, "days"},
		"as somebody":     {func(f *TokenForm) { f.Membership = h.rhianMember }, "membership"},
	} {
		f := good
		c.change(&f)
		_, token, err := h.MakeToken(t.Context(), tom, f)
		p, _ := problem.As(err)
		if p == nil || p.Kind != problem.Invalid || p.Fields[c.field] == "" || token != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for who, v := range map[string]Viewer{"a learner": h.standing(h.rhian), "an administrator": h.standing(h.boss)} {
		if _, _, err := h.MakeToken(t.Context(), v, good); problem.KindOf(err) != problem.Forbidden {
			t.Errorf("%s: %v", who, err)
		}
	}
	f := good
	f.Scopes, f.Proof = []TokenScope{ReadPeople}, ""
	if _, _, err := h.MakeToken(t.Context(), h.standing(h.officer), f); problem.KindOf(err) != problem.Invalid {
		t.Errorf("an officer reads people: %v", err)
	}
	made, token, err := h.MakeToken(t.Context(), tom, good)
	if err != nil || made.Name != "Payroll system" || !slices.Equal(made.Scopes, []TokenScope{ReadPeople, ReadCompletions}) || made.State != TokenCounts {
		t.Fatalf("%+v, %v", made, err)
	}
	if n := h.count("outbox_jobs WHERE kind = ? AND payload LIKE '%token%'", FactorsChanged); n != 1 {
		t.Errorf("%d letters", n)
	}
	var found int
	for _, table := range []string{"people_tokens", "audit_details", "audit_events", "outbox_jobs"} {
		var rows []map[string]any
		if err := h.rx().Raw("SELECT * FROM " + table).Scan(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			for column, v := range r {
				if s, ok := v.(string); ok {
					if found++; strings.Contains(s, token) || strings.Contains(s, token[len(token)-20:]) {
						t.Errorf("%s.%s holds the token", table, column)
					}
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d texts looked at", found)
	}
}

// TestATokenDies: with the next request after it was revoked, its day, its maker's
// role, account or suspension; a role that is given again does not bring it back.
func TestATokenDies(t *testing.T) {
	t.Parallel()
	for name, kill := range map[string]func(*house, AccessToken){
		"revoked": func(h *house, a AccessToken) {
			if err := h.RevokeToken(h.t.Context(), h.standing(h.rhian), a.ID); problem.KindOf(err) != problem.NotFound {
				h.t.Errorf("somebody else revoked it: %v", err)
			}
			if err := h.RevokeToken(h.t.Context(), h.standing(h.tom), a.ID); err != nil {
				h.t.Error(err)
			}
		},
		"expired":   func(h *house, _ AccessToken) { h.clock.Advance(91 * 24 * time.Hour) },
		"suspended": func(h *house, _ AccessToken) { h.write(func(tx store.Tx) error { return Suspend(tx, h.tom) }) },
		"erased":    func(h *house, _ AccessToken) { h.write(func(tx store.Tx) error { return Erase(tx, h.tom) }) },
		"leads no more": func(h *house, a AccessToken) {
			h.write(func(tx store.Tx) error { return EndMembership(tx, a.Membership) })
		},
		"leads again": func(h *house, a AccessToken) {
			h.write(func(tx store.Tx) error {
				if err := EndMembership(tx, a.Membership); err != nil {
					return err
				}
				_, err := AddMembership(tx, NewMembership{PersonID: h.tom, OrganisationID: h.school, BoardID: h.east, Role: Lead, JobRole: Education})
				return err
			})
		},
		"another key": func(h *house, _ AccessToken) { h.o.Bearer.Signing = newBearer(h.db) },
		"forgotten": func(h *house, _ AccessToken) {
			h.write(func(tx store.Tx) error { return tx.Exec("DELETE FROM people_tokens").Error })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, Options{})
			made, token := h.let(h.tom, tomPassword, ReadPeople)
			if _, err := h.Call(t.Context(), token); err != nil {
				t.Fatal(err)
			}
			kill(h, made)
			h.refuses(name, token)
			all, err := h.TokensOf(h.rx(), h.standing(h.tom))
			if err != nil || len(all) == 1 && all[0].State == TokenCounts && name != "suspended" {
				t.Errorf("the list says that it counts: %+v, %v", all, err)
			}
		})
	}
}

// TestACallerHasOneMembership: whoever leads an agency and officers a board lets in
// by a token what that one membership may, and nothing else.
func TestACallerHasOneMembership(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	h.write(func(tx store.Tx) error {
		_, err := AddMembership(tx, NewMembership{PersonID: h.tom, OrganisationID: h.both, BoardID: h.west, Role: Officer, JobRole: Education})
		return err
	})
	tom := h.standing(h.tom)
	if _, _, err := h.MakeToken(t.Context(), tom, TokenForm{Name: "x", Scopes: []TokenScope{ReadCompletions}, Days: 30, Proof: tomPassword}); problem.KindOf(err) != problem.Invalid {
		t.Errorf("as which of the two? %v", err)
	}
	for _, m := range tom.Memberships {
		_, token, err := h.MakeToken(t.Context(), tom, TokenForm{Name: "x", Membership: m.ID, Scopes: []TokenScope{ReadCompletions}, Days: 30, Proof: tomPassword})
		if err != nil {
			t.Fatal(err)
		}
		c, err := h.Call(t.Context(), token)
		if err != nil || len(c.Viewer.Memberships) != 1 || c.Viewer.Memberships[0].ID != m.ID || !c.May(ReadCompletions) || c.May(ReadPeople) || !c.May("") {
			t.Errorf("%s: %+v, %v", m.Role, c, err)
		}
		_, _, leads := c.Viewer.LedAt("")
		_, officers := c.Viewer.BoardScope("")
		if (leads == nil) != (m.Role == Lead) || (officers == nil) != (m.Role == Officer) {
			t.Errorf("%s: %v, %v", m.Role, leads, officers)
		}
	}
	if (Caller{}).May("") {
		t.Error("nobody may")
	}
}

// TestWhenATokenWasUsed: the day and no more, and the first time is in the record.
func TestWhenATokenWasUsed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	_, token := h.let(h.tom, tomPassword, ReadPeople)
	for _, day := range []string{"2026-11-23", "2026-11-23", "2026-11-24"} {
		if _, err := h.Call(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		all, err := h.TokensOf(h.rx(), h.standing(h.tom))
		if err != nil || len(all) != 1 || all[0].UsedOn != day {
			t.Errorf("%s: %+v, %v", day, all, err)
		}
		h.clock.Advance(12 * time.Hour)
	}
	var n int
	if err := h.rx().Raw("SELECT count(*) FROM audit_events WHERE verb = 'people.token_used' AND via = 'api'").Scan(&n).Error; err != nil || n != 1 {
		t.Errorf("%d first times: %v", n, err)
	}
}

// TestTokensAreFew: nobody has more at one time than they can look over.
func TestTokensAreFew(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	for range maxTokens {
		h.let(h.tom, tomPassword, ReadPeople)
	}
	_, _, err := h.MakeToken(t.Context(), h.standing(h.tom), TokenForm{Name: "x", Scopes: []TokenScope{ReadPeople}, Days: 30, Proof: tomPassword})
	if problem.KindOf(err) != problem.Conflict {
		t.Errorf("one more: %v", err)
	}
}
