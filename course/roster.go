package course

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// RosterFilter says who is wanted of an agency's people; what is empty asks for
// nothing.
type RosterFilter struct {
	Words   string // each must begin a word of the name, the address or the staff number
	Team    string // id; those within it too. NoTeam = whoever is in none
	Job     people.JobRole
	Group   people.Group
	Status  due.Status
	Left    bool   // those who left, instead of those who are there
	Week    bool   // of whom something is due within WeekDays
	Rule    string // id; of whom it asks something now
	planned *Rule  // of whom this one would, were it made
}

// NoTeam stands in a filter for whoever is in no team.
const NoTeam = people.NoTeam

// RosterLine is one of an agency's people, and how far they have come in a course.
type RosterLine struct {
	ID          string // of the position
	Person      string // id
	Name, Email string
	Job         people.JobRole
	Team        string // id
	Group       people.Group
	StaffNumber string
	Status      due.Status
	Modules     int        // that they have finished, of the newest cycle
	Done, Until store.Time // when the course was finished last, and until when that counts
	Due         due.Day    // the nearest day on which something is asked of them; "" = none
	Since       due.Day    // since when they have worked there; "" = nobody said
	LeftAt      store.Time
	LeftOn      string // their last day of work, where somebody said it
	sort        []byte
}

// Counts says whether what they finished last still counts, or counted until Due;
// else it is by Due that they must finish it.
func (l RosterLine) Counts() bool {
	return l.Status == due.InDate || l.Status == due.Expiring || l.Status == due.Expired
}

// Roster is a page of an agency's people.
type Roster struct {
	Lines  []RosterLine
	Counts map[due.Status]int // over everybody who is wanted, whatever the status asked for
	Total  int                // who are wanted
	// Before and After ask for the pages beside this one; "" where there is none.
	Before, After string
}

// IDs are the positions of those on the page.
func (r Roster) IDs() []string {
	ids := make([]string, len(r.Lines))
	for i, l := range r.Lines {
		ids[i] = l.ID
	}
	return ids
}

// RosterPage is how many people a page shows.
const RosterPage = 50

// Roster returns a page of the people of an agency in the order of the language:
// the first, or the one that a Roster's Before or After asks for. A filter that
// nobody answers to is an empty page; no such course is problem.NotFound.
func (s *School) Roster(ctx context.Context, scope people.OrganisationScope, course string, f RosterFilter, l i18n.Lang, page string) (r Roster, err error) {
	if _, err := s.Course(course); err != nil {
		return r, err
	}
	rx := s.db.Read(ctx)
	q, err := f.query(rx, scope, course)
	if err != nil {
		return r, err
	}
	if r.Counts, err = q.counts(rx); err != nil {
		return r, err
	}
	for status, n := range r.Counts {
		if f.Status == "" || f.Status == status {
			r.Total += n
		}
	}
	back, at, id := readCursor(page)
	q.rare = f.Status != "" && r.Counts[f.Status]*rareIn < total(r.Counts)
	r.Lines, err = q.lines(rx, l, at, id, back, RosterPage+1)
	if err != nil {
		return r, err
	}
	more := len(r.Lines) > RosterPage
	r.Lines = r.Lines[:min(len(r.Lines), RosterPage)]
	if back {
		slices.Reverse(r.Lines)
	}
	if n := len(r.Lines); n > 0 {
		if more || back {
			r.After = cursor("a", r.Lines[n-1])
		}
		if more && back || !back && id != "" {
			r.Before = cursor("b", r.Lines[0])
		}
	}
	return r, nil
}

// EachOfRoster calls put for everybody whom a filter wants, in the order of the
// language, reading as many at a time as a page shows.
func (s *School) EachOfRoster(ctx context.Context, scope people.OrganisationScope, course string, f RosterFilter, l i18n.Lang, put func(RosterLine) error) error {
	rx := s.db.Read(ctx)
	q, err := f.query(rx, scope, course)
	if err != nil {
		return err
	}
	var at []byte
	for id := ""; ; {
		lines, err := q.lines(rx, l, at, id, false, 10*RosterPage)
		if err != nil {
			return err
		}
		for _, line := range lines {
			if err := put(line); err != nil {
				return err
			}
		}
		if len(lines) < 10*RosterPage {
			return nil
		}
		at, id = lines[len(lines)-1].sort, lines[len(lines)-1].ID
	}
}

// cursor names the page after or before a line.
func cursor(way string, l RosterLine) string {
	return way + "." + base64.RawURLEncoding.EncodeToString(l.sort) + "." + l.ID
}

// readCursor reads what cursor wrote; anything else means the first page.
func readCursor(s string) (back bool, at []byte, id string) {
	way, rest, _ := strings.Cut(s, ".")
	sort, id, _ := strings.Cut(rest, ".")
	at, err := base64.RawURLEncoding.DecodeString(sort)
	if err != nil || id == "" || way != "a" && way != "b" {
		return false, nil, ""
	}
	return way == "b", at, id
}

// rareIn is of how many people one has a status that is looked up by itself,
// instead of met on the way through the alphabet.
const rareIn = 20

func total(counts map[due.Status]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
