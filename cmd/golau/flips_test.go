package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/store"
)

// T1-13: flip one bit of any byte of any column of any row of evidence, and
// certcheck says so, without a backup beside it. GOLAU_FLIPS sets how many; a thousand are the named drill:
//
//	GOLAU_FLIPS=1000 go test ./cmd/golau -run TestEveryFlipIsNoticed -v
func TestEveryFlipIsNoticed(t *testing.T) {
	t.Parallel()
	flips := 300
	if testing.Short() {
		flips = 200
	}
	flips = number(t, "GOLAU_FLIPS", flips)
	seed := uint64(number(t, "GOLAU_FLIP_SEED", time.Now().Nanosecond()))
	dice := rand.New(rand.NewPCG(seed, 13))
	h, file := furnished(t)
	var drop []string
	for _, table := range evidence {
		for _, name := range triggersOf(t, file, table) {
			drop = append(drop, "DROP TRIGGER "+name)
		}
	}
	meddle(t, file, drop...)
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=foreign_keys(0)&_pragma=ignore_check_constraints(1)&_pragma=synchronous(OFF)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	noticed, columns := 0, map[string]bool{}
	for noticed < flips {
		f := aFlip(t, db, dice)
		if f.column == "" {
			continue // empty, or the flip met another row's key
		}
		columns[f.table+"."+f.column] = true
		if err := verified(t, h, file); err == nil {
			t.Errorf("not noticed (GOLAU_FLIP_SEED=%d): %s", seed, f)
		}
		f.undo(t, db)
		noticed++
	}
	if err := verified(t, h, file); err != nil {
		t.Errorf("a flip was not undone: %v", err)
	}
	t.Logf("%d flips in %d columns, GOLAU_FLIP_SEED=%d", flips, len(columns), seed)
}

func triggersOf(t *testing.T, file, table string) (names []string) {
	t.Helper()
	rx, done, err := store.Peek(file)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	if err := rx(t.Context()).Raw("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", table).Scan(&names).Error; err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Errorf("no trigger guards %s", table)
	}
	return names
}

// flip is one bit changed. key names the row, by the columns that do so.
type flip struct {
	table, column string
	keys          []string
	key           []any
	was, is       any
}

func (f flip) where() string {
	return " WHERE (" + strings.Join(f.keys, ", ") + ") = (" + strings.Repeat("?, ", len(f.keys)-1) + "?)"
}

func (f flip) String() string {
	return fmt.Sprintf("%s.%s of row %v: %q became %q", f.table, f.column, f.key, fmt.Sprint(f.was), fmt.Sprint(f.is))
}

// aFlip throws the dice for a table, a row, a column and a bit.
func aFlip(t *testing.T, db *sql.DB, dice *rand.Rand) flip {
	t.Helper()
	f := flip{table: evidence[dice.IntN(len(evidence))]}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
	}
	var rows int
	must(db.QueryRow("SELECT count(*) FROM " + f.table).Scan(&rows))
	if rows == 0 {
		t.Fatalf("%s has no row to be spoilt", f.table)
	}
	var names []string
	columns, err := db.Query("SELECT name, pk FROM pragma_table_info(?)", f.table)
	must(err)
	for columns.Next() {
		var name string
		var pk int
		must(columns.Scan(&name, &pk))
		names = append(names, name)
		if pk > 0 {
			f.keys = append(f.keys, name)
		}
	}
	columns.Close()
	f.key = make([]any, len(f.keys))
	into := make([]any, len(f.keys))
	for i := range into {
		into[i] = &f.key[i]
	}
	must(db.QueryRow("SELECT "+strings.Join(f.keys, ", ")+" FROM "+f.table+" LIMIT 1 OFFSET ?", dice.IntN(rows)).Scan(into...))
	column := names[dice.IntN(len(names))]
	must(db.QueryRow("SELECT "+column+" FROM "+f.table+f.where(), f.key...).Scan(&f.was))
	switch v := f.was.(type) {
	case int64:
		f.is = v ^ 1<<dice.IntN(63)
	case string:
		if v == "" {
			return f
		}
		b := []byte(v)
		b[dice.IntN(len(b))] ^= 1 << dice.IntN(8)
		f.is = string(b)
	default: // NULL
		f.is = int64(1)
	}
	if _, err := db.Exec("UPDATE "+f.table+" SET "+column+" = ?"+f.where(), append([]any{f.is}, f.key...)...); err != nil {
		return f // another row's key
	}
	if at := slices.Index(f.keys, column); at >= 0 { // the row itself has moved
		f.key[at] = f.is
	}
	f.column = column
	return f
}

func (f flip) undo(t *testing.T, db *sql.DB) {
	t.Helper()
	r, err := db.Exec("UPDATE "+f.table+" SET "+f.column+" = ?"+f.where(), append([]any{f.was}, f.key...)...)
	if err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	if n, _ := r.RowsAffected(); n != 1 {
		t.Fatalf("%s: %d rows undone", f, n)
	}
}
