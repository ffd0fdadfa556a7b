package letters

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
)

// RegisterWeek tells an officer how many certificates came to their board in a week. It
// handles the jobs of the kind course.RegisterTold. It names nobody: whose they are
// stands behind the link. To whoever answers for the board no longer nothing is said.
func (o Office) RegisterWeek(ctx context.Context, j outbox.Job) error {
	f, err := read[course.RegisterFact](j)
	if err != nil {
		return err
	}
	if now := o.DB.Now().Time; !due.MayRemind(now) {
		return outbox.Postpone(due.Morning(now), errors.New("letters: it waits for a working day"))
	}
	w, err := o.School.RegisterWeekOf(ctx, f)
	if err != nil || w.Count == 0 {
		return final(err)
	}
	to, err := people.PersonByID(o.DB.Read(ctx), f.Person)
	if err != nil {
		return final(err)
	}
	return o.post(ctx, "register-week-"+j.Key, to, o.registerWeek(to, w))
}

func (o Office) registerWeek(to people.Person, w course.RegisterWeek) letter {
	v := o.voice(to.Language)
	return letter{Lang: to.Language, Subject: v.t("register_week.subject", "Count", w.Count), Title: v.t("register_week.title", "Name", to.Name),
		Lead: v.t("register_week.lead", "Count", w.Count), Topic: w.Board.Name.In(to.Language),
		Facts:  []fact{{v.t("register_week.count"), strconv.Itoa(w.Count)}, {v.t("register_week.first"), i18n.Date(to.Language, w.First.Begin())}, {v.t("register_week.last"), i18n.Date(to.Language, w.Last.Begin())}},
		Action: link{v.t("register_week.open"), o.address(to.Language, "/board/certificates?"+url.Values{"board": {w.Board.Key}, "from": {typed(w.First)}, "to": {typed(w.Last)}}.Encode())},
		Body:   []string{v.t("register_week.nobody"), v.t("register_week.once")}}
}

// typed is a day as people type it.
func typed(d due.Day) string { return d.Begin().Format("2/1/2006") }
