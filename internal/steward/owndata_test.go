package steward

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

var table = regexp.MustCompile(`(?m)^CREATE TABLE "?(\w+)"?`)

// T1-26, ASVS: every table of the schema is in somebody's own data or apart with
// a reason, so that a new one cannot be forgotten; each has its words.
func TestEveryTableIsThoughtOf(t *testing.T) {
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, p := range personal() {
		seen[p.Table]++
		if !words.Has("owndata.table." + p.Table) {
			t.Errorf("owndata.table.%s has no words", p.Table)
		}
	}
	for _, a := range apart() {
		seen[a.Table]++
		if a.Why == "" {
			t.Errorf("%s is apart without a reason", a.Table)
		}
	}
	all := table.FindAllStringSubmatch(store.Schema, -1)
	if len(all) < 25 {
		t.Fatalf("only %d tables were found", len(all))
	}
	for _, m := range all {
		if seen[m[1]] != 1 {
			t.Errorf("the table %s stands %d times in the lists of its room (Personal, Apart in personal.go): is it about a person?", m[1], seen[m[1]])
		}
		delete(seen, m[1])
	}
	for name := range seen {
		t.Errorf("%s is no table", name)
	}
}

// take takes somebody's data out.
func (h house) take(v people.Viewer) (map[string]string, error) {
	h.t.Helper()
	words, err := i18n.Embedded()
	if err != nil {
		h.t.Fatal(err)
	}
	var b bytes.Buffer
	begun := 0
	err = h.OwnData(h.t.Context(), v, Taking{Words: words, Lang: i18n.CY, Begin: func() io.Writer { begun++; return &b }})
	if err != nil {
		if begun > 0 {
			h.t.Error("it has begun, and was refused")
		}
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		h.t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			h.t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			h.t.Fatal(err)
		}
		files[f.Name] = string(raw)
	}
	return files, nil
}

// Three times a day, and then again when a day has passed; each is recorded.
func TestOwnDataIsNotTakenTooOften(t *testing.T) {
	h := open(t)
	nia := as(h.person("nia@shared.example", "Nia Rhydderch"), people.Learner)
	for range takenAtMost {
		files, err := h.take(nia)
		if err != nil || !strings.Contains(files["README.txt"], "EICH DATA") || !strings.Contains(files["csv/people_persons.csv"], "nia@shared.example") {
			t.Fatalf("%v %v", files, err)
		}
		h.clock.Advance(time.Hour)
	}
	_, err := h.take(nia)
	if p, _ := problem.As(err); p == nil || p.Kind != problem.TooMany || p.RetryAfter != 21*time.Hour {
		t.Errorf("%v", err)
	}
	h.clock.Advance(21*time.Hour + time.Second)
	if _, err := h.take(nia); err != nil {
		t.Error(err)
	}
	if n := h.count("audit_events WHERE verb = 'people.data_taken' AND actor = ?", nia.Person); n != 4 {
		t.Errorf("%d lines", n)
	}
	if _, err := h.take(people.Viewer{}); problem.KindOf(err) != problem.Unauthenticated {
		t.Error(err)
	}
}
