package people

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// Purpose is what somebody wants who asks for a letter instead of showing a
// password.
type Purpose string

// The purposes.
const (
	ToSignIn Purpose = "sign-in"
	ToReset  Purpose = "reset" // choose a new password
	ToJoin   Purpose = "join"  // come in by oneself
)

// Outcome is what the letter tells; the page tells none of them apart.
type Outcome string

// The outcomes.
const (
	HasCode    Outcome = "code"     // here is your code
	IsNewcomer Outcome = "newcomer" // the same, for somebody whose agency owns the address
	HasAccount Outcome = "account"  // you need not join: sign in
	IsStranger Outcome = "stranger" // nobody knows this address: ask for an invitation
	isHeld     Outcome = "held"     // no letter: too many went to strangers
)

// CodeAsked is the job of the letter.
const CodeAsked = "people.code_asked"

// CodeFact names the row that the letter speaks of.
type CodeFact struct{ Code string }

// Lives of what a letter carries.
const (
	codeLife  = 10 * time.Minute
	proofLife = 30 * time.Minute // to fill in the form behind it
	codeKept  = 24 * time.Hour
	codesADay = 30
	codesSoon = 3 // in codeLife
)

// AskCode has a letter sent to the address and returns the nonce that binds its
// code to the browser that asked.
//
// Known, unknown and unlisted addresses take the same way: the same statements,
// a row and a job each. Only the letter tells them apart. An address that cannot
// be one is problem.Invalid, one that has had enough letters problem.TooMany,
// whoever it belongs to, and so is a source that asked for too many that nobody
// used. The zero source is one that is not known.
func (d *Directory) AskCode(ctx context.Context, from netip.Addr, p Purpose, email string, lang i18n.Lang) (nonce string, err error) {
	email = strings.TrimSpace(email)
	key, err := CleanEmail(email)
	if err != nil {
		return "", err
	}
	ask, err := d.sources.ask(from, d.db.Now())
	if err != nil {
		return "", err
	}
	var id string
	var outcome Outcome
	err = d.db.Write(ctx, web(""), func(_ context.Context, tx store.Tx) error {
		c := codeRow{ID: tx.NewID(), Purpose: p, Email: email, EmailKey: key, Account: accountKey(key), Language: lang}
		if err := mayAsk(tx, c.Account); err != nil {
			return err
		}
		id = c.ID
		if c.PersonID, c.Outcome, err = d.outcomeOf(tx.Rx, p, key); err != nil {
			return err
		}
		outcome = c.Outcome
		if nonce, c.NonceHash, err = newToken(tx); err != nil {
			return err
		}
		c.CodeHash, c.LinkHash = d.hashCode(c.ID, d.codeOf(c.ID)), hashToken(d.linkOf("link", c.ID))
		if err := insertCode(tx, c); err != nil {
			return err
		}
		subject := "account:unknown"
		if c.PersonID != "" {
			subject = "person:" + c.PersonID
		}
		err := audit.Record(tx, "people.code_asked", subject, map[string]any{"account": c.Account, "purpose": p, "outcome": c.Outcome})
		if err != nil {
			return err
		}
		return outbox.Put(tx, CodeAsked, c.ID, CodeFact{c.ID})
	})
	if err != nil {
		d.sources.undo(ask)
		return "", err
	}
	d.sources.sent(ask, id)
	if outcome == isHeld {
		d.o.Log.Warn("letters to strangers are held back for now", "purpose", p, "an_hour", d.o.StrangerLetters)
	}
	return nonce, nil
}

// mayAsk returns problem.TooMany when the address has had its letters: nobody
// can fill another's mailbox. What is too old is forgotten a little at a time.
func mayAsk(tx store.Tx, account string) error {
	err := tx.Exec(`DELETE FROM people_codes WHERE id IN (
		SELECT id FROM people_codes WHERE created_at <= ? ORDER BY created_at LIMIT 20)`, store.At(tx.Now.Add(-codeKept))).Error
	if err != nil {
		return err
	}
	var wait time.Duration
	for _, l := range []struct {
		n  int
		in time.Duration
	}{{codesSoon, codeLife}, {codesADay, codeKept}} {
		var row struct{ CreatedAt store.Time }
		err := tx.Raw(`SELECT created_at FROM people_codes WHERE account = ? AND created_at > ?
			ORDER BY created_at DESC LIMIT 1 OFFSET ?`, account, store.At(tx.Now.Add(-l.in)), l.n-1).Scan(&row).Error
		if err != nil {
			return err
		}
		if !row.CreatedAt.IsZero() {
			wait = max(wait, row.CreatedAt.Add(l.in).Sub(tx.Now.Time))
		}
	}
	if wait > 0 {
		return problem.New(problem.TooMany, "people.code.throttled").After(wait)
	}
	return nil
}

// outcomeOf decides what the letter says. It asks the same of every address.
func (d *Directory) outcomeOf(rx store.Rx, p Purpose, key string) (person string, o Outcome, err error) {
	_, domain, _ := strings.Cut(key, "@")
	var listed int
	hour := store.At(rx.Now().Add(-time.Hour))
	var strangers, newcomers int
	for _, q := range []struct {
		to   any
		text string
		args []any
	}{
		{&person, "SELECT id FROM people_persons WHERE email_key = ?", []any{key}},
		{&listed, `SELECT count(*) FROM people_email_domains e
			JOIN people_organisation_boards b ON b.organisation_id = e.organisation_id AND b.unlinked_at IS NULL
			JOIN people_organisations o ON o.id = e.organisation_id AND o.retired_at IS NULL WHERE e.domain = ?`, []any{domain}},
		{&strangers, "SELECT count(*) FROM (SELECT 1 FROM people_codes WHERE outcome = ? AND created_at > ? LIMIT ?)",
			[]any{IsStranger, hour, d.o.StrangerLetters}},
		{&newcomers, "SELECT count(*) FROM (SELECT 1 FROM people_codes WHERE outcome = ? AND created_at > ? LIMIT ?)",
			[]any{IsNewcomer, hour, d.o.NewcomerLetters}},
	} {
		if err := rx.Raw(q.text, q.args...).Scan(q.to).Error; err != nil {
			return "", "", err
		}
	}
	switch {
	case person != "" && p == ToJoin:
		return person, HasAccount, nil
	case person != "":
		return person, HasCode, nil
	case p == ToJoin && listed > 0 && newcomers < d.o.NewcomerLetters:
		return "", IsNewcomer, nil
	case (p != ToJoin || listed == 0) && strangers < d.o.StrangerLetters:
		return "", IsStranger, nil
	}
	return "", isHeld, nil
}

// CodeLetter is what the letter says.
type CodeLetter struct {
	Purpose     Purpose
	Outcome     Outcome
	Email, Name string // Name is "" for somebody who has no account
	Language    i18n.Lang
	Code, Link  string // what opens the door; "" where the letter opens none
	Expires     store.Time
}

// CodeLetter returns what a letter says; ok is false when it has nothing to say,
// any more or at all.
func (d *Directory) CodeLetter(ctx context.Context, id string) (l CodeLetter, ok bool, err error) {
	rx := d.db.Read(ctx)
	c, err := codeBy(rx, "id", id)
	if err != nil || c.ID == "" || c.Outcome == isHeld || c.over(rx.Now()) || !c.ProvenAt.IsZero() {
		return l, false, err
	}
	l = CodeLetter{Purpose: c.Purpose, Outcome: c.Outcome, Email: c.Email, Language: c.Language, Expires: c.ExpiresAt}
	if c.PersonID != "" {
		p, err := PersonByID(rx, c.PersonID)
		if err != nil {
			return l, false, err
		}
		// To the address that is theirs, not to the way it was typed.
		l.Name, l.Email, l.Language = p.Name, p.Email, p.Language
	}
	if c.opens() {
		l.Code, l.Link = d.codeOf(c.ID), d.linkOf("link", c.ID)
	}
	return l, true, nil
}
