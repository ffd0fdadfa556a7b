package letters

import (
	"context"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
)

// SignInDown tells an administrator that an agency's own sign-in, its people's only
// way in, lets nobody in. It handles the jobs of the kind people.SignInDown. About
// one that works again, or is no longer in use or the only way, nothing is said.
func (o Office) SignInDown(ctx context.Context, j outbox.Job) error {
	f, err := read[people.SignInDownFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	to, err := people.PersonByID(rx, f.Person)
	if err != nil {
		return final(err)
	}
	p, err := people.ProviderByID(rx, f.Provider)
	if problem.KindOf(err) == problem.NotFound {
		return nil // given up meanwhile
	}
	t, broken := p.Trouble()
	if err != nil || !broken || !p.Enabled || !p.OnlyWay {
		return err
	}
	return o.post(ctx, "sign-in-down-"+j.Key, to, o.signInDown(to, p, t, f))
}

func (o Office) signInDown(to people.Person, p people.Provider, t people.Trouble, f people.SignInDownFact) letter {
	v := o.voice(to.Language)
	return letter{Lang: to.Language, Subject: v.t("sign_in_down.subject"), Title: v.t("sign_in_down.title", "Name", to.Name),
		Lead: v.t("sign_in_down.lead"), Topic: p.Name.In(to.Language),
		Facts: []fact{{v.t("role_given.agency"), p.Organisation.Name.In(to.Language)}, {v.t("sign_in_down.since"), i18n.DateTime(to.Language, f.Since.Time)},
			{v.t("sign_in_down.why"), v.words.T(to.Language, "sso.fault."+t.Fault, "Said", t.Said)}},
		Action: link{v.t("sign_in_down.open"), o.address(to.Language, "/admin/sign-in/"+p.Key)},
		Body:   []string{v.t("sign_in_down.still"), v.t("sign_in_down.do"), v.t("sign_in_down.once")}}
}
