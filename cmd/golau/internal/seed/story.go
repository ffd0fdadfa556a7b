package seed

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/modules"
	"golau/quiz"
)

// learner is somebody whose story is told.
type learner struct {
	name, email, demoKey string
	lang                 i18n.Lang
	role                 people.Role
	job                  people.JobRole
	organisation         string   // key
	boards               []string // keys; a membership under each

	id      string // from when they have joined
	attempt string // the open one
	paper   quiz.Paper
	given   []quiz.Given // in this sitting, and not yet in the database
}

// act is one thing a learner does.
type act uint8

const (
	join act = iota
	read
	start
	answer
	submit
	take // a case of one's own work
)

// final stands where the number of a module would.
const final = -1

// step is an act at a moment. It is kept small: a large crowd takes millions.
type step struct {
	at       time.Duration // from the day on which all stories end; negative
	who      *learner
	act      act
	right    bool // answer: whether it is; submit: whether the attempt passes
	last     bool // answer: of this sitting
	sure     uint8
	module   int8 // from 0, or final
	section  int8 // from 0
	question int8 // from 1
	scene    int8 // take: which case of the module, from 0
}

const day = 24 * time.Hour

// surely is what a step's number says of the learner's own certainty.
var surely = [...]quiz.Sure{quiz.Unsaid, quiz.Certain, quiz.Fairly, quiz.Guessing}

// teller makes up stories.
type teller struct {
	rng     *rand.Rand
	course  *course.Course
	modules []*modules.Module // of the course, in order
}

func newTeller(school *course.School, chance rand.Source) *teller {
	t := &teller{rng: rand.New(chance), course: school.Courses()[0]}
	for _, e := range t.course.Entries {
		if m, ok := school.Library().Module(e.Slug); ok {
			t.modules = append(t.modules, m)
		}
	}
	return t
}

// story is what one learner does, told from the midnight before they joined.
type story struct {
	*teller
	who   *learner
	t     time.Duration
	steps []step
}

// begin lets a learner join, in the working day.
func (t *teller) begin(who *learner) *story {
	s := &story{teller: t, who: who}
	s.rest(0, 0)
	s.then(step{act: join})
	return s
}

func (s *story) then(x step) {
	x.at, x.who = s.t, s.who
	s.steps = append(s.steps, x)
}

// pass lets from a to b go by, to the second.
func (s *story) pass(a, b time.Duration) {
	s.t += a + time.Duration(s.rng.Int64N(int64((b-a)/time.Second)+1))*time.Second
}

// rest goes on some days later, at an hour of work; none is after a short break.
func (s *story) rest(from, to int) {
	days := from + s.rng.IntN(to-from+1)
	if days == 0 && s.t > 0 {
		s.pass(5*time.Minute, time.Hour)
		return
	}
	s.t = s.t.Truncate(day) + time.Duration(days)*day + 8*time.Hour
	s.pass(0, 8*time.Hour)
}

// reads finishes the sections of a module from one to before another.
func (s *story) reads(module, from, to int) {
	for i := from; i < to; i++ {
		minutes := time.Duration(s.modules[module].Sections[i].Minutes) * time.Minute
		s.pass(minutes*2/3, minutes*3/2)
		s.then(step{act: read, module: int8(module), section: int8(i)})
	}
}

func (s *story) sections(module int) int { return len(s.modules[module].Sections) }

func (s *story) rules(module int) quiz.Rules {
	if module == final {
		return s.course.Final.Rules
	}
	return s.course.CheckOf(s.modules[module].Slug)
}

// sits begins an attempt and answers the first questions of it, some wrongly.
func (s *story) sits(module, answers, wrong int) {
	s.pass(time.Minute, 3*time.Minute)
	s.then(step{act: start, module: int8(module)})
	miss := map[int]bool{}
	for _, q := range s.rng.Perm(answers)[:wrong] {
		miss[q+1] = true
	}
	for q := 1; q <= answers; q++ {
		s.pass(20*time.Second, 80*time.Second)
		// Who is right is mostly sure of it, and some who are not are sure too.
		sure := uint8([]int{0, 1, 1, 1, 2, 2, 3}[s.rng.IntN(7)])
		if miss[q] {
			sure = uint8([]int{0, 1, 2, 2, 3, 3}[s.rng.IntN(6)])
		}
		s.then(step{act: answer, module: int8(module), question: int8(q), right: !miss[q], last: q == answers, sure: sure})
	}
}

func (s *story) submits(module int, passes bool) {
	s.pass(10*time.Second, 50*time.Second)
	s.then(step{act: submit, module: int8(module), right: passes})
}

// passes sits an assessment and passes it, with a mistake or two.
func (s *story) passes(module int) {
	r := s.rules(module)
	s.sits(module, r.Draw, s.rng.IntN(r.Draw*(100-r.PassPercent)/100+1))
	s.submits(module, true)
}

// fails sits an assessment and fails it.
func (s *story) fails(module int) {
	r := s.rules(module)
	enough := r.Draw*(100-r.PassPercent)/100 + 2
	s.sits(module, r.Draw, min(enough+s.rng.IntN(3), r.Draw))
	s.submits(module, false)
}

// takes goes through the first case of their own work, whoever has begun.
func (s *story) takes() {
	for m, of := range s.modules {
		for i, x := range of.Cases {
			if x.For(string(s.who.job)) {
				s.rest(0, 1)
				s.then(step{act: take, module: int8(m), scene: int8(i)})
				return
			}
		}
	}
}

// does reads a module and passes its check.
func (s *story) does(module int) {
	s.rest(0, 5)
	s.reads(module, 0, s.sections(module))
	s.passes(module)
}

// fate is how far a learner of the crowd has come.
type fate int

const (
	waiting  fate = iota // has not begun
	under                // is on the way
	retaking             // failed a check and passed it later
	finished             // holds the certificate
)

// spread is the fates of each twenty people. Every question asked takes its time
// when the demonstration starts, and whoever has finished was asked more than a
// hundred: with more of them the first page would wait for longer than it may.
var spread = slices.Concat(slices.Repeat([]fate{waiting}, 7), slices.Repeat([]fate{under}, 9),
	slices.Repeat([]fate{retaking}, 2), slices.Repeat([]fate{finished}, 2))

// live tells the whole story of somebody with that fate.
func (s *story) live(f fate) {
	last := len(s.modules) - 1
	switch f {
	case under:
		s.stopsWithin(s.early())
	case retaking:
		m := s.early()
		s.stopsBefore(m)
		s.rest(0, 9)
		s.reads(m, 0, s.sections(m))
		s.fails(m)
		s.rest(1, 4)
		s.passes(m)
		if m < last {
			s.rest(0, 5)
			s.reads(m+1, 0, s.rng.IntN(s.sections(m+1)))
		}
	case finished:
		s.stopsBefore(len(s.modules))
		s.rest(0, 5)
		if s.rng.IntN(6) == 0 {
			s.fails(final)
			s.rest(2, 5) // beyond the wait
		}
		s.passes(final)
	}
}

// early is a module, most often one of the first two.
func (s *story) early() int {
	if s.rng.IntN(6) > 0 {
		return s.rng.IntN(2)
	}
	return s.rng.IntN(len(s.modules))
}

// stopsBefore finishes the modules before m.
func (s *story) stopsBefore(m int) {
	for i := range m {
		s.does(i)
	}
}

// stopsWithin finishes the modules before m, and leaves m somewhere.
func (s *story) stopsWithin(m int) {
	s.stopsBefore(m)
	s.rest(0, 9)
	if s.rng.IntN(5) > 0 {
		s.reads(m, 0, 1+s.rng.IntN(s.sections(m)-1))
		return
	}
	s.reads(m, 0, s.sections(m))
	if s.rng.IntN(2) > 0 {
		s.sits(m, s.rng.IntN(s.rules(m).Draw), 0)
	}
}

// endingOn moves a story so that its last act is on the day before the end of
// all stories, or some days earlier, and returns its steps.
func (s *story) endingOn(daysBefore int) []step {
	shift := s.t.Truncate(day) + time.Duration(1+daysBefore)*day
	for i := range s.steps {
		s.steps[i].at -= shift
	}
	return s.steps
}

// ending moves a story to some day on which all of it fits between the opening
// and the end, and returns its steps.
func (s *story) ending(opened time.Duration) []step {
	room := int((opened-s.t)/day) - 1
	if room < 1 {
		panic(fmt.Sprintf("seed: a story of %v does not fit", s.t)) // the longest takes two months
	}
	return s.endingOn(s.rng.IntN(room))
}
