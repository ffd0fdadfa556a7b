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
		if s.live(fates[i]); fates[i] != waiting {
			s.takes()
		}
		rest = append(rest, s.ending(opened-2*day)...)
	}
	return cast, rest
}

// of is what a member of the cast has done since they joined.
func (t *teller) of(key string, who *learner) []step {
	s := &story{teller: t, who: who}
	switch key {
	case "tom": // half way: four modules done, the fifth half read
		half := len(s.modules) / 2
		s.stopsBefore(half)
		s.rest(3, 3)
		s.reads(half, 0, (s.sections(half)+1)/2)
		return s.endingOn(0)
	case "elin": // all read, and every check passed but the last
		last := len(s.modules) - 1
		s.stopsBefore(last)
		s.rest(2, 2)
		s.reads(last, 0, s.sections(last))
		return s.endingOn(1)
	case "idris": // the final assessment is all that is left
		s.stopsBefore(len(s.modules))
		return s.endingOn(2)
	case "aisha": // finished, nine days ago
		s.live(finished)
		return s.endingOn(9)
	}
	return nil
}
