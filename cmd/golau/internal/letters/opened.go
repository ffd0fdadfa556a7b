package letters

import (
	"context"

	"golau/course"
	"golau/internal/outbox"
	"golau/internal/people"
)

// FinalOpened tells somebody who had done every module that the final assessment
// they waited for has opened. It handles the jobs of the kind course.FinalOpened.
// Whoever has passed it meanwhile, or may not come in, gets no letter.
func (o Office) FinalOpened(ctx context.Context, j outbox.Job) error {
	f, err := read[course.OpenedFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	p, err := people.PersonByID(rx, f.Person)
	if err != nil {
		return final(err)
	}
	done, err := course.HasCompleted(rx, f.Person, f.Course)
	if err != nil || done || p.Suspended() {
		return final(err)
	}
	return o.post(ctx, "opened-"+j.Key, p, o.finalOpened(p))
}

func (o Office) finalOpened(p people.Person) letter {
	v := o.voice(p.Language)
	return letter{Lang: p.Language, Subject: v.t("opened.subject"), Title: v.t("opened.title", "Name", p.Name), Lead: v.t("opened.lead"),
		Action: link{v.t("opened.open"), o.address(p.Language, "/learn")}, Body: []string{v.t("opened.kept")}}
}
