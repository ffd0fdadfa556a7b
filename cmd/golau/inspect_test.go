package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"golau/internal/audit"
	"golau/internal/store"
	"golau/quiz"
)

// copy keeps what the kill left on the disk, so that the program itself has to
// make good the real files.
func (d *drill) copy() string {
	d.t.Helper()
	dir, err := os.MkdirTemp(d.t.TempDir(), "")
	if err != nil {
		d.t.Fatal(err)
	}
	for _, name := range []string{"golau.db", "golau.db-wal"} {
		content, err := os.ReadFile(filepath.Join(d.data, "demo", name))
		if os.IsNotExist(err) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), content, 0o600)
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
	return dir
}

// inspect opens a copy and compares it with what the sitters were told.
func (d *drill) inspect(dir string) error {
	defer os.RemoveAll(dir)
	db, err := store.Open(d.t.Context(), store.Options{Path: filepath.Join(dir, "golau.db")})
	if err != nil {
		return err
	}
	defer db.Close()
	rx := db.Read(d.t.Context())
	for _, check := range []string{"integrity_check", "foreign_key_check"} {
		var faults []string
		if err := rx.Raw("SELECT * FROM pragma_" + check).Scan(&faults).Error; err != nil {
			return err
		}
		if len(faults) > 0 && !(len(faults) == 1 && faults[0] == "ok") {
			return fmt.Errorf("%s: %v", check, faults)
		}
	}
	if _, err := audit.Verify(rx); err != nil {
		return fmt.Errorf("the record of what happened: %w", err)
	}
	for _, s := range d.sitters {
		if err := s.compare(rx); err != nil {
			return fmt.Errorf("%s: %w", s.key, err)
		}
	}
	return nil
}

// compare wants every answer that was acknowledged, and none twice.
func (s *sitter) compare(rx store.Rx) error {
	if s.attempt == "" {
		return nil
	}
	var kept []struct {
		Question, Version int
		Response          quiz.Response
	}
	id := s.attempt[strings.LastIndexByte(s.attempt, '/')+1:]
	err := rx.Raw("SELECT question, version, response FROM quiz_answers WHERE attempt_id = ? ORDER BY question, version", id).Scan(&kept).Error
	if err != nil {
		return err
	}
	type at struct{ question, version int }
	there := make(map[at]quiz.Response, len(kept))
	for i, k := range kept {
		there[at{k.Question, k.Version}] = k.Response
		if i > 0 && kept[i-1].Question == k.Question {
			if k.Version != kept[i-1].Version+1 {
				return fmt.Errorf("question %d: version %d follows %d", k.Question, k.Version, kept[i-1].Version)
			}
			if reflect.DeepEqual(k.Response, kept[i-1].Response) {
				return fmt.Errorf("question %d: version %d is saved twice", k.Question, k.Version)
			}
		}
	}
	for _, a := range s.saved {
		if got, ok := there[at{a.question, a.version}]; !ok || !reflect.DeepEqual(got, a.response) {
			return fmt.Errorf("question %d, version %d: %+v was acknowledged, %+v is there", a.question, a.version, a.response, got)
		}
	}
	if extra := len(kept) - len(s.saved); extra < 0 || extra > s.cut {
		return fmt.Errorf("%d answers are there; %d were acknowledged and %d cut off", len(kept), len(s.saved), s.cut)
	}
	return nil
}
