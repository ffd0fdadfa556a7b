package quiz

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golau/internal/i18n"
)

// Finding is a fault in a bank, said to its author: which file, where in it,
// what, and whether the program may start all the same.
type Finding struct {
	File    string
	Line    int    // from 1; 0 is unknown
	Where   string // question id, or "" for the whole file
	Message string
	Warning bool
}

// String writes the finding on one line.
func (f Finding) String() string {
	where := f.File
	if f.Line > 0 {
		where += ":" + strconv.Itoa(f.Line)
	}
	if f.Where != "" {
		where += ": " + f.Where
	}
	if f.Warning {
		return where + ": warning: " + f.Message
	}
	return where + ": " + f.Message
}

// Need is what a course asks of a bank.
type Need struct {
	Questions    int      // at least so many
	PerObjective int      // at least so many for each of Objectives
	Objectives   []Target // nil = whatever the bank names
	Feedback     bool     // every option must say what it leads to
}

// Check compares a bank with what a course needs of it.
func (b *Bank) Check(need Need) []Finding {
	r := reporter{file: b.File, lines: b.lines}
	if len(b.questions) < need.Questions {
		r.fault("", "%d questions; at least %d are needed", len(b.questions), need.Questions)
	}
	counts := map[Target]int{}
	for _, c := range b.Objectives() {
		counts[c.Target] = c.Questions
	}
	targets := need.Objectives
	if targets == nil {
		for _, c := range b.Objectives() {
			targets = append(targets, c.Target)
		}
	}
	for _, t := range targets {
		if counts[t] < need.PerObjective {
			r.fault("", "objective %s of module %s has %d questions; at least %d are needed",
				t.Objective, t.Module, counts[t], need.PerObjective)
		}
	}
	if need.Feedback {
		for _, q := range b.questions {
			for _, f := range q.feedbacks() {
				if !f.text.Complete() {
					r.fault(q.ID, "%s has no feedback in both languages", f.where)
				}
			}
		}
	}
	return r.found
}

// reporter gathers findings about one file.
type reporter struct {
	file  string
	lines map[string]int // where each question begins
	found []Finding
}

func (r *reporter) fault(where, message string, args ...any) {
	r.found = append(r.found, Finding{File: r.file, Line: r.lines[where], Where: where, Message: fmt.Sprintf(message, args...)})
}

func (r *reporter) warn(where, message string, args ...any) {
	r.found = append(r.found, Finding{File: r.file, Line: r.lines[where], Where: where, Message: fmt.Sprintf(message, args...), Warning: true})
}

// checkIDs looks for a question id that stands in two banks: results and
// statistics are kept by it.
func (b *Banks) checkIDs() []Finding {
	var found []Finding
	first := map[string]string{}
	for _, id := range b.IDs() {
		bank := b.byID[id]
		seen := map[string]bool{}
		for _, q := range bank.questions {
			if other, twice := first[q.ID]; twice && !seen[q.ID] {
				found = append(found, Finding{File: bank.File, Line: bank.lines[q.ID], Where: q.ID, Message: "the id stands also in " + other})
			}
			seen[q.ID] = true
		}
		for q := range seen {
			first[q] = bank.File
		}
	}
	return found
}

// check looks at the bank by itself.
func (b *Bank) check() []Finding {
	r := &reporter{file: b.File, lines: b.lines}
	if len(b.questions) == 0 {
		r.fault("", "there are no questions")
	}
	seen := map[string]bool{}
	for i, q := range b.questions {
		if q.ID == "" {
			r.fault(fmt.Sprintf("question %d", i+1), "has no id")
			continue
		}
		if seen[q.ID] {
			r.fault(q.ID, "the id stands twice")
		}
		seen[q.ID] = true
		b.checkQuestion(r, q)
	}
	for _, l := range i18n.Langs {
		if longest, singles := b.longestIsBest(l); singles >= 8 && longest*2 > singles {
			r.warn("", "in %s the best option is the longest in %d of %d questions: length gives it away", l, longest, singles)
		}
		b.checkRanks(r, l)
	}
	return r.found
}

func (b *Bank) checkQuestion(r *reporter, q question) {
	if q.Module == "" {
		r.fault(q.ID, "has no module")
	}
	if !b.Final && q.Module != b.Module {
		r.fault(q.ID, "belongs to module %s, the file to %s", q.Module, b.Module)
	}
	if q.Objective == "" {
		r.fault(q.ID, "has no objective")
	}
	if !b.Final && q.Section == "" {
		r.fault(q.ID, "has no section, so the feedback cannot say where to read on")
	}
	if q.Difficulty < 1 || q.Difficulty > 3 {
		r.fault(q.ID, "difficulty is %d: it is 1, 2 or 3", q.Difficulty)
	}
	if q.Mistake == "" {
		r.warn(q.ID, "names no mistake, so a paper may ask the same thing twice")
	}
	if !q.Stem.Complete() {
		r.fault(q.ID, "the stem is missing in a language")
	}
	for _, l := range i18n.Langs {
		if n := len(strings.Fields(q.Stem.In(l))); n > maxStemWords {
			r.warn(q.ID, "the stem has %d words in %s; at most %d", n, l, maxStemWords)
		}
	}
	for _, f := range q.feedbacks() {
		switch {
		case b.Final && f.text != (i18n.Text{}):
			r.warn(q.ID, "%s has feedback, which a final assessment never shows", f.where)
		case !b.Final && !f.text.Complete():
			r.fault(q.ID, "%s has no feedback in both languages", f.where)
		}
	}
	q.checkFounded(r)
	q.checkShape(r)
}

// maxStemWords is as much as a tired reader keeps in mind.
const maxStemWords = 55

// placedFeedback is a feedback and the option it belongs to.
type placedFeedback struct {
	where string
	text  i18n.Text
}

// feedbacks lists every place of the question where feedback may stand.
func (q question) feedbacks() []placedFeedback {
	var all []placedFeedback
	for _, o := range q.Options {
		all = append(all, placedFeedback{"option " + o.ID, o.Feedback})
	}
	for _, s := range q.Steps {
		all = append(all, placedFeedback{"step " + s.ID, s.Feedback})
	}
	for _, p := range q.Pairs {
		all = append(all, placedFeedback{"pair " + p.ID, p.Feedback})
	}
	for _, l := range q.Lines {
		for _, o := range l.Options {
			all = append(all, placedFeedback{"line " + l.ID + " option " + o.ID, o.Feedback})
		}
	}
	return all
}

// longestIsBest counts the single-choice questions, and those whose best option
// is longer than every other in language l.
func (b *Bank) longestIsBest(l i18n.Lang) (longest, singles int) {
	for _, q := range b.questions {
		if q.Type != Single {
			continue
		}
		singles++
		best, other := 0, 0
		for _, o := range q.Options {
			n := utf8.RuneCountInString(o.Text.In(l))
			if o.Worth == "1" {
				best = n
			} else {
				other = max(other, n)
			}
		}
		if best > other {
			longest++
		}
	}
	return longest, singles
}
