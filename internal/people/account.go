package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// SetPassword changes the viewer's password and ends their other sessions.
//
// A wrong old password is Invalid with the field "old" and counts as a guess
// like one at the sign-in page (problem.TooMany beyond the limit); a new one
// that the policy refuses is Invalid with the field "new". A person who has no
// password, as in the demonstration, is problem.Conflict.
func (d *Directory) SetPassword(ctx context.Context, v Viewer, old, password string) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	var c credentials
	if err := d.db.Read(ctx).Raw(selectCredentials+"id = ?", v.Person).Scan(&c).Error; err != nil {
		return store.Explain(err)
	}
	if c.PasswordHash == "" {
		return problem.New(problem.Conflict, "people.password.none")
	}
	old, err := cleanGuess("old", old)
	if err != nil {
		return err
	}
	// Looked at before the old one: a new password that is refused must not use
	// up guesses.
	password, err = checkPassword("new", password, knownOf(c.Name, c.EmailKey, v)...)
	if err != nil {
		return err
	}
	account := accountKey(c.EmailKey)
	right, err := d.tryPassword(ctx, account, c.ID, c.PasswordHash, old)
	if err != nil {
		return err
	}
	if !right {
		return problem.InvalidField("old", "people.password.old_wrong")
	}
	hash, err := d.hash(ctx, password)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		res := tx.Exec("UPDATE people_persons SET password_hash = ? WHERE id = ? AND password_hash = ?",
			hash, c.ID, c.PasswordHash)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != 1 {
			return problem.InvalidField("old", "people.password.old_wrong")
		}
		if err := clearGuesses(tx, account); err != nil {
			return err
		}
		n, err := endSessions(tx, "person_id = ? AND substr(token_hash, 1, 16) <> ?", c.ID, v.Session)
		if err != nil {
			return err
		}
		if err := outbox.Put(tx, PasswordChanged, tx.NewID(), PasswordFact{c.ID, tx.Now}); err != nil {
			return err
		}
		return audit.Record(tx, "people.password_changed", "person:"+c.ID, map[string]any{"ended_sessions": n})
	})
}

// knownOf is what an attacker would know of a person and try as a password.
func knownOf(name, email string, v Viewer) []string {
	known := []string{name, email}
	for _, m := range v.Memberships {
		known = append(known, m.Organisation.Name.EN, m.Organisation.Name.CY, m.Board.Name.EN, m.Board.Name.CY)
	}
	return known
}

// SetLanguage changes the language in which the viewer is written to and shown
// pages. Any other word than the two languages is Invalid.
func (d *Directory) SetLanguage(ctx context.Context, v Viewer, lang i18n.Lang) error {
	if err := v.Require(ManageOwnAccount); err != nil {
		return err
	}
	if _, ok := i18n.ParseLang(string(lang)); !ok {
		return problem.InvalidField("language", "people.language.unknown")
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		res := tx.Exec("UPDATE people_persons SET language = ? WHERE id = ? AND language <> ?", lang, v.Person, lang)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return audit.Record(tx, "people.language_changed", "person:"+v.Person, map[string]any{"language": lang})
	})
}

// Rename changes a person's name. Whether it may change now is the caller's
// question: certificates and graded attempts bear the old one.
//
// A name that CleanName refuses is its problem; no such person is NotFound. The
// name they have already changes nothing and records nothing.
func Rename(tx store.Tx, person, name string) error {
	name, err := CleanName(name)
	if err != nil {
		return err
	}
	p, err := PersonByID(tx.Rx, person)
	if err != nil {
		return err
	}
	if p.Name == name {
		return nil
	}
	if err := tx.Exec("UPDATE people_persons SET name = ? WHERE id = ?", name, person).Error; err != nil {
		return err
	}
	if err := arrange(tx, person); err != nil {
		return err
	}
	return audit.Record(tx, "people.name_changed", "person:"+person, map[string]any{"before": p.Name, "after": name})
}

// Suspend shuts a person out: sessions end now, signing in is refused. What
// they did stays. Suspending twice changes nothing; no such person is NotFound.
func Suspend(tx store.Tx, person string) error { return suspend(tx, person, "") }

func suspend(tx store.Tx, person, reason string) error {
	p, err := PersonByID(tx.Rx, person)
	if err != nil || p.Suspended() {
		return err
	}
	if err := tx.Exec("UPDATE people_persons SET suspended_at = ?, suspended_reason = ? WHERE id = ?", tx.Now, reason, person).Error; err != nil {
		return err
	}
	n, err := endSessions(tx, "person_id = ?", person)
	if err != nil {
		return err
	}
	return audit.Record(tx, "people.suspended", "person:"+person, map[string]any{"ended_sessions": n, "reason": reason})
}
