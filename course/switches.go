package course

import (
	"context"
	"slices"

	"golau/course/due"
	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Weekly is the week's letter to leads, which follows from no day.
const Weekly due.Reminder = "weekly"

// Switchable lists what an agency can switch off, in the order in which it comes.
var Switchable = append(slices.Clone(due.Reminders), Weekly)

// switched is how a reminder was switched, and since which day.
type switched struct {
	Off   bool
	Since due.Day
}

// switches are those of an agency; of what was never switched there is none.
type switches map[due.Reminder]switched

// lets says whether a reminder that is planned for a day goes. One that was switched
// on again goes from that day: what fell into the time before is not made up for.
func (w switches) lets(k due.Reminder, planned due.Day) bool {
	s, was := w[k]
	return !was || !s.Off && planned >= s.Since
}

// off lists what is switched off.
func (w switches) off() (all []due.Reminder) {
	for _, k := range Switchable {
		if w[k].Off {
			all = append(all, k)
		}
	}
	return all
}

// placeOf is an agency under a board, by their ids.
type placeOf struct{ organisation, board string }

// switchesBy reads what agencies switched: few did.
func switchesBy(rx store.Rx, where string, args ...any) (map[placeOf]switches, error) {
	var rows []struct {
		OrganisationID, BoardID string
		Kind                    due.Reminder
		Off                     bool
		Since                   due.Day
	}
	err := rx.Raw("SELECT organisation_id, board_id, kind, off, since FROM course_reminder_switches WHERE "+where, args...).Scan(&rows).Error
	all := map[placeOf]switches{}
	for _, r := range rows {
		at := placeOf{r.OrganisationID, r.BoardID}
		if all[at] == nil {
			all[at] = switches{}
		}
		all[at][r.Kind] = switched{r.Off, r.Since}
	}
	return all, store.Explain(err)
}

// switchesAt reads those of one agency.
func switchesAt(rx store.Rx, organisation, board string) (switches, error) {
	all, err := switchesBy(rx, "organisation_id = ? AND board_id = ?", organisation, board)
	return all[placeOf{organisation, board}], err
}

// SwitchedOff lists the reminders that an agency switched off, in the order of
// Switchable.
func (s *School) SwitchedOff(ctx context.Context, scope people.OrganisationScope) ([]due.Reminder, error) {
	w, err := switchesAt(s.db.Read(ctx), scope.Organisation(), scope.Board())
	return w.off(), err
}

// SwitchOff has an agency send no reminders of these kinds, and of all others. seen
// are those that were off when the form was shown: where others are by now, the
// problem is Conflict (course.switches.changed). An unknown kind is Invalid.
func (s *School) SwitchOff(ctx context.Context, v people.Viewer, scope people.OrganisationScope, off, seen []due.Reminder) error {
	for _, k := range off {
		if !slices.Contains(Switchable, k) {
			return problem.InvalidField("on", "course.switches.unknown")
		}
	}
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		was, err := switchesAt(tx.Rx, scope.Organisation(), scope.Board())
		if err != nil {
			return err
		}
		if !slices.Equal(was.off(), seen) {
			return problem.New(problem.Conflict, "course.switches.changed")
		}
		before, after := map[string]any{}, map[string]any{}
		for _, k := range Switchable {
			now := slices.Contains(off, k)
			if now == was[k].Off {
				continue
			}
			before[string(k)], after[string(k)] = !was[k].Off, !now
			err := tx.Exec(`INSERT INTO course_reminder_switches (organisation_id, board_id, kind, off, since) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (organisation_id, board_id, kind) DO UPDATE SET off = excluded.off, since = excluded.since`,
				scope.Organisation(), scope.Board(), k, now, due.DayOf(tx.Now.Time)).Error
			if err != nil {
				return err
			}
		}
		if len(after) == 0 {
			return nil
		}
		return audit.Record(tx, "course.reminders_switched", "organisation:"+scope.Organisation(), map[string]any{"board": scope.Board(), "before": before, "after": after})
	})
}
