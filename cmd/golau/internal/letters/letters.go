// Package letters words the letters that Golau sends and hands them to the post.
// Each is written in its reader's language, as text and as HTML that say the
// same.
//
// It does not know when a letter is due or how it travels: a job of the outbox
// asks for it, and a mail.Sender takes it.
package letters

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golau/course"
	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Office writes and posts letters. Base is the site's own address, for links.
type Office struct {
	DB *store.DB
	// People knows what a letter carries that opens a door.
	People *people.Directory
	// School knows what a reminder is of.
	School *course.School
	Words  *i18n.Catalogue
	Mail   mail.Sender
	Base   string
	Demo   bool // say in every letter that its reader is fictional
}

// letter is what both parts say, in this order.
type letter struct {
	Lang    i18n.Lang
	Subject string
	Title   string
	Lead    string
	Topic   string // stands out
	Code    string // is read off and typed
	Facts   []fact
	Action  link
	Body    []string
	Warning string
	Foot    []string
	Change  link
}

// fact is a line like "Completed: 21 November 2026".
type fact struct{ Name, Value string }

type link struct{ Label, Address string }

// voice says message keys in one language.
type voice struct {
	words *i18n.Catalogue
	lang  i18n.Lang
}

func (v voice) t(key string, args ...any) string { return v.words.T(v.lang, "letters."+key, args...) }

func (o Office) voice(l i18n.Lang) voice { return voice{o.Words, l} }

// address is a page of the site in the reader's language.
func (o Office) address(l i18n.Lang, path string) string {
	return strings.TrimSuffix(o.Base, "/") + "/" + string(l) + path
}

// read returns what a job tells. One that cannot be read is refused for good.
func read[T any](j outbox.Job) (T, error) {
	var fact T
	if err := j.Into(&fact); err != nil {
		return fact, outbox.Refuse(fmt.Errorf("letters: job %d: %w", j.ID, err))
	}
	return fact, nil
}

// final tells what will never exist from what cannot be read just now.
func final(err error) error {
	if problem.KindOf(err) == problem.NotFound {
		return outbox.Refuse(err)
	}
	return err
}

// post words, wraps and sends a letter. One that the mail server refuses for
// good, or whose address it refuses, is not sent again by itself: it would say
// so twenty times.
func (o Office) post(ctx context.Context, id string, to people.Person, l letter) error {
	m, err := o.message(id, to, l)
	if err != nil {
		return outbox.Refuse(err)
	}
	err = o.Mail.Send(ctx, m)
	answer := mail.AnswerOf(o.Mail, err)
	outbox.Answered(ctx, string(answer))
	switch answer {
	case mail.ToRefused, mail.LetterRefused:
		return outbox.Refuse(err)
	}
	return err
}

// message puts a letter into its envelope. id must be the same whenever the same
// letter is sent again.
func (o Office) message(id string, to people.Person, l letter) (mail.Message, error) {
	if to.Email == "" { // who was erased meanwhile gets no letter
		return mail.Message{}, errors.New("letters: people.not_found")
	}
	o.frame(&l, to)
	html, err := l.html()
	if err != nil {
		return mail.Message{}, err
	}
	return mail.Message{ID: id, To: to.Email, ToName: to.Name, Subject: l.Subject, Language: string(l.Lang),
		Text: l.text(), HTML: html}, nil
}

// frame adds what stands above and below every letter.
func (o Office) frame(l *letter, to people.Person) {
	v := o.voice(l.Lang)
	if o.Demo {
		l.Warning = v.t("completed.demonstration")
	}
	l.Foot = []string{v.t("foot.no_reports"), v.t("foot.automatic")}
	if to.ID != "" { // who has no account has no language to change
		l.Change = link{v.t("foot.language"), o.address(l.Lang, "/account")}
	}
}
