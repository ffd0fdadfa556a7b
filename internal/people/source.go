package people

import (
	"net/netip"
	"sync"
	"time"

	"golau/internal/problem"
	"golau/internal/store"
)

// sources counts the letters that each network has asked for and nobody has
// used. It stands beside the limit of each address: whoever asks in the name of
// a thousand people stops, and the people of a hospital behind one address, who
// use their letters, are never counted for long.
//
// A visitor's address is personal data: it stays in memory, for an hour, and is
// written nowhere. A restart forgets it.
type sources struct {
	most int

	mu     sync.Mutex
	asked  map[netip.Prefix]map[*asking]struct{}
	byCode map[string]*asking
	swept  store.Time
}

// asking is one letter that was asked for.
type asking struct {
	from netip.Prefix
	code string // its row, "" until it is written
	at   store.Time
}

// sourceLife is how long a letter that nobody used counts against its source.
const sourceLife = time.Hour

func newSources(most int) *sources {
	return &sources{most: most, asked: map[netip.Prefix]map[*asking]struct{}{}, byCode: map[string]*asking{}}
}

// network is what counts as one source: an address of IPv4, and of IPv6 the 64
// bits of which a line has all addresses. An unknown source is the zero Prefix.
func network(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

// ask counts one more letter before it is known whether there is anybody to
// write to, and returns problem.TooMany when the source has had its letters. An
// unknown source is not counted: everybody would be one.
func (s *sources) ask(from netip.Addr, now store.Time) (*asking, error) {
	a := &asking{from: network(from), at: now}
	if !a.from.IsValid() {
		return a, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep(now)
	mine := s.asked[a.from]
	if len(mine) >= s.most {
		first := now
		for b := range mine {
			if b.at.Before(first.Time) {
				first = b.at
			}
		}
		return nil, problem.New(problem.TooMany, "people.code.source").After(max(time.Second, first.Add(sourceLife).Sub(now.Time)))
	}
	if mine == nil {
		mine = map[*asking]struct{}{}
		s.asked[a.from] = mine
	}
	mine[a] = struct{}{}
	return a, nil
}

// sent names the row of a letter, so that using it gives it back.
func (s *sources) sent(a *asking, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.asked[a.from][a]; ok {
		a.code = code
		s.byCode[code] = a
	}
}

// used gives back a letter whose code or link was used.
func (s *sources) used(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.byCode[code]; a != nil {
		s.drop(a)
	}
}

// undo gives back a letter that was not sent.
func (s *sources) undo(a *asking) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(a)
}

func (s *sources) drop(a *asking) {
	delete(s.byCode, a.code)
	delete(s.asked[a.from], a)
	if len(s.asked[a.from]) == 0 {
		delete(s.asked, a.from)
	}
}

// sweep forgets what is too old to count, at most once a minute for all, and of
// a clock that was set back everything that lies ahead.
func (s *sources) sweep(now store.Time) {
	if since := now.Sub(s.swept.Time); since >= 0 && since < time.Minute {
		return
	}
	s.swept = now
	for _, mine := range s.asked {
		for a := range mine {
			if age := now.Sub(a.at.Time); age >= sourceLife || age < 0 {
				s.drop(a)
			}
		}
	}
}
