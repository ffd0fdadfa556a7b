package course

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/modules"
	"golau/modules/scenario"
)

// Again is the case from its start, one run further; nothing is lost of the one
// before, and nothing is kept until the first choice. On the way it is the case
// as it stands: only whoever has come to an end begins again.
func (k Case) Again() (Case, error) {
	if k.Play.Ending == nil {
		return k, nil
	}
	var err error
	k.Run++
	k.Play, err = k.Scenario.Play(nil)
	return k, err
}

// Offer is an option as it stands on a page: Token names it there, and says
// nothing of what it is.
type Offer struct {
	Token string
	*scenario.Option
}

// Offers lays out the options of the present turn, the same for one person and
// run and in no order that tells: the best must not always be first.
func (k Case) Offers() []Offer { return k.offers(k.Play.Now) }

func (k Case) offers(t *scenario.Turn) []Offer {
	var all []Offer
	for i := range t.Options {
		lot := sha256.Sum256(fmt.Appendln(nil, k.progress.Enrolment, k.Module.Slug, k.ID, k.Run, t.ID, t.Options[i].ID))
		all = append(all, Offer{hex.EncodeToString(lot[:8]), &t.Options[i]})
	}
	slices.SortFunc(all, func(a, b Offer) int { return cmp.Compare(a.Token, b.Token) })
	return all
}

// offered is the option that a token names at a turn, nil if it names none.
func (k Case) offered(t *scenario.Turn, token string) *scenario.Option {
	for _, o := range k.offers(t) {
		if o.Token == token {
			return o.Option
		}
	}
	return nil
}

// Chosen is what somebody did at a turn of a run; no Token is no choice.
type Chosen struct {
	Run, Turn int
	Token     string
}

// Choose keeps what the viewer did. No choice is problem.Invalid with the field
// "choice". A page that is behind, since the turn was taken elsewhere or the case
// was rewritten, is problem.Conflict (course.case.elsewhere); the same choice
// again changes nothing. For the rest see Case.
func (s *School) Choose(ctx context.Context, v people.Viewer, lang i18n.Lang, course, module, id string, what Chosen) error {
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		k, err := s.caseOf(tx.Rx, v, course, module, id)
		if err != nil {
			return err
		}
		if what.Run == k.Run+1 {
			if k, err = k.Again(); err != nil {
				return err
			}
		}
		if k.repeats(what) {
			return nil
		}
		if what.Run != k.Run || k.Play.Now == nil || what.Turn != len(k.Play.Turns)+1 {
			return problem.New(problem.Conflict, "course.case.elsewhere")
		}
		if what.Token == "" {
			return problem.InvalidField("choice", "course.case.none")
		}
		o := k.offered(k.Play.Now, what.Token)
		if o == nil {
			return problem.New(problem.Conflict, "course.case.elsewhere")
		}
		return s.choose(tx, lang, k, o)
	})
}

// repeats says whether a choice is the one that was kept already: a page sent
// twice.
func (k Case) repeats(what Chosen) bool {
	if what.Run != k.Run || what.Turn < 1 || what.Turn > len(k.Play.Turns) {
		return false
	}
	t := k.Play.Turns[what.Turn-1]
	return k.offered(&t, what.Token) == t.Chosen
}

// choose keeps one choice; the last of a way is the end of the case.
func (s *School) choose(tx store.Tx, lang i18n.Lang, k Case, o *scenario.Option) error {
	if err := insertChoice(tx, k, scenario.Choice{Decision: k.Play.Now.ID, Option: o.ID}, lang); err != nil {
		return err
	}
	if err := k.follow(tx.Rx); err != nil || k.Play.Ending == nil {
		return err
	}
	return k.finish(tx, lang)
}

// finish notes that a case was taken to an end, or read; the first time counts.
func (k Case) finish(tx store.Tx, lang i18n.Lang) error {
	return insertRead(tx, k.progress.Enrolment, k.Module.Slug, caseName(k.ID), k.Edition, lang)
}

// ReadCase notes that the viewer has read a case as plain text, which counts the
// same. For what it refuses see Case.
func (s *School) ReadCase(ctx context.Context, v people.Viewer, lang i18n.Lang, course, module, id string) error {
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		k, err := s.caseOf(tx.Rx, v, course, module, id)
		if err != nil || k.Done {
			return err
		}
		return k.finish(tx, lang)
	})
}

// caseName is how a finished case stands among the parts that were read: no
// section can have a colon in its name.
func caseName(id string) string { return "case:" + id }

// TakeIn goes through a case to its end for somebody of that work, within a
// transaction that somebody has opened already; pick says what is done at each
// turn. No enrolment is problem.NotFound.
func (s *School) TakeIn(tx store.Tx, person string, job people.JobRole, lang i18n.Lang, course string, m *modules.Module, x *scenario.Scenario, pick func(*scenario.Turn) *scenario.Option) error {
	e, err := latestEnrolment(tx.Rx, person, course)
	if err != nil {
		return err
	}
	k := Case{Module: m, Scenario: x, progress: &Progress{Enrolment: e.ID}, job: job}
	for err = k.follow(tx.Rx); err == nil && k.Play.Now != nil; err = k.follow(tx.Rx) {
		if err = s.choose(tx, lang, k, pick(k.Play.Now)); err != nil {
			return err
		}
	}
	return err
}
