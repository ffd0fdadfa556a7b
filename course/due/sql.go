package due

import "time"

// Case is On as the database works it out, over the columns done_at, valid_until
// (moments in microseconds, or NULL) and started: a list of tens of thousands is
// filtered by it. CaseArgs are its arguments.
const Case = `CASE WHEN done_at IS NOT NULL AND valid_until < ? THEN 'expired'
	WHEN done_at IS NOT NULL AND valid_until < ? THEN 'expiring'
	WHEN done_at IS NOT NULL THEN 'in_date'
	WHEN started THEN 'in_progress' ELSE 'not_started' END`

// CaseArgs returns the arguments of Case on a day: microseconds since 1970.
func CaseArgs(today Day) []any {
	return []any{micros(today), micros(today.Plus(0, ExpiringDays+1))}
}

func micros(d Day) int64 { return d.Begin().Sub(time.Unix(0, 0)).Microseconds() }
