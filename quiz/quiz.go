// Package quiz asks, remembers and marks: banks of questions, papers drawn from
// them, attempts, answers and marks.
//
// The answer key never leaves it. What a learner sees is a Paper, which has no
// field that could hold a key; what was right comes out only in a Result, after
// the attempt is closed and as far as its rules allow. Paper, key and rules are
// frozen when an attempt begins, so an edit of the bank never moves a mark.
//
// It does not know what an enrolment is, which modules exist, who may sit an
// assessment, or what a pass leads to: it is told an enrolment's id and the name
// of an assessment, and takes both as words. That is the business of the floor
// above.
package quiz

import (
	"fmt"
	"time"
)

// Credit is counted in parts of a question, never in floating point: one
// question is worth Whole, and Whole can be shared among up to ten rows and
// halved without a remainder.
type Credit int64

// Whole is the credit of one question answered in the best way.
const Whole Credit = 5040

// maxShares is the largest number of rows or right choices a question may have
// so that Whole divides evenly, halves included.
const maxShares = 10

// String writes the credit in questions with at most one decimal, rounded down,
// so that what is shown never claims more than was earned: "7", "7.5".
func (c Credit) String() string {
	tenths := c * 10 / Whole
	if tenths%10 == 0 {
		return fmt.Sprint(int64(tenths / 10))
	}
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

// Percent returns the share of c in possible, rounded down; 0 of nothing is 0.
func (c Credit) Percent(possible Credit) int {
	if possible <= 0 {
		return 0
	}
	return int(c * 100 / possible)
}

// reaches says whether c of possible is at least percent, exactly.
func (c Credit) reaches(percent int, possible Credit) bool {
	return c*100 >= Credit(percent)*possible
}

// Sure is a learner's own word on how sure an answer is. It earns and costs
// nothing.
type Sure string

// The answers to "How sure are you?"; Unsaid is none.
const (
	Unsaid   Sure = ""
	Certain  Sure = "sure"
	Fairly   Sure = "fairly"
	Guessing Sure = "guessing"
)

func (s Sure) valid() bool {
	switch s {
	case Unsaid, Certain, Fairly, Guessing:
		return true
	}
	return false
}

// Feedback says how much a result tells.
type Feedback string

// Full shows every question again with what was chosen and why; ByObjective
// shows only how each objective went, so that a further attempt still tests.
const (
	Full        Feedback = "full"
	ByObjective Feedback = "objectives"
)

// Rules are how an assessment is sat. An attempt keeps the rules it began with.
type Rules struct {
	Draw        int           `yaml:"draw" json:"draw"`             // questions on a paper
	PassPercent int           `yaml:"pass" json:"pass"`             // of the credit possible
	MaxAttempts int           `yaml:"attempts" json:"attempts"`     // 0 = no limit
	WaitAfter   int           `yaml:"wait_after" json:"wait_after"` // from this attempt on, the next one waits; 0 = never
	Wait        time.Duration `yaml:"wait" json:"wait"`             // counted from the submission
	Feedback    Feedback      `yaml:"feedback" json:"feedback"`
}

// Check returns the first rule that makes no sense, for the author who wrote it.
func (r Rules) Check() error {
	switch {
	case r.Draw < 1:
		return fmt.Errorf("draw is %d: a paper has at least one question", r.Draw)
	case r.PassPercent < 1 || r.PassPercent > 100:
		return fmt.Errorf("pass is %d: it is a percentage from 1 to 100", r.PassPercent)
	case r.MaxAttempts < 0 || r.WaitAfter < 0 || r.Wait < 0:
		return fmt.Errorf("attempts, wait_after and wait cannot be negative")
	case r.WaitAfter > 0 && r.Wait == 0:
		return fmt.Errorf("wait_after is %d but wait is not set", r.WaitAfter)
	case r.Feedback != Full && r.Feedback != ByObjective:
		return fmt.Errorf("feedback is %q: it is full or objectives", r.Feedback)
	}
	return nil
}

// waits says whether the attempt that follows attempt number n must wait.
func (r Rules) waits(n int) bool { return r.WaitAfter > 0 && n >= r.WaitAfter }
