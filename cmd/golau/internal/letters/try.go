package letters

import (
	"context"
	"time"

	"golau/internal/mail"
	"golau/internal/people"
	"golau/internal/site"
)

// tryFor is how long the post may take to say yes or no, while somebody waits.
const tryFor = 20 * time.Second

// Tried is what came of trying the post.
type Tried struct {
	Fault mail.Fault // mail.Taken when it went
	Said  string     // the sender's own words
}

// Try sends the viewer a letter and says what the post answered. The letter is
// sent first and noted then: a Write must not wait for a mail server. Only an
// administrator may try: the others are Forbidden.
func (o Office) Try(ctx context.Context, who people.Viewer) (Tried, error) {
	if err := site.MayTry(who); err != nil {
		return Tried{}, err
	}
	v := o.voice(who.Language)
	m, err := o.message("try-"+who.Person+"-"+o.DB.Now().UTC().Format("20060102T150405"),
		people.Person{Email: who.Email, Name: who.Name, Language: who.Language}, letter{
			Lang:    who.Language,
			Subject: v.t("try.subject"),
			Title:   v.t("try.title"),
			Lead:    v.t("try.lead"),
			Action:  link{v.t("try.open"), o.address(who.Language, "/admin/mail")},
		})
	if err != nil {
		return Tried{}, err
	}
	waiting, cancel := context.WithTimeout(ctx, tryFor)
	defer cancel()
	err = o.Mail.Send(waiting, m)
	t := Tried{mail.FaultOf(err), mail.Said(err)}
	return t, site.Tried(ctx, o.DB, who, string(t.Fault), mail.AnswerOf(o.Mail, err) == mail.Written)
}
