package main

import (
	"database/sql"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// deeds are everything that stores something, as Nia does it.
func deeds(h *house, b *browser) map[string]func(accept string) *reply {
	s := h.did["nia"]
	m, _ := h.school.Library().Module("what-it-is")
	post := func(path string, form url.Values) func(string) *reply {
		return func(accept string) *reply { return b.post(path, form, "Accept", accept) }
	}
	return map[string]func(string) *reply{
		"an answer":    post(questionPath(i18n.EN, s.open, 3), url.Values{"version": {"0"}, "sure": {"sure"}}),
		"a submission": post("/en/attempts/"+s.open+"/submit", nil),
		"a language":   post("/cy/account/language", url.Values{"language": {"cy"}}),
		"a section": func(accept string) *reply {
			return h.as("huw").post("/en/learn/"+courseSlug+"/what-it-is/"+m.Sections[0].ID, nil, "Accept", accept)
		},
		"a sign-out": func(accept string) *reply { return h.as("nia").post("/en/sign-out", nil, "Accept", accept) },
		"a sign-in": func(accept string) *reply {
			if accept != "text/html" { // no script signs in
				return h.as("huw").post("/en/account/name", url.Values{"name": {"Huw Penri Jones"}}, "Accept", accept)
			}
			return h.visitor().post("/en/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}})
		},
	}
}

// slowness tells, after four seconds, how much longer they were: the lock is
// waited for in many short sleeps, each of which a busy machine draws out.
func slowness() <-chan float64 {
	factor := make(chan float64, 1)
	go func() {
		began := time.Now()
		for range 40 {
			time.Sleep(100 * time.Millisecond)
		}
		factor <- time.Since(began).Seconds() / 4
	}()
	return factor
}

// refusedAll does every deed and expects 503 with a time to come back, in words
// that promise nothing, and not a row changed. It returns how long the slowest
// answer took.
func refusedAll(t *testing.T, h *house) (longest time.Duration) {
	t.Helper()
	b := h.as("nia")
	before := h.tables()
	all := deeds(h, b)
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	took := make([]time.Duration, 2*len(names))
	replies := atOnce(2*len(names), func(i int) *reply {
		began := time.Now()
		defer func() { took[i] = time.Since(began) }()
		return all[names[i/2]]([]string{"text/html", "application/json"}[i%2])
	})
	for i, r := range replies {
		what := names[i/2]
		if r.Status != http.StatusServiceUnavailable {
			t.Errorf("%s: %d, want 503\n%s", what, r.Status, r.gist())
		}
		if n, err := strconv.Atoi(r.Header.Get("Retry-After")); err != nil || n < 1 || n > 60 {
			t.Errorf("%s: Retry-After is %q", what, r.Header.Get("Retry-After"))
		}
		if got := r.Header.Get("Set-Cookie"); strings.Contains(got, "__Host-golau") {
			t.Errorf("%s: the session's cookie was touched: %s", what, got)
		}
		r.lacks("Saved at", "sqlite", "SQLITE", "database is")
		protected(t, r)
	}
	h.unchanged(before)
	// Who is on the way to a page still reads it, and anybody can check a certificate.
	b.get("/en/learn").want(http.StatusOK)
	h.visitor().get("/cy/verify/" + h.did["nia"].certificate).want(http.StatusOK)
	h.visitor().get("/en").want(http.StatusOK)
	return slices.Max(took)
}

// T1-22, attack A34, T1-09: a database that another process holds is answered
// with 503 within six seconds; nothing is acknowledged, nothing is stored, and
// when the lock is gone everything goes on.
func TestALockedDatabaseAcknowledgesNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	other, err := sql.Open("sqlite", "file:"+h.path())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	if _, err := other.Exec("BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	slow := slowness()
	longest := refusedAll(t, h)
	if limit := time.Duration(6 * <-slow * float64(time.Second)); longest > limit {
		t.Errorf("the last answer came after %v, want %v", longest, limit)
	}
	if _, err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	deeds(h, h.as("nia"))["an answer"]("application/json").want(http.StatusOK)
	deeds(h, h.as("nia"))["a submission"]("text/html").want(http.StatusSeeOther)
}
