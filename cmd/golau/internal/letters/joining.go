package letters

import (
	"context"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
)

// Invited carries an invitation. It handles the jobs of the kind people.Invited;
// an invitation that is over is not sent.
func (o Office) Invited(ctx context.Context, j outbox.Job) error {
	f, err := read[people.InvitedFact](j)
	if err != nil {
		return err
	}
	i, ok, err := o.People.InvitationLetter(ctx, f.Invitation)
	if err != nil {
		return final(err)
	}
	if !ok {
		return nil
	}
	return o.post(ctx, "invited-"+j.Key, people.Person{Email: i.Email, Name: i.Name, Language: i.Language}, o.invited(i))
}

func (o Office) invited(i people.InvitationLetter) letter {
	v := o.voice(i.Language)
	words := o.Words
	return letter{Lang: i.Language, Subject: v.t("invited.subject"), Title: v.t("invited.title", "Name", i.Name),
		Lead: v.t("invited.lead", "Inviter", i.Inviter), Topic: i.Place.Organisation.Name.In(i.Language),
		Facts: []fact{
			{v.t("invited.board"), i.Place.Board.Name.In(i.Language)},
			{v.t("invited.role"), words.T(i.Language, "people.role."+string(i.Role))},
			{v.t("invited.until"), i18n.Date(i.Language, i.Expires.Time)},
		},
		Action: link{v.t("invited.open"), o.address(i.Language, "/invitation/"+i.Link)},
		Body:   []string{v.t("invited.what"), v.t("invited.not_you")}}
}

// Joined tells a lead that somebody waits for their word. It handles the jobs of
// the kind people.Joined; who no longer waits is not announced.
func (o Office) Joined(ctx context.Context, j outbox.Job) error {
	f, err := read[people.JoinedFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	m, err := people.MembershipByID(rx, f.Membership)
	if err != nil {
		return final(err)
	}
	lead, err := people.PersonByID(rx, f.Lead)
	if err != nil {
		return final(err)
	}
	if !m.Unconfirmed || !m.Ended.IsZero() || lead.Suspended() {
		return nil
	}
	return o.post(ctx, "joined-"+j.Key, lead, o.joined(lead, m))
}

// joined names nobody: what a letter says can be read on the way.
func (o Office) joined(lead people.Person, m people.Membership) letter {
	v := o.voice(lead.Language)
	return letter{Lang: lead.Language, Subject: v.t("joined.subject"), Title: v.t("joined.title", "Name", lead.Name),
		Lead: v.t("joined.lead"), Topic: m.Organisation.Name.In(lead.Language),
		Action: link{v.t("joined.open"), o.address(lead.Language, "/lead/joining")}, Body: []string{v.t("joined.why")}}
}

// Declined tells somebody that the agency they named does not know them. It
// handles the jobs of the kind people.Declined.
func (o Office) Declined(ctx context.Context, j outbox.Job) error {
	f, err := read[people.DeclinedFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	m, err := people.MembershipByID(rx, f.Membership)
	if err != nil {
		return final(err)
	}
	p, err := people.PersonByID(rx, m.PersonID)
	if err != nil {
		return final(err)
	}
	return o.post(ctx, "declined-"+j.Key, p, o.declined(p, m))
}

func (o Office) declined(p people.Person, m people.Membership) letter {
	v := o.voice(p.Language)
	return letter{Lang: p.Language, Subject: v.t("declined.subject"), Title: v.t("declined.title", "Name", p.Name),
		Lead: v.t("declined.lead"), Topic: m.Organisation.Name.In(p.Language), Body: []string{v.t("declined.next"), v.t("declined.kept")}}
}
