package people

import (
	"slices"
	"strings"
	"testing"

	"golau/internal/problem"
	"golau/internal/store"
)

// Every permission, written a second time by hand: a change of the table in
// may.go must be meant.
func TestMay(t *testing.T) {
	const table = `
		account.manage       gone learner lead officer admin
		courses.take              learner lead officer admin
		certificates.own     gone learner lead officer admin
		agency.see                        lead
		agency.names                      lead
		people.invite                     lead         admin
		people.confirm                    lead         admin
		board.see                              officer
		systems.let_in                    lead officer
		local.write                            officer admin
		board.policy                           officer admin
		certificates.revoke                    officer admin
		people.manage                                  admin
		installation.see                               admin`
	lines := strings.Split(strings.TrimSpace(table), "\n")
	if len(lines) != len(may) {
		t.Errorf("%d acts here, %d in may.go", len(lines), len(may))
	}
	who := map[string]Viewer{"gone": {Person: "p"}}
	for _, r := range Roles {
		who[string(r)] = Viewer{Person: "p", Memberships: []Membership{{Role: r}}}
	}
	for _, l := range lines {
		f := strings.Fields(l)
		act := Act(f[0])
		if _, ok := may[act]; !ok {
			t.Errorf("may.go does not know %s", act)
		}
		for role, v := range who {
			want := slices.Contains(f[1:], role)
			if v.May(act) != want {
				t.Errorf("%s %s: %v, want %v", role, act, !want, want)
			}
			err := v.Require(act)
			if want && err != nil || !want && problem.KindOf(err) != problem.Forbidden {
				t.Errorf("%s requires %s: %v", role, act, err)
			}
		}
		// Nobody may do anything, even with a membership that is not theirs.
		for _, v := range []Viewer{{}, {Memberships: []Membership{{Role: Admin}, {Role: Lead}, {Role: Officer}, {Role: Learner}}}} {
			if v.May(act) {
				t.Errorf("nobody may %s", act)
			}
			for _, r := range Roles {
				if v.Is(r) {
					t.Errorf("nobody is %s", r)
				}
			}
			wants(t, v.Require(act), problem.Unauthenticated, "people.session.ended")
		}
	}
	if who["admin"].May("never.heard.of") {
		t.Error("an unknown act is allowed")
	}
}

func TestScopes(t *testing.T) {
	h := newHouse(t, Options{Demo: true})
	as := func(key string) Viewer {
		token, err := h.SignInAs(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		return h.viewer(token)
	}
	megan, tom, rhian := as("megan"), as("tom"), as("rhian")
	for _, key := range []string{"", "east"} {
		s, err := megan.BoardScope(key)
		if err != nil || s.Board() != h.east {
			t.Errorf("megan %q: %v, %v", key, s, err)
		}
	}
	// The other region's board, one that does not exist: the same answer.
	for _, key := range []string{"west", "north", "' OR 1=1 --"} {
		wants(t, second(megan.BoardScope(key)), problem.NotFound, "people.not_found")
	}
	for _, v := range []Viewer{tom, rhian} {
		wants(t, second(v.BoardScope("")), problem.Forbidden, "people.forbidden")
		wants(t, second(v.BoardScope("east")), problem.Forbidden, "people.forbidden")
	}
	s, err := tom.OrganisationScope("")
	if err != nil || s.Organisation() != h.school || s.Board() != h.east {
		t.Errorf("tom: %v, %v", s, err)
	}
	wants(t, second(tom.OrganisationScope("twin")), problem.NotFound, "")
	wants(t, second(megan.OrganisationScope("")), problem.Forbidden, "")
	wants(t, second(Viewer{}.BoardScope("")), problem.Unauthenticated, "")
	wants(t, second(Viewer{}.OrganisationScope("")), problem.Unauthenticated, "")

	// An officer of one board who only learns under the other.
	h.write(func(tx store.Tx) error {
		_, err := AddMembership(tx, NewMembership{PersonID: h.officer, OrganisationID: h.both, BoardID: h.west, Role: Learner, JobRole: Health})
		return err
	})
	megan = as("megan")
	if len(megan.Memberships) != 2 {
		t.Fatal("the membership is missing")
	}
	wants(t, second(megan.BoardScope("west")), problem.NotFound, "")
	if m, ok := megan.Membership(megan.Memberships[1].ID); !ok || m.Board.ID != h.west {
		t.Error("her own membership is not found")
	}
	if _, ok := megan.Membership(h.rhianMember); ok {
		t.Error("another's membership is found")
	}
	if _, ok := megan.Membership(""); ok || (Viewer{}).Home().ID != "" {
		t.Error("no membership is one")
	}

	for name, f := range map[string]func() string{
		"board": BoardScope{}.Board, "organisation": OrganisationScope{}.Organisation, "its board": OrganisationScope{}.Board,
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("the zero scope gave a %s", name)
				}
			}()
			f()
		}()
	}
}
