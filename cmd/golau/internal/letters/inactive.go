package letters

import (
	"context"

	"golau/internal/outbox"
	"golau/internal/people"
)

// InactiveWarned tells somebody who has not come for long that they will be
// erased unless they do. It handles the jobs of the kind people.InactiveWarned.
// Whoever came meanwhile gets no letter. It names no day: their time counts from
// the day on which this letter really went.
func (o Office) InactiveWarned(ctx context.Context, j outbox.Job) error {
	f, err := read[people.WarnedFact](j)
	if err != nil {
		return err
	}
	if wanted, err := people.WarningGoes(ctx, o.DB, f.Person); err != nil || !wanted {
		return err
	}
	p, err := people.PersonByID(o.DB.Read(ctx), f.Person)
	if err != nil {
		return final(err)
	}
	return o.post(ctx, "inactive-"+j.Key, p, o.inactiveWarned(p))
}

func (o Office) inactiveWarned(p people.Person) letter {
	v := o.voice(p.Language)
	return letter{Lang: p.Language, Subject: v.t("inactive.subject"), Title: v.t("inactive.title", "Name", p.Name),
		Lead: v.t("inactive.lead", "Days", people.Notice), Action: link{v.t("inactive.open"), o.address(p.Language, "/sign-in")},
		Body: []string{v.t("inactive.goes"), v.t("inactive.stays"), v.t("inactive.cannot")}}
}
