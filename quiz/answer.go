package quiz

import (
	"net/url"
	"slices"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Given is an answer as it is kept. Each change is a new version; the one before
// stays.
type Given struct {
	Question int // number on the paper
	Version  int // from 1
	Response Response
	Sure     Sure
	Lang     i18n.Lang // in which it was given
	At       store.Time
}

// AnswerInput is an answer as it arrives.
type AnswerInput struct {
	Question int
	Version  int // the version that the page showed; 0 for none
	Response Response
	Sure     Sure
	Lang     i18n.Lang

	// Sent is what the same page sent before without hearing whether it was kept.
	Sent []Sent

	// Asked is the question itself, for a caller who has read it before: it is
	// frozen, so that it need not be read again within the transaction.
	Asked *PaperQuestion
}

// Sent is an answer of which its page never heard whether it was kept.
type Sent struct {
	Response Response
	Sure     Sure
}

// ParseSent reads what a page sent before. What the paper does not offer was
// never kept, and is passed over.
func ParseSent(q PaperQuestion, bodies []string) []Sent {
	var all []Sent
	for _, body := range bodies[:min(len(bodies), mostSent)] {
		form, err := url.ParseQuery(body)
		if err != nil {
			continue
		}
		if r, err := ParseResponse(q, form); err == nil {
			all = append(all, Sent{r, Sure(form.Get("sure"))})
		}
	}
	return all
}

// mostSent is how many answers a page may have in doubt.
const mostSent = 8

// own says whether the current answer is one that the page itself sent: every
// version since the one it knows may then be its own, and it knows what it
// replaces.
func (in AnswerInput) own(now Given) bool {
	if since := now.Version - in.Version; since < 1 || since > len(in.Sent) {
		return false
	}
	return slices.ContainsFunc(in.Sent, func(s Sent) bool { return same(s.Response, now.Response) && s.Sure == now.Sure })
}

// Saved says which version holds the answer, and since when.
type Saved struct {
	Version int
	At      store.Time
}

// Answer keeps an answer. The same answer again is the same row again: a second
// press, a retry or a lost reply changes nothing and gets the same Saved.
//
// Returns problem.NotFound for an attempt of someone else or a question that is
// not on the paper, problem.Invalid with fields for an answer that the paper
// does not offer, problem.Conflict (quiz.closed) after the submission, and
// problem.Conflict (quiz.stale, argument Version) when the page showed an older
// version than the current one: a forgotten tab must not undo a newer answer. A
// page that never heard what became of its own last answer (Sent) is not older.
func Answer(tx store.Tx, person, attempt string, in AnswerInput) (Saved, error) {
	desk, err := deskOf(tx.Rx, person, attempt, in.Question, in.Asked)
	if err != nil {
		return Saved{}, err
	}
	if !desk.open {
		return Saved{}, problem.New(problem.Conflict, "quiz.closed")
	}
	if !in.Sure.valid() {
		return Saved{}, invalid(map[string]string{"sure": "quiz.field.unknown"})
	}
	response, err := desk.paper.accept(in.Response)
	if err != nil {
		return Saved{}, err
	}
	now := desk.given
	if same(now.Response, response) && now.Sure == in.Sure {
		// An empty answer to a question never answered is nothing to keep.
		return Saved{now.Version, now.At}, nil
	}
	if in.Version != now.Version && !in.own(now) {
		return Saved{}, problem.New(problem.Conflict, "quiz.stale", "Version", now.Version)
	}
	g := Given{Question: in.Question, Version: now.Version + 1, Response: response, Sure: in.Sure, Lang: in.Lang, At: tx.Now}
	if err := insertAnswer(tx, attempt, g); err != nil {
		return Saved{}, meanwhile(err)
	}
	return Saved{g.Version, g.At}, nil
}
