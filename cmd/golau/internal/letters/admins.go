package letters

import (
	"context"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
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
	about, err := nameOf(rx, f.About)
	if err != nil || about == "" && f.About != "" {
		return err
	}
	by, err := nameOf(rx, f.By)
	if err != nil || by == "" && f.By != "" {
		return err
	}
	return o.post(ctx, "admins-"+j.Key, to, o.adminsTold(to, about, by, f))
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
	if f.Person == f.About { // who may not be let in there any more
		l.Action, l.Body[1] = link{v.t("admins.contact"), o.address(to.Language, "/contact")}, v.t("admins.about_you")
	}
	return l
}

// nameOf returns what somebody is called; "" for nobody, and for whoever was
// erased.
func nameOf(rx store.Rx, person string) (string, error) {
	if person == "" {
		return "", nil
	}
	names, err := people.Names(rx, []string{person})
	return names[person], err
}

// RoleGiven tells somebody which role an administrator gave them. It handles the
// jobs of the kind people.RoleGiven; about one that has ended nothing is said.
func (o Office) RoleGiven(ctx context.Context, j outbox.Job) error {
	f, err := read[people.RoleGivenFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	to, err := people.PersonByID(rx, f.Person)
	if err != nil {
		return final(err)
	}
	m, err := people.MembershipByID(rx, f.Membership)
	if err != nil {
		return final(err)
	}
	by, err := nameOf(rx, f.By)
	if err != nil || !m.Ended.IsZero() {
		return err
	}
	return o.post(ctx, "role-"+j.Key, to, o.roleGiven(to, m, by))
}

func (o Office) roleGiven(to people.Person, m people.Membership, by string) letter {
	v := o.voice(to.Language)
	l := letter{Lang: to.Language, Subject: v.t("role_given.subject"), Title: v.t("role_given.title", "Name", to.Name),
		Lead: v.t("role_given.lead"), Topic: v.words.T(to.Language, "people.role."+string(m.Role)),
		Facts: []fact{{v.t("role_given.agency"), m.Organisation.Name.In(to.Language)}, {v.t("invited.board"), m.Board.Name.In(to.Language)},
			{v.t("factors.when"), i18n.DateTime(to.Language, m.Started.Time)}},
		Action: link{v.t("role_given.open"), o.address(to.Language, "/account")},
		Body:   []string{v.t("role_given.sign_in"), v.t("role_given.not_expected")}}
	if by != "" {
		l.Facts = append([]fact{{v.t("erased_told.by"), by}}, l.Facts...)
	}
	return l
}
