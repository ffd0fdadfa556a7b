package audit

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"

	"golau/internal/store"
)

// PrintOf is a hash over every column of every row that the queries find, for a
// line of the record to bear; "" when they find none. Each query takes all the
// arguments, names its columns, and says in which order its rows come.
func PrintOf(rx store.Rx, args []any, queries ...string) (string, error) {
	h := sha256.New()
	found := false
	for _, query := range queries {
		there, err := into(h, rx, query, args)
		if err != nil {
			return "", store.Explain(err)
		}
		found = found || there
	}
	if !found {
		return "", nil
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func into(h hash.Hash, rx store.Rx, query string, args []any) (found bool, err error) {
	rows, err := rx.Query(query, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return false, err
	}
	values, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return false, err
		}
		write(h, values)
		found = true
	}
	return found, rows.Err()
}

// write puts values so that no two lists of them read the same: each with its
// kind and its length.
func write(h hash.Hash, values []any) {
	var head [40]byte
	for _, v := range values {
		text, kind := "<nil>", "<nil>"
		switch v := v.(type) {
		case nil:
		case string:
			text, kind = v, "string"
		case int64:
			text, kind = strconv.FormatInt(v, 10), "int64"
		default:
			text, kind = fmt.Sprint(v), fmt.Sprintf("%T", v)
		}
		b := append(append(head[:0], kind...), ' ')
		h.Write(append(strconv.AppendInt(b, int64(len(text)), 10), ':'))
		io.WriteString(h, text) // a hash takes whatever it is given
	}
}

// PrintOfValues is PrintOf for rows that have just been written, so that they need
// not be read again: all their values, in the order of the queries.
func PrintOfValues(values []any) string {
	h := sha256.New()
	write(h, values)
	return hex.EncodeToString(h.Sum(nil))
}

// Seal is a hash over the values of one row, as the database gives them back
// (text, int64, nil), for a column of that row. It notices that the row was
// changed, and not that it was sealed anew: what a line of the record says later
// is the stronger witness.
func Seal(values ...any) string {
	h := sha256.New()
	write(h, values)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
