package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Evidence is a table whose rows never change once they are written. All its
// texts are written out in the room that owns the table.
type Evidence struct {
	Table string
	Key   []string // the columns that name a row
	Rest  []string // what it says besides, as far as that never changes
}

// Digest returns how many rows there are, and a SHA-256 over all of them in the
// order of their keys: two copies with the same digest say the same.
func (e Evidence) Digest(rx Rx) (n int, digest string, err error) {
	rows, err := e.read(rx, e.Rest)
	if err != nil {
		return 0, "", err
	}
	defer rows.Close()
	h := sha256.New()
	for rows.Next() {
		var key, rest string
		if err := rows.Scan(&key, &rest); err != nil {
			return n, "", Explain(err)
		}
		fmt.Fprintf(h, "%s %s\n", key, rest)
		n++
	}
	return n, hex.EncodeToString(h.Sum(nil)), Explain(rows.Err())
}

// HeldBy returns an error that names the first row of the older copy that is not
// word for word in the newer one, and how many rows the newer has besides. What
// the older schema does not know is not compared.
func (e Evidence) HeldBy(older, newer Rx) (more int, err error) {
	var known []string
	if err := older.Raw("SELECT name FROM pragma_table_info(?)", e.Table).Scan(&known).Error; err != nil || len(known) == 0 {
		return 0, Explain(err)
	}
	rest := slices.DeleteFunc(slices.Clone(e.Rest), func(c string) bool { return !slices.Contains(known, c) })
	was, err := e.read(older, rest)
	if err != nil {
		return 0, err
	}
	defer was.Close()
	is, err := e.read(newer, rest)
	if err != nil {
		return 0, err
	}
	defer is.Close()
	for was.Next() {
		var key, said, at, says string
		if err := was.Scan(&key, &said); err != nil {
			return more, Explain(err)
		}
		for at != key {
			if !is.Next() {
				return more, errors.Join(fmt.Errorf("%s %s is gone", e.Table, key), Explain(is.Err()))
			}
			if err := is.Scan(&at, &says); err != nil {
				return more, Explain(err)
			}
			more++
		}
		more--
		if says != said {
			return more, fmt.Errorf("%s %s was changed", e.Table, key)
		}
	}
	for is.Next() {
		more++
	}
	return more, Explain(errors.Join(was.Err(), is.Err()))
}

// Orphans returns an error where rows belong to something that is not there.
func (e Evidence) Orphans(rx Rx) error {
	var n int
	if err := rx.Raw("SELECT count(*) FROM pragma_foreign_key_check(?)", e.Table).Scan(&n).Error; err != nil || n == 0 {
		return Explain(err)
	}
	return fmt.Errorf("%s: %d rows belong to something that is not there", e.Table, n)
}

// read returns the rows in the order of their keys: each as its key and the rest.
func (e Evidence) read(rx Rx, rest []string) (*sql.Rows, error) {
	quoted := func(columns []string) string { return "json_array(" + strings.Join(columns, ", ") + ")" }
	rows, err := rx.Raw("SELECT " + quoted(e.Key) + ", " + quoted(rest) + " FROM " + e.Table + " ORDER BY " + strings.Join(e.Key, ", ")).Rows()
	return rows, Explain(err)
}
