package quiz

import (
	"unicode/utf8"

	"golau/internal/i18n"
)

// checkShape looks at the parts that a question of its type must have, and must
// not have.
func (q question) checkShape(r *reporter) {
	has := map[Kind]int{Single: len(q.Options), Ordering: len(q.Steps), Matching: len(q.Pairs), Rewrite: len(q.Lines)}
	parts := map[Kind]string{Single: "options", Ordering: "steps", Matching: "pairs", Rewrite: "lines"}
	own := q.Type
	switch q.Type {
	case Single, Ordering, Matching, Rewrite:
	case Multiple:
		own = Single
	default:
		r.fault(q.ID, "type %q is not single, multiple, ordering, matching or rewrite", q.Type)
		return
	}
	for kind, n := range has {
		if kind != own && n > 0 {
			r.fault(q.ID, "a %s question has no %s", q.Type, parts[kind])
		}
	}
	switch q.Type {
	case Single:
		checkOptions(r, q.ID, "", q.Options)
	case Multiple:
		q.checkMultiple(r)
	case Ordering:
		q.checkOrdering(r)
	case Matching:
		q.checkMatching(r)
	case Rewrite:
		checkCount(r, q.ID, "lines", len(q.Lines), 1)
		ids := map[string]bool{}
		for _, l := range q.Lines {
			checkPartID(r, q.ID, l.ID, ids)
			if !l.Label.Complete() {
				r.fault(q.ID, "the label of line %s is missing in a language", l.ID)
			}
			checkOptions(r, q.ID, "line "+l.ID+": ", l.Options)
		}
	}
}

// checkOptions looks at a choice of one: exactly one best, at most one 0.5.
func checkOptions(r *reporter, id, where string, options []option) {
	best, half := 0, 0
	for _, o := range options {
		switch o.Worth {
		case "1":
			best++
		case "0.5":
			half++
		}
	}
	if best != 1 {
		r.fault(id, "%s%d options are worth 1; exactly one is the best", where, best)
	}
	if half > 1 {
		r.fault(id, "%s%d options are worth 0.5; at most one", where, half)
	}
	checkTexts(r, id, where, options)
}

// checkMultiple: at least one right and one wrong, each 1 or 0. Without a wrong
// option, choosing all of them would be a free mark.
func (q question) checkMultiple(r *reporter) {
	right, wrong := 0, 0
	for _, o := range q.Options {
		switch o.Worth {
		case "1":
			right++
		case "0":
			wrong++
		case "0.5":
			r.fault(q.ID, "option %s is worth 0.5; in a multiple question it is 1 or 0", o.ID)
		}
	}
	if right == 0 || wrong == 0 {
		r.fault(q.ID, "%d right and %d wrong options; at least one of each", right, wrong)
	}
	checkTexts(r, q.ID, "", q.Options)
}

// checkTexts: ids, worths and words of options, and their lengths side by side.
func checkTexts(r *reporter, id, where string, options []option) {
	checkCount(r, id, where+"options", len(options), 2)
	ids := map[string]bool{}
	var texts []i18n.Text
	for _, o := range options {
		checkPartID(r, id, o.ID, ids)
		if !o.Worth.valid() {
			r.fault(id, "%soption %s is worth %q: it is 1, 0.5 or 0", where, o.ID, string(o.Worth))
		}
		if !o.Text.Complete() {
			r.fault(id, "%soption %s is missing in a language", where, o.ID)
		}
		texts = append(texts, o.Text)
	}
	checkLengths(r, id, where, texts)
}

// checkLengths warns where one option stands out by its length.
func checkLengths(r *reporter, id, where string, texts []i18n.Text) {
	for _, l := range i18n.Langs {
		short, long := 0, 0
		for i, t := range texts {
			n := utf8.RuneCountInString(t.In(l))
			if i == 0 || n < short {
				short = n
			}
			long = max(long, n)
		}
		if short > 0 && long*10 > short*14 {
			r.warn(id, "%sin %s the longest option has %d letters, the shortest %d: at most 1.4 times as many", where, l, long, short)
		}
	}
}

func (q question) checkOrdering(r *reporter) {
	checkCount(r, q.ID, "steps", len(q.Steps), 3)
	ids := map[string]bool{}
	for _, s := range q.Steps {
		checkPartID(r, q.ID, s.ID, ids)
		if !s.Text.Complete() {
			r.fault(q.ID, "step %s is missing in a language", s.ID)
		}
	}
}

func (q question) checkMatching(r *reporter) {
	checkCount(r, q.ID, "pairs", len(q.Pairs), 2)
	ids := map[string]bool{}
	rights := map[i18n.Text]bool{}
	for _, p := range q.Pairs {
		checkPartID(r, q.ID, p.ID, ids)
		if !p.Left.Complete() || !p.Right.Complete() {
			r.fault(q.ID, "pair %s is missing in a language", p.ID)
		}
		rights[p.Right] = true
	}
	if len(q.Pairs) > 1 && len(rights) < 2 {
		r.fault(q.ID, "every pair has the same right side")
	}
}

// checkCount keeps shares whole: see Whole.
func checkCount(r *reporter, id, what string, n, least int) {
	if n < least || n > maxShares {
		r.fault(id, "%d %s; from %d to %d", n, what, least, maxShares)
	}
}

func checkPartID(r *reporter, question, id string, seen map[string]bool) {
	if id == "" {
		r.fault(question, "a part has no id")
	} else if seen[id] {
		r.fault(question, "the id %s stands twice", id)
	}
	seen[id] = true
}
