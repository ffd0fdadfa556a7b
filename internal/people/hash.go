package people

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"golau/internal/problem"

	"github.com/alexedwards/argon2id"
)

// Hasher turns passwords into something that can be kept.
type Hasher interface {
	// Hash returns the string that is stored.
	Hash(password string) (string, error)
	// Matches says whether password was hashed to stored.
	Matches(password, stored string) (bool, error)
	// Decoy returns a stored string that no password matches and that costs
	// Matches as much as a real one: it stands in for people who do not exist.
	Decoy() string
}

// Argon2id hashes with the algorithm of that name. The zero value is 19 MiB and
// two passes, the least that OWASP recommends.
type Argon2id struct {
	Memory uint32 // KiB
	Passes uint32
}

func (a Argon2id) params() *argon2id.Params {
	setDefault(&a.Memory, 19*1024)
	setDefault(&a.Passes, 2)
	return &argon2id.Params{Memory: a.Memory, Iterations: a.Passes, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// Hash implements Hasher.
func (a Argon2id) Hash(password string) (string, error) {
	return argon2id.CreateHash(password, a.params())
}

// Matches implements Hasher.
func (a Argon2id) Matches(password, stored string) (bool, error) {
	ok, err := argon2id.ComparePasswordAndHash(password, stored)
	if err != nil {
		return false, fmt.Errorf("stored password hash: %w", err)
	}
	return ok, nil
}

// Decoy implements Hasher. The key is all zero bits: to match it is as likely
// as to guess any other 256 bits.
func (a Argon2id) Decoy() string {
	p := a.params()
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.Memory, p.Iterations, p.Parallelism,
		strings.Repeat("A", 22), strings.Repeat("A", 43))
}

// gate lets a few hashes run at one time and a bounded number wait: a hash
// takes 19 MiB and tens of milliseconds of a processor, and pages must not
// wait for a storm of sign-ins.
type gate struct {
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
}

func newGate(slots, queue int) *gate {
	return &gate{slots: make(chan struct{}, slots), queue: int64(queue)}
}

// busyFor is what a person is told to wait when the queue is full.
const busyFor = 5 * time.Second

// enter waits for a slot. The caller must leave it. A full queue, or a request
// that was given up meanwhile, is problem.Unavailable.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-g.slots }
	select {
	case g.slots <- struct{}{}:
		return leave, nil
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > g.queue {
		return nil, problem.New(problem.Unavailable, "people.signin.busy").After(busyFor)
	}
	select {
	case g.slots <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, problem.New(problem.Unavailable, "people.signin.busy").After(busyFor).Because(ctx.Err())
	}
}

// HashPassword checks a new password against the policy and hashes it, for
// those that make people. context is what an attacker would know of the person.
// Call it outside a Write. The problem is Invalid with the field "password".
func (d *Directory) HashPassword(ctx context.Context, password string, context ...string) (string, error) {
	clean, err := checkPassword("password", password, context...)
	if err != nil {
		return "", err
	}
	return d.hash(ctx, clean)
}

// hash hashes a password that checkPassword has passed.
func (d *Directory) hash(ctx context.Context, clean string) (string, error) {
	leave, err := d.gate.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	return d.o.Hasher.Hash(clean)
}
