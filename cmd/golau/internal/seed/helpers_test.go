package seed

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/internal/store"
	"golau/modules"
	"golau/quiz"
)

// today is when the demonstration of these tests is started.
var today = time.Date(2026, time.November, 23, 9, 30, 0, 0, time.UTC)

var scratch string // holds the one demonstration that most tests look at

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "golau-seed-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	scratch = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// made is the demonstration, made once.
var made = sync.OnceValues(func() (string, error) {
	path := filepath.Join(scratch, "demo.db")
	return path, demo(context.Background(), path, filepath.Join(scratch, "keys"), today, taught)
})

// house is a database with stories in it.
type house struct {
	t      *testing.T
	db     *store.DB
	keys   *certificates.Keys
	school *course.School
}

// demonstration opens the one demonstration; nothing in it may be changed.
func demonstration(t *testing.T) house {
	t.Helper()
	path, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return open(t, path, filepath.Join(scratch, "keys"), store.Options{})
}

func open(t *testing.T, path, keysDir string, o store.Options) house {
	t.Helper()
	o.Path = path
	if o.Now == nil {
		o.Now = func() time.Time { return today }
	}
	db, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	keys, err := certificates.OpenKeys(keysDir, db.Chance())
	if err != nil {
		t.Fatal(err)
	}
	library, banks, err := taught.Read()
	if err != nil {
		t.Fatal(err)
	}
	school, err := course.New(db, library, banks, keys, course.Options{Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	return house{t, db, keys, school}
}

// contents are what is compiled in, read once.
var contents = sync.OnceValue(func() (c struct {
	library *modules.Library
	banks   *quiz.Banks
	err     error
}) {
	var errs [2]error
	c.library, _, errs[0] = modules.Load(modules.Content())
	c.banks, _, errs[1] = quiz.Load(quiz.Content())
	c.err = errors.Join(errs[:]...)
	return c
})

var taught = Teaching{Banks: quiz.Content(), Read: func() (*modules.Library, *quiz.Banks, error) {
	c := contents()
	return c.library, c.banks, c.err
}}

func (h house) read() store.Rx { return h.db.Read(h.t.Context()) }

func (h house) count(sql string, args ...any) (n int) {
	h.t.Helper()
	if err := h.read().Raw(sql, args...).Row().Scan(&n); err != nil {
		h.t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func (h house) list(sql string, args ...any) (all []string) {
	h.t.Helper()
	if err := h.read().Raw(sql, args...).Scan(&all).Error; err != nil {
		h.t.Fatalf("%s: %v", sql, err)
	}
	return all
}

// moments are the columns that hold times.
var moments = regexp.MustCompile(`^(at|.*_at|valid_until)$`)

// dump writes out every row of every table. With an end, times are told from it
// and what depends on the day otherwise is left out.
func (h house) dump(end time.Time) string {
	h.t.Helper()
	var b strings.Builder
	for _, table := range h.list("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'store_%' ORDER BY name") {
		if !end.IsZero() && (table == "course_assignments" || table == "course_standings" || table == "course_tallies" || table == "course_rule_tallies") {
			continue // their days follow from the calendar
		}
		order := " ORDER BY 1, 2"
		if len(h.list("SELECT name FROM pragma_table_info('"+table+"')")) == 1 {
			order = " ORDER BY 1"
		}
		rows, err := h.read().Raw("SELECT * FROM " + table + order).Rows()
		if err != nil {
			h.t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			h.t.Fatal(err)
		}
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				h.t.Fatal(err)
			}
			b.WriteString(table)
			for i, v := range values {
				v := *v.(*any)
				if !end.IsZero() {
					v = relative(table, columns[i], v, end)
				}
				fmt.Fprintf(&b, "|%v", v)
			}
			b.WriteByte('\n')
		}
		if err := rows.Err(); err != nil {
			h.t.Fatal(err)
		}
		rows.Close()
	}
	return b.String()
}

func relative(table, column string, v any, end time.Time) any {
	switch at, ok := v.(int64); {
	case column == "hash" || column == "seal" || column == "detail_hash" || column == "print" || column == "token" || column == "checked_on" || column == "works_since" || column == "on_day" || column == "valid_until":
		return "-"
	case table == "audit_details" && column == "detail":
		return "-" // a council's day
	case ok && moments.MatchString(column):
		return at - end.UnixMicro()
	}
	return v
}
