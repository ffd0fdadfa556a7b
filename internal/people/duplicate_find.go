package people

import (
	"slices"
	"strings"

	"golau/internal/problem"
	"golau/internal/store"
)

// calledAs is the name of a position as it is searched, as its index has it.
const calledAs = "substr(q.words, 1, instr(q.words, char(10)))"

// sameAs says that the position q is not o, and of the same name or staff number.
// Each half is read from an index.
const (
	calledToo = "substr(o.words, 1, instr(o.words, char(10)))"
	alsoThere = "o.organisation_id = q.organisation_id AND o.board_id = q.board_id AND o.left_at IS NULL AND o.id <> q.id"
	numberToo = "q.staff_number <> '' AND o.staff_number <> '' AND o.staff_number = q.staff_number"
)

// PossiblyAmong says beside which of some positions another of the scope has the same
// name, accents aside, or the same staff number.
func PossiblyAmong(rx store.Rx, s OrganisationScope, ids []string) (map[string]bool, error) {
	is := map[string]bool{}
	if len(ids) == 0 {
		return is, nil
	}
	q := possiblyAmong(s, ids)
	var found []string
	err := rx.Raw(q.sql, q.args...).Scan(&found).Error
	for _, id := range found {
		is[id] = true
	}
	return is, store.Explain(err)
}

// statement is what the database is asked, so that a test can ask how it is read.
type statement struct {
	sql  string
	args []any
}

func possiblyAmong(s OrganisationScope, ids []string) statement {
	within, args := s.Within("o")
	some := make([]any, len(ids))
	for i, id := range ids {
		some[i] = id
	}
	return statement{`SELECT q.id FROM people_positions q WHERE q.id IN (?` + strings.Repeat(", ?", len(ids)-1) + `) AND q.organisation_id = ? AND q.board_id = ? AND q.left_at IS NULL AND (
			EXISTS (SELECT 1 FROM people_positions o WHERE ` + alsoThere + " AND " + calledToo + " = " + calledAs + " AND " + within + `)
			OR EXISTS (SELECT 1 FROM people_positions o WHERE ` + alsoThere + " AND " + numberToo + " AND " + within + "))",
		slices.Concat(some, []any{s.Organisation(), s.Board()}, args, args)}
}

// BehindAmong says which of some positions of the scope stand behind another.
func BehindAmong(rx store.Rx, s OrganisationScope, ids []string) (map[string]bool, error) {
	is := map[string]bool{}
	if len(ids) == 0 {
		return is, nil
	}
	within, args := s.Within("q")
	var found []string
	err := rx.Raw("SELECT q.id FROM people_positions q WHERE q.id IN ? AND q.duplicate_of IS NOT NULL AND q.organisation_id = ? AND q.board_id = ? AND "+within,
		append([]any{ids, s.Organisation(), s.Board()}, args...)...).Scan(&found).Error
	for _, id := range found {
		is[id] = true
	}
	return is, store.Explain(err)
}

// mostPossible is how many who may be the same person are shown at once.
const mostPossible = 20

// PossiblySame returns up to mostPossible positions of the scope that may be the same
// person's as one: of the same name, accents aside, or the same staff number.
func PossiblySame(rx store.Rx, s OrganisationScope, id string) (ps []Position, err error) {
	p, err := runningIn(rx, s, id)
	if err != nil {
		return nil, err
	}
	var ids []string
	q := possiblySame(s, p)
	if err := rx.Raw(q.sql, q.args...).Scan(&ids).Error; err != nil || len(ids) == 0 {
		return nil, store.Explain(err)
	}
	err = rx.Raw(selectPosition+" AND q.id IN ? ORDER BY q.began_at, q.id", s.Organisation(), s.Board(), ids).Scan(&ps).Error
	return ps, store.Explain(err)
}

// possiblySame finds whoever has both the same twice: in an order, or each once, the
// database would read everybody.
func possiblySame(s OrganisationScope, p Position) statement {
	within, args := s.Within("q")
	at := []any{s.Organisation(), s.Board()}
	return statement{`SELECT id FROM (
			SELECT id, team_id FROM people_positions q WHERE q.organisation_id = ? AND q.board_id = ? AND q.left_at IS NULL AND ` + calledAs + ` = ?
			UNION ALL SELECT id, team_id FROM people_positions q WHERE q.organisation_id = ? AND q.board_id = ? AND q.left_at IS NULL AND q.staff_number <> '' AND q.staff_number = ?) q
		WHERE q.id <> ? AND ` + within + " LIMIT ?",
		slices.Concat(at, []any{plain(p.Name) + "\n"}, at, []any{p.StaffNumber, p.ID}, args, []any{mostPossible})}
}

// PositionAt returns the position of the scope whose holder has an e-mail address.
// The problem is Invalid with the field "email".
func PositionAt(rx store.Rx, s OrganisationScope, email string) (p Position, err error) {
	s.leading()
	within, args := s.Within("q")
	err = rx.Raw(selectPosition+" AND n.email_key = ? AND q.left_at IS NULL AND "+within,
		append([]any{s.Organisation(), s.Board(), strings.ToLower(strings.TrimSpace(email))}, args...)...).Scan(&p).Error
	if err == nil && p.ID == "" {
		return p, problem.InvalidField("email", "people.duplicate.email")
	}
	return p, store.Explain(err)
}

// InvitedToo returns the open invitations to an agency that may be to somebody who
// is there already: of the same name, letter for letter, or the same staff number.
// Whoever leads a part sees them on the page of invitations as far as they may.
func InvitedToo(rx store.Rx, s OrganisationScope, p Position) (all []Invitation, err error) {
	if !s.IsWhole() {
		return nil, nil
	}
	var ids []string
	q := invitedToo(s, p)
	err = rx.Raw(q.sql, q.args...).Scan(&ids).Error
	for _, id := range ids {
		i, err := invitation(rx, "i.id = ?", id)
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, store.Explain(err)
}

func invitedToo(s OrganisationScope, p Position) statement {
	at := []any{s.Organisation(), s.Board()}
	return statement{`SELECT id FROM people_invitations WHERE accepted_at IS NULL AND withdrawn_at IS NULL AND organisation_id = ? AND board_id = ? AND lower(name) = lower(?)
		UNION SELECT id FROM people_invitations WHERE accepted_at IS NULL AND withdrawn_at IS NULL AND organisation_id = ? AND board_id = ?
			AND staff_number <> '' AND staff_number = ? LIMIT ?`, slices.Concat(at, []any{p.Name}, at, []any{p.StaffNumber, mostPossible})}
}

// Duplicates returns what a lead of the scope has to know of its proposals and
// mergers: those that wait for an answer, those that were refused within NoIsNo,
// and those that last; the newest first. Few are, and they are where it is read from.
func Duplicates(rx store.Rx, s OrganisationScope) (all []Duplicate, err error) {
	s.leading()
	kept, args := s.Within("k")
	dup, more := s.Within("u")
	err = rx.Raw(selectDuplicate+` CROSS JOIN people_positions k ON k.id = d.kept_id CROSS JOIN people_positions u ON u.id = d.duplicate_id
		WHERE k.organisation_id = ? AND k.board_id = ? AND (d.ended_at IS NULL OR d.ended = 'refused' AND d.ended_at > ?)
			AND `+kept+" AND "+dup+" ORDER BY d.proposed_at DESC, d.id",
		slices.Concat([]any{s.Organisation(), s.Board(), store.At(rx.Now().Add(-NoIsNo))}, args, more)...).Scan(&all).Error
	return all, store.Explain(err)
}

// Behind returns the accounts that stand behind a position. It is asked of everybody
// whose standing is settled, and scans by hand.
func Behind(rx store.Rx, position string) (persons []string, err error) {
	rows, err := rx.Query(`SELECT q.person_id FROM people_positions q JOIN people_persons n ON n.id = q.person_id
		WHERE q.duplicate_of = ? AND n.erased_at IS NULL ORDER BY q.id`, position)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, store.Explain(err)
		}
		persons = append(persons, id)
	}
	return persons, store.Explain(rows.Err())
}
