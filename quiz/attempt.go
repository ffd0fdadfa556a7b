package quiz

import (
	"fmt"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Attempt is one sitting of an assessment by one person. Nothing of it changes
// after it began, but that it is open until it is submitted.
type Attempt struct {
	ID          string
	PersonID    string
	EnrolmentID string
	Assessment  string // "module:signs", "final:child-trafficking"
	Number      int    // from 1, within enrolment and assessment
	Lang        i18n.Lang
	Edition     string // of the modules as they were then
	BankEdition string
	Rules       Rules
	Questions   int
	StartedAt   store.Time
	Open        bool
	Resumed     bool // Start found it open instead of beginning it
	// Dealt is the paper, where Start has just made it; else Open reads it.
	Dealt Paper
}

// TableName names the table whose rows attempts are.
func (Attempt) TableName() string { return "quiz_attempts" }

// Sitting is an attempt as a history shows it. Mark is nil while it is open.
type Sitting struct {
	AttemptID string
	Number    int
	StartedAt store.Time
	Mark      *Mark
}

// Sittings lists the attempts of an enrolment at an assessment, first to last.
func Sittings(rx store.Rx, enrolment, assessment string) ([]Sitting, error) {
	return sittings(rx, enrolment, assessment)
}

// Standing is where someone stands with an assessment.
type Standing struct {
	Used        int        // attempts begun
	Left        int        // attempts that may still begin; -1 = no limit
	OpenAttempt string     // id, "" when none is open
	WaitUntil   store.Time // zero when the next attempt may begin now, or never
	BestPercent int        // rounded down; 0 before the first mark
	Passed      bool
	Last        *Mark // of the latest submitted attempt; nil before
}

// StandingOf says where an enrolment stands with an assessment under rules.
func StandingOf(rx store.Rx, enrolment, assessment string, rules Rules) (Standing, error) {
	all, err := sittings(rx, enrolment, assessment)
	if err != nil {
		return Standing{}, err
	}
	return standing(all, rules, rx.Now()), nil
}

func standing(all []Sitting, rules Rules, now store.Time) Standing {
	s := Standing{Used: len(all), Left: -1}
	if rules.MaxAttempts > 0 {
		s.Left = max(0, rules.MaxAttempts-len(all))
	}
	last := 0
	for _, sitting := range all {
		if sitting.Mark == nil {
			s.OpenAttempt = sitting.AttemptID
			continue
		}
		s.Last, last = sitting.Mark, sitting.Number
		s.BestPercent = max(s.BestPercent, sitting.Mark.Percent)
		s.Passed = s.Passed || sitting.Mark.Passed
	}
	if s.OpenAttempt == "" && s.Left != 0 && s.Last != nil && rules.waits(last) {
		if until := s.Last.SubmittedAt.Add(rules.Wait); until.After(now.Time) {
			s.WaitUntil = store.At(until)
		}
	}
	return s
}

// StartInput says which assessment begins, for whom, and from what.
type StartInput struct {
	Person     string // id
	Enrolment  string // id
	Assessment string
	Bank       *Bank
	Rules      Rules
	Edition    string // of the modules as shown now
	Lang       i18n.Lang
	Targets    []Target // only questions that test these; nil = all
}

// Start begins an attempt, or returns the one that is open already.
//
// Returns problem.Conflict (quiz.limit) when no attempt is left and
// problem.TooMany (quiz.wait), with the time to wait, when it is too early.
func Start(tx store.Tx, in StartInput) (Attempt, error) {
	all, err := sittings(tx.Rx, in.Enrolment, in.Assessment)
	if err != nil {
		return Attempt{}, err
	}
	now := standing(all, in.Rules, tx.Now)
	switch {
	case now.OpenAttempt != "":
		a, err := attemptOf(tx.Rx, in.Person, now.OpenAttempt)
		a.Resumed = true
		return a, err
	case now.Left == 0:
		return Attempt{}, problem.New(problem.Conflict, "quiz.limit")
	case !now.WaitUntil.IsZero():
		// Whole seconds, upwards: coming back after exactly so long must do.
		wait := now.WaitUntil.Sub(tx.Now.Time)
		return Attempt{}, problem.New(problem.TooMany, "quiz.wait").After((wait + time.Second - 1).Truncate(time.Second))
	}
	sheets, err := newPaper(tx, in, now)
	if err != nil {
		return Attempt{}, err
	}
	a := Attempt{
		ID: tx.NewID(), PersonID: in.Person, EnrolmentID: in.Enrolment, Assessment: in.Assessment,
		Number: len(all) + 1, Lang: in.Lang, Edition: in.Edition, BankEdition: in.Bank.Edition,
		Rules: in.Rules, Questions: len(sheets), StartedAt: tx.Now, Open: true,
	}
	print, err := insertAttempt(tx, a, sheets)
	if err != nil {
		return Attempt{}, meanwhile(err)
	}
	for _, s := range sheets {
		a.Dealt.Questions = append(a.Dealt.Questions, s.paper)
	}
	return a, audit.RecordOf(tx, startedVerb, subject(a.ID), print, map[string]any{
		"assessment": a.Assessment, "number": a.Number, "edition": a.Edition, "bank_edition": a.BankEdition, "lang": a.Lang,
	})
}

// newPaper draws and freezes the questions of the next attempt.
func newPaper(tx store.Tx, in StartInput, now Standing) ([]sheet, error) {
	if in.Bank == nil {
		return nil, fmt.Errorf("quiz: no bank for %s", in.Assessment)
	}
	if err := in.Rules.Check(); err != nil {
		return nil, fmt.Errorf("quiz: rules of %s: %w", in.Assessment, err)
	}
	h := history{last: map[Target]ObjectiveMark{}}
	if now.Last != nil {
		for _, o := range now.Last.Objectives {
			h.last[o.Target] = o
		}
	}
	var err error
	if h.seen, err = seen(tx.Rx, in.Enrolment, in.Assessment); err != nil {
		return nil, err
	}
	d := &dice{from: tx.Rand()}
	questions, err := draw(d, in.Bank.about(in.Targets), in.Rules.Draw, in.Rules.PassPercent, h)
	if err != nil {
		return nil, err
	}
	sheets := make([]sheet, len(questions))
	for i, q := range questions {
		sheets[i] = freeze(d, i+1, q)
	}
	return sheets, d.err
}

// meanwhile explains the violation of a constraint that only a second window at
// the same moment can bring about.
func meanwhile(err error) error {
	if store.IsDuplicate(err) {
		return problem.New(problem.Conflict, "quiz.meanwhile").Because(err)
	}
	return err
}
