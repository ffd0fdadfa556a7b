package lead

import (
	"slices"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
)

// first gathers what needs doing first: each with its number, where it is more
// than none.
func (r *Room) first(c *web.Context, p *overviewPage, scope people.OrganisationScope, now time.Time) error {
	at := ""
	if len(p.Places) > 0 {
		at = p.Place.Key()
	}
	add := func(l firstLine) {
		if l.N > 0 {
			p.First = append(p.First, l)
		}
	}
	listed := func(f course.RosterFilter) string { return ask(at, f, "") }
	for _, s := range []due.Status{due.Overdue, due.Expired} {
		add(firstLine{Key: string(s), N: p.O.All[s], Late: true, More: p.most(c, s), To: listed(course.RosterFilter{Status: s})})
	}
	add(firstLine{Key: "week", N: p.O.Week, By: i18n.Date(c.Lang, due.DayOf(now).Plus(0, course.WeekDays).Begin()), To: listed(course.RosterFilter{Week: true})})
	add(firstLine{Key: "expiring", N: p.O.All[due.Expiring], More: p.most(c, due.Expiring), To: listed(course.RosterFilter{Status: due.Expiring})})
	unreached, err := r.School.Unreached(c.Request().Context(), scope)
	if err != nil {
		return err
	}
	add(firstLine{Key: "unreached", N: unreached, Late: true, More: c.T("lead.overview.first.unreached_more"),
		To: withQuery("/lead/reminders", [][2]string{{"at", at}, {"state", string(course.LetterFailed)}}, "") + "#log"})
	rx := r.DB.Read(c.Request().Context())
	for _, f := range []people.InvitationFilter{{At: &scope, Undelivered: true}, {At: &scope, Waiting: true}} {
		n, err := people.CountInvitations(rx, f)
		if err != nil {
			return err
		}
		state := map[bool]string{true: "undelivered", false: "waiting"}[f.Undelivered]
		add(firstLine{Key: state, N: n, Late: f.Undelivered, More: c.T("lead.overview.first." + state + "_more"),
			To: withQuery("/lead/invitations", [][2]string{{"at", p.Place.Key()}, {"state", state}}, "")})
	}
	said, err := people.Duplicates(rx, scope)
	if err != nil {
		return err
	}
	said = slices.DeleteFunc(said, func(d people.Duplicate) bool { return d.How != people.DuplicateRefused })
	add(firstLine{Key: "same", N: len(said), More: c.T("lead.overview.first.same_more"), To: withQuery("/lead/same", [][2]string{{"at", at}}, "")})
	return nil
}

// most says in which team most of those with a status are, where there are several.
func (p *overviewPage) most(c *web.Context, s due.Status) string {
	at, most := -1, 0
	for i, row := range p.Rows {
		if n := row.Own[s]; n > most {
			at, most = i, n
		}
	}
	if at < 0 || len(p.Rows) < 2 || most == p.O.All[s] && most == 1 {
		return ""
	}
	return c.T("lead.overview.most", "Team", p.Rows[at].Name, "N", most)
}
