package seed

import (
	"context"
	"fmt"
	"io/fs"
	mathrand "math/rand/v2"
	"regexp"
	"strconv"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/quiz"
)

// CrowdOptions says how many people are to be made up, and from what.
type CrowdOptions struct {
	Learners int
	// Agencies is how many share them; 0 = one for every 60 people, and at most 80.
	Agencies int
	Keys     *certificates.Keys // which sign the certificates
	// Stage is what the database was opened on. Without it ids are drawn by
	// chance, and only names, stories and times are the same each time.
	Stage *Stage
	// End is the day on which the stories end; default the database's today.
	End time.Time
	// Banks are what the school asks; default what is compiled in.
	Banks fs.FS
	// Progress is called after each Write, with steps done and to do; may be nil.
	Progress func(done, of int)
}

// What a synthetic crowd is made of.
const (
	perAgency    = 60 // people
	mostAgencies = 80
	crowdDays    = 120
)

// Crowd adds synthetic boards, agencies and people with their progress, attempts
// and certificates, and returns the keys of the boards. It can be called again
// on the same database: each time the keys begin with the next number. Fewer
// than one learner is problem.Invalid.
//
// The school should stamp DEMONSTRATION on what it awards: these people do not
// exist. They get no letters, and what is done is done in batches, so that a
// server at work on the same database is not held up. If it is stopped, what was
// done stays, and calling it again begins another crowd.
func Crowd(ctx context.Context, db *store.DB, school *course.School, o CrowdOptions) (boards []string, err error) {
	if o.Learners < 1 {
		return nil, problem.InvalidField("learners", "seed.learners")
	}
	if o.Banks == nil {
		o.Banks = quiz.Content()
	}
	oracle, err := NewOracle(o.Banks)
	if err != nil {
		return nil, err
	}
	run, err := nextRun(db.Read(ctx))
	if err != nil {
		return nil, err
	}
	if o.End.IsZero() {
		o.End = db.Now().Time
	}
	if o.Stage != nil {
		o.Stage.begin(run)
	}
	p := &play{name: fmt.Sprint("crowd-", run), school: school, keys: o.Keys, oracle: oracle, stage: o.Stage,
		end: o.End.UTC().Truncate(day), teller: newTeller(school, mathrand.NewChaCha8(scene(run)))}
	if o.Agencies <= 0 {
		o.Agencies = min(max(o.Learners/perAgency, 4), mostAgencies)
	}
	bodies, agencies := synthetic(run, o.Agencies)
	err = db.Write(ctx, store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) (err error) {
		p.places, err = addBodies(p.at(tx, -crowdDays*day, ""), bodies, agencies)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, b := range bodies {
		boards = append(boards, b.Key)
	}
	return boards, p.crowd(ctx, db, agencies, o)
}

// crowd lets the people of agencies live. Some weeks before the end their leads put
// them into teams and ask for the course; whoever comes later is put into one at
// the end.
func (p *play) crowd(ctx context.Context, db *store.DB, agencies []agency, o CrowdOptions) error {
	before, after := split(p.teller.synthetic(agencies, o.Learners), -asked)
	all := len(before) + len(after)
	told := func(sofar int) func(done, of int) {
		return func(done, _ int) {
			if o.Progress != nil {
				o.Progress(sofar+done, all)
			}
		}
	}
	if err := p.perform(ctx, db, before, told(0)); err != nil {
		return err
	}
	trees := map[string][]string{}
	for _, a := range agencies {
		tree, err := p.asksCrowd(ctx, db, a)
		if err != nil {
			return err
		}
		trees[a.key] = tree
	}
	if err := p.perform(ctx, db, after, told(len(before))); err != nil {
		return err
	}
	for _, a := range agencies {
		if _, err := p.placeCrowd(ctx, db, a, trees[a.key], -time.Minute); err != nil {
			return err
		}
	}
	return p.school.Settle(ctx)
}

// synthetic lets a crowd live: fates as they are spread, in an order by chance.
func (t *teller) synthetic(agencies []agency, learners int) []step {
	n := &namer{rng: t.rng, used: map[string]int{}}
	var steps []step
	var fates []fate
	for _, who := range t.staff(n, agencies, learners) {
		if len(fates) == 0 {
			fates = append(fates, spread...)
			t.rng.Shuffle(len(fates), func(i, j int) { fates[i], fates[j] = fates[j], fates[i] })
		}
		s := t.begin(who)
		s.live(fates[0])
		fates = fates[1:]
		steps = append(steps, s.ending((crowdDays-1)*day)...)
	}
	return steps
}

// synthetic makes up two boards which share the agencies.
func synthetic(run, n int) (bodies []people.NewBoard, agencies []agency) {
	for i, letter := range []string{"a", "b"} {
		board := fmt.Sprintf("seed-%d-%s", run, letter)
		bodies = append(bodies, people.NewBoard{Key: board,
			Name: both(fmt.Sprintf("Synthetic Safeguarding Board %d%s", run, letter), fmt.Sprintf("Bwrdd Diogelu Synthetig %d%s", run, letter))})
		for k := range (n + 1 - i) / 2 {
			job := people.JobRoles[(k*2+i)%len(people.JobRoles)]
			agencies = append(agencies, agency{
				key: fmt.Sprintf("%s-%02d", board, k+1), kind: "synthetic",
				name: both(fmt.Sprintf("Synthetic Agency %d%s, no. %d", run, letter, k+1),
					fmt.Sprintf("Asiantaeth Synthetig %d%s, rhif %d", run, letter, k+1)),
				boards: []string{board}, domain: fmt.Sprintf("agency-%02d.%s.example", k+1, board),
				jobs: []people.JobRole{job}, size: 1,
			})
		}
	}
	return bodies, agencies
}

var crowdKey = regexp.MustCompile(`^seed-(\d+)-a$`)

// nextRun returns the number of the next crowd, from 1.
func nextRun(rx store.Rx) (int, error) {
	all, err := people.Boards(rx)
	last := 0
	for _, b := range all {
		if m := crowdKey.FindStringSubmatch(b.Key); m != nil {
			n, _ := strconv.Atoi(m[1]) // digits; a board of so many that they overflow was not made here
			last = max(last, n)
		}
	}
	return last + 1, err
}
