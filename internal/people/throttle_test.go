package people

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golau/internal/problem"
	"golau/internal/store"

	"github.com/alexedwards/argon2id"
	"pgregory.net/rapid"
)

// A12: two hundred guesses at one moment, from wherever: ten reach the hash.
func TestTenGuessesReachTheHash(t *testing.T) {
	for _, email := range []string{"rhian@demo.example", "nobody@demo.example"} {
		h := newHouse(t, Options{HashQueue: 1000})
		var wg sync.WaitGroup
		var mu sync.Mutex
		kinds := map[problem.Kind]int{}
		for i := range 200 {
			wg.Go(func() {
				_, err := h.SignIn(t.Context(), email, fmt.Sprintf("guess %d", i))
				mu.Lock()
				kinds[problem.KindOf(err)]++
				mu.Unlock()
			})
		}
		wg.Wait()
		if n := h.hasher.matches.Load(); n != 10 || kinds[problem.Invalid] != 10 || kinds[problem.TooMany] != 190 {
			t.Errorf("%s: %d guesses reached the hash; answers %v", email, n, kinds)
		}
	}
}

// The limit is the account's, not the door's: a signed-in thief who guesses at
// the old password uses up the same ten. It survives a restart, and does not
// touch anybody else.
func TestGuessesCountAcrossDoorsAndRestarts(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	v := h.viewer(h.signIn("rhian@demo.example", rhianPassword))
	h.hasher.matches.Store(0)
	for i := range 5 {
		wants(t, h.SetPassword(ctx, v, fmt.Sprint("guess ", i), "three quite new words"), problem.Invalid, "people.password.old_wrong")
		wants(t, second(h.SignIn(ctx, "RHIAN@demo.example", fmt.Sprint("guess ", i))), problem.Invalid, "people.signin.wrong")
	}
	wants(t, h.SetPassword(ctx, v, rhianPassword, "three quite new words"), problem.TooMany, "people.signin.throttled")
	h.Directory = New(h.db, Options{Hasher: h.hasher})
	wants(t, second(h.SignIn(ctx, "rhian@demo.example", rhianPassword)), problem.TooMany, "people.signin.throttled")
	if n := h.hasher.matches.Load(); n != 10 {
		t.Errorf("%d guesses reached the hash", n)
	}
	h.signIn("tom@demo.example", tomPassword)
}

func TestGuessesComeBack(t *testing.T) {
	h := newHouse(t, Options{})
	ctx := t.Context()
	for range 9 {
		wants(t, second(h.SignIn(ctx, "rhian@demo.example", "wrong")), problem.Invalid, "")
		h.clock.Advance(10 * time.Second)
	}
	h.signIn("rhian@demo.example", rhianPassword) // the tenth is right: all ten are there again
	for range 10 {
		wants(t, second(h.SignIn(ctx, "rhian@demo.example", "wrong")), problem.Invalid, "")
		h.clock.Advance(10 * time.Second)
	}
	e := wants(t, second(h.SignIn(ctx, "rhian@demo.example", rhianPassword)), problem.TooMany, "")
	if e.RetryAfter != 200*time.Second {
		t.Errorf("told to wait %v, want 3m20s", e.RetryAfter)
	}
	h.clock.Advance(e.RetryAfter - aMoment)
	wants(t, second(h.SignIn(ctx, "rhian@demo.example", rhianPassword)), problem.TooMany, "")
	h.clock.Advance(aMoment)
	h.signIn("rhian@demo.example", rhianPassword)
}

// Whatever the times of the guesses, no stretch of five minutes has more than
// the limit that reached the hash, and whoever is refused is told when to come
// back.
func TestNoFiveMinutesHaveMoreGuesses(t *testing.T) {
	const limit = 4
	h := newHouse(t, Options{Guesses: limit})
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		email := fmt.Sprintf("guess%d@demo.example", n)
		var reached []time.Time
		for _, gap := range rapid.SliceOfN(rapid.IntRange(0, 150_000), 10, 14).Draw(r, "milliseconds") {
			h.clock.Advance(time.Duration(gap) * time.Millisecond)
			before := h.hasher.matches.Load()
			_, err := h.SignIn(t.Context(), email, "wrong")
			if h.hasher.matches.Load() > before {
				reached = append(reached, h.clock.Now())
				if problem.KindOf(err) != problem.Invalid {
					r.Fatalf("hashed and then %v", err)
				}
			} else if e := wants(t, err, problem.TooMany, ""); e.RetryAfter <= 0 || e.RetryAfter > 5*time.Minute {
				r.Fatalf("told to wait %v", e.RetryAfter)
			}
		}
		for i := limit; i < len(reached); i++ {
			if d := reached[i].Sub(reached[i-limit]); d < 5*time.Minute {
				r.Fatalf("%d guesses within %v", limit+1, d)
			}
		}
	})
	h.clock.Advance(time.Hour)
	for range 100 {
		_, _ = h.SignIn(t.Context(), "last@demo.example", "wrong")
		h.clock.Advance(11 * time.Minute)
	}
	if left := h.count("people_signin_guesses"); left > 20 {
		t.Errorf("%d old guesses were not forgotten", left)
	}
}

// Unknown and known cost the same and are answered the same.
func TestUnknownLooksLikeWrong(t *testing.T) {
	h := newHouse(t, Options{})
	n := h.statements()
	type trace struct {
		hashes, lines, guesses int
		statements             int64
		answer                 string
	}
	try := func(email string) trace {
		h.hasher.matches.Store(0)
		lines, guesses := h.count("audit_events"), h.count("people_signin_guesses")
		n.Store(0)
		_, err := h.SignIn(t.Context(), email, "wrong password here")
		statements := n.Load()
		e, _ := problem.As(err)
		return trace{int(h.hasher.matches.Load()), h.count("audit_events") - lines, h.count("people_signin_guesses") - guesses, statements,
			fmt.Sprint(e.Kind, e.Key, e.Args, e.Fields, e.RetryAfter, e.Err)}
	}
	known := try("rhian@demo.example")
	if known.hashes != 1 || known.statements < 3 {
		t.Errorf("known: %+v", known)
	}
	suspended, stepped := "UPDATE people_persons SET suspended_at = 1 WHERE email_key = ?", "INSERT INTO people_totp (person_id, sealed, last_step, created_at, last_used_at) SELECT id, 'v1.x', 1, 1, 1 FROM people_persons WHERE email_key = ?"
	for what, other := range map[string]struct{ email, change string }{"unknown": {"stranger@demo.example", ""}, "without a password, as whoever comes from an agency": {"alex@demo.example", ""},
		"suspended": {"tom@demo.example", suspended}, "with a second step": {"rhian@demo.example", stepped}} {
		if other.change != "" {
			h.write(func(tx store.Tx) error { return tx.Exec(other.change, other.email).Error })
		}
		if got := try(other.email); got != known {
			t.Errorf("%s: %+v, known %+v", what, got, known)
		}
	}
	// Nonsense is told so and never hashed.
	for email, password := range map[string]string{"": "x", "x": "x", "a@b.example": "", "ŵ@b.example": "x"} {
		h.hasher.matches.Store(0)
		wants(t, second(h.SignIn(t.Context(), email, password)), problem.Invalid, "")
		if h.hasher.matches.Load() != 0 {
			t.Errorf("%q reached the hash", email)
		}
	}
}

// The decoy is as dear as a real hash, and the parameters are what they must be.
func TestArgon2id(t *testing.T) {
	a := Argon2id{}
	stored, err := a.Hash("ŵy iâr a chath")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := a.Matches("ŵy iâr a chath", stored); !ok || err != nil {
		t.Errorf("does not match itself: %v", err)
	}
	if ok, _ := a.Matches("wy iar a chath", stored); ok {
		t.Error("matches something else")
	}
	real, _, _, err := argon2id.DecodeHash(stored)
	if err != nil {
		t.Fatal(err)
	}
	decoy, _, _, err := argon2id.DecodeHash(a.Decoy())
	if err != nil || *decoy != *real || real.Memory < 19*1024 || real.Iterations < 2 {
		t.Errorf("decoy %+v, real %+v, %v", decoy, real, err)
	}
	if ok, err := a.Matches("anything", a.Decoy()); ok || err != nil {
		t.Errorf("the decoy matches: %v %v", ok, err)
	}
	if _, err := a.Matches("x", "not a hash"); err == nil {
		t.Error("a damaged hash passes unnoticed")
	}
}

// A right password whose account changed while it was hashed opens nothing.
func TestChangedWhileHashing(t *testing.T) {
	for what, change := range map[string]string{
		"suspended":            "UPDATE people_persons SET suspended_at = created_at WHERE email_key = 'rhian@demo.example'",
		"another new password": "UPDATE people_persons SET password_hash = 'hash:new' WHERE email_key = 'rhian@demo.example'",
	} {
		h := newHouse(t, Options{})
		h.hasher.hold = make(chan struct{})
		got := make(chan error)
		go func() { got <- second(h.SignIn(t.Context(), "rhian@demo.example", rhianPassword)) }()
		for h.hasher.now.Load() == 0 {
			time.Sleep(time.Millisecond)
		}
		h.write(func(tx store.Tx) error { return tx.Exec(change).Error })
		close(h.hasher.hold)
		wants(t, <-got, problem.Invalid, "people.signin.wrong")
		if h.count("people_sessions") != 0 {
			t.Errorf("%s: a session was made", what)
		}
	}
}

// failing is a hasher whose stored hashes are damaged.
type failing struct{ countingHasher }

func (*failing) Matches(string, string) (bool, error) { return false, errors.New("damaged") }

// When the hash or the database fails, nobody gets in.
func TestSignInFailsShut(t *testing.T) {
	h := newHouse(t, Options{Hasher: &failing{}})
	token, err := h.SignIn(t.Context(), "rhian@demo.example", rhianPassword)
	if token != "" || problem.KindOf(err) != problem.Internal {
		t.Errorf("%q, %v", token, err)
	}
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "golau.db")})
	if err != nil {
		t.Fatal(err)
	}
	d := New(db, Options{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	v, err := d.Resolve(t.Context(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	if v.SignedIn() || err == nil || problem.KindOf(err) == problem.Unauthenticated {
		t.Errorf("with the database gone: %v, %v", v, err)
	}
}
