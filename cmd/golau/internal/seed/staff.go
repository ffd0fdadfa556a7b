package seed

import (
	"golau/internal/i18n"
	"golau/internal/people"
)

// staff makes up people, each in an agency by its size; the first of each agency
// is its training lead, and some who work under two boards are members of both.
func (t *teller) staff(n *namer, agencies []agency, size int) []*learner {
	var seats []int
	for i, a := range agencies {
		for range a.size {
			seats = append(seats, i)
		}
	}
	hired := make([]int, len(agencies))
	all := make([]*learner, size)
	for i := range all {
		at := seats[i%len(seats)]
		all[i] = t.employee(n, agencies[at], hired[at])
		hired[at]++
	}
	return all
}

// employee makes up the k-th person of an agency, from 0.
func (t *teller) employee(n *namer, a agency, k int) *learner {
	name, welsh := n.next()
	l := &learner{name: name, email: n.email(name, a.domain), lang: i18n.EN, role: people.Learner,
		job: a.jobs[k%len(a.jobs)], organisation: a.key, boards: a.boards[k%len(a.boards) : k%len(a.boards)+1]}
	if chance := t.rng.IntN(100); welsh && chance < 50 || chance < 5 {
		l.lang = i18n.CY
	}
	if k == 0 {
		l.role = people.Lead
	}
	if k%10 == 9 {
		l.boards = a.boards
	}
	return l
}
