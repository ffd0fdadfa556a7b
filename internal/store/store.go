// Package store opens the one SQLite file and hands out transactions: Read for
// looking, Write for changing. It owns the schema as a whole and the table of
// migrations.
//
// It does not know what any row means: tables belong to the rooms whose name
// they bear. It never deletes, and it never decides.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	_ "modernc.org/sqlite" // the engine, under the name "sqlite"
)

// Options says where the database is and where time and chance come from.
type Options struct {
	Path    string           // file; made when absent
	Now     func() time.Time // default time.Now
	Rand    io.Reader        // default crypto/rand
	Readers int              // reading connections; default 4
	Log     *slog.Logger     // default: nothing
	// Broken is called once when a commit could not be made durable. What the
	// disk then holds is unknown, so the program should stop and start again
	// from the file rather than try the same flush again.
	Broken func(error)
	// BeforeMigration is called with the path before a migration changes an
	// existing database, so that a backup can be taken.
	BeforeMigration func(ctx context.Context, db *sql.DB) error
	// Synchronous is for measurements and for the test of the refusal to start;
	// anything but "" or FULL is refused by Open.
	Synchronous string

	busy time.Duration // how long to wait for another process's lock; default busyTimeout

	// For the test of the refusals: settings that each connection is given after
	// ours ("name=value": the driver sorts them), and the oldest engine that will do.
	spoilt, atLeast string
}

// DB is one file seen through two pools: one connection that writes, several
// that cannot.
type DB struct {
	path    string
	w, r    *gorm.DB
	line    *line   // under w, once the database is open
	wsql    *sql.DB // the pool of the line's one connection
	rsql    *sql.DB
	fsql    *sql.DB       // one connection that folds the log
	fold    chan struct{} // there is something to fold
	folded  chan struct{} // closed once nothing folds any more
	now     func() time.Time
	rand    io.Reader
	log     *slog.Logger
	jobs    chan *job
	quit    chan struct{}
	stopped chan struct{}
	broken  atomic.Pointer[error]
	onBreak func(error)
	slow    time.Duration
	closing sync.Once
	closed  error

	hurried        atomic.Int64 // how many wait for a Write that is no Batch
	groups, writes atomic.Int64 // what the writer has done, for measurements
}

func (o *Options) defaults() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Readers == 0 {
		o.Readers = 4
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Synchronous == "" {
		o.Synchronous = "FULL"
	}
	if o.busy == 0 {
		o.busy = busyTimeout
	}
	if o.atLeast == "" {
		o.atLeast = minSQLite
	}
}

func newDB(o Options) *DB {
	return &DB{path: o.Path, now: o.Now, rand: o.Rand, log: o.Log, onBreak: o.Broken, slow: 100 * time.Millisecond,
		jobs: make(chan *job, 4096), quit: make(chan struct{}), stopped: make(chan struct{}), fold: make(chan struct{}, 1), folded: make(chan struct{})}
}

// busyTimeout is how long SQLite waits for another process's lock. With the
// time a page takes on top, a locked database answers 503 within six seconds.
const busyTimeout = 4 * time.Second

// Open opens or creates the database, brings its schema up to date and checks
// that it is safe to serve from. It returns an error with a reason when not.
func Open(ctx context.Context, o Options) (*DB, error) {
	o.defaults()
	private(o.Path)
	db := newDB(o)
	var err error
	if db.wsql, err = open(o, 1, "_txlock=immediate&_pragma=wal_autocheckpoint("+foldByPages+")"); err != nil {
		return nil, err
	}
	if err := db.ready(ctx, o); err != nil {
		if db.line != nil {
			_ = db.line.close()
		}
		db.wsql.Close()
		return nil, err
	}
	go db.run()
	go db.folding()
	return db, nil
}

// ready checks the file, brings its schema up to date and connects writer and
// readers to it.
func (db *DB) ready(ctx context.Context, o Options) error {
	if err := db.check(ctx, o.atLeast); err != nil {
		return err
	}
	if err := db.migrate(ctx, o.BeforeMigration); err != nil {
		return err
	}
	conn, err := db.wsql.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open %s: %w", o.Path, explain(err))
	}
	db.line = newLine(conn)
	if db.w, err = builder(db.line); err != nil {
		return err
	}
	if db.rsql, err = open(o, o.Readers, "_pragma=query_only(1)"); err != nil {
		return err
	}
	if db.fsql, err = open(o, 1, ""); err == nil {
		db.r, err = builder(keep(db.rsql))
	}
	if err != nil {
		db.rsql.Close()
	}
	return err
}

// private makes the file, if it is not there, so that nobody else can read it;
// the log beside it takes after it. Where it cannot, SQLite will say why.
func private(path string) {
	if f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
		f.Close()
	}
}

func open(o Options, conns int, extra string) (*sql.DB, error) {
	return dial(o, conns, "_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=recursive_triggers(1)"+
		"&_pragma=synchronous("+url.QueryEscape(o.Synchronous)+")"+
		"&_pragma=secure_delete(1)&_pragma=journal_size_limit(67108864)&_pragma=temp_store(2)&_pragma=cache_size(-8000)&"+extra+o.spoilt)
}

// dial opens connections with the settings given and no others.
func dial(o Options, conns int, settings string) (*sql.DB, error) {
	s, err := sql.Open("sqlite", uri(o.Path)+
		"?_pragma=busy_timeout("+fmt.Sprint(o.busy.Milliseconds())+")&"+settings)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", o.Path, err)
	}
	s.SetMaxOpenConns(conns)
	s.SetMaxIdleConns(conns)
	return s, nil
}

// builder puts GORM, as a builder of queries and no more, over connections.
func builder(on gorm.ConnPool) (*gorm.DB, error) {
	g, err := gorm.Open(dialector{sqlite.Dialector{Conn: on, DriverName: "sqlite"}}, &gorm.Config{
		SkipDefaultTransaction: true, TranslateError: true, DisableAutomaticPing: true, Logger: logger.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("cannot read the database: %w", explain(err))
	}
	return g, nil
}

// minSQLite is the first version without the WAL-reset fault (sqlite.org/wal.html).
const minSQLite = "3.51.3"

// check refuses a connection that could lose an acknowledged answer.
func (db *DB) check(ctx context.Context, atLeast string) error {
	var sync, fk, rt int
	var version, mode string
	for _, q := range []struct {
		sql string
		to  any
	}{{"PRAGMA synchronous", &sync}, {"PRAGMA foreign_keys", &fk}, {"PRAGMA recursive_triggers", &rt},
		{"PRAGMA journal_mode", &mode}, {"SELECT sqlite_version()", &version}} {
		if err := db.wsql.QueryRowContext(ctx, q.sql).Scan(q.to); err != nil {
			return fmt.Errorf("cannot read the database: %w", err)
		}
	}
	switch {
	case sync < 2:
		return errors.New("unsafe database setting: synchronous is below FULL, so a power cut could lose saved answers")
	case fk != 1 || rt != 1:
		return errors.New("unsafe database setting: foreign keys or recursive triggers are off")
	case mode != "wal":
		return fmt.Errorf("unsafe database setting: journal mode is %s, not WAL (is the disk a network share?)", mode)
	case versionLess(version, atLeast):
		return fmt.Errorf("SQLite %s is too old: %s or newer is needed", version, atLeast)
	}
	return nil
}

func versionLess(a, b string) bool {
	var x, y [3]int
	_, _ = fmt.Sscanf(a, "%d.%d.%d", &x[0], &x[1], &x[2])
	_, _ = fmt.Sscanf(b, "%d.%d.%d", &y[0], &y[1], &y[2])
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}

// Read returns a handle for looking. SQLite itself refuses a write through it.
func (db *DB) Read(ctx context.Context) Rx { return Rx{db.r.WithContext(ctx), db.now} }

// Snapshot hands fn a handle that sees one moment, however long it looks and
// whatever is written meanwhile. Writers do not wait for it, but the log cannot
// be folded until it ends.
func (db *DB) Snapshot(ctx context.Context, fn func(rx Rx) error) error {
	conn, err := db.rsql.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return explain(err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	g, err := builder(keep(conn))
	if err != nil {
		return err
	}
	return fn(Rx{g.WithContext(ctx), db.now})
}

// Now returns the present moment by the clock the database was opened with.
func (db *DB) Now() Time { return At(db.now()) }

// Chance is the source of randomness the database was opened with.
func (db *DB) Chance() io.Reader { return db.rand }

// Path is the database's file.
func (db *DB) Path() string { return db.path }

// Work says how many commits and how many writes there have been.
func (db *DB) Work() (groups, writes int64) { return db.groups.Load(), db.writes.Load() }

// Fold brings what was written last from the log into the file and empties the
// log, so that nothing that was erased is left in it. Where somebody reads it
// takes what it can; the rest follows by itself.
func (db *DB) Fold(ctx context.Context) error {
	_, err := db.rsql.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return Explain(err)
}

// Ready reports whether the database can be read and has not broken.
func (db *DB) Ready(ctx context.Context) error {
	if e := db.broken.Load(); e != nil {
		return *e
	}
	var n int
	return db.rsql.QueryRowContext(ctx, "SELECT 1").Scan(&n)
}

// Version returns the SQLite version in use.
func (db *DB) Version(ctx context.Context) string {
	var v string
	_ = db.rsql.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&v)
	return v
}

// Bytes is how large the database is, with what lies in its log and is not yet in
// its file; 0 when it does not answer.
func (db *DB) Bytes(ctx context.Context) (n uint64) {
	_ = db.rsql.QueryRowContext(ctx, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&n)
	return n
}

// Close waits for the writes under way, folds the log into the file and closes.
// The file is then whole by itself: nothing is left beside it.
// Closing again does nothing.
func (db *DB) Close() error {
	db.closing.Do(func() {
		close(db.quit)
		<-db.stopped
		if db.line == nil { // opened to look
			db.closed = db.rsql.Close()
			return
		}
		<-db.folded
		readers := errors.Join(db.fsql.Close(), db.rsql.Close()) // first, for they keep the log from being folded
		fold := db.line.exec("PRAGMA wal_checkpoint(TRUNCATE)")
		db.closed = errors.Join(readers, fold, db.line.close(), db.wsql.Close())
	})
	return db.closed
}

// Rx reads. It belongs to one request.
type Rx struct {
	*gorm.DB
	now func() time.Time
}

// Now returns the present moment.
func (rx Rx) Now() Time { return At(rx.now()) }

// Query runs a text as it stands, past GORM's builder: for what every page asks,
// building the same text anew costs more than the answer. The rows must be
// closed.
//
// A query that has begun is not cancelled: to watch for that, two goroutines are
// started for each query and end with it, which costs more than all the queries
// of a lesson. So what runs long goes through the builder.
func (rx Rx) Query(text string, args ...any) (*sql.Rows, error) {
	ctx := rx.Statement.Context
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return rx.Statement.ConnPool.QueryContext(context.WithoutCancel(ctx), text, args...)
}

// Actor is who changes something, and by which door ("web", "worker", "cli").
type Actor struct{ Person, Via string }

// Tx changes things: all of them or none, at one moment, by one actor.
type Tx struct {
	Rx
	By   Actor
	Now  Time
	rand io.Reader
}

// Rand is the transaction's source of chance.
func (tx Tx) Rand() io.Reader { return tx.rand }

// NewID returns an unguessable identifier of 128 bits in 26 characters.
func (tx Tx) NewID() string {
	id, err := newID(tx.rand)
	if err != nil {
		// The system's source of randomness does not fail; if it does, nothing
		// may be recorded under a guessable name.
		panic(fmt.Errorf("store: no randomness: %w", err))
	}
	return id
}
