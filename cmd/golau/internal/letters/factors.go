package letters

import (
	"context"
	"fmt"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
)

// FactorsChanged tells somebody that a second factor of theirs is new or gone,
// so that they notice what they did not do. It handles the jobs of the kind
// people.FactorsChanged.
func (o Office) FactorsChanged(ctx context.Context, j outbox.Job) error {
	var f people.FactorsFact
	if err := j.Into(&f); err != nil {
		return outbox.Refuse(fmt.Errorf("letters: job %d: %w", j.ID, err))
	}
	person, err := people.PersonByID(o.DB.Read(ctx), f.Person)
	if err != nil {
		return final(err)
	}
	m, err := o.message("factors-"+j.Key, person, o.factors(person, f))
	if err != nil {
		return outbox.Refuse(err)
	}
	return o.Mail.Send(ctx, m)
}

func (o Office) factors(p people.Person, f people.FactorsFact) letter {
	v := o.voice(p.Language)
	page := o.address(p.Language, "/account/security")
	return letter{
		Lang:    p.Language,
		Subject: v.t("factors.subject"),
		Title:   v.t("factors.title", "Name", p.Name),
		Lead:    v.t("factors.lead"),
		Topic:   v.words.T(p.Language, "letters.factors."+f.What),
		Facts:   []fact{{v.t("factors.when"), i18n.DateTime(p.Language, f.At.Time)}},
		Action:  link{v.t("factors.open"), page},
		Body:    []string{v.t("factors.yours"), v.t("factors.not_yours"), v.t("factors.sign_in", "Address", page)},
	}
}
