package people

import (
	"strings"
	"sync"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

func administrator() NewAdministrator {
	return NewAdministrator{Name: "Alex Reid", Email: " Alex@demo.example ", Password: "marmalade tractor sky",
		Language: i18n.EN, JobRole: Voluntary,
		Organisation: i18n.Text{EN: "Hill House", CY: "Tŷ’r Bryn"}, OrganisationKind: "voluntary", Board: i18n.Text{EN: "Coast Board", CY: "Bwrdd y Glannau"}}
}

func empty(t *testing.T) *house {
	db, clock := storetest.Open(t)
	hasher := &countingHasher{}
	return &house{t: t, db: db, clock: clock, hasher: hasher, Directory: New(db, Options{Hasher: hasher})}
}

func TestFirstAdministrator(t *testing.T) {
	h := empty(t)
	ctx := t.Context()
	old, needed, err := h.SetupToken(ctx)
	if err != nil || !needed || len(old) != 43 {
		t.Fatalf("%q %v %v", old, needed, err)
	}
	token, _, err := h.SetupToken(ctx) // a second start: the first link is void
	if err != nil || token == old {
		t.Fatal("no new token", err)
	}
	for _, bad := range []string{"", "x", old, strings.Repeat("A", 43)} {
		wants(t, h.SetupOpen(ctx, bad), problem.NotFound, "people.setup.gone")
		wants(t, second(h.FirstAdministrator(ctx, bad, administrator())), problem.NotFound, "people.setup.gone")
	}
	if h.hasher.hashes.Load() != 0 {
		t.Error("a wrong link reached the hash")
	}
	// What must be put right is said at once, and the link lives on.
	e := wants(t, second(h.FirstAdministrator(ctx, token, NewAdministrator{Password: "short", Email: "x", Organisation: i18n.Text{EN: "X\x00"}})),
		problem.Invalid, "people.invalid")
	for field, key := range map[string]string{"name": "people.name.required", "email": "people.email.shape",
		"password": "people.password.short", "language": "people.language.unknown", "job_role": "people.job_role.unknown",
		"kind": "people.kind.unknown", "organisation_en": "people.text.characters", "organisation_cy": "people.text.required",
		"board_en": "people.text.required", "board_cy": "people.text.required"} {
		if e.Fields[field] != key {
			t.Errorf("%s: %q, want %q", field, e.Fields[field], key)
		}
	}
	if len(e.Fields) != 10 || e.Args["MinPassword"] != 12 {
		t.Errorf("%+v", e)
	}
	if err := h.SetupOpen(ctx, token); err != nil {
		t.Fatal(err)
	}
	// Twenty at one moment: one administrator.
	var wg sync.WaitGroup
	var mu sync.Mutex
	var sessions []string
	for range 20 {
		wg.Go(func() {
			s, err := h.FirstAdministrator(ctx, token, administrator())
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				sessions = append(sessions, s)
			} else if problem.KindOf(err) != problem.NotFound {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(sessions) != 1 || h.count("people_persons") != 1 || h.count("people_boards") != 1 {
		t.Fatalf("%d administrators", len(sessions))
	}
	v := h.viewer(sessions[0])
	if !v.Is(Admin) || v.Name != "Alex Reid" || v.Email != "Alex@demo.example" || v.Home().Board.Key != "coast-board" ||
		v.Home().Organisation.Key != "hill-house" || v.Home().Organisation.Name.CY != "Tŷ’r Bryn" {
		t.Errorf("%+v", v)
	}
	wants(t, h.SetupOpen(ctx, token), problem.NotFound, "")
	if again, needed, err := h.SetupToken(ctx); needed || again != "" || err != nil {
		t.Errorf("a second administrator is offered: %v", err)
	}
	h.signIn("alex@demo.example", "marmalade tractor sky")
}

func TestSetupGrowsOldAndComesBack(t *testing.T) {
	h := empty(t)
	ctx := t.Context()
	token, _, err := h.SetupToken(ctx)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(24 * time.Hour)
	wants(t, h.SetupOpen(ctx, token), problem.NotFound, "people.setup.gone")
	wants(t, second(h.FirstAdministrator(ctx, token, administrator())), problem.NotFound, "people.setup.gone")
	if token, _, err = h.SetupToken(ctx); err != nil {
		t.Fatal(err)
	}
	session, err := h.FirstAdministrator(ctx, token, administrator())
	if err != nil {
		t.Fatal(err)
	}
	// When the last administrator is gone there is a new link, to the same board
	// and organisation; the address is taken, and the link survives saying so.
	person := h.viewer(session).Person
	h.write(func(tx store.Tx) error { return Suspend(tx, person) })
	token, needed, err := h.SetupToken(ctx)
	if err != nil || !needed {
		t.Fatal("no way back in", err)
	}
	wants(t, second(h.FirstAdministrator(ctx, token, administrator())), problem.Conflict, "people.email.taken")
	n := administrator()
	n.Email = "sam@demo.example"
	if session, err = h.FirstAdministrator(ctx, token, n); err != nil {
		t.Fatal(err)
	}
	if h.viewer(session).Person == person || h.count("people_boards") != 1 || h.count("people_organisations") != 1 {
		t.Error("not the same house")
	}
}

// What changes while the password is hashed is seen before anything is made.
func TestSetupChangedWhileHashing(t *testing.T) {
	for what, meanwhile := range map[string]func(h *house){
		"a newer link": func(h *house) {
			if _, _, err := h.SetupToken(h.t.Context()); err != nil {
				h.t.Error(err)
			}
		},
		"another administrator": func(h *house) {
			h.write(func(tx store.Tx) error {
				n := administrator()
				n.Email = "sam@demo.example"
				return second(n.add(tx, ""))
			})
		},
	} {
		h := empty(t)
		token, _, err := h.SetupToken(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		h.hasher.onHash = func() { meanwhile(h) }
		_, err = h.FirstAdministrator(t.Context(), token, administrator())
		wants(t, err, problem.NotFound, "people.setup.gone")
		if h.count("people_persons WHERE email_key = 'alex@demo.example'") != 0 {
			t.Errorf("%s: an administrator was made", what)
		}
	}
}
