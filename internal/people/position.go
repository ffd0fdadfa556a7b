package people

import (
	"golau/internal/i18n"
	"golau/internal/store"
)

// Position is where somebody stands in an agency under a board, however many
// roles they have there.
type Position struct {
	ID          string
	Person      string // id
	Name, Email string
	JobRole     JobRole
	Team        string // id; "" in none
	Group       Group
	WorksSince  string // day (2026-11-21); "" = unknown
	StaffNumber string // by which the agency's other systems know them
	Manager     string // position; "" = none
	Since       store.Time
	Left        store.Time // zero while they are there
	LeftOn      string     // their last day of work, where somebody said it
	Suspended   store.Time // zero unless a lead has suspended them there
	Reason      string     // why
	DuplicateOf string     // the position behind which this one stands; "" = none
}

// Group is a safeguarding group of the training standards of Wales
// (Social Care Wales, National safeguarding training, learning and development
// standards); "" = not said.
type Group string

// Groups lists the six.
var Groups = []Group{"A", "B", "C", "D", "E", "F"}

// takePosition gives the person of a membership their position there, or back
// again to whoever had left. What a position says already stays, but for the kind
// of work of whoever comes back, and their staff number where it is another's now.
func takePosition(tx store.Tx, membership string) error {
	m, err := MembershipByID(tx.Rx, membership)
	if err != nil {
		return err
	}
	if err := comeForward(tx, membership); err != nil {
		return err
	}
	err = tx.Exec(`INSERT INTO people_positions (id, person_id, organisation_id, board_id, job_role, began_at)
		SELECT id, person_id, organisation_id, board_id, job_role, started_at FROM people_memberships WHERE id = ?
		ON CONFLICT (person_id, organisation_id, board_id) DO UPDATE SET left_at = NULL, left_on = '', duplicate_of = NULL,
			suspended_at = CASE WHEN left_at IS NULL THEN suspended_at END, suspended_reason = CASE WHEN left_at IS NULL THEN suspended_reason ELSE '' END,
			began_at = CASE WHEN left_at IS NULL THEN began_at ELSE excluded.began_at END,
			job_role = CASE WHEN left_at IS NULL THEN job_role ELSE excluded.job_role END,
			staff_number = CASE WHEN left_at IS NOT NULL AND EXISTS (SELECT 1 FROM people_positions o WHERE o.organisation_id = excluded.organisation_id
				AND o.board_id = excluded.board_id AND o.left_at IS NULL AND o.staff_number = people_positions.staff_number AND o.person_id <> excluded.person_id)
				THEN '' ELSE staff_number END`, membership).Error
	if err != nil {
		return err
	}
	return arrange(tx, m.PersonID)
}

// leavePositions ends the positions of a person where none of their memberships
// lasts any more, and what was proposed of these.
func leavePositions(tx store.Tx, person string) error {
	err := tx.Exec(`UPDATE people_positions SET left_at = ? WHERE person_id = ? AND left_at IS NULL AND NOT EXISTS (
		SELECT 1 FROM people_memberships m WHERE m.person_id = people_positions.person_id AND m.ended_at IS NULL AND m.unconfirmed = 0
			AND m.organisation_id = people_positions.organisation_id AND m.board_id = people_positions.board_id)`, tx.Now, person).Error
	if err != nil {
		return err
	}
	return overtakeDuplicates(tx, person)
}

// carryPosition has what a position says go on in the agency into which its own is
// merged, where nothing is said there yet; a team stays behind, and so does a manager.
// Whoever was suspended and is new in the other stays suspended, and whoever stood
// behind them stands behind them still.
func carryPosition(tx store.Tx, m Membership, into string, stood bool) error {
	said := func(field string) string {
		return field + " = CASE WHEN people_positions." + field + " = '' THEN o." + field + " ELSE people_positions." + field + " END"
	}
	shut := "suspended_at = CASE WHEN ? THEN people_positions.suspended_at ELSE o.suspended_at END, " +
		"suspended_reason = CASE WHEN ? THEN people_positions.suspended_reason ELSE o.suspended_reason END"
	err := tx.Exec("UPDATE people_positions SET "+said("training_group")+", "+said("works_since")+", "+said("staff_number")+", "+shut+`
		FROM people_positions o WHERE o.person_id = ? AND o.organisation_id = ? AND o.board_id = ?
			AND people_positions.person_id = o.person_id AND people_positions.organisation_id = ? AND people_positions.board_id = o.board_id`,
		stood, stood, m.PersonID, m.Organisation.ID, m.Board.ID, into).Error
	if err == nil {
		err = tx.Exec(`UPDATE people_positions SET duplicate_of = q.id FROM people_positions o, people_positions q
			WHERE people_positions.duplicate_of = o.id AND o.person_id = ? AND o.organisation_id = ? AND o.board_id = ?
				AND q.person_id = o.person_id AND q.organisation_id = ? AND q.board_id = o.board_id`,
			m.PersonID, m.Organisation.ID, m.Board.ID, into).Error
	}
	if err != nil {
		return err
	}
	return arrange(tx, m.PersonID)
}

// arrange puts a person's positions where their name and address belong in
// lists. Where they have left, the agency hears of no change any more.
func arrange(tx store.Tx, person string) error {
	p, err := PersonByID(tx.Rx, person)
	if err != nil {
		return err
	}
	return tx.Exec("UPDATE people_positions SET sort_en = ?, sort_cy = ?, words = ? || char(10) || lower(staff_number) WHERE person_id = ? AND (left_at IS NULL OR sort_en IS NULL)",
		i18n.SortKey(i18n.EN, p.Name), i18n.SortKey(i18n.CY, p.Name), plain(p.Name)+"\n"+plain(p.Email), person).Error
}

// FirstHere returns when the holder of a position first came to its agency, where
// they were away before it began as it stands now; the zero time where they were not.
func FirstHere(rx store.Rx, s OrganisationScope, p Position) (first store.Time, err error) {
	var row struct{ First store.Time }
	err = rx.Raw(`SELECT min(started_at) AS first FROM people_memberships
		WHERE person_id = ? AND organisation_id = ? AND board_id = ? AND unconfirmed = 0 AND ended_at <= ?`,
		p.Person, s.Organisation(), s.Board(), p.Since).Scan(&row).Error
	return row.First, store.Explain(err)
}

const selectPosition = `SELECT q.id, q.person_id AS person, n.name, n.email, q.job_role, coalesce(q.team_id, '') AS team, q.training_group AS "group",
		q.works_since, q.staff_number, coalesce(q.manager_id, '') AS manager, q.began_at AS since, q.left_at AS left, q.left_on,
		q.suspended_at AS suspended, q.suspended_reason AS reason, coalesce(q.duplicate_of, '') AS duplicate_of
	FROM people_positions q JOIN people_persons n ON n.id = q.person_id
	WHERE n.erased_at IS NULL AND q.organisation_id = ? AND q.board_id = ?`

// PositionIn returns a position of what the scope holds, also one that was left.
// Another's is problem.NotFound, like one that never was.
func PositionIn(rx store.Rx, s OrganisationScope, id string) (p Position, err error) {
	s.leading()
	within, args := s.Within("q")
	err = rx.Raw(selectPosition+" AND q.id = ? AND "+within, append([]any{s.Organisation(), s.Board(), id}, args...)...).Scan(&p).Error
	return p, found(p.ID, err)
}
