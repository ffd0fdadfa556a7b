package letters

import (
	"context"

	"golau/certificates"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
)

// Completed tells a learner that their certificate is ready. It handles the jobs
// of the kind course.Completed.
//
// The letter leads to the certificate's page, so it need not wait for the
// signature. A person or certificate that does not exist is refused for good;
// about one that was withdrawn or replaced meanwhile nothing is said.
func (o Office) Completed(ctx context.Context, j outbox.Job) error {
	f, err := read[course.CompletedFact](j)
	if err != nil {
		return err
	}
	person, c, err := o.held(ctx, f.Person, f.Certificate)
	if err != nil {
		return err
	}
	if c.Revoked || c.Superseded {
		return nil
	}
	return o.post(ctx, "completed-"+j.Key, person, o.completed(person, c))
}

// held is a holder with their certificate. One that does not exist is refused
// for good.
func (o Office) held(ctx context.Context, holder, id string) (people.Person, certificates.Certificate, error) {
	rx := o.DB.Read(ctx)
	person, err := people.PersonByID(rx, holder)
	if err != nil {
		return person, certificates.Certificate{}, final(err)
	}
	c, err := certificates.ByID(rx, holder, id)
	return person, c, final(err)
}

func (o Office) completed(p people.Person, c certificates.Certificate) letter {
	v := o.voice(p.Language)
	page := o.address(p.Language, "/certificates/"+c.ID)
	l := letter{
		Lang:    p.Language,
		Subject: v.t("completed.subject"),
		Title:   v.t("completed.title", "Name", p.Name),
		Lead:    v.t("completed.done"),
		Topic:   c.Course.Title.In(p.Language),
		Facts:   []fact{{v.t("completed.completed"), i18n.Date(p.Language, c.Completed.Time)}},
		Action:  link{v.t("completed.open"), page},
		Body:    []string{v.t("completed.check"), v.t("completed.sign_in", "Address", page)},
	}
	if !c.ValidUntil.IsZero() {
		l.Facts = append(l.Facts, fact{v.t("completed.valid_until"), i18n.Date(p.Language, c.ValidUntil.Time)})
	}
	l.Facts = append(l.Facts, fact{v.t("completed.issued_by"), c.Board.Name.In(p.Language)},
		fact{v.t("completed.number"), c.Number()})
	return l
}
