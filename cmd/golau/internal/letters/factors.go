package letters

import (
	"context"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
)

// FactorsChanged tells somebody that how they sign in has changed,
// so that they notice what they did not do. It handles the jobs of the kind
// people.FactorsChanged.
func (o Office) FactorsChanged(ctx context.Context, j outbox.Job) error {
	f, err := read[people.FactorsFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	person, err := people.PersonByID(rx, f.Person)
	if err != nil {
		return final(err)
	}
	by, err := nameOf(rx, f.By)
	if err != nil {
		return err
	}
	l := o.factors(person, by, f)
	if f.What == "closed" {
		has, err := o.People.FactorsOf(rx, f.Person)
		if err != nil {
			return err
		}
		if !has.Password { // there is none to change
			l.Body[1] = o.voice(person.Language).t("factors.not_yours_codes")
		}
	}
	return o.post(ctx, "factors-"+j.Key, person, l)
}

func (o Office) factors(p people.Person, by string, f people.FactorsFact) letter {
	v := o.voice(p.Language)
	to := "/account/security"
	if f.What == "connected" || f.What == "disconnected" {
		to = "/account/connections"
	}
	if f.What == people.TokenMade || f.What == people.TokenTaken {
		to = "/account/systems"
	}
	page := o.address(p.Language, to)
	l := letter{
		Lang:    p.Language,
		Subject: v.t("factors.subject"),
		Title:   v.t("factors.title", "Name", p.Name),
		Lead:    v.t("factors.lead"),
		Topic:   v.words.T(p.Language, "letters.factors."+f.What),
		Facts:   []fact{{v.t("factors.when"), i18n.DateTime(p.Language, f.At.Time)}},
		Action:  link{v.t("factors.open"), page},
		Body:    []string{v.t("factors.yours"), v.t("factors.not_yours"), v.t("factors.sign_in", "Address", page)},
	}
	if by != "" {
		l.Facts = append([]fact{{v.t("erased_told.by"), by}}, l.Facts...)
		l.Body[1] = v.t("factors.not_asked")
	}
	if f.What == people.TokenMade { // how they sign in has not changed
		l.Subject, l.Title, l.Lead = v.t("factors.token_subject"), v.t("factors.token_title", "Name", p.Name), v.t("factors.lead")
		l.Action.Label, l.Body[1] = v.t("factors.token_open"), v.t("factors.token_not_yours")
	}
	if f.What == people.TokenTaken { // nothing they did, and nothing that opens the account
		l.Subject, l.Title = v.t("factors.revoked_subject"), v.t("factors.revoked_title", "Name", p.Name)
		l.Action.Label, l.Body = v.t("factors.token_open"), []string{v.t("factors.revoked_again"), v.t("factors.sign_in", "Address", page)}
	}
	if f.What == "closed" { // nothing has changed; something goes on
		l.Subject, l.Title, l.Lead = v.t("factors.closed_subject"), v.t("factors.closed_title", "Name", p.Name), v.t("factors.closed_lead")
		l.Body[0] = v.t("factors.closed_yours")
	}
	return l
}
