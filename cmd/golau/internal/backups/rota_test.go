package backups

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// keeper is a rota over a real database, with a clock that moves when told.
type keeper struct {
	*Rota
	t     *testing.T
	clock *storetest.Clock
	log   *bytes.Buffer
	db    *store.DB
	busy  bool // somebody writes before each moment
}

// write is somebody who does something.
func (k keeper) write() {
	k.t.Helper()
	err := k.db.Write(k.t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error {
		return audit.Record(tx, "test.done", "thing:1", nil)
	})
	if err != nil {
		k.t.Fatal(err)
	}
}

func newKeeper(t *testing.T) keeper {
	t.Helper()
	db, clock := storetest.Open(t)
	log := &bytes.Buffer{}
	return keeper{Rota: &Rota{Database: db.Path(), Dir: filepath.Join(t.TempDir(), "backups"), Days: 3, Weeks: 2, Now: clock.Now,
		Log: slog.New(slog.NewTextHandler(log, nil))}, t: t, clock: clock, log: log, db: db}
}

// names are the backups there are, without what they have in common.
func (k keeper) names() []string {
	files, _ := k.files()
	var names []string
	for _, f := range files {
		names = append(names, f.at.Format("0102T1504"))
	}
	return names
}

func (k keeper) at(moment string) keeper {
	k.t.Helper()
	at, err := time.Parse("2006-01-02 15:04", moment)
	if err != nil {
		k.t.Fatal(err)
	}
	if k.clock.Set(at); k.busy {
		k.write()
	}
	k.Tick(k.t.Context())
	return k
}

func (k keeper) want(names ...string) {
	k.t.Helper()
	if got := k.names(); !slices.Equal(got, names) {
		k.t.Errorf("%v, want %v\n%s", got, names, k.log)
	}
}

// One a night, at half past two in Wales, which is half past one in summer's UTC;
// a night on which the program stood still is made up for.
func TestOneANight(t *testing.T) {
	k := newKeeper(t)
	k.at("2026-06-10 09:00").want("0610T0900") // the first start
	k.at("2026-06-10 23:59").want("0610T0900")
	k.at("2026-06-11 01:29").want("0610T0900")
	k.at("2026-06-11 01:30").want("0610T0900", "0611T0130")
	k.at("2026-06-11 01:31").want("0610T0900", "0611T0130")
	k.at("2026-06-13 08:00").want("0610T0900", "0611T0130", "0613T0800")
	if s := k.State(); !s.On || s.Kept != 3 || s.Failure != "" || s.Bytes == 0 || s.Last.Format(time.DateTime) != "2026-06-13 08:00:00" {
		t.Errorf("%+v", s)
	}
	k.Days = 0
	k.at("2026-06-20 08:00").want("0610T0900", "0611T0130", "0613T0800")
}

// Three days and two weeks stay; what is not a backup is left alone.
func TestOldOnesGo(t *testing.T) {
	k := newKeeper(t)
	k.at("2026-11-01 03:00")
	foreign := filepath.Join(k.Dir, "golau-mine.db")
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for day := 2; day <= 12; day++ {
		k.at(time.Date(2026, 11, day, 3, 0, 0, 0, time.UTC).Format("2006-01-02 15:04"))
	}
	// The 12th is a Thursday: three days, and the Sunday that ended the week before.
	k.want("1108T0300", "1110T0300", "1111T0300", "1112T0300")
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
	// A clock that was wrong for a night empties nothing.
	k.at("2031-01-01 03:00").want("1111T0300", "1112T0300", "0101T0300")
	k.at("2026-11-13 03:00")
	if n := len(k.names()); n < 3 {
		t.Errorf("%v", k.names())
	}
}

// Copies made before upgrades last as long as backups of their age, and no
// longer; while the rota is not full, none goes.
func TestCopiesBeforeUpgradesGo(t *testing.T) {
	k := newKeeper(t)
	made := func(moment string) string {
		at, err := time.Parse("2006-01-02 15:04", moment)
		if err != nil {
			t.Fatal(err)
		}
		path := Before(k.Database, at)
		if err := os.WriteFile(path, []byte("names"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first, second := made("2026-10-31 12:00"), made("2026-11-09 12:00")
	mine := strings.TrimSuffix(k.Database, ".db") + "-before-lunch.db"
	if err := os.WriteFile(mine, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	left := func(when string, want ...string) {
		t.Helper()
		got, err := filepath.Glob(strings.TrimSuffix(k.Database, ".db") + "-before-*")
		want = append(want, mine)
		if slices.Sort(got); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
	for day := 1; day <= 9; day++ {
		k.at(time.Date(2026, 11, day, 3, 0, 0, 0, time.UTC).Format("2006-01-02 15:04"))
		switch day {
		case 2:
			left("two days and two weeks", first, second) // the 1st is a Sunday
		case 3:
			left("the rota is full", second)
		}
	}
	left("younger than the oldest backup", second)
	for day := 10; day <= 22; day++ {
		k.at(time.Date(2026, 11, day, 3, 0, 0, 0, time.UTC).Format("2006-01-02 15:04"))
	}
	left("two weeks later")
}

// A folder that cannot be written is said once an hour, tried every five minutes,
// and made good by itself.
func TestAFailureIsSaidOnceAnHour(t *testing.T) {
	k := newKeeper(t)
	if err := os.WriteFile(k.Dir, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	k.at("2026-11-01 03:00")
	for minute := range 119 {
		k.at(time.Date(2026, 11, 1, 3, minute, 0, 0, time.UTC).Format("2006-01-02 15:04"))
	}
	if n := strings.Count(k.log.String(), "backup failed"); n != 2 {
		t.Errorf("said %d times in two hours:\n%s", n, k.log)
	}
	if s := k.State(); s.Failure == "" || s.Kept != 0 {
		t.Errorf("%+v", s)
	}
	if err := os.Remove(k.Dir); err != nil {
		t.Fatal(err)
	}
	k.at("2026-11-01 05:01").want("1101T0501")
	if s := k.State(); s.Failure != "" {
		t.Errorf("%+v", s)
	}
}

// A disk without room is named before it is filled: the site may live on it.
func TestNoRoom(t *testing.T) {
	k := newKeeper(t)
	huge := filepath.Join(t.TempDir(), "huge.db")
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 1<<43); err != nil { // claims eight terabytes, takes none
		t.Skip("the disk knows no holes:", err)
	}
	k.Database = huge
	k.at("2026-11-01 03:00").want()
	if s := k.State(); !strings.Contains(s.Failure, "is full") || !strings.Contains(s.Failure, "make room") || s.Why != Full {
		t.Errorf("%+v", s)
	}
}
