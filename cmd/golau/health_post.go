package main

import (
	"slices"

	"golau/internal/mail"
	"golau/internal/outbox"
	settings "golau/internal/site"
	"golau/internal/steward"
	"golau/internal/store"
)

// posted is one time that the post was asked to take a letter.
type posted struct {
	outbox.Answer
	test bool // somebody tried the post; else it was a letter to somebody
}

// answers are the words that tell of the post as it is set now: its yes, and why
// not. What a server said tells nothing of a folder, nor the other way about. That
// one address or one letter was refused tells nothing of the server: it is there,
// and lets us in.
func (p *program) answers() (yes mail.Fault, words []string) {
	if p.folder != "" {
		return mail.Written, []string{string(mail.Written), string(mail.NoFolder)}
	}
	words = []string{string(mail.Taken)}
	for _, f := range mail.Faults {
		if f != mail.NoFolder && f != mail.ToRefused && f != mail.LetterRefused {
			words = append(words, string(f))
		}
	}
	return mail.Taken, words
}

// lastPosted returns the newest answer of the post, whoever asked, and when it
// last took a letter.
func (p *program) lastPosted(rx store.Rx) (newest posted, taken store.Time, err error) {
	yes, words := p.answers()
	letter, err := outbox.LastAnswer(rx, words...)
	if err != nil {
		return newest, taken, err
	}
	last, err := outbox.LastAnswer(rx, string(yes))
	if err != nil {
		return newest, taken, err
	}
	try, err := settings.LastTry(rx)
	if err != nil {
		return newest, taken, err
	}
	newest, taken = posted{Answer: letter}, last.At
	if newest.Word == string(yes) {
		newest.Word = string(mail.Taken)
	}
	if ofFolder := try.Written || try.Fault == string(mail.NoFolder); !try.Tried() || ofFolder != (p.folder != "") {
		return newest, taken, nil
	}
	if !try.At.Before(letter.At.Time) {
		newest = posted{outbox.Answer{At: try.At, Word: try.Fault}, true}
	}
	if try.Went() && try.At.After(taken.Time) {
		taken = try.At
	}
	return newest, taken, nil
}

// postCheck says how the post stands by the newest of all that it was asked to
// take, why it took nothing, since when, and what works all the same.
func (p *program) postCheck(rx store.Rx) (steward.Check, error) {
	newest, taken, err := p.lastPosted(rx)
	if err != nil {
		return steward.Check{}, err
	}
	asked, fault := !newest.At.IsZero(), mail.Fault(newest.Word)
	c := steward.Check{Name: "mail", At: newest.At, Text: p.folder, Path: "/admin/mail"}.As(
		steward.State{Name: "later", Holds: asked && fault == mail.Later},
		steward.State{Name: "refused", Holds: asked && fault != mail.Taken, Bad: true},
		steward.State{Name: "folder", Holds: p.folder != "" && !p.demo},
		steward.State{Name: "never", Holds: p.folder == "" && !asked})
	if p.inClear {
		c = c.Say("admin.mail.in_clear", newest.At, "")
	}
	if p.demo && p.folder != "" && c.Good() {
		c.Name = "mail_demo"
		return c, nil
	}
	if !asked || c.State == "folder" {
		return c, nil
	}
	by := "admin.health.mail.by_letter"
	if newest.test {
		by = "admin.health.mail.by_test"
	}
	c = c.Say(by, newest.At, "")
	if c.Good() {
		return c, nil
	}
	if !slices.Contains(mail.Faults, fault) {
		fault = mail.Other
	}
	c = c.Say("admin.mail.fault."+string(fault), newest.At, "")
	switch fault {
	case mail.ToRefused, mail.LetterRefused, mail.Other: // what the server said stands in the mail test
	default:
		c.Do = "admin.mail.mend." + string(fault)
	}
	if taken.IsZero() {
		c = c.Say("admin.health.mail.none_taken", taken, "")
	} else {
		c = c.Say("admin.health.mail.taken", taken, "")
	}
	return c.Say("admin.mail.still", taken, ""), nil
}
