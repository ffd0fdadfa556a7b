package letters

import (
	"slices"
	"strings"

	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
)

// Said is what a letter says in words that an agency may choose.
type Said struct{ Subject, Opening, Closing string }

// said is what a letter says: the agency's own words, else the usual ones.
func (o Office) said(l i18n.Lang, n course.Letter) Said {
	w := o.usual(l, n)
	own := func(to *string, t i18n.Text) {
		if t.In(l) != "" {
			*to = t.In(l)
		}
	}
	own(&w.Subject, n.Wording.Subject)
	own(&w.Opening, n.Wording.Opening)
	own(&w.Closing, n.Wording.Closing)
	return w
}

// usual is what a letter says where an agency has no words of its own.
func (o Office) usual(l i18n.Lang, n course.Letter) Said {
	v, place := o.voice(l), n.Organisation.Name.In(l)
	switch n.Worded() {
	case course.WordedManager:
		return Said{v.t("overdue_told.subject"), v.t("overdue_told.lead", "Count", len(n.Items)+n.More, "Agency", place), v.t("overdue_told.asked")}
	case course.WordedWeekly:
		if n.Part {
			return Said{v.t("digest.subject"), v.t("digest.lead_part", "Agency", place), ""}
		}
		return Said{v.t("digest.subject"), v.t("digest.lead", "Agency", place), ""}
	case course.WordedLate:
		return Said{v.t("reminded.subject_late"), v.t("reminded.lead_late", "Agency", place), v.t("reminded.wrong")}
	case course.WordedNudge:
		return Said{v.t("reminded.subject"), v.t("reminded.lead_nudge", "Agency", place), v.t("reminded.wrong")}
	}
	return Said{v.t("reminded.subject"), v.t("reminded.lead", "Agency", place), v.t("reminded.wrong")}
}

// Sample is a letter as it would be.
type Sample struct {
	Lang       i18n.Lang
	Subject    string
	Paragraphs []string
	Usual      Said // what it says without words of the agency's own
}

// Samples words a letter of an agency in each language with words of its own, as of
// a day: for one fictional person, of whom all of a course is asked.
func (o Office) Samples(of course.Worded, at people.Place, c *course.Course, today due.Day, w course.Wording) (all []Sample) {
	for _, l := range i18n.Langs {
		n := sample(of, at, c, today)
		n.Wording = w
		v := o.voice(l)
		who := people.Person{ID: "sample", Name: v.t("sample.reader"), Email: "sample@example.org", Language: l}
		for i := range n.Items {
			if n.Kind == course.ToManager || n.Kind == course.ToLead {
				n.Items[i].Person = v.t("sample.person")
			}
		}
		worded := o.reminded(who, n)
		o.frame(&worded, who)
		all = append(all, Sample{l, worded.Subject, worded.paragraphs(), o.usual(l, n)})
	}
	return all
}

// paragraphs are what the text part says, without its line breaks and addresses.
func (l letter) paragraphs() []string {
	var facts []string
	for _, f := range l.Facts {
		facts = append(facts, f.Name+": "+f.Value)
	}
	all := slices.Concat([]string{l.Warning, l.Title, l.Lead, strings.Join(facts, "\n"), l.Action.Label}, l.Body, l.Foot, []string{l.Change.Label})
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// sample is a letter of its kind about one thing that is asked.
func sample(of course.Worded, at people.Place, c *course.Course, today due.Day) course.Letter {
	i := course.LetterItem{Course: c.Title, Due: today.Plus(0, -14), Status: due.Overdue}
	n := course.Letter{Kind: course.ToLearner, Organisation: at.Organisation, Place: at}
	switch of {
	case course.WordedBefore, course.WordedNudge:
		i.Due, i.Status = today.Plus(0, 7), due.DueSoon
		if of == course.WordedNudge {
			n.Kind = course.Nudge
		}
	case course.WordedManager:
		n.Kind = course.ToManager
	case course.WordedWeekly:
		n.Kind, n.Counts = course.ToLead, map[due.Status]int{due.InDate: 24, due.DueSoon: 3, due.Overdue: 1}
	}
	n.Items = []course.LetterItem{i}
	return n
}
