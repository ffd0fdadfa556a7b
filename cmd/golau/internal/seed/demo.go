package seed

import "time"

// crowdSize is how many people the demonstration has beside the cast.
const crowdSize = 200

// opened is how long before its end the demonstration begins; the cast joins a
// day later, the crowd from then on.
const opened = 122 * day

// demonstration returns how the cast joins, and everything that anybody does
// after that.
func (t *teller) demonstration() (cast, rest []step) {
	n := &namer{rng: t.rng, used: map[string]int{}}
	for i, m := range Cast {
		who := &learner{name: m.Name, email: m.Email(), demoKey: m.Key, lang: m.Language, role: m.Role, job: m.JobRole,
			organisation: m.Organisation, boards: []string{m.Board}}
		n.used[m.Name]++
		cast = append(cast, step{at: -opened + day + 9*time.Hour + time.Duration(i)*time.Minute, who: who, act: join})
		rest = append(rest, t.of(m.Key, who)...)
	}
	fates := make([]fate, crowdSize)
	for i := range fates {
		fates[i] = spread[i%len(spread)]
	}
	t.rng.Shuffle(crowdSize, func(i, j int) { fates[i], fates[j] = fates[j], fates[i] })
	for i, who := range t.staff(n, agencies, crowdSize) {
		s := t.begin(who)
		s.live(fates[i])
		rest = append(rest, s.ending(opened-2*day)...)
	}
	return cast, rest
}

// of is what a member of the cast has done since they joined.
func (t *teller) of(key string, who *learner) []step {
	s := &story{teller: t, who: who}
	switch key {
	case "tom": // half way: the first module done, the second half read
		s.rest(0, 0)
		s.reads(0, 0, s.sections(0))
		s.passes(0)
		s.rest(3, 3)
		s.reads(1, 0, (s.sections(1)+1)/2)
		return s.endingOn(0)
	case "aisha": // finished, nine days ago
		s.live(finished)
		return s.endingOn(9)
	}
	return nil
}
