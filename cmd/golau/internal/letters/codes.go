package letters

import (
	"context"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// Code sends what somebody asked for who cannot show a password: a code and a
// link, or, to an address that opens nothing, what is right for it. It handles
// the jobs of the kind people.CodeAsked. What has grown old meanwhile is not
// sent.
func (o Office) Code(ctx context.Context, j outbox.Job) error {
	f, err := read[people.CodeFact](j)
	if err != nil {
		return err
	}
	c, ok, err := o.People.CodeLetter(ctx, f.Code)
	if err != nil || !ok {
		return err
	}
	return o.post(ctx, "code-"+j.Key, people.Person{Email: c.Email, Name: c.Name, Language: c.Language}, o.code(c))
}

// doors is where the link of each purpose leads; the page behind it asks for a
// deliberate act, since mail programs open links by themselves.
var doors = map[people.Purpose]string{
	people.ToSignIn: "/sign-in/link/",
	people.ToReset:  "/password/link/",
	people.ToJoin:   "/join/link/",
}

// wordsOf is the part of a message key that names a purpose.
var wordsOf = map[people.Purpose]string{people.ToSignIn: "sign_in", people.ToReset: "reset", people.ToJoin: "join"}

func (o Office) code(c people.CodeLetter) letter {
	v := o.voice(c.Language)
	l := letter{Lang: c.Language, Subject: v.t("code.subject")}
	switch c.Outcome {
	case people.HasAccount:
		l.Title, l.Lead = v.t("code.account_title"), v.t("code.account", "Email", c.Email)
		l.Action = link{v.t("code.account_open"), o.address(c.Language, "/sign-in")}
		l.Body = []string{v.t("code.not_you")}
	case people.IsStranger:
		l.Title, l.Lead = v.t("code.stranger_title"), v.t("code.stranger", "Email", c.Email)
		l.Body = []string{v.t("code.stranger_other"), v.t("code.stranger_invitation"), v.t("code.not_you")}
	default:
		key := "code." + wordsOf[c.Purpose]
		l.Title, l.Lead = v.t(key+"_title"), v.t(key)
		l.Code = c.Code[:3] + " " + c.Code[3:]
		l.Facts = []fact{{v.t("code.until"), i18n.Clock(c.Language, c.Expires.Time)}}
		l.Action = link{v.t(key + "_open"), o.address(c.Language, doors[c.Purpose]+c.Link)}
		l.Body = []string{v.t("code.link"), v.t("code.secret"), v.t("code.not_you")}
	}
	return l
}

// PasswordChanged tells a person that their password is another one now. It
// handles the jobs of the kind people.PasswordChanged.
func (o Office) PasswordChanged(ctx context.Context, j outbox.Job) error {
	f, err := read[people.PasswordFact](j)
	if err != nil {
		return err
	}
	p, err := people.PersonByID(o.DB.Read(ctx), f.Person)
	if err != nil {
		return final(err)
	}
	return o.post(ctx, "password-"+j.Key, p, o.passwordChanged(p, f.At))
}

func (o Office) passwordChanged(p people.Person, at store.Time) letter {
	v := o.voice(p.Language)
	return letter{Lang: p.Language, Subject: v.t("password.subject"), Title: v.t("password.title", "Name", p.Name),
		Lead: v.t("password.done"), Facts: []fact{{v.t("password.at"), i18n.DateTime(p.Language, at.Time)}},
		Action: link{v.t("password.open"), o.address(p.Language, "/password")}, Body: []string{v.t("password.not_you")}}
}
