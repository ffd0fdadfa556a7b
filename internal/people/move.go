package people

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// MaxMoved is how many people may be moved at once.
const MaxMoved = 500

// Moving are people who are to be moved together, as they stand now.
type Moving struct {
	Who []Position
	// Look is a print of them and of where they stand: what was looked at is moved, or
	// nobody.
	Look string
}

// Move is what changes for all of them: to another team ("" = each stays in theirs,
// NoTeam = none) or another kind of work ("" = each keeps theirs).
type Move struct {
	Team    string
	JobRole JobRole
}

// NoTeam stands for no team where "" means that nothing changes.
const NoTeam = "none"

// WhoMoves returns those of the positions that are of what the scope holds and were
// not left. None, and more than MaxMoved, is problem.Invalid with the field "who".
func WhoMoves(rx store.Rx, s OrganisationScope, ids []string) (m Moving, err error) {
	s.leading()
	if len(ids) > MaxMoved {
		return m, problem.InvalidField("who", "people.move.many", "Max", MaxMoved)
	}
	list, err := json.Marshal(append([]string{}, ids...))
	if err != nil {
		return m, err
	}
	within, args := s.Within("q")
	args = append([]any{s.Organisation(), s.Board(), string(list)}, args...)
	err = rx.Raw(selectPosition+" AND q.id IN (SELECT value FROM json_each(?)) AND q.left_at IS NULL AND "+within+" ORDER BY q.sort_en, q.id", args...).Scan(&m.Who).Error
	if err != nil {
		return m, store.Explain(err)
	}
	if len(m.Who) == 0 {
		return m, problem.InvalidField("who", "people.move.nobody")
	}
	h := sha256.New()
	for _, p := range m.Who {
		fmt.Fprintf(h, "%s %s %s\n", p.ID, p.Team, p.JobRole)
	}
	m.Look = hex.EncodeToString(h.Sum(nil)[:16])
	return m, nil
}

// clean returns the move as it will be done. The problem is Invalid with the fields
// to_team, to_job.
func (f Move) clean(rx store.Rx, s OrganisationScope) error {
	all := faults{}
	teams, err := Teams(rx, s, i18n.EN)
	if err != nil {
		return err
	}
	none := f.Team == NoTeam && s.IsWhole()
	if f.Team != "" && !none && !slices.ContainsFunc(teams, func(t Team) bool { return t.ID == f.Team }) {
		all.at("to_team", "people.team.unknown")
	}
	if f.JobRole != "" {
		if !slices.Contains(JobRoles, f.JobRole) {
			all.at("to_job", "people.job_role.unknown")
		}
	}
	if f.Team == "" && f.JobRole == "" {
		all.at("to_team", "people.move.nothing")
	}
	return all.err()
}

// MovePeople moves people together, if they are those who were looked at: where
// anybody left, or stands elsewhere by now, it is problem.Conflict and nobody moves.
// Otherwise refusals are those of WhoMoves, and Invalid with the fields to_team, to_job.
func (d *Directory) MovePeople(ctx context.Context, v Viewer, s OrganisationScope, ids []string, look string, f Move) (n int, err error) {
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		m, err := WhoMoves(tx.Rx, s, ids)
		if err != nil {
			return err
		}
		if err := f.clean(tx.Rx, s); err != nil {
			return err
		}
		if m.Look != look {
			return problem.New(problem.Conflict, "people.move.changed")
		}
		n = len(m.Who)
		for _, p := range m.Who {
			if err := p.move(tx, f); err != nil {
				return err
			}
		}
		return audit.Record(tx, "people.moved_together", "organisation:"+s.Organisation(),
			map[string]any{"board": s.Board(), "count": n})
	})
	return n, err
}

func (p Position) move(tx store.Tx, f Move) error {
	after := p
	switch f.Team {
	case "":
	case NoTeam:
		after.Team = ""
	default:
		after.Team = f.Team
	}
	if f.JobRole != "" {
		after.JobRole = f.JobRole
	}
	if after == p {
		return nil
	}
	err := tx.Exec("UPDATE people_positions SET team_id = ?, job_role = ? WHERE id = ?", orNull(after.Team), after.JobRole, p.ID).Error
	if err != nil {
		return err
	}
	return audit.Record(tx, "people.position_changed", "person:"+p.Person, map[string]any{"position": p.ID,
		"before": p.detail(), "after": after.detail()})
}
