package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"testing"

	"golau/cmd/golau/internal/web"
	"golau/internal/mail"
	"golau/internal/people"
	"golau/internal/store"
	"golau/internal/store/storetest"
)

// The tests of the doors run against the program as build wires it, on a real
// database file, with a clock that moves only when told and a post that keeps
// its letters. They know pages, statuses and rows, and no room from inside.

// site is how the house is reached from outside. Nothing listens there.
const site = "golau.example"

// exitURL is where "Leave this page" leads.
const exitURL = "https://weather.example/"

// house is the wired program with everything a test turns and looks at.
type house struct {
	*program
	t     testing.TB
	clock *storetest.Clock
	mail  *mail.Memory
	log   *logBook
	dir   string
	spent *spent
	cast  // what the template knows of its people and what they did
}

// path is the database file.
func (h *house) path() string { return filepath.Join(h.dir, "golau.db") }

// template is a furnished house in a folder, copied for each test: furnishing
// it through the pages takes a second, copying it a few milliseconds.
type template struct {
	once sync.Once
	dir  string
	cast cast
	err  any
}

var (
	fresh template // the cast is there; nobody has begun
	lived template // Nia and Beca have finished; each has a check open again
)

var templates string // folder of them all

func TestMain(m *testing.M) {
	var err error
	if templates, err = os.MkdirTemp("", "golau-doors"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	debug.SetGCPercent(400) // each house reads and makes everything anew
	code := m.Run()
	os.RemoveAll(templates)
	os.Exit(code)
}

// newHouse opens a house in which the cast is there and nobody has begun.
func newHouse(t testing.TB, change ...func(*wiring)) *house {
	t.Helper()
	return fresh.copy(t, "fresh", furnish, change)
}

// livedIn opens a house with two people, one under each board, who have
// finished the course and have begun a check once more.
func livedIn(t testing.TB, change ...func(*wiring)) *house {
	t.Helper()
	return lived.copy(t, "lived", func(t testing.TB, dir string) cast {
		h := fresh.copy(t, "fresh", furnish, nil)
		c := liveIn(h)
		h.closeNow()
		copyFolder(t, dir, h.dir)
		return c
	}, change)
}

func (m *template) copy(t testing.TB, name string, make func(testing.TB, string) cast, change []func(*wiring)) *house {
	t.Helper()
	m.once.Do(func() {
		m.err = "the template could not be made"
		m.dir = filepath.Join(templates, name)
		m.cast = make(t, m.dir)
		m.err = nil
	})
	if m.err != nil {
		t.Fatal(m.err)
	}
	dir := t.TempDir()
	copyFolder(t, dir, m.dir)
	h := open(t, dir, change...)
	h.cast = m.cast
	h.session, h.codes = maps.Clone(m.cast.session), maps.Clone(m.cast.codes) // a house may sign somebody in anew
	return h
}

// copyFolder copies a folder, closed to others as keys have to be.
func copyFolder(t testing.TB, to, from string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), content, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// emptyHouse opens a house at its very first start.
func emptyHouse(t testing.TB, change ...func(*wiring)) *house {
	t.Helper()
	return open(t, t.TempDir(), change...)
}

// cheap is the hasher of the houses: at full cost they would spend most of their
// time on it. realHashing is for what depends on the cost.
var cheap = people.Argon2id{Memory: 64, Passes: 1}

func realHashing(w *wiring) { w.hasher = nil }

// compiledIn is the course, read once for all houses.
var compiledIn = sync.OnceValues(func() (*material, error) { return openMaterial(wiring{}) })

// parsed are the pages, parsed once for all houses.
var parsed = sync.OnceValues(func() (*web.Pages, error) { return openPages(false) })

// open wires the program around the database in dir.
func open(t testing.TB, dir string, change ...func(*wiring)) *house {
	t.Helper()
	h := &house{t: t, spent: &spent{}, clock: storetest.NewClock(storetest.Start), mail: &mail.Memory{}, log: &logBook{}, dir: dir}
	log := slog.New(slog.NewJSONHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	db, err := store.Open(t.Context(), store.Options{Path: h.path(), Now: h.clock.Now, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if h.program == nil || h.db != nil {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	taught, err := compiledIn()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	w := wiring{data: dir, log: log, now: h.clock.Now, sender: h.mail, material: taught, pages: pages, hasher: cheap,
		site: siteFlags{Addr: "127.0.0.1:8080", BaseURL: "https://" + site, ExitURL: exitURL}}
	for _, f := range change {
		f(&w)
	}
	if h.program, err = build(t.Context(), db, w); err != nil {
		t.Fatal(err)
	}
	h.settle()
	return h
}

// settle works out what is asked of whom, as the background does each second.
func (h *house) settle() {
	h.t.Helper()
	if err := h.school.Settle(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// closeNow closes the house before the test ends, so that its folder is whole.
func (h *house) closeNow() {
	h.t.Helper()
	if err := h.db.Close(); err != nil {
		h.t.Fatal(err)
	}
	h.db = nil
}

// write changes the house behind its pages.
func (h *house) write(fn func(tx store.Tx) error) {
	h.t.Helper()
	err := h.db.Write(h.t.Context(), store.Actor{Via: "cli"}, func(_ context.Context, tx store.Tx) error { return fn(tx) })
	if err != nil {
		h.t.Fatal(err)
	}
	h.settle()
}

// count counts rows: h.count("quiz_marks WHERE attempt_id = ?", id).
func (h *house) count(from string, args ...any) int {
	h.t.Helper()
	var n int
	if err := h.db.Read(h.t.Context()).Raw("SELECT count(*) FROM "+from, args...).Scan(&n).Error; err != nil {
		h.t.Fatal(err)
	}
	return n
}

// work does what the outbox holds, as the worker would.
func (h *house) work() {
	h.t.Helper()
	for {
		n, err := h.worker.Once(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		if n == 0 {
			h.settle()
			return
		}
	}
}

// demonstration wires the house as serve --demo does.
func demonstration(w *wiring) {
	w.demo = true
	w.site.BaseURL = ""
}

// logBook keeps what was logged.
type logBook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
