package audit

import (
	"strings"

	"golau/internal/store"
)

// Filter says which lines to read. What is zero chooses all.
type Filter struct {
	Persons  []string // who did it, or whom it is about, by id
	Verb     string
	Subject  string     // "attempt:<id>"
	Via      string     // by which door
	From, To store.Time // from, and before
}

// Line is a line with its detail, which is "" after erasure.
type Line struct {
	Event
	Detail string
}

// conditions are the words of the filter. Each single one can be answered from
// an index in the order of the lines.
func (f Filter) conditions() (words []string, args []any) {
	add := func(word string, values ...any) { words, args = append(words, word), append(args, values...) }
	if len(f.Persons) > 0 {
		subjects := make([]string, len(f.Persons))
		for i, id := range f.Persons {
			subjects[i] = "person:" + id
		}
		add("e.id IN (SELECT id FROM audit_events WHERE actor IN ? AND actor <> '' UNION SELECT id FROM audit_events WHERE subject IN ?)",
			f.Persons, subjects)
	}
	if f.Verb != "" {
		add("e.verb = ?", f.Verb)
	}
	if f.Subject != "" {
		add("e.subject = ?", f.Subject)
	}
	if f.Via != "" {
		add("e.via = ?", f.Via)
	}
	return words, args
}

// between finds the first and the last line of the filter's days, so that pages
// are cut by number. A clock that was set back may put lines of other days among
// them; those are left out line by line.
func (f Filter) between(rx store.Rx) (first, last int64, err error) {
	if f.From.IsZero() && f.To.IsZero() {
		return 0, newest, nil
	}
	from, to := f.times()
	err = rx.Raw("SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM audit_events WHERE at >= ? AND at < ?", from, to).Row().Scan(&first, &last)
	return first, last, store.Explain(err)
}

// newest is beyond every line.
const newest = int64(1) << 62

func (f Filter) times() (from, to int64) {
	to = newest
	if !f.From.IsZero() {
		from = f.From.UnixMicro()
	}
	if !f.To.IsZero() {
		to = f.To.UnixMicro()
	}
	return from, to
}

// text is the statement of a page and its values but for the cut.
func (f Filter) text() (string, []any) {
	words, args := f.conditions()
	if !f.From.IsZero() || !f.To.IsZero() {
		from, to := f.times()
		words, args = append(words, "e.at >= ? AND e.at < ?"), append(args, from, to)
	}
	words = append(words, "e.id >= ? AND e.id < ?")
	return `SELECT e.id, e.at, e.actor, e.via, e.verb, e.subject, d.detail FROM audit_events e
		LEFT JOIN audit_details d ON d.event_id = e.id WHERE ` + strings.Join(words, " AND ") + " ORDER BY e.id DESC LIMIT ?", args
}

// Page returns up to n lines that the filter chooses, the newest first, older
// than the line before (0: from the newest).
func Page(rx store.Rx, f Filter, before int64, n int) ([]Line, error) {
	first, last, err := f.between(rx)
	if err != nil {
		return nil, err
	}
	if before <= 0 || before > last {
		before = last + 1
	}
	text, args := f.text()
	rows, err := rx.Raw(text, append(args, first, before, n)...).Rows()
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	var lines []Line
	for rows.Next() {
		var l Line
		var detail *string
		if err := rows.Scan(&l.ID, &l.At, &l.Actor, &l.Via, &l.Verb, &l.Subject, &detail); err != nil {
			return nil, store.Explain(err)
		}
		if detail != nil {
			l.Detail = *detail
		}
		lines = append(lines, l)
	}
	return lines, store.Explain(rows.Err())
}

// hop reads the different values of a column from its index, one leap each.
const hop = `WITH RECURSIVE v(x) AS (SELECT min(%) FROM audit_events UNION ALL
	SELECT (SELECT min(%) FROM audit_events WHERE % > x) FROM v WHERE x IS NOT NULL)
	SELECT x FROM v WHERE x IS NOT NULL`

// Verbs returns every verb of the record, in order.
func Verbs(rx store.Rx) ([]string, error) { return values(rx, "verb") }

// Doors returns every door by which something was done, in order.
func Doors(rx store.Rx) ([]string, error) { return values(rx, "via") }

func values(rx store.Rx, column string) (all []string, err error) {
	err = rx.Raw(strings.ReplaceAll(hop, "%", column)).Scan(&all).Error
	return all, store.Explain(err)
}

// Began returns when the record began; the zero time before its first line.
func Began(rx store.Rx) (store.Time, error) {
	var row struct{ At store.Time }
	err := rx.Raw("SELECT at FROM audit_events ORDER BY id LIMIT 1").Scan(&row).Error
	return row.At, store.Explain(err)
}
