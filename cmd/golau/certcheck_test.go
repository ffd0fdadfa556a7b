package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/store"
)

// meddle changes a file behind the program, past its triggers and checks.
func meddle(t testing.TB, file string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=foreign_keys(0)&_pragma=ignore_check_constraints(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// evidence are the tables of which certcheck promises to notice any change.
var evidence = []string{"certificates_issued", "certificates_register", "certificates_signatures", "certificates_status", "certificates_erased", "certificates_keys",
	"audit_events", "audit_details", "audit_head"}

// furnished is a backup of a house in which something of everything happened:
// certificates issued, corrected, withdrawn, kept out of the register, entered
// in it later, and one whose holder was erased.
func furnished(t *testing.T) (h *house, file string) {
	t.Helper()
	h = livedIn(t)
	h.write(func(tx store.Tx) error { return certificates.Revoke(tx, h.did["beca"].certificate, "issued in error") })
	h.write(func(tx store.Tx) error {
		old, err := certificates.ByID(tx.Rx, h.id["nia"], h.did["nia"].certificate)
		if err != nil {
			return err
		}
		award := old.Award
		award.HolderName = "Nia Rhydderch-Puw"
		if _, err = certificates.Reissue(tx, old.ID, award); err != nil {
			return err
		}
		for _, who := range []string{"huw", "gwen", "lowri"} {
			award := old.Award
			award.Person, award.HolderName, award.Enrolment, award.Unconfirmed = h.id[who], folk[who].name, "enrolment-"+who, who != "huw"
			if _, err := certificates.Issue(tx, award); err != nil {
				return err
			}
		}
		return nil
	})
	h.work()
	h.clock.Advance(time.Minute)
	h.write(func(tx store.Tx) error {
		gwens, err := certificates.For(tx.Rx, h.id["gwen"])
		if err != nil {
			return err
		}
		return certificates.EnterRegister(tx, gwens[0].Person, gwens[0].Organisation, gwens[0].Board.ID)
	})
	alun := h.as("alun")
	page := alun.get("/en/admin/people/" + h.id["huw"] + "/erase").want(http.StatusOK)
	alun.press(page, "erase", "", "reason", "asked in writing", "confirm", folk["huw"].email, "proof", h.spare("alun")).leads("/en/admin/people?done=erased")
	h.work()
	if n := h.count("certificates_register"); n != 5 || h.count("certificates_erased") != 1 || h.count("certificates_issued") != 6 {
		t.Fatalf("%d entries, %d erased, %d certificates", n, h.count("certificates_erased"), h.count("certificates_issued"))
	}
	file = filepath.Join(t.TempDir(), "evidence.db")
	if code, _, errs := golau(t, "backup", file, "--data", h.dir); code != exitDone {
		t.Fatal(errs)
	}
	if err := verified(t, h, file); err != nil {
		t.Fatal(err)
	}
	return h, file
}

// verified is what certcheck says of a file.
func verified(t *testing.T, h *house, file string) error {
	t.Helper()
	rx, done, err := store.Peek(file)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	return checkEvidence(t.Context(), &streams{out: &strings.Builder{}, err: &strings.Builder{}}, rx(t.Context()), h.keys)
}

// T1-13: flip one bit of any byte of any column of any row of evidence, and
// certcheck says so. GOLAU_FLIPS sets how many; a thousand are the named drill:
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

// flip is one bit changed.
type flip struct {
	table, column string
	row           any
	was, is       any
}

// key is what tells the rows of the table apart; one of them has no rowid.
func (f flip) key() string {
	if f.table == "certificates_erased" {
		return "certificate_id"
	}
	return "rowid"
}

func (f flip) String() string {
	return fmt.Sprintf("%s.%s of row %v: %q became %q", f.table, f.column, f.row, fmt.Sprint(f.was), fmt.Sprint(f.is))
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
	must(db.QueryRow("SELECT "+f.key()+" FROM "+f.table+" LIMIT 1 OFFSET ?", dice.IntN(rows)).Scan(&f.row))
	var names []string
	columns, err := db.Query("SELECT name FROM pragma_table_info(?)", f.table)
	must(err)
	for columns.Next() {
		var name string
		must(columns.Scan(&name))
		names = append(names, name)
	}
	columns.Close()
	column := names[dice.IntN(len(names))]
	must(db.QueryRow("SELECT "+column+" FROM "+f.table+" WHERE "+f.key()+" = ?", f.row).Scan(&f.was))
	switch v := f.was.(type) {
	case int64:
		f.is = v ^ 1<<dice.IntN(20)
	case string:
		if v == "" {
			return f
		}
		b := []byte(v)
		b[dice.IntN(len(b))] ^= 1 << dice.IntN(8)
		f.is = string(b)
	default: // NULL
		return f
	}
	if _, err := db.Exec("UPDATE "+f.table+" SET "+column+" = ? WHERE "+f.key()+" = ?", f.is, f.row); err != nil {
		return f // another row's key
	}
	if column == "id" && f.table != "certificates_issued" || column == "event_id" || column == f.key() { // the row itself has moved
		f.row = f.is
	}
	f.column = column
	return f
}

func (f flip) undo(t *testing.T, db *sql.DB) {
	t.Helper()
	r, err := db.Exec("UPDATE "+f.table+" SET "+f.column+" = ? WHERE "+f.key()+" = ?", f.was, f.row)
	if err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	if n, _ := r.RowsAffected(); n != 1 {
		t.Fatalf("%s: %d rows undone", f, n)
	}
}

// Whole rows taken away are noticed too, and so is the end of the record cut off
// with everything in the database mended after it, when there is a backup.
func TestRemovalsAreNoticed(t *testing.T) {
	t.Parallel()
	h, file := furnished(t)
	last := "(SELECT max(id) FROM audit_events)"
	for what, c := range map[string]struct {
		says       string
		statements []string
	}{
		"a certificate": {"row was removed", []string{"DELETE FROM certificates_status WHERE certificate_id = '" + h.did["beca"].certificate + "'", "DELETE FROM certificates_signatures WHERE certificate_id = '" + h.did["beca"].certificate + "'",
			"DELETE FROM certificates_register WHERE certificate_id = '" + h.did["beca"].certificate + "'", "DELETE FROM certificates_issued WHERE id = '" + h.did["beca"].certificate + "'"}},
		"a signature":       {"its signature was removed", []string{"DELETE FROM certificates_signatures WHERE certificate_id = '" + h.did["beca"].certificate + "'"}},
		"a withdrawal":      {"its withdrawal was removed", []string{"DELETE FROM certificates_status WHERE status = 'revoked'"}},
		"a correction":      {"that it was superseded was removed", []string{"DELETE FROM certificates_status WHERE status = 'superseded'"}},
		"an entry":          {"register was changed", []string{"DELETE FROM certificates_register WHERE id = 1"}},
		"an entry put in":   {"register was changed", []string{"INSERT INTO certificates_register (board_id, certificate_id, entered_at) SELECT board_id, id, issued_at FROM certificates_issued WHERE enrolment_id = 'enrolment-lowri'"}},
		"a late entry":      {"register was changed", []string{"DELETE FROM certificates_register WHERE id = 5"}},
		"an erasure":        {"signature's row was changed", []string{"DELETE FROM certificates_erased"}},
		"a key":             {"the database has 0 keys", []string{"DELETE FROM certificates_keys"}},
		"the newest line":   {"cut off", []string{"DELETE FROM audit_details WHERE event_id = " + last, "DELETE FROM audit_events WHERE id = " + last}},
		"a status put in":   {"the record knows nothing", []string{"INSERT INTO certificates_status SELECT id, 'revoked', NULL, 'x', 1 FROM certificates_issued WHERE revision = 2"}},
		"everything at all": {"cut off", []string{"DELETE FROM audit_details", "DELETE FROM audit_events"}},
	} {
		damaged := copyOf(t, file)
		var drop []string
		for _, table := range evidence {
			for _, name := range triggersOf(t, damaged, table) {
				drop = append(drop, "DROP TRIGGER "+name)
			}
		}
		meddle(t, damaged, append(drop, c.statements...)...)
		if err := verified(t, h, damaged); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The command ends with 1 and the row; whoever mends all of the database is told
// on by a backup.
func TestCertcheck(t *testing.T) {
	t.Parallel()
	h, file := furnished(t)
	if code, out, errs := golau(t, "certcheck", "--data", h.dir); code != exitDone || !strings.Contains(out, "certificates: 6 hold") || errs != "" {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if code, _, errs := golau(t, "certcheck", "--data", h.dir, "--since", file); code != exitDone {
		t.Errorf("%d %s", code, errs)
	}
	h.closeNow()
	cutOff(t, h.path(), "DELETE FROM audit_details WHERE event_id >= 40; DELETE FROM audit_events WHERE id >= 40;"+
		"UPDATE audit_head SET lines = 39, hash = (SELECT hash FROM audit_events WHERE id = 39)")
	code, _, errs := golau(t, "certcheck", "--data", h.dir, "--since", file)
	if code != exitNo || !strings.Contains(errs, "audit line") || strings.Count(errs, "\n") != 1 {
		t.Errorf("%d %s", code, errs)
	}
	if code, _, errs := golau(t, "certcheck", "--data", t.TempDir()); code != exitNo || !strings.Contains(errs, "no database") {
		t.Errorf("%d %s", code, errs)
	}
}

// cutOff runs statements with the triggers off, and puts the triggers back.
func cutOff(t *testing.T, file, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=foreign_keys(0)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	rows, err := db.Query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'")
	if err != nil {
		t.Fatal(err)
	}
	triggers := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			t.Fatal(err)
		}
		triggers[name] = text
	}
	rows.Close()
	for name := range triggers {
		if _, err := db.Exec("DROP TRIGGER " + name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
	for _, text := range triggers {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
}
