// Package people knows who is here, for which organisation and board they
// work, what they may do, and how they prove who they are.
//
// It does not know what a course is, which page asks, or how a refusal looks.
// The verbs of signing in open their own Write, because a password is hashed
// between reading and writing; the others take the caller's transaction.
package people

import (
	"context"
	"crypto/cipher"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"time"

	"golau/internal/bearer"
	"golau/internal/sso"
	"golau/internal/store"

	"github.com/go-webauthn/webauthn/webauthn"
)

// Options adjusts a Directory. Every zero value works.
type Options struct {
	Hasher      Hasher        // default: argon2id, 19 MiB, two passes
	HashSlots   int           // password hashes at one time; default: one less than the processors
	HashQueue   int           // who may wait for one; default 128. Beyond it: problem.Unavailable
	SessionLife time.Duration // default 12 h, from sign-in, never prolonged
	SetupLife   time.Duration // how long the first administrator's link holds; default 24 h
	// Guesses is how many passwords may be tried on one account in
	// GuessWindow, whichever door they come by; default 10 in 5 minutes.
	Guesses     int
	GuessWindow time.Duration
	// SprayAccounts is how many different accounts with a wrong guess in one
	// window mean an attack on all of them; default 50. While it lasts, each
	// account has SprayGuesses; default 3. Right passwords are never counted,
	// so a hospital behind one address is not in the way of anybody.
	SprayAccounts int
	SprayGuesses  int
	// Secret is what codes and links in letters are derived from, 32 bytes or
	// more that only the server knows. Without one it is drawn anew, and letters
	// sent before a restart open nothing after it.
	Secret []byte
	// FactorKey closes the secrets of authenticator apps, 32 bytes that lie beside
	// the database and not in it. Without one it is drawn anew, and apps set up
	// before a restart give no right code after it.
	FactorKey []byte
	// Origin is how browsers reach the site, https://golau.example: passkeys are
	// bound to it. Without one there are no passkeys.
	Origin string
	// StrangerLetters is how many letters an hour go to addresses that nobody
	// knows, NewcomerLetters to unknown ones of an agency's domain; default 100
	// and 1000. Beyond it none is sent and the pages say the same.
	StrangerLetters int
	NewcomerLetters int
	// SourceLetters is how many letters one network may ask for in an hour that
	// nobody uses; default 1000. A code or link that is used is not counted, so a
	// hospital behind one address is not in the way of anybody here either.
	SourceLetters int
	// Rest waits, or ends with ctx, between the batches of a list that is carried out
	// beside a server: of the writers of another program a batch knows nothing.
	// Default: no rest.
	Rest func(ctx context.Context, d time.Duration)
	// SSO speaks with agencies' own sign-ins; default: the open internet alone.
	// Base is the site's own address, to which they send people back.
	// SSOKey closes what they must not read and what the site proves itself with,
	// 32 bytes that lie beside the database and not in it; default: drawn anew, and
	// secrets must be typed again after a restart.
	SSO    *sso.Client
	SSOKey []byte
	Base   string
	// Bearer signs the tokens of other systems; default: drawn anew, and tokens made
	// before a restart open nothing after it.
	Bearer bearer.Keys
	// Demo allows SignInAs. Never set it on a real site.
	Demo bool
	Log  *slog.Logger // default: nothing
}

func (o *Options) defaults() {
	if o.Hasher == nil {
		o.Hasher = Argon2id{}
	}
	setDefault(&o.HashSlots, max(1, runtime.GOMAXPROCS(0)-1))
	setDefault(&o.HashQueue, 128)
	setDefault(&o.SessionLife, 12*time.Hour)
	setDefault(&o.SetupLife, 24*time.Hour)
	setDefault(&o.Guesses, 10)
	setDefault(&o.GuessWindow, 5*time.Minute)
	setDefault(&o.SprayAccounts, 50)
	setDefault(&o.SprayGuesses, 3)
	setDefault(&o.StrangerLetters, 100)
	setDefault(&o.NewcomerLetters, 1000)
	setDefault(&o.SourceLetters, 1000)
	if o.Rest == nil {
		o.Rest = func(context.Context, time.Duration) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// Directory holds what signing in needs beside the database: the hasher, the
// gate in front of it and the limits.
type Directory struct {
	db      *store.DB
	o       Options
	gate    *gate
	factors cipher.AEAD
	party   *webauthn.WebAuthn // nil: no passkeys
	shelf   councilShelf
	sources *sources
	met     signInsMet
	reading chan struct{} // whoever reads a list of people
	called  chan struct{} // says that one was begun
}

// New returns the directory of the people in db.
func New(db *store.DB, o Options) *Directory {
	o.defaults()
	for _, secret := range []*[]byte{&o.Secret, &o.FactorKey, &o.SSOKey} {
		if len(*secret) > 0 {
			continue
		}
		var err error
		if *secret, err = random(db.Chance(), tokenBytes); err != nil {
			panic(fmt.Errorf("people: no randomness: %w", err)) // nothing may hang on a guessable secret
		}
	}
	if o.Bearer.Signing.ID == "" {
		o.Bearer.Signing = newBearer(db)
	}
	if o.SSO == nil {
		o.SSO = sso.New(sso.Options{Now: func() time.Time { return db.Now().Time }, Chance: db.Chance()})
	}
	factors, err := factorKey(o.FactorKey)
	if err != nil {
		panic(fmt.Errorf("people: the key of the second factors: %w", err)) // of a wrong length: whoever wires it must know
	}
	party, err := newRelyingParty(o.Origin)
	if err != nil {
		panic(fmt.Errorf("people: passkeys for %s: %w", o.Origin, err))
	}
	return &Directory{db: db, party: party, o: o, gate: newGate(o.HashSlots, o.HashQueue), factors: factors,
		sources: newSources(o.SourceLetters), met: newSignInsMet(), reading: make(chan struct{}, 1), called: make(chan struct{}, 1)}
}

// newBearer draws a key that nobody keeps.
func newBearer(db *store.DB) bearer.Key {
	secret, err := random(db.Chance(), bearer.MinSecret)
	if err != nil {
		panic(fmt.Errorf("people: no randomness: %w", err))
	}
	k, err := bearer.NewKey(secret)
	if err != nil {
		panic(err) // it is as long as it must be
	}
	return k
}

// Demo says whether this is a demonstration, in which SignInAs works.
func (d *Directory) Demo() bool { return d.o.Demo }

// Reading is the directory as it stands at this moment.
func (d *Directory) Reading(ctx context.Context) store.Rx { return d.db.Read(ctx) }

// web is the actor of the verbs that a person calls from a page or the API.
func web(person string) store.Actor { return store.Actor{Person: person, Via: "web"} }

// random reads n bytes of chance.
func random(r io.Reader, n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := io.ReadFull(r, b)
	return b, err
}
