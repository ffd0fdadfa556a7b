package people

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"golau/internal/problem"
	"golau/internal/store"
)

// Version names what a position says at this moment: whoever changes it says which
// they have seen, so that nothing is overwritten unseen.
func (p Position) Version() string {
	left := int64(0)
	if !p.Left.IsZero() {
		left = p.Left.UnixMicro()
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%s\n%s\n%q\n%s\n%d", p.ID, p.JobRole, p.Team, p.Group, p.WorksSince, p.StaffNumber, p.Manager, left))
	return hex.EncodeToString(sum[:8])
}

// PositionPatch is what another system says of a position; what is nil stays.
type PositionPatch struct {
	JobRole                       *JobRole
	Team, WorksSince, StaffNumber *string
	Group                         *Group
	Manager                       *string // position or address; "" = none
}

// PatchPosition changes what a position says as far as a patch says anything, and
// returns it as it is then. Another version than the position has is
// problem.Conflict with the key people.position.other_version; other problems are
// those of SetPosition.
func (d *Directory) PatchPosition(ctx context.Context, c Caller, s OrganisationScope, id, version string, patch PositionPatch) (p Position, err error) {
	err = d.db.Write(ctx, c.Actor(), func(_ context.Context, tx store.Tx) error {
		p, err = PositionIn(tx.Rx, s, id)
		if err == nil && !p.Left.IsZero() {
			err = notFound()
		}
		if err != nil {
			return err
		}
		if p.Version() != version {
			return problem.New(problem.Conflict, "people.position.other_version")
		}
		f, err := patch.form(tx.Rx, s, p, tx.By.Person)
		if err != nil {
			return err
		}
		if err := SetPositionIn(tx, s, id, f); err != nil {
			return err
		}
		p, err = PositionIn(tx.Rx, s, id)
		return err
	})
	return p, err
}

// form is the position as the patch has it be. A manager who is there no more is
// none, as on the page; an id of nobody there is told with whatever else is wrong.
func (u PositionPatch) form(rx store.Rx, s OrganisationScope, p Position, by string) (PositionForm, error) {
	f := PositionForm{JobRole: p.JobRole, Team: p.Team, Group: p.Group, WorksSince: p.WorksSince, StaffNumber: p.StaffNumber}
	take(&f.JobRole, u.JobRole)
	take(&f.Team, u.Team)
	take(&f.Group, u.Group)
	take(&f.WorksSince, u.WorksSince)
	take(&f.StaffNumber, u.StaffNumber)
	manager := p.Manager
	take(&manager, u.Manager)
	if manager == "" || strings.Contains(manager, "@") {
		f.Manager = manager
		return f, nil
	}
	m, err := PositionIn(rx, s, manager)
	switch {
	case err == nil && m.Left.IsZero():
		f.Manager = m.Email
	case err != nil && problem.KindOf(err) != problem.NotFound:
		return f, err
	case u.Manager != nil:
		all := faults{}
		_, _, err := f.clean(rx, s, p, by)
		all.note(err)
		all.at("manager", "people.position.manager_id")
		return f, all.err()
	}
	return f, nil
}

func take[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}
