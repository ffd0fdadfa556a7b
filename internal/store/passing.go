package store

// Passing is how rows of a table pass: by their age, a few at a time. All its
// texts are written out in the room that owns the table.
type Passing struct {
	Kind   string // of what is kept for how long
	Table  string
	Key    string // the column that names a row
	Since  string // the expression from which its age counts
	Where  string // which rows pass at all
	Remove string // takes the row with the key away; "" where that takes more than a statement
	About  string // lines of the record about a row that passes lose their detail: what stands before the key
	Told   string // the expression since when whoever passes has known of it; "" where nobody is told
	Notice int    // for how many days they must have known

	told Time // until when they must have been told
}

// AsOf returns how rows pass at a moment. Without it, no row passes of which
// somebody must have been told.
func (p Passing) AsOf(now Time) Passing {
	p.told = At(now.AddDate(0, 0, -p.Notice))
	return p
}

func (p Passing) aged() string {
	if p.Told == "" {
		return p.Where + " AND " + p.Since + " <= ?"
	}
	return p.Where + " AND " + p.Told + " <= ? AND " + p.Since + " <= ?"
}

func (p Passing) from() string { return " FROM " + p.Table + " WHERE " + p.aged() }

// ages are the parameters of aged, and what follows them.
func (p Passing) ages(before Time, more ...any) []any {
	if p.Told == "" {
		return append([]any{before}, more...)
	}
	return append([]any{p.told, before}, more...)
}

// Old says how many rows are as old as the moment, and since when the oldest is.
func (p Passing) Old(rx Rx, before Time) (n int, oldest Time, err error) {
	err = rx.Raw("SELECT count(*), min("+p.Since+")"+p.from(), p.ages(before)...).Row().Scan(&n, &oldest)
	return n, oldest, Explain(err)
}

// Next returns the keys of up to n rows that are as old as the moment, the oldest
// first. It may read much: not for within a Write.
func (p Passing) Next(rx Rx, before Time, n int) (keys []string, err error) {
	err = rx.Raw("SELECT CAST("+p.Key+" AS TEXT)"+p.from()+" ORDER BY "+p.Since+" LIMIT ?", p.ages(before, n)...).Scan(&keys).Error
	return keys, Explain(err)
}

// Take takes the row with the key away, if it is still as old as the moment, and
// returns how many that were.
func (p Passing) Take(tx Tx, key string, before Time) (int, error) {
	r := tx.Exec(p.Remove+" AND "+p.aged(), append([]any{key}, p.ages(before)...)...)
	return int(r.RowsAffected), r.Error
}

// Still says whether the row with the key passes and is as old as the moment: what
// Next found may have changed since.
func (p Passing) Still(rx Rx, key string, before Time) (still bool, err error) {
	err = rx.Raw("SELECT EXISTS (SELECT 1"+p.from()+" AND "+p.Key+" = ?)", p.ages(before, key)...).Row().Scan(&still)
	return still, Explain(err)
}
