package letters

import (
	"context"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/steward"
)

// ErasedTold tells an administrator that another has erased somebody, so that
// they notice what was not meant. It handles the jobs of the kind
// steward.ErasedTold. Whoever was erased is not in it.
func (o Office) ErasedTold(ctx context.Context, j outbox.Job) error {
	f, err := read[steward.ErasedToldFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	to, err := people.PersonByID(rx, f.To)
	if err != nil {
		return final(err)
	}
	by, err := people.PersonByID(rx, f.By)
	if err != nil {
		return final(err)
	}
	return o.post(ctx, "erased-told-"+j.Key, to, o.erasedTold(to, by.Name, f))
}

func (o Office) erasedTold(to people.Person, by string, f steward.ErasedToldFact) letter {
	v := o.voice(to.Language)
	return letter{
		Lang:    to.Language,
		Subject: v.t("erased_told.subject"),
		Title:   v.t("erased_told.title", "Name", to.Name),
		Lead:    v.t("erased_told.lead"),
		Facts:   []fact{{v.t("erased_told.by"), by}, {v.t("factors.when"), i18n.DateTime(to.Language, f.At.Time)}},
		Action:  link{v.t("erased_told.open"), o.address(to.Language, "/admin/audit?verb=people.erased")},
		Body:    []string{v.t("erased_told.why"), v.t("erased_told.what_now")},
	}
}
