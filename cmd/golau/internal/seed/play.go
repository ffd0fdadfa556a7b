package seed

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
	"golau/modules/scenario"
	"golau/quiz"
)

// play performs stories through the rooms' own verbs, so that what it leaves is
// what real people would have left.
type play struct {
	name   string // of the batches' journal lines
	school *course.School
	keys   *certificates.Keys
	oracle *Oracle
	stage  *Stage // may be nil
	end    time.Time
	teller *teller
	most   int // cost of one Write; 0: maxCost
	places places
}

// costs of the acts, in about 10 µs of a quick machine, and how much of it one
// Write may hold: half of the 50 ms that bulk work is allowed, so that a slow
// machine too keeps within them. Counting instead of looking at a clock lets the
// same story be cut the same way each time.
var costs = [...]int{join: 40, read: 5, start: 150, answer: 4, submit: 110, take: 60}

const maxCost = 2500

// perform plays the steps of all stories in the order of their moments.
func (p *play) perform(ctx context.Context, db *store.DB, steps []step, progress func(done, of int)) error {
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	for done := 0; done < len(steps); {
		next, cost := done, 0
		for next < len(steps) && (next == done || cost+costs[steps[next].act] <= cmp.Or(p.most, maxCost)) {
			cost += costs[steps[next].act]
			next++
		}
		err := db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error {
			for _, x := range steps[done:next] {
				if err := p.step(p.at(tx, x.at, x.who.id), x); err != nil {
					return fmt.Errorf("%s: %w", x.who.email, err)
				}
			}
			return audit.Record(p.at(tx, steps[next-1].at, ""), "seed.batch", "seed:"+p.name, map[string]any{"steps": next, "of": len(steps)})
		})
		if err != nil {
			return err
		}
		done = next
		if progress != nil {
			progress(done, len(steps))
		}
	}
	return nil
}

// at is the transaction as the person has it at that moment.
func (p *play) at(tx store.Tx, at time.Duration, person string) store.Tx {
	moment := p.end.Add(at)
	if p.stage != nil {
		p.stage.move(moment)
	}
	tx.Now, tx.By = store.At(moment), store.Actor{Person: person, Via: "cli"}
	return tx
}

func (p *play) step(tx store.Tx, x step) error {
	switch x.act {
	case join:
		return p.join(tx, x.who)
	case read:
		m := p.teller.modules[x.module]
		return p.school.ReadIn(tx, x.who.id, x.who.lang, p.teller.course.Slug, m, m.Sections[x.section].ID)
	case start:
		return p.start(tx, x)
	case answer:
		return p.answer(tx, x)
	case take:
		m := p.teller.modules[x.module]
		return p.school.TakeIn(tx, x.who.id, x.who.job, x.who.lang, p.teller.course.Slug, m, m.Cases[x.scene], p.teller.chooses)
	}
	return p.submit(tx, x)
}

// join adds a person with their places of work, in every course there is.
func (p *play) join(tx store.Tx, l *learner) (err error) {
	l.id, err = people.AddPerson(tx, people.NewPerson{Email: l.email, Name: l.name, Language: l.lang, DemoKey: l.demoKey})
	if err != nil {
		return err
	}
	home := ""
	for _, b := range l.boards {
		m, err := people.AddMembership(tx, people.NewMembership{PersonID: l.id, OrganisationID: p.places.organisation[l.organisation],
			BoardID: p.places.board[b], Role: l.role, JobRole: l.job})
		if err != nil {
			return err
		}
		if home == "" {
			home = m
		}
	}
	for _, c := range p.school.Courses() {
		if _, err := course.Enrol(tx, l.id, home, c.Slug); err != nil {
			return err
		}
	}
	return nil
}

func (p *play) start(tx store.Tx, x step) error {
	module := ""
	if x.module != final {
		module = p.teller.modules[x.module].Slug
	}
	a, err := p.school.StartIn(tx, x.who.id, x.who.lang, p.teller.course.Slug, module)
	x.who.attempt, x.who.paper = a.ID, a.Dealt
	return err
}

// answer keeps an answer for the last one of its sitting to take along: in one
// statement they cost a sixth of what they do one by one.
func (p *play) answer(tx store.Tx, x step) error {
	response, err := p.oracle.Answer(x.who.paper.Questions[x.question-1], x.right)
	if err != nil {
		return err
	}
	x.who.given = append(x.who.given, quiz.Given{Question: int(x.question), Response: response,
		Sure: surely[x.sure], Lang: x.who.lang, At: tx.Now})
	if !x.last {
		return nil
	}
	err = quiz.Fill(tx, x.who.id, x.who.attempt, x.who.paper, x.who.given)
	x.who.given = x.who.given[:0]
	return err
}

// chooses what most people do at a turn of a case: two of three what is advised.
func (t *teller) chooses(at *scenario.Turn) *scenario.Option {
	if t.rng.IntN(3) > 0 {
		return at.Recommended()
	}
	return &at.Options[t.rng.IntN(len(at.Options))]
}

// submit closes the attempt. What it leads to is done at once: the signature in
// the same transaction, the letter never, since nobody is there to read it.
func (p *play) submit(tx store.Tx, x step) error {
	mark, certificate, err := p.school.SubmitIn(tx, x.who.id, x.who.lang, x.who.attempt)
	if err != nil {
		return err
	}
	if mark.Passed != x.right {
		return fmt.Errorf("seed: an attempt came to %d %%, against the story (passed: %t)", mark.Percent, x.right)
	}
	x.who.attempt, x.who.paper = "", quiz.Paper{}
	if certificate == "" {
		return nil
	}
	if err := certificates.SignIn(tx, p.keys, certificate); err != nil {
		return err
	}
	return outbox.Settle(tx, course.Completed, certificate)
}
