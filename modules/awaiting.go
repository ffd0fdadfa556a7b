package modules

import (
	"slices"

	"golau/internal/i18n"
)

// Awaited is a fact of the register that a professional has yet to check: it
// rests on practice, was read in a secondary source only, or names no source.
type Awaited struct {
	ID   string
	Text i18n.Text
	// Practice says that nothing but professional practice stands behind it; what
	// of it was read in Sources does not carry the whole sentence.
	Practice bool
	Sources  []Source
}

// Awaiting is what of a module awaits a professional's check. Module is nil for
// what no module rests on: questions and pages of the site may.
type Awaiting struct {
	Module   *Module
	Practice []Awaited // rests on practice
	Weak     []Awaited // read in a secondary source only, or naming no source
}

// Count is how many facts they are.
func (a Awaiting) Count() int { return len(a.Practice) + len(a.Weak) }

// Awaiting returns what awaits a professional's check, module by module in
// order, and last what no module rests on. Together it is all of the register
// that awaits one.
func (l *Library) Awaiting() []Awaiting { return l.awaiting }

// awaitsCheck says whether a professional has yet to look at a fact. What is past
// is told as past, and was read.
func (r register) awaitsCheck() bool {
	return r.Confidence == "K" || r.Confidence == "V2" || len(r.Sources) == 0
}

// Counted is how many facts the register has, and how many of them await a
// professional's check, for which reason.
type Counted struct{ All, Practice, Weak int }

// Counted counts the register.
func (l *Library) Counted() (n Counted) {
	n.All = len(l.ids)
	for _, f := range l.ids {
		switch {
		case f.Confidence == "K":
			n.Practice++
		case f.awaitsCheck():
			n.Weak++
		}
	}
	return n
}

// gatherAwaiting sorts what awaits a check under the modules that rest on it.
func (l *Library) gatherAwaiting() {
	left := map[string]bool{}
	for id, f := range l.ids {
		if f.awaitsCheck() {
			left[id] = true
		}
	}
	met := map[string]bool{}
	for _, m := range l.Modules {
		a := Awaiting{Module: m}
		ids := l.restsOn(m)
		if l.referral != nil && l.referral.Module == m {
			ids = append(ids, l.referral.Facts...)
		}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			if left[id] {
				met[id] = true
				a.add(l.awaited(id))
			}
		}
		if a.Count() > 0 {
			l.awaiting = append(l.awaiting, a)
		}
	}
	var rest Awaiting
	for _, id := range sortedKeys(left) {
		if !met[id] {
			rest.add(l.awaited(id))
		}
	}
	if rest.Count() > 0 {
		l.awaiting = append(l.awaiting, rest)
	}
}

func (a *Awaiting) add(f Awaited) {
	if f.Practice {
		a.Practice = append(a.Practice, f)
	} else {
		a.Weak = append(a.Weak, f)
	}
}

func (l *Library) awaited(id string) Awaited {
	f := l.ids[id]
	a := Awaited{ID: id, Text: i18n.Text{EN: f.Text, CY: f.CY}, Practice: f.Confidence == "K"}
	for _, s := range l.Sources {
		if slices.Contains(f.Sources, s.ID) {
			a.Sources = append(a.Sources, s)
		}
	}
	return a
}
