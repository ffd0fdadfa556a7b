package certificates

import (
	"slices"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Entry is a certificate as it stands in a board's register.
type Entry struct {
	Certificate
	Entered store.Time
}

// Sought says which entries of a register are wanted; what is empty asks for nothing.
type Sought struct {
	Number   string // id of the certificate
	Agency   string // id of the agency for which it was earned
	Edition  string
	From, To store.Time // entered at From or later, and before To
	Status   Status     // as it is now
}

// Statuses are those that a register may be asked for.
var Statuses = []Status{Valid, Expired, Superseded, Revoked}

// Cursor is a place in a register.
type Cursor struct {
	At store.Time
	ID int64 // of the entry
}

// query is what is sought of a register, behind FROM. An agency has few of a board's
// certificates, so that its own are read first; without one the register is, in order.
func (f Sought) query(board string, now store.Time) (from string, args []any) {
	from, args = "certificates_register r CROSS JOIN certificates_issued c ON c.id = r.certificate_id WHERE r.board_id = ?", []any{board}
	and := func(asked bool, condition string, with ...any) {
		if asked {
			from, args = from+" AND "+condition, append(args, with...)
		}
	}
	if f.Agency != "" {
		from = "certificates_issued c CROSS JOIN certificates_register r ON r.certificate_id = c.id AND r.board_id = c.board_id WHERE c.board_id = ?"
		and(true, "c.organisation_id = ?", f.Agency)
	}
	and(f.Number != "", "r.certificate_id = ?", f.Number)
	and(f.Edition != "", "c.edition = ?", f.Edition)
	and(!f.From.IsZero(), "r.entered_at >= ?", f.From)
	and(!f.To.IsZero(), "r.entered_at < ?", f.To)
	const ended = " EXISTS (SELECT 1 FROM certificates_status s WHERE s.certificate_id = c.id"
	and(f.Status == Superseded, ended+" AND s.status = 'superseded')")
	and(f.Status == Revoked, ended+" AND s.status = 'revoked')")
	if f.Status == Valid || f.Status == Expired {
		and(true, "NOT"+ended+`) AND (EXISTS (SELECT 1 FROM certificates_signatures g WHERE g.certificate_id = c.id)
			OR EXISTS (SELECT 1 FROM certificates_erased x WHERE x.certificate_id = c.id))`)
		and(f.Status == Valid, "(c.valid_until IS NULL OR c.valid_until >= ?)", today(now))
		and(f.Status == Expired, "c.valid_until < ?", today(now))
	}
	return from, args
}

// today is the moment at which the day in London began: what counts until then counts
// no more.
func today(now store.Time) store.Time {
	t := now.In(i18n.London())
	return store.At(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location()))
}

// Received returns up to limit entries of a board's register, the newest first, behind
// a place (the zero place: from the newest), and the place of the last where there are
// more.
func Received(rx store.Rx, s people.BoardScope, f Sought, after Cursor, limit int) (all []Entry, next *Cursor, err error) {
	from, args := f.query(s.Board(), rx.Now())
	if !after.At.IsZero() {
		from, args = from+" AND (r.entered_at, r.id) < (?, ?)", append(args, after.At, after.ID)
	}
	var found []struct {
		CertificateID string
		EnteredAt     store.Time
		ID            int64
	}
	err = rx.Raw("SELECT r.certificate_id, r.entered_at, r.id FROM "+from+" ORDER BY r.entered_at DESC, r.id DESC LIMIT ?", append(args, limit+1)...).Scan(&found).Error
	if err != nil {
		return nil, nil, store.Explain(err)
	}
	if len(found) > limit {
		found = found[:limit]
		next = &Cursor{found[limit-1].EnteredAt, found[limit-1].ID}
	}
	ids := make([]string, len(found))
	for i, e := range found {
		ids[i] = e.CertificateID
	}
	cs, err := inOrder(rx, ids)
	for i, c := range cs {
		all = append(all, Entry{c, found[i].EnteredAt})
	}
	return all, next, err
}

// inOrder returns the certificates with some ids, in their order.
func inOrder(rx store.Rx, ids []string) ([]Certificate, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	cs, err := many(rx, "WHERE c.id IN ?", ids)
	place := make(map[string]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(cs, func(a, b Certificate) int { return place[a.ID] - place[b.ID] })
	return cs, err
}

// ReceivedOne returns one entry of a board's register; problem.NotFound also for
// another board's.
func ReceivedOne(rx store.Rx, s people.BoardScope, id string) (Entry, error) {
	if id == "" {
		return Entry{}, notFound()
	}
	all, _, err := Received(rx, s, Sought{Number: id}, Cursor{}, 1)
	if err == nil && len(all) == 0 {
		err = notFound()
	}
	if err != nil {
		return Entry{}, err
	}
	return all[0], nil
}

// CountReceived is how many entries a board's register had from a moment until before
// another.
func CountReceived(rx store.Rx, s people.BoardScope, from, to store.Time) (n int, err error) {
	err = rx.Raw("SELECT count(*) FROM certificates_register WHERE board_id = ? AND entered_at >= ? AND entered_at < ?", s.Board(), from, to).Scan(&n).Error
	return n, store.Explain(err)
}

// EditionsReceived are the editions of the course of which a board has certificates.
// It looks for the next one behind each, so that it costs as much as there are
// editions.
func EditionsReceived(rx store.Rx, s people.BoardScope) (editions []string, err error) {
	err = rx.Raw(`WITH RECURSIVE e (edition) AS (
		SELECT min(edition) FROM certificates_issued WHERE board_id = ?
		UNION ALL SELECT (SELECT min(edition) FROM certificates_issued WHERE board_id = ? AND edition > e.edition) FROM e WHERE e.edition IS NOT NULL)
		SELECT edition FROM e WHERE edition IS NOT NULL`, s.Board(), s.Board()).Scan(&editions).Error
	return editions, store.Explain(err)
}

// MostZipped is how many certificates may be taken out at once.
const MostZipped = 5000

// ReceivedIDs are the ids of all that is sought, the newest first: more than MostZipped
// are problem.Conflict (certificates.too_many).
func ReceivedIDs(rx store.Rx, s people.BoardScope, f Sought) (ids []string, err error) {
	from, args := f.query(s.Board(), rx.Now())
	err = rx.Raw("SELECT r.certificate_id FROM "+from+" ORDER BY r.entered_at DESC, r.id DESC LIMIT ?", append(args, MostZipped+1)...).Scan(&ids).Error
	if err == nil && len(ids) > MostZipped {
		return nil, problem.New(problem.Conflict, "certificates.too_many", "Most", MostZipped)
	}
	return ids, store.Explain(err)
}

// ReceivedSome returns those of a board's register with some ids, in their order.
func ReceivedSome(rx store.Rx, s people.BoardScope, ids []string) ([]Certificate, error) {
	all, err := inOrder(rx, ids)
	return slices.DeleteFunc(all, func(c Certificate) bool { return c.Board.ID != s.Board() }), err
}
