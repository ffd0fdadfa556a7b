package steward

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"golau/internal/sheet"
	"golau/internal/store"
)

// each gives every row of a table that is a person's, its times as text.
func each(rx store.Rx, p store.Personal, person string, head func(columns []string) error, row func(columns []string, values []any) error) error {
	rows, err := p.About(rx, person)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err == nil {
		err = head(columns)
	}
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, name := range columns {
			if n, ok := values[i].(int64); ok && (name == "at" || strings.HasSuffix(name, "_at") || name == "valid_until") {
				values[i] = time.UnixMicro(n).UTC().Format(time.RFC3339Nano)
			}
		}
		if err := row(columns, values); err != nil {
			return err
		}
	}
	return store.Explain(rows.Err())
}

// writeJSON writes one object with a list of rows for each table.
func writeJSON(rx store.Rx, w io.Writer, tables []store.Personal, person string) error {
	between := "{"
	for _, p := range tables {
		if _, err := fmt.Fprintf(w, "%s\n%q: [", between, p.Table); err != nil {
			return err
		}
		between = ","
		comma := ""
		err := each(rx, p, person, func([]string) error { return nil }, func(columns []string, values []any) error {
			line, err := object(columns, values)
			if err == nil {
				_, err = fmt.Fprintf(w, "%s\n  %s", comma, line)
			}
			comma = ","
			return err
		})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, "]"); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "\n}\n")
	return err
}

// object is a row in the order of its columns; what is JSON already stays so.
func object(columns []string, values []any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, name := range columns {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q: ", name)
		if text, ok := values[i].(string); ok && (strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")) && json.Valid([]byte(text)) {
			b.WriteString(text)
			continue
		}
		raw, err := json.Marshal(values[i])
		if err != nil {
			return nil, err
		}
		b.Write(raw)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// writeCSV writes a table as a sheet.
func writeCSV(rx store.Rx, w io.Writer, p store.Personal, person string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	err := each(rx, p, person, c.Write, func(_ []string, values []any) error {
		row := make([]string, len(values))
		for i, v := range values {
			if v != nil {
				row[i] = fmt.Sprint(v)
			}
		}
		return c.Write(sheet.Cells(row))
	})
	c.Flush()
	if err == nil {
		err = c.Error()
	}
	return err
}
