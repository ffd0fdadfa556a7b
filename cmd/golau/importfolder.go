package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/sheet"
)

// importSettles is how long a file in the folder must have been left alone: whoever puts
// it there may still be writing.
const importSettles = time.Minute

// importFolder carries out the lists that other systems have put into a folder, each
// named for its agency, and writes beside it what came of it. Whoever is not in a
// list stays: no machine records a leaver. What came of it is said in the folder's
// language, and then in the other.
type importFolder struct {
	dir    string
	invite bool
	lang   i18n.Lang
	people *people.Directory
	of     func(ctx context.Context, agency, board string) (people.Feed, error)
	words  *i18n.Catalogue
	now    func() time.Time
}

// look goes through the folder once, in the order of the names.
func (f *importFolder) look(ctx context.Context) error {
	if f.dir == "" {
		return nil
	}
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return fmt.Errorf("GOLAU_IMPORT_DIR cannot be read: %w", err)
	}
	for _, e := range entries {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name := e.Name()
		info, err := e.Info()
		if err != nil || !e.Type().IsRegular() || !isList(name) || f.now().Sub(info.ModTime()) < importSettles {
			continue
		}
		if err := f.one(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// isList says whether a file is meant to be brought in.
func isList(name string) bool {
	end := strings.ToLower(filepath.Ext(name))
	return !strings.HasPrefix(name, ".") && (end == ".csv" || end == ".xlsx")
}

// agencyIn is the agency, and the board, for which a file is named: AGENCY.csv,
// AGENCY.BOARD.csv, and whatever comes behind it, AGENCY.BOARD.2026-11-21.xlsx.
func agencyIn(name string) (agency, board string) {
	parts := strings.Split(name, ".")
	if len(parts) > 2 {
		board = parts[1]
	}
	return parts[0], board
}

// one carries out one list, writes the answer beside it, and moves the list away: to
// done what was carried out, to refused what must be put right.
func (f *importFolder) one(ctx context.Context, name string) error {
	root, err := os.OpenRoot(f.dir) // whoever writes here leads nobody out of it by a link
	if err != nil {
		return err
	}
	defer root.Close()
	var said bytes.Buffer
	to := "refused"
	fed, err := f.feed(ctx, root, name)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil && fed.Plan.Fits():
		to = "done"
	}
	for n, l := range []i18n.Lang{f.lang, f.lang.Other()} {
		if n > 0 {
			fmt.Fprintln(&said)
		}
		if err != nil {
			fmt.Fprintln(&said, strings.Join(fileTrouble(f.words, l, err), "\n"))
		} else {
			report(&said, f.words, l, fed)
		}
	}
	stamp := f.now().UTC().Format("20060102-150405") + "-" + name
	if err := root.MkdirAll(to, 0o700); err != nil {
		return err
	}
	if err := root.Rename(name, to+"/"+stamp); err != nil {
		return fmt.Errorf("a list that was read cannot be moved away: %w", err)
	}
	return root.WriteFile(name+".report.txt", said.Bytes(), 0o600)
}

func (f *importFolder) feed(ctx context.Context, root *os.Root, name string) (fed people.Fed, err error) {
	file, err := root.Open(name)
	if err != nil {
		return fed, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, sheet.MaxBytes+1))
	if err != nil {
		return fed, err
	}
	agency, board := agencyIn(name)
	of, err := f.of(ctx, agency, board)
	if err != nil {
		return fed, err
	}
	return f.people.Feed(ctx, of, "worker", f.words, f.lang, data, people.ImportChoice{Invite: f.invite}, false)
}
