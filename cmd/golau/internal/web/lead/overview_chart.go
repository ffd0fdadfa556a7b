package lead

import (
	"slices"
	"strconv"

	"golau/course"
	"golau/course/due"
)

// Units of the drawings: both are 560 wide, so that the same serves a telephone and
// a desk.
const (
	barLeft, barRight = 2, 558
	longestTeam       = 469
	teamHeight        = 62
	mostTeams         = 12 // in the drawing; the table has them all
	mostLetters       = 30 // of a team's name above its bar
)

// allChart is everybody as one bar, in parts.
type allChart struct {
	InDate, Asked, Exempt, Percent int
	Parts                          []barPart
}

// barPart is those of some statuses: where they are drawn, and how.
type barPart struct {
	Key         string // lead.overview.part.<key>
	Class, Text string // of the style sheet
	N           int
	X, Width    int
	Middle      int
	Labelled    bool // the number fits into the part
}

// parts of the bar, in their order.
var parts = []struct {
	key, class, text string
	of               []due.Status
}{
	{"in_date", "gc-done", "gc-on-deep", []due.Status{due.InDate}},
	{"expiring", "gc-soon", "gc-on-lamp", []due.Status{due.Expiring}},
	{"late", "gc-late", "gc-on-deep", []due.Status{due.Overdue, due.Expired}},
	{"not_yet", "gc-none", "gc-on-light", []due.Status{due.DueSoon, due.InProgress, due.NotStarted}},
	{"exempt", "gc-unreg", "", []due.Status{due.Exempt}},
}

// chartOf draws where everybody stands.
func chartOf(all course.Tally) allChart {
	a := allChart{InDate: all.InDate(), Asked: all.Asked(), Exempt: all[due.Exempt], Percent: percent(all.InDate(), all.Asked())}
	sum, whole := 0, max(1, all.Total())
	for _, p := range parts {
		n := all.Of(p.of...)
		if n == 0 {
			continue
		}
		x := barLeft + (barRight-barLeft)*sum/whole
		sum += n
		width := max(3, barLeft+(barRight-barLeft)*sum/whole-x-2)
		a.Parts = append(a.Parts, barPart{p.key, p.class, p.text, n, x, width, x + width/2, width > 14+12*len(strconv.Itoa(n))})
	}
	return a
}

// percent is a share in whole hundredths, rounded down: only all are all.
func percent(n, of int) int {
	if of == 0 {
		return 0
	}
	return 100 * n / of
}

// teamChart is the share that is in date of each team, the lowest first.
type teamChart struct {
	Height int
	Bars   []teamBar
	More   int // teams that are not drawn
}

type teamBar struct {
	Name, Full                  string
	InDate, Asked, Percent      int
	TextY, BarY, NumberY, Width int
}

// chartTeams draws the teams that lie in no other; one alone says nothing that the
// bar of all does not.
func chartTeams(rows []standRow) (t teamChart) {
	for _, row := range rows {
		if row.Depth > 0 || row.Asked() == 0 {
			continue
		}
		b := teamBar{Name: row.Name, Full: row.Name, InDate: row.InDate(), Asked: row.Asked(), Percent: percent(row.InDate(), row.Asked())}
		if letters := []rune(b.Name); len(letters) > mostLetters {
			b.Name = string(letters[:mostLetters-1]) + "…"
		}
		t.Bars = append(t.Bars, b)
	}
	if len(t.Bars) < 2 {
		return teamChart{}
	}
	slices.SortStableFunc(t.Bars, func(a, b teamBar) int { return a.InDate*b.Asked - b.InDate*a.Asked })
	t.More = max(0, len(t.Bars)-mostTeams)
	t.Bars = t.Bars[:len(t.Bars)-t.More]
	for i := range t.Bars {
		b, y := &t.Bars[i], teamHeight*i
		b.TextY, b.BarY, b.NumberY, b.Width = y+22, y+32, y+49, longestTeam*b.InDate/b.Asked
	}
	t.Height = teamHeight*len(t.Bars) - 4
	return t
}
