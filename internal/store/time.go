package store

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Time is a moment kept as INTEGER microseconds UTC. The zero Time is NULL.
//
// It exists because a time.Time bound to a TEXT column of a STRICT table
// inserts and then fails to read, and text sorts wrongly across zones.
type Time struct{ time.Time }

// At returns t as the store keeps it: UTC, to the microsecond.
func At(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{t.UTC().Truncate(time.Microsecond)}
}

// Value implements driver.Valuer.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMicro(), nil
}

// Scan implements sql.Scanner.
func (t *Time) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = Time{}
	case int64:
		*t = Time{time.UnixMicro(v).UTC()}
	default:
		return fmt.Errorf("store: a time is an integer of microseconds, not %T", v)
	}
	return nil
}

// GormDataType tells GORM which column type this is.
func (Time) GormDataType() string { return "integer" }
