package store

import (
	"context"
	"database/sql"
	"errors"
)

// line is the one connection that writes. It is held from opening to closing,
// so that its statements stay prepared and its state is always known.
type line struct {
	*statements
	conn *sql.Conn
	// lost is why SQLite may have undone the whole transaction by itself. What
	// ran after that would be durable at once, each statement alone, although
	// its writer is going to be told no.
	lost error
}

func newLine(conn *sql.Conn) *line { return &line{statements: keep(conn), conn: conn} }

// close gives the connection back, with nothing left on it.
func (l *line) close() error { return errors.Join(l.finish(), l.conn.Close()) }

// begin takes the file's write lock; it waits for another process as long as
// the busy timeout says.
func (l *line) begin() error {
	l.lost = nil
	_, err := l.statements.ExecContext(context.Background(), "BEGIN IMMEDIATE")
	return err
}

// commit makes the transaction durable, or undoes it and says why.
func (l *line) commit() error {
	err := l.exec("COMMIT")
	if err != nil {
		l.rollback()
	}
	return err
}

// rollback leaves no transaction open. It fails only where there is none.
func (l *line) rollback() {
	_, _ = l.statements.ExecContext(context.Background(), "ROLLBACK")
}

func (l *line) exec(text string) error {
	_, err := l.ExecContext(context.Background(), text)
	return err
}

// ExecContext implements gorm.ConnPool.
func (l *line) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if l.lost != nil {
		return nil, l.lost
	}
	r, err := l.statements.ExecContext(ctx, text, args...)
	l.note(err)
	return r, err
}

// QueryContext implements gorm.ConnPool.
func (l *line) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if l.lost != nil {
		return nil, l.lost
	}
	r, err := l.statements.QueryContext(ctx, text, args...)
	l.note(err)
	return r, err
}

// note remembers an error after which the transaction may be gone (sqlite.org/
// lang_transaction.html, "response to errors within a transaction").
func (l *line) note(err error) {
	switch code(err) & 0xff {
	case codeFull, codeIOErr, codeNoMem, codeBusy, codeInterrupt:
		l.lost = err
	}
}
