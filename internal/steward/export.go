package steward

import (
	"context"
	"strings"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// exportBatch is how many lines are held at a time while they are exported.
const exportBatch = 500

// ExportRecord records that the record is being taken out, with what was asked
// for, and gives each line of it to yield, the newest first; its own line is not
// among them. Problems are those of Record, and what yield returns.
func (s *Steward) ExportRecord(ctx context.Context, v people.Viewer, q Question, yield func(Line) error) error {
	if err := mayLook(v); err != nil {
		return err
	}
	f, err := q.filter(s.DB.Read(ctx))
	if err != nil {
		return err
	}
	before := int64(0)
	err = s.DB.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		head, err := audit.HeadOf(tx.Rx)
		if err != nil {
			return err
		}
		before = head.Lines + 1
		return audit.Record(tx, "audit.exported", "record:all", q.detail(f))
	})
	if err != nil {
		return err
	}
	for {
		lines, next, err := page(s.DB.Read(ctx), f, before, exportBatch)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if err := yield(l); err != nil {
				return err
			}
		}
		if next == 0 {
			return nil
		}
		before = next
	}
}

// detail is what was asked for, for the record: a person by their id.
func (q Question) detail(f audit.Filter) map[string]any {
	d := map[string]any{}
	for name, value := range map[string]string{"person": strings.Join(f.Persons, " "), "verb": f.Verb, "subject": f.Subject, "via": f.Via, "from": q.From, "to": q.To} {
		if value != "" {
			d[name] = value
		}
	}
	return d
}
