package letters

import (
	"context"
	"encoding/json"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
)

// EmailChanged says that somebody's address was corrected, to the one address or
// the other. It handles the jobs of the kind people.EmailChanged. The letter to
// the old address names neither the person nor the new address: it may be
// somebody else's.
func (o Office) EmailChanged(ctx context.Context, j outbox.Job) error {
	f, err := read[people.EmailFact](j)
	if err != nil {
		return err
	}
	rx := o.DB.Read(ctx)
	person, err := people.PersonByID(rx, f.Whose)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return nil // who was erased meanwhile gets no letter
	}
	if err != nil {
		return err
	}
	v := o.voice(person.Language)
	l := letter{Lang: person.Language, Subject: v.t("email.subject"), Title: v.t("email.title", "Name", person.Name), Lead: v.t("email.lead"),
		Action: link{v.t("email.open"), o.address(person.Language, "/sign-in")}, Body: []string{v.t("email.out"), v.t("email.wrong")}}
	lines, err := audit.Page(rx, audit.Filter{Subject: "person:" + f.Whose, Verb: people.EmailChanged}, f.Line+1, 1)
	if err != nil {
		return err
	}
	var told struct{ Before string }
	if len(lines) == 0 || lines[0].ID != f.Line || json.Unmarshal([]byte(lines[0].Detail), &told) != nil {
		return nil // who was erased meanwhile gets no letter
	}
	l.Facts = []fact{{v.t("email.when"), i18n.DateTime(person.Language, lines[0].At.Time)}}
	if f.Old {
		person = people.Person{Email: told.Before, Language: person.Language}
		l.Title, l.Lead, l.Body = v.t("email.old_title"), v.t("email.old_lead"), []string{v.t("email.wrong")}
		l.Action = link{v.t("email.contact"), o.address(person.Language, "/contact")}
	}
	return o.post(ctx, "email-"+j.Key, person, l)
}
