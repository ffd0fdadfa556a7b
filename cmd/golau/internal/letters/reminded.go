package letters

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
)

// Reminded sends a letter of the school: to somebody of whom something is asked, or
// to whoever answers for them. It handles the jobs of the kind course.Reminded.
//
// What it says is what is so when it is written: of what was finished meanwhile, and
// to whoever may not come in, nothing is said. One that could not be sent on its day
// waits for a morning that is not quiet.
func (o Office) Reminded(ctx context.Context, j outbox.Job) error {
	f, err := read[course.RemindedFact](j)
	if err != nil {
		return err
	}
	if now := o.DB.Now().Time; !due.MayRemind(now) {
		return outbox.Postpone(due.Morning(now), errors.New("letters: it waits for a working day"))
	}
	n, err := o.School.LetterByID(ctx, f.Letter)
	if err != nil || n.Said {
		return final(err)
	}
	p, err := people.PersonByID(o.DB.Read(ctx), f.Person)
	if err != nil {
		return final(err)
	}
	says := n.Says() && !p.Suspended()
	if says {
		if err := o.post(ctx, "reminded-"+j.Key, p, o.reminded(p, n)); err != nil {
			return err
		}
	}
	return o.School.NoteLetter(ctx, f.Letter, says)
}

// reminded words a letter of the school: as usual, and where the agency has words of
// its own, in these.
func (o Office) reminded(p people.Person, n course.Letter) letter {
	v := o.voice(p.Language)
	l := letter{Lang: p.Language, Title: v.t("reminded.title", "Name", p.Name)}
	switch n.Kind {
	case course.ToManager:
		o.overdueTold(&l, n)
	case course.ToLead:
		o.digest(&l, n)
	default:
		o.askedOf(&l, n)
	}
	w := o.said(l.Lang, n)
	l.Subject, l.Lead = w.Subject, w.Opening
	for _, line := range strings.Split(w.Closing, "\n") {
		if line != "" {
			l.Body = append(l.Body, line)
		}
	}
	if n.Kind == course.ToManager { // whatever else is said
		l.Body = append(l.Body, v.t("overdue_told.no_answers"))
	}
	return l
}

// askedOf words the letter to somebody of whom something is asked.
func (o Office) askedOf(l *letter, n course.Letter) {
	v := o.voice(l.Lang)
	l.Action = link{v.t("reminded.open"), o.address(l.Lang, "/learn")}
	for _, i := range n.Items {
		l.Facts = append(l.Facts, o.itemFact(v, i))
	}
	l.Body = []string{v.t("reminded.kept")}
}

// overdueTold words the letter to whoever manages those who are overdue: that they
// are, and nothing of what they answered.
func (o Office) overdueTold(l *letter, n course.Letter) {
	v := o.voice(l.Lang)
	for _, i := range n.Items {
		l.Facts = append(l.Facts, o.itemFact(v, i))
	}
	if n.More > 0 {
		l.Body = append(l.Body, v.t("digest.more", "Count", n.More))
	}
}

// digest words the letter of the week to a lead: how many stand where, and the names
// of those who are overdue.
func (o Office) digest(l *letter, n course.Letter) {
	v := o.voice(l.Lang)
	for _, s := range due.Statuses {
		if count := n.Counts[s]; count > 0 {
			l.Facts = append(l.Facts, fact{o.Words.T(l.Lang, "status."+string(s)), strconv.Itoa(count)})
		}
	}
	ask := url.Values{"at": {n.Place.Key()}}
	l.Action = link{v.t("digest.open_all"), o.address(l.Lang, "/lead/people?"+ask.Encode())}
	if len(n.Items) > 0 {
		ask.Set("status", string(due.Overdue))
		l.Action = link{v.t("digest.open"), o.address(l.Lang, "/lead/people?"+ask.Encode())}
		l.Body = append(l.Body, v.t("digest.overdue"))
		for _, i := range n.Items {
			l.Body = append(l.Body, v.t("digest.one", "Name", i.Person, "Day", i18n.Date(v.lang, i.Due.Begin())))
		}
		if more := n.Counts[due.Overdue] - len(n.Items); more > 0 {
			l.Body = append(l.Body, v.t("digest.more", "Count", more))
		}
	}
	l.Body = append(l.Body, v.t("digest.meaning"))
}

// itemFact names what is asked, of whom where it is not the reader, and by when.
func (o Office) itemFact(v voice, i course.LetterItem) fact {
	what := i.Course.In(v.lang)
	if len(i.Parts) > 0 {
		var parts []string
		for _, p := range i.Parts {
			parts = append(parts, p.In(v.lang))
		}
		what = strings.Join(parts, "; ")
	}
	if i.Person != "" {
		what = i.Person + " – " + what
	}
	day := i18n.Date(v.lang, i.Due.Begin())
	if i.Late() {
		return fact{what, v.t("reminded.was_due", "Day", day)}
	}
	return fact{what, v.t("reminded.due", "Day", day)}
}
