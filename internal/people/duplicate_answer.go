package people

import (
	"context"

	"golau/internal/problem"
	"golau/internal/store"
)

// AskedDuplicate is a proposal as one of its two accounts hears of it: the other's
// name and the agency, and nothing else of the other.
type AskedDuplicate struct {
	ID     string
	Place  Place
	Other  string     // the name of the other account
	By     string     // the name of the lead; "" where they are no longer here
	Kept   bool       // the viewer's account is the one that is kept
	Said   Said       // what the viewer's account said
	Merged store.Time // zero until it is
}

// DuplicatesOf returns what the viewer's account is asked, and behind which other
// account it stands.
func DuplicatesOf(rx store.Rx, v Viewer) (all []AskedDuplicate, err error) {
	var rows []struct {
		ID, OrganisationID, BoardID, Other, By, Said string
		Kept                                         bool
		Merged                                       store.Time
	}
	err = rx.Raw(`SELECT d.id, m.organisation_id, m.board_id, n.name AS other, coalesce(l.name, '') AS "by", d.merged_at AS merged,
			d.kept_id = m.id AS kept, CASE WHEN d.kept_id = m.id THEN d.kept_said ELSE d.duplicate_said END AS said
		FROM people_positions m CROSS JOIN people_duplicates d ON d.id IN (SELECT id FROM people_duplicates WHERE kept_id = m.id
			UNION SELECT id FROM people_duplicates WHERE duplicate_id = m.id AND ended_at IS NULL)
		JOIN people_positions o ON o.id = CASE WHEN d.kept_id = m.id THEN d.duplicate_id ELSE d.kept_id END
		JOIN people_persons n ON n.id = o.person_id LEFT JOIN people_persons l ON l.id = d.proposed_by
		WHERE m.person_id = ? AND d.ended_at IS NULL AND (d.merged_at IS NULL OR d.duplicate_id = m.id) ORDER BY d.proposed_at, d.id`, v.Person).Scan(&rows).Error
	if err != nil {
		return nil, store.Explain(err)
	}
	for _, r := range rows {
		ps, err := places(rx, "WHERE o.id = ? AND b.id = ?", r.OrganisationID, r.BoardID)
		if err != nil {
			return nil, err
		}
		all = append(all, AskedDuplicate{r.ID, ps[0], r.Other, r.By, r.Kept, Said(r.Said), r.Merged})
	}
	return all, nil
}

// AnswerDuplicate is what the viewer says to a proposal about their account: yes
// counts once the other account has said it too, and then the duplicate stands
// behind the one that is kept; a no ends it. Who said yes can still say no until
// then. Somebody else's, and one that is over, is problem.NotFound; an answer that
// is none is Invalid with the field "answer".
func (d *Directory) AnswerDuplicate(ctx context.Context, v Viewer, id string, said Said) error {
	if said != SaidYes && said != SaidNo {
		return problem.InvalidField("answer", "people.duplicate.answer")
	}
	return d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		var n Duplicate
		var kept, duplicate string
		err := tx.Raw(selectDuplicate+" WHERE d.id = ? AND d.ended_at IS NULL AND d.merged_at IS NULL", id).Scan(&n).Error
		if err = found(n.ID, err); err != nil {
			return err
		}
		if kept, err = holder(tx.Rx, n.Kept); err == nil {
			duplicate, err = holder(tx.Rx, n.Duplicate)
		}
		switch {
		case err != nil:
			return err
		case v.Person == kept:
			n.KeptSaid = said
		case v.Person == duplicate:
			n.DuplicateSaid = said
		default:
			return notFound()
		}
		return keepAnswer(tx, n, said, duplicate)
	})
}

// keepAnswer writes down what the accounts have said, and does what follows.
func keepAnswer(tx store.Tx, n Duplicate, said Said, person string) error {
	err := tx.Exec("UPDATE people_duplicates SET kept_said = ?, duplicate_said = ? WHERE id = ?", n.KeptSaid, n.DuplicateSaid, n.ID).Error
	switch {
	case err != nil:
		return err
	case said == SaidNo:
		return endDuplicate(tx, n.ID, DuplicateRefused)
	}
	if err := recordDuplicate(tx, duplicateAgreed, n.ID); err != nil || n.KeptSaid != SaidYes || n.DuplicateSaid != SaidYes {
		return err
	}
	return mergeDuplicate(tx, n, person)
}

// mergeDuplicate puts the duplicate behind the one that is kept: its memberships
// there end, as those of whoever leaves, so that it counts nowhere. Was its holder
// given a role of power meanwhile, nothing is merged.
func mergeDuplicate(tx store.Tx, n Duplicate, person string) error {
	ms, err := memberships(tx.Rx, ` JOIN people_positions p ON p.person_id = m.person_id AND p.organisation_id = m.organisation_id AND p.board_id = m.board_id
		WHERE p.id = ? AND m.ended_at IS NULL`, n.Duplicate)
	if err != nil {
		return err
	}
	for _, m := range ms {
		if m.Role.HasPower() {
			return endDuplicate(tx, n.ID, DuplicateOvertaken)
		}
	}
	if err := tx.Exec("UPDATE people_duplicates SET merged_at = ? WHERE id = ?", tx.Now, n.ID).Error; err != nil {
		return err
	}
	for _, m := range ms {
		if err := EndMembership(tx, m.ID); err != nil {
			return err
		}
	}
	if err := tx.Exec("UPDATE people_positions SET duplicate_of = ? WHERE id = ?", n.Kept, n.Duplicate).Error; err != nil {
		return err
	}
	return recordDuplicate(tx, duplicateMerged, n.ID)
}

// holder is whose a position is.
func holder(rx store.Rx, position string) (person string, err error) {
	err = rx.Raw("SELECT person_id FROM people_positions WHERE id = ?", position).Scan(&person).Error
	return person, found(person, err)
}

// overtakeDuplicates ends what was proposed of a person's positions that they have
// left.
func overtakeDuplicates(tx store.Tx, person string) error {
	var ids []string
	err := tx.Raw(`SELECT d.id FROM people_positions q JOIN people_duplicates d ON d.id IN (SELECT id FROM people_duplicates WHERE kept_id = q.id
			UNION SELECT id FROM people_duplicates WHERE duplicate_id = q.id AND ended_at IS NULL)
		WHERE q.person_id = ? AND q.left_at IS NOT NULL AND d.ended_at IS NULL AND d.merged_at IS NULL`, person).Scan(&ids).Error
	for _, id := range ids {
		if err == nil {
			err = endDuplicate(tx, id, DuplicateOvertaken)
		}
	}
	return store.Explain(err)
}

// comeForward ends a merger whose duplicate is given a place there again.
func comeForward(tx store.Tx, membership string) error {
	var id string
	err := tx.Raw(`SELECT d.id FROM people_memberships m JOIN people_positions q ON q.person_id = m.person_id AND q.organisation_id = m.organisation_id
		AND q.board_id = m.board_id JOIN people_duplicates d ON d.duplicate_id = q.id AND d.ended_at IS NULL AND d.merged_at IS NOT NULL
		WHERE m.id = ?`, membership).Scan(&id).Error
	if err != nil || id == "" {
		return store.Explain(err)
	}
	return endDuplicate(tx, id, DuplicateBack)
}
