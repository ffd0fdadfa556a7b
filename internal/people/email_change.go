package people

import (
	"context"
	"strings"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// EmailChanged is the job of the two letters about a corrected address: one to
// the address that counts from now on, and one to that which did.
const EmailChanged = "people.email_changed"

// EmailFact names whose address was corrected, and the line of the record that
// holds the old one: the outbox itself holds no address.
type EmailFact struct {
	Whose string // person
	Line  int64
	Old   bool // to the old address
}

// Correction is what an administrator types to correct somebody's address.
type Correction struct {
	Email  string // the new one
	Reason string
	Proof  string // the administrator's own password or code
}

// CorrectEmail gives a person another e-mail address, for a reason. Their
// sessions end, codes that went to either address open nothing, and letters go
// to both.
//
// Without the right it is problem.Forbidden, for nobody problem.NotFound. What
// cannot be an address or a reason is Invalid with the fields email, reason, and
// so is a wrong proof, with the field proof; after too many it is TooMany.
// Conflict is an address that is somebody's, one's own account, and an address
// by which somebody whose agency lets them in through its own sign-in alone
// would no longer find that sign-in.
func (d *Directory) CorrectEmail(ctx context.Context, v Viewer, person string, c Correction) error {
	if err := v.Require(ManagePeople); err != nil {
		return err
	}
	f := faults{}
	key, err := CleanEmail(c.Email)
	f.note(err)
	reason, err := cleanReason(c.Reason)
	f.note(err)
	if err := f.err(); err != nil {
		return err
	}
	if person == v.Person {
		return problem.New(problem.Conflict, "people.email.own")
	}
	if _, err := d.mayBecome(d.db.Read(ctx), person, key); err != nil { // no code is used up for that
		return err
	}
	return d.withProof(ctx, v, c.Proof, func(tx store.Tx, _ Factors) error {
		p, err := d.mayBecome(tx.Rx, person, key)
		if err != nil {
			return err
		}
		return d.correctEmail(tx, p, strings.TrimSpace(c.Email), key, reason)
	})
}

// mayBecome returns the person whose address may become the one with the key.
func (d *Directory) mayBecome(rx store.Rx, person, key string) (p Person, err error) {
	if p, err = PersonByID(rx, person); err != nil {
		return p, err
	}
	if strings.EqualFold(p.Email, key) {
		return p, problem.InvalidField("email", "people.email.same")
	}
	var n int
	if err := rx.Raw("SELECT count(*) FROM people_persons WHERE email_key = ?", key).Scan(&n).Error; err != nil {
		return p, store.Explain(err)
	}
	if n > 0 {
		return p, problem.New(problem.Conflict, "people.email.taken")
	}
	return p, findsTheDoor(rx, person, key)
}

// findsTheDoor refuses an address of a domain that does not lead to the sign-in
// through which alone the person's agency lets them in.
func findsTheDoor(rx store.Rx, person, key string) error {
	bound, err := boundBy(rx, person, "")
	if err != nil || !bound {
		return err
	}
	_, domain, _ := strings.Cut(key, "@")
	var n int
	err = rx.Raw(`SELECT count(*) FROM people_identities i JOIN people_providers p ON p.issuer = i.issuer AND p.enabled = 1 AND p.only_way = 1
		JOIN people_provider_domains d ON d.provider_id = p.id WHERE i.person_id = ? AND d.domain = ?`, person, domain).Scan(&n).Error
	if err == nil && n == 0 {
		return problem.New(problem.Conflict, "people.email.only_there")
	}
	return store.Explain(err)
}

func (d *Directory) correctEmail(tx store.Tx, p Person, email, key, reason string) error {
	err := tx.Exec("UPDATE people_persons SET email = ?, email_key = ? WHERE id = ?", email, key, p.ID).Error
	if err != nil {
		return taken(err, "people.email.taken")
	}
	if err := arrange(tx, p.ID); err != nil {
		return err
	}
	err = tx.Exec("UPDATE people_codes SET ended_at = ? WHERE ended_at IS NULL AND (person_id = ? OR email_key IN (?, ?))",
		tx.Now, p.ID, key, strings.ToLower(p.Email)).Error
	if err != nil {
		return err
	}
	n, err := endSessions(tx, "person_id = ?", p.ID)
	if err != nil {
		return err
	}
	err = audit.Record(tx, "people.email_changed", "person:"+p.ID, map[string]any{"before": p.Email, "after": email, "reason": reason, "ended_sessions": n})
	if err != nil {
		return err
	}
	head, err := audit.HeadOf(tx.Rx)
	if err != nil {
		return err
	}
	id := tx.NewID()
	if err := outbox.Put(tx, EmailChanged, id+"/new", EmailFact{p.ID, head.Lines, false}); err != nil {
		return err
	}
	return outbox.Put(tx, EmailChanged, id+"/old", EmailFact{p.ID, head.Lines, true})
}
