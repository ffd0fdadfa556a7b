package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"gorm.io/gorm"
)

// statements keeps each text prepared from its first use on. It stands under
// GORM in place of GORM's own cache, which prepares a statement anew whenever it
// is used in a transaction: a third of the cost of a write.
//
// On the one connection that writes, rows must be closed before the same text
// is run again; where they are not, SQLite answers with an error.
type statements struct {
	gorm.ConnPool // *sql.DB or *sql.Conn
	mu            sync.RWMutex
	kept          map[string]*sql.Stmt
	stuck         []*sql.Stmt // forgotten, but not finalised yet
}

// maxKept bounds the statements kept. The rooms' texts are constants and far
// fewer; what comes beyond is prepared each time.
const maxKept = 1000

func keep(on gorm.ConnPool) *statements {
	return &statements{ConnPool: on, kept: map[string]*sql.Stmt{}}
}

// prepared returns the statement of a text; nil when it is not to be kept or
// cannot be prepared, which running it directly will explain.
func (s *statements) prepared(ctx context.Context, text string) *sql.Stmt {
	s.mu.RLock()
	p, n := s.kept[text], len(s.kept)
	s.mu.RUnlock()
	if p != nil || n >= maxKept {
		return p
	}
	p, err := s.ConnPool.PrepareContext(ctx, text)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first := s.kept[text]; first != nil {
		_ = p.Close()
		return first
	}
	s.kept[text] = p
	return p
}

// forget drops a statement that is stuck because its rows were left open. It is
// finalised at the end: whoever holds the rows may still close them.
func (s *statements) forget(text string, err error) {
	if err != nil && code(err) == codeMisuse {
		s.mu.Lock()
		if p := s.kept[text]; p != nil {
			s.stuck = append(s.stuck, p)
			delete(s.kept, text)
		}
		s.mu.Unlock()
	}
}

// finish finalises every statement. database/sql does so itself for those of a
// pool, but not for those of a single connection; and while one is left, the
// engine keeps that connection, and with it the log beside the database.
func (s *statements) finish() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, p := range s.kept {
		errs = append(errs, p.Close())
	}
	for _, p := range s.stuck {
		errs = append(errs, p.Close())
	}
	s.kept, s.stuck = map[string]*sql.Stmt{}, nil
	return errors.Join(errs...)
}

// ExecContext implements gorm.ConnPool.
func (s *statements) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	p := s.prepared(ctx, text)
	if p == nil {
		return s.ConnPool.ExecContext(ctx, text, args...)
	}
	r, err := p.ExecContext(ctx, args...)
	s.forget(text, err)
	return r, err
}

// QueryContext implements gorm.ConnPool.
func (s *statements) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	p := s.prepared(ctx, text)
	if p == nil {
		return s.ConnPool.QueryContext(ctx, text, args...)
	}
	r, err := p.QueryContext(ctx, args...)
	s.forget(text, err)
	return r, err
}

// QueryRowContext implements gorm.ConnPool.
func (s *statements) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if p := s.prepared(ctx, text); p != nil {
		return p.QueryRowContext(ctx, args...)
	}
	return s.ConnPool.QueryRowContext(ctx, text, args...)
}
