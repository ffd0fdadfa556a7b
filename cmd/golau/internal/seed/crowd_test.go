package seed

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// fresh opens an empty database on a stage.
func fresh(t *testing.T) (house, *Stage) {
	t.Helper()
	stage := NewStage(today)
	return open(t, filepath.Join(t.TempDir(), "golau.db"), filepath.Join(scratch, "keys"), store.Options{Now: stage.Now, Rand: stage}), stage
}

func (h house) crowd(o CrowdOptions) []string {
	h.t.Helper()
	o.Keys = h.keys
	boards, err := Crowd(h.t.Context(), h.db, h.school, o)
	if err != nil {
		h.t.Fatal(err)
	}
	return boards
}

func TestCrowd(t *testing.T) {
	h, stage := fresh(t)
	var steps []int
	total := 0
	boards := h.crowd(CrowdOptions{Learners: 60, Stage: stage, Progress: func(done, of int) { steps, total = append(steps, done), of }})
	if !slices.Equal(boards, []string{"seed-1-a", "seed-1-b"}) {
		t.Errorf("boards %v", boards)
	}
	if n := h.count("SELECT count(*) FROM people_persons"); n != 60 {
		t.Errorf("%d people", n)
	}
	if n := h.count("SELECT count(*) FROM course_completions"); n != 6 {
		t.Errorf("%d have finished, want a tenth", n)
	}
	if len(steps) < 3 || !slices.IsSorted(steps) || steps[len(steps)-1] != total {
		t.Errorf("progress %v of %d", steps, total)
	}
	if n := h.count("SELECT count(*) FROM audit_events WHERE verb = 'seed.batch' AND subject = 'seed:crowd-1'"); n != len(steps) {
		t.Errorf("%d batches are in the record, want %d", n, len(steps))
	}
	h.evidence(6)
}

func (h house) evidence(certified int) {
	h.t.Helper()
	if n, err := certificates.Check(h.read(), h.keys); err != nil || n != certified {
		h.t.Errorf("%d certificates hold, want %d: %v", n, certified, err)
	}
	if n := h.count("SELECT count(*) FROM certificates_issued WHERE demonstration = 0"); n != 0 {
		h.t.Errorf("%d are not stamped", n)
	}
	if _, err := audit.Verify(h.read()); err != nil {
		h.t.Error(err)
	}
	if n := h.count("SELECT count(*) FROM outbox_jobs WHERE done_at IS NULL"); n != 0 {
		h.t.Errorf("%d jobs wait: letters would go out", n)
	}
}

// Each call adds others, wherever they are added to.
func TestCrowdAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "golau.db")
	var h house
	var boards []string
	for range 2 { // as two calls of the command would
		stage := NewStage(today)
		h = open(t, path, filepath.Join(scratch, "keys"), store.Options{Now: stage.Now, Rand: stage})
		boards = h.crowd(CrowdOptions{Learners: 20, Stage: stage})
	}
	if !slices.Equal(boards, []string{"seed-2-a", "seed-2-b"}) {
		t.Errorf("boards %v", boards)
	}
	if n := h.count("SELECT count(DISTINCT email_key) FROM people_persons"); n != 40 {
		t.Errorf("%d people", n)
	}
	boards = h.crowd(CrowdOptions{Learners: 1}) // by chance, and one is enough
	if !slices.Equal(boards, []string{"seed-3-a", "seed-3-b"}) {
		t.Errorf("boards %v", boards)
	}
	h.evidence(h.count("SELECT count(*) FROM certificates_issued"))
}

// The same crowd in two databases is the same to the last byte.
func TestCrowdIsTheSameEachTime(t *testing.T) {
	var dumps []string
	for range 2 {
		h, stage := fresh(t)
		h.crowd(CrowdOptions{Learners: 30, Stage: stage})
		dumps = append(dumps, h.dump(today.AddDate(-100, 0, 0)))
		if all := h.list("SELECT hash FROM audit_events ORDER BY id DESC LIMIT 1"); len(all) == 1 {
			dumps[len(dumps)-1] += all[0]
		}
	}
	if dumps[0] != dumps[1] {
		t.Error("two crowds of one kind differ")
	}
}

// A server may be at work on the same database, with its own clock and chance.
func TestCrowdBesideAServer(t *testing.T) {
	h := open(t, filepath.Join(t.TempDir(), "golau.db"), filepath.Join(scratch, "keys"), store.Options{})
	h.crowd(CrowdOptions{Learners: 20})
	if n := h.count("SELECT count(*) FROM audit_events WHERE at >= ?", today.Truncate(day).UnixMicro()); n != 0 {
		t.Errorf("%d things happened today or later", n)
	}
	h.evidence(h.count("SELECT count(*) FROM certificates_issued"))
}

func TestCrowdOfNobody(t *testing.T) {
	h, stage := fresh(t)
	for _, n := range []int{0, -1} {
		_, err := Crowd(t.Context(), h.db, h.school, CrowdOptions{Learners: n, Keys: h.keys, Stage: stage})
		if p, ok := problem.As(err); !ok || p.Kind != problem.Invalid || p.Fields["learners"] == "" {
			t.Errorf("%d learners: %v", n, err)
		}
	}
	if n := h.count("SELECT count(*) FROM people_boards"); n != 0 {
		t.Errorf("%d boards were made for nobody", n)
	}
}

// The boards share the agencies, of which there are as many as were asked for.
func TestSynthetic(t *testing.T) {
	for _, n := range []int{1, 4, 5, 80} {
		boards, agencies := synthetic(7, n)
		if len(boards) != 2 || len(agencies) != n {
			t.Errorf("%d agencies under %d boards, want %d", len(agencies), len(boards), n)
		}
		keys := map[string]bool{}
		for _, a := range agencies {
			keys[a.key] = true
		}
		if len(keys) != n {
			t.Errorf("%d agencies: %d keys", n, len(keys))
		}
	}
}

func TestNamesInPlainLetters(t *testing.T) {
	for name, want := range map[string]string{"Llŷr O’Connor": "llyr.oconnor", "Siân Prys-Davies": "sian.prys-davies",
		"João Wójcik": "joao.wojcik", "Gwenllian ap Rhŵn": "gwenllian.ap.rhwn"} {
		if got := ascii(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	n := &namer{used: map[string]int{}}
	for _, want := range []string{"sian.lloyd@a.example", "sian.lloyd.2@a.example", "sian.lloyd.3@b.example"} {
		if got := n.email("Siân Lloyd", want[strings.Index(want, "@")+1:]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
