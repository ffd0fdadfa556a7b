package letters

import (
	"context"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
)

// Withdrawn tells a holder that their certificate was withdrawn. It handles the
// jobs of the kind certificates.Withdrawn. The reason is not in it: it is told
// by whoever withdrew it, and a letter may be read by others.
func (o Office) Withdrawn(ctx context.Context, j outbox.Job) error {
	return o.handled(ctx, j, "withdrawn")
}

// Corrected tells a holder that their certificate was issued anew. It handles
// the jobs of the kind certificates.Corrected; about one that was itself
// replaced or withdrawn meanwhile nothing is said.
func (o Office) Corrected(ctx context.Context, j outbox.Job) error {
	return o.handled(ctx, j, "corrected")
}

func (o Office) handled(ctx context.Context, j outbox.Job, what string) error {
	f, err := read[certificates.Fact](j)
	if err != nil {
		return err
	}
	person, c, err := o.held(ctx, f.Person, f.Certificate)
	if err != nil {
		return err
	}
	if what == "corrected" && (c.Revoked || c.Superseded) {
		return nil
	}
	return o.post(ctx, what+"-"+j.Key, person, o.handledLetter(person, c, what))
}

func (o Office) handledLetter(p people.Person, c certificates.Certificate, what string) letter {
	v := o.voice(p.Language)
	l := letter{Lang: p.Language, Topic: c.Course.Title.In(p.Language),
		Facts: []fact{{v.t("completed.completed"), i18n.Date(p.Language, c.Completed.Time)}, {v.t("completed.issued_by"), c.Board.Name.In(p.Language)},
			{v.t("completed.number"), c.Number()}},
		Action: link{v.t("handled.open"), o.address(p.Language, "/certificates")}}
	if what == "withdrawn" {
		l.Subject, l.Title, l.Lead = v.t("withdrawn.subject"), v.t("withdrawn.title", "Name", p.Name), v.t("withdrawn.done")
		l.Body = []string{v.t("withdrawn.what_now")}
		return l
	}
	l.Subject, l.Title, l.Lead = v.t("corrected.subject"), v.t("corrected.title", "Name", p.Name), v.t("corrected.done")
	l.Facts = append(l.Facts, fact{v.t("corrected.name"), c.HolderName})
	l.Body = []string{v.t("corrected.what_now")}
	return l
}
