package store

import (
	"context"
	"errors"

	"golau/internal/problem"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	sqlite3 "modernc.org/sqlite"
)

// SQLite's result codes that we tell apart (sqlite.org/rescode.html).
const (
	codeBusy       = 5
	codeLocked     = 6
	codeNoMem      = 7
	codeReadOnly   = 8
	codeInterrupt  = 9
	codeIOErr      = 10
	codeFull       = 13
	codeCantOpen   = 14
	codeMisuse     = 21
	codeForeignKey = 787
	codePrimaryKey = 1555
	codeUnique     = 2067
	codeFsync      = 1034
	codeDirFsync   = 1290
)

// dialector adds to GORM's SQLite dialect the error codes of our engine, which
// it knows only from another one.
type dialector struct{ sqlite.Dialector }

// Translate implements gorm.ErrorTranslator.
func (d dialector) Translate(err error) error {
	switch code(err) {
	case codeUnique, codePrimaryKey:
		return errors.Join(gorm.ErrDuplicatedKey, err)
	case codeForeignKey:
		return errors.Join(gorm.ErrForeignKeyViolated, err)
	}
	return err
}

func code(err error) int {
	var e *sqlite3.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// IsDuplicate says whether err is the violation of a unique or primary key.
func IsDuplicate(err error) bool {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return true
	}
	c := code(err)
	return c == codeUnique || c == codePrimaryKey
}

// IsNotFound says whether err means that a query found no row.
func IsNotFound(err error) bool { return errors.Is(err, gorm.ErrRecordNotFound) }

// isFlush says whether the disk refused to make a commit durable.
func isFlush(err error) bool {
	c := code(err)
	return c == codeFsync || c == codeDirFsync
}

// explain makes Unavailable of an error that says the storage cannot serve now.
func explain(err error) error {
	if _, ok := problem.As(err); ok {
		return err
	}
	switch code(err) & 0xff {
	case codeBusy, codeLocked, codeReadOnly, codeIOErr, codeFull, codeCantOpen:
		return unavailable(err)
	case codeInterrupt: // only the end of its context interrupts a read
		return errors.Join(context.Canceled, err)
	}
	return err
}

// Explain turns an error of a read into the problem it is: Unavailable when the
// storage cannot serve, else the error itself.
func Explain(err error) error {
	if err == nil {
		return nil
	}
	return explain(err)
}
