package quiz

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// Columns that hold JSON. Maps are written with sorted keys, so equal values are
// equal text.

func asColumn(v any) (driver.Value, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

func fromColumn(column, into any) error {
	switch c := column.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(c), into)
	case []byte:
		return json.Unmarshal(c, into)
	}
	return fmt.Errorf("quiz: a JSON column is text, not %T", column)
}

// Value implements driver.Valuer.
func (r Rules) Value() (driver.Value, error) { return asColumn(r) }

// Scan implements sql.Scanner.
func (r *Rules) Scan(column any) error { return fromColumn(column, r) }

// Value implements driver.Valuer.
func (r Response) Value() (driver.Value, error) { return asColumn(r) }

// Scan implements sql.Scanner.
func (r *Response) Scan(column any) error { return fromColumn(column, r) }

// Value implements driver.Valuer.
func (m ObjectiveMarks) Value() (driver.Value, error) { return asColumn(m) }

// Scan implements sql.Scanner.
func (m *ObjectiveMarks) Scan(column any) error { return fromColumn(column, m) }

// markedQuestions is the mark of each question, in the order of the paper.
type markedQuestions []marked

// Value implements driver.Valuer.
func (m markedQuestions) Value() (driver.Value, error) { return asColumn(m) }

// Scan implements sql.Scanner.
func (m *markedQuestions) Scan(column any) error { return fromColumn(column, m) }

// Value implements driver.Valuer.
func (q PaperQuestion) Value() (driver.Value, error) { return asColumn(q) }

// Scan implements sql.Scanner.
func (q *PaperQuestion) Scan(column any) error { return fromColumn(column, q) }

// Value implements driver.Valuer.
func (k key) Value() (driver.Value, error) { return asColumn(k) }

// Scan implements sql.Scanner.
func (k *key) Scan(column any) error { return fromColumn(column, k) }

// Value implements driver.Valuer.
func (f feedback) Value() (driver.Value, error) { return asColumn(f) }

// Scan implements sql.Scanner.
func (f *feedback) Scan(column any) error { return fromColumn(column, f) }

// same says whether two canonical answers are one.
func same(a, b Response) bool {
	x, errX := a.Value()
	y, errY := b.Value()
	return errX == nil && errY == nil && x == y
}
