package steward

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// ListName is the name of the file that says who was erased. It lies beside the
// database and beside its backups, since a backup that is older than an erasure
// does not know of it.
const ListName = "erased.txt"

const listHead = "# Who was erased, by their ids alone. Keep this file with the backups: golau restore erases them again.\n"

// listLine is an id and a moment.
var listLine = regexp.MustCompile(`^([0-9a-z]{26})\t(\S+)$`)

// NoteErased writes the lists anew. It handles the jobs of the kind Erased.
func (s *Steward) NoteErased(ctx context.Context, _ outbox.Job) error { return s.WriteLists(ctx) }

// WriteLists brings every list up to date, so that it names at least everybody
// who was erased here. What it named already stays.
func (s *Steward) WriteLists(ctx context.Context) error {
	all, err := people.AllErased(s.DB.Read(ctx))
	if err != nil {
		return err
	}
	for _, path := range s.Lists {
		if err := addToList(path, all); err != nil {
			return fmt.Errorf("the list of erasures: %w", err)
		}
	}
	return nil
}

// Relist is WriteLists with whoever a list from elsewhere names.
func (s *Steward) Relist(ctx context.Context, listed map[string]time.Time) error {
	for _, path := range s.Lists {
		var all []people.Erased
		for id, at := range listed {
			all = append(all, people.Erased{ID: id, At: store.At(at)})
		}
		if err := addToList(path, all); err != nil {
			return fmt.Errorf("the list of erasures: %w", err)
		}
	}
	return s.WriteLists(ctx)
}

func addToList(path string, all []people.Erased) error {
	listed, err := ReadList(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	before := len(listed)
	if listed == nil {
		listed = map[string]time.Time{}
	}
	for _, e := range all {
		if _, ok := listed[e.ID]; !ok {
			listed[e.ID] = e.At.Time
		}
	}
	if len(listed) == before { // also where nobody was erased: no file is needed
		return nil
	}
	return writeList(path, listed)
}

// writeList leaves a file that is whole after a crash, or the one before.
func writeList(path string, listed map[string]time.Time) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".erased-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = io.WriteString(f, listHead)
	for _, id := range slices.Sorted(maps.Keys(listed)) {
		if err == nil {
			_, err = fmt.Fprintf(f, "%s\t%s\n", id, listed[id].UTC().Format(time.RFC3339))
		}
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path)) // the new name too survives a power cut
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// ReadList reads a list: who was erased, and when. A line that is none is an
// error that names it, since whoever it was would come back.
func ReadList(path string) (map[string]time.Time, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	listed := map[string]time.Time{}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		m := listLine.FindStringSubmatch(text)
		at, err := time.Time{}, error(nil)
		if m != nil {
			at, err = time.Parse(time.RFC3339, m[2])
		}
		if m == nil || err != nil {
			return nil, fmt.Errorf("%s, line %d: is no erasure", path, n)
		}
		listed[m[1]] = at
	}
	return listed, lines.Err()
}

// EraseAgain erases whoever is on a list and not erased here: a backup from
// before brought them back. It returns how many there were. Whoever administered
// the installation then goes too: where nobody is left who does, the next start
// offers the link for a first administrator.
func (s *Steward) EraseAgain(ctx context.Context, listed map[string]time.Time) (n int, err error) {
	for _, id := range slices.Sorted(maps.Keys(listed)) {
		_, err := people.PersonByID(s.DB.Read(ctx), id)
		if problem.KindOf(err) == problem.NotFound && err != nil {
			continue // erased already, or came after the backup
		}
		if err == nil {
			err = s.erase(ctx, store.Actor{Via: "cli"}, id, "erased before this backup was restored", terms{last: func(store.Tx) error { return nil }})
		}
		if err != nil {
			return n, fmt.Errorf("the person %s, who was erased on %s: %w", id, listed[id].Format(time.DateOnly), err)
		}
		n++
	}
	return n, nil
}
