package letters

import (
	"context"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
)

// AdminsTold tells an administrator what happened to who administers the site, so
// that nobody becomes one unseen. It handles the jobs of the kind
// people.AdminsTold. About somebody who was erased meanwhile nothing is said.
func (o Office) AdminsTold(ctx context.Context, j outbox.Job) error {
	f, err := read[people.AdminsFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	to, err := people.PersonByID(rx, f.Person)
	if err != nil {
		return final(err)
	}
	var about, by people.Person
	for id, p := range map[string]*people.Person{f.About: &about, f.By: &by} {
		if id == "" {
			continue
		}
		if *p, err = people.PersonByID(rx, id); problem.KindOf(err) == problem.NotFound && err != nil {
			return nil
		} else if err != nil {
			return err
		}
	}
	return o.post(ctx, "admins-"+j.Key, to, o.adminsTold(to, about.Name, by.Name, f))
}

func (o Office) adminsTold(to people.Person, about, by string, f people.AdminsFact) letter {
	v := o.voice(to.Language)
	l := letter{Lang: to.Language, Subject: v.t("admins.subject"), Title: v.t("admins.title", "Name", to.Name),
		Lead:   v.words.T(to.Language, "letters.admins."+string(f.What)),
		Action: link{v.t("admins.open"), o.address(to.Language, "/admin/roles?role=admin")},
		Body:   []string{v.t("admins.why"), v.t("admins.what_now")}}
	if about == "" {
		about = v.t("admins.somebody_new")
	}
	if by == "" {
		by = v.t("admins.machine")
	}
	l.Facts = []fact{{v.t("admins.who"), about}, {v.t("erased_told.by"), by}, {v.t("factors.when"), i18n.DateTime(to.Language, f.At.Time)}}
	if f.What == people.AdminLinkMade || f.What == people.AdminLinkUsed {
		l.Body[1] = v.t("admins.what_now_machine")
	}
	return l
}
