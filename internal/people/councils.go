package people

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"golau/internal/i18n"
)

// councilsKept is how long the councils' numbers are kept in memory: every page
// shows one, and they change a few times a year.
const councilsKept = time.Minute

// councilShelf holds the councils as they were read last.
type councilShelf struct {
	mu   sync.Mutex
	at   time.Time
	byID map[string]Council
}

// CouncilOf returns the council of the viewer's place of work, the zero Council
// when there is none. When the database cannot answer, the numbers read last
// are better than none: a page that helps somebody to report is never refused
// for want of a fresher copy.
func (d *Directory) CouncilOf(v Viewer) Council {
	key := v.Home().CouncilKey()
	if key == "" {
		return Council{}
	}
	return d.councils()[key]
}

// CouncilsWithNumbers returns the councils whose telephone number is known, in
// the order of the language: anybody may ask for the number of the area where
// their concern arises. They are kept as for CouncilOf.
func (d *Directory) CouncilsWithNumbers(l i18n.Lang) []Council {
	var cs []Council
	for _, c := range d.councils() {
		if c.DayNumber != "" && !c.Retired {
			cs = append(cs, c)
		}
	}
	slices.SortFunc(cs, func(a, b Council) int { return strings.Compare(a.Key, b.Key) })
	sortCouncils(cs, l)
	return cs
}

// councils returns every council by its key, as it was read at most a minute
// ago. Nobody changes what is returned: the next reading makes another.
func (d *Directory) councils() map[string]Council {
	s := &d.shelf
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := d.db.Now().Time; s.byID == nil || now.Sub(s.at) > councilsKept || now.Before(s.at) {
		if all, err := Councils(d.db.Read(context.Background())); err == nil {
			s.byID, s.at = make(map[string]Council, len(all)), now
			for _, c := range all {
				s.byID[c.Key] = c
			}
		}
	}
	return s.byID
}

// clear lets the next page read the numbers anew.
func (s *councilShelf) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byID = nil
}

// sortCouncils puts councils into the order of the language.
func sortCouncils(cs []Council, l i18n.Lang) {
	by := i18n.Collator(l)
	slices.SortStableFunc(cs, func(a, b Council) int { return by.CompareString(a.Name.In(l), b.Name.In(l)) })
}
