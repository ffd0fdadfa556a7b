package seed

import (
	"math/rand/v2"
	"sync"
	"time"
)

// Stage is what a story needs of a database: a clock that is moved along and
// dice that always fall the same. Open the database with Now and the Stage
// itself as the source of chance; the ids and times of a story are then the same
// each time, but for the day on which it ends.
//
// Never take a key or a session from it: its chance can be foretold.
type Stage struct {
	mu   sync.Mutex
	now  time.Time
	dice *rand.ChaCha8
}

// NewStage returns a stage whose stories end on the day of now.
func NewStage(now time.Time) *Stage {
	return &Stage{now: now.UTC().Truncate(24 * time.Hour), dice: rand.NewChaCha8(scene(0))}
}

// Now is the moment at which the story has arrived.
func (s *Stage) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Read gives chance that can be foretold.
func (s *Stage) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dice.Read(p)
}

func (s *Stage) move(to time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = to
}

// begin throws the dice anew for the n-th story, so that two stories in one
// database do not draw the same ids.
func (s *Stage) begin(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dice.Seed(scene(n))
}

// scene is the seed of the n-th story.
func scene(n int) [32]byte {
	seed := [32]byte{'g', 'o', 'l', 'a', 'u'}
	for i := range 8 {
		seed[24+i] = byte(n >> (8 * i))
	}
	return seed
}
