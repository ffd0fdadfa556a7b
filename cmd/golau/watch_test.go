package main

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/store"
)

// watcher is the background of a house whose every look a test brings about.
type watcher struct {
	h    *house
	tick chan time.Time
	done chan struct{}
	end  context.CancelFunc
}

func (h *house) watching() *watcher {
	ctx, end := context.WithCancel(h.t.Context())
	w := &watcher{h, make(chan time.Time), make(chan struct{}), end}
	go func() { defer close(w.done); h.watchBy(ctx, w.tick) }()
	h.t.Cleanup(func() { end(); <-w.done })
	return w
}

// looks has the watch look once and waits until it has done what was due: it
// takes the second tick only when it is through with the first.
func (w *watcher) looks() {
	for range 2 {
		w.tick <- w.h.clock.Now()
	}
}

// until has it look until something is so: which of a bell and a tick it takes
// first is chance.
func (w *watcher) until(what string, so func() bool) {
	w.h.t.Helper()
	for range 100 {
		if so() {
			return
		}
		w.looks()
	}
	w.h.t.Errorf("%s: not after a hundred looks\n%s", what, w.h.log)
}

func (h *house) checkedAt() time.Time {
	h.t.Helper()
	c, err := audit.LastCheck(h.db.Read(h.t.Context()))
	if err != nil {
		h.t.Fatal(err)
	}
	return c.At.Time
}

// The watch reads the record at its start and then once a day; in between it
// does so when an administrator rings.
func TestTheBellHasTheRecordChecked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := h.watching()
	w.looks()
	first := h.checkedAt()
	if !first.Equal(h.clock.Now()) {
		t.Errorf("at the start it was checked at %v", first)
	}
	h.clock.Advance(time.Hour)
	w.looks()
	if !h.checkedAt().Equal(first) {
		t.Error("it was checked again after an hour, and nobody had asked")
	}
	h.as("alun").post("/en/admin/audit/check", nil).want(http.StatusSeeOther)
	w.until("the bell", func() bool { return h.checkedAt().Equal(h.clock.Now()) })
	h.clock.Advance(25 * time.Hour)
	w.looks()
	if !h.checkedAt().Equal(h.clock.Now()) {
		t.Error("a day later it was not checked by itself")
	}
	w.end()
	<-w.done // it ends with its context, whatever it waits for
}

// A sign-in that is the only way in and breaks rings the bell of whoever came
// first: administrators are written to, once.
func TestTheBellTellsOfASignInThatBroke(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	h.write(func(tx store.Tx) error { return tx.Exec("UPDATE people_providers SET only_way = 1").Error })
	w := h.watching()
	told := func() int { return h.count("outbox_jobs WHERE kind = ?", people.SignInDown) }
	w.looks()
	idp.Down = true
	h.clock.Advance(11 * time.Minute)
	h.visitor().get("/sso/school-a").want(http.StatusServiceUnavailable)
	w.until("the alert", func() bool { return told() > 0 })
	n, before := told(), len(h.mail.Sent())
	h.work()
	if sent := len(h.mail.Sent()) - before; sent != n || sent == 0 {
		t.Errorf("%d alerts, and %d e-mails went", n, sent)
	}
	for range 3 {
		h.clock.Advance(11 * time.Minute)
		h.visitor().get("/sso/school-a").want(http.StatusServiceUnavailable)
		w.looks()
		w.looks()
	}
	if told() != n {
		t.Errorf("the same is told again: %d, after %d", told(), n)
	}
}

// Without the watch nothing is written: whoever meets the broken sign-in writes no
// letter.
func TestASignInThatBrokeWritesNoLetter(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	h.write(func(tx store.Tx) error { return tx.Exec("UPDATE people_providers SET only_way = 1").Error })
	idp.Down = true
	h.clock.Advance(11 * time.Minute)
	h.visitor().get("/sso/school-a").want(http.StatusServiceUnavailable)
	if h.count("outbox_jobs WHERE kind = ?", people.SignInDown) != 0 {
		t.Error("a GET wrote a letter")
	}
}

// By night the watch warns whoever no longer comes, once each, and erases nobody
// before thirty days have passed. After a long stand it waits until somebody has
// looked.
func TestTheWatchWarnsOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := h.watching()
	w.looks()
	warned := func() int { return h.count("outbox_jobs WHERE kind = ?", people.InactiveWarned) }
	h.clock.Advance(340 * 24 * time.Hour)
	alun := h.visitor().signIn("alun")
	alun.post("/en/admin/retention", url.Values{people.Inactive: {"365"}}).leads("/en/admin/retention?done=retention_changed")
	w.looks()
	if warned() != 0 {
		t.Error("it went on by a clock that had leapt, and nobody had looked")
	}
	alun.post("/en/admin/retention/run", nil).want(http.StatusSeeOther)
	w.looks()
	n := warned()
	if n == 0 {
		t.Fatalf("nobody was warned\n%s", h.log)
	}
	for range 3 {
		h.clock.Advance(24 * time.Hour)
		w.looks()
	}
	if again := warned(); again != n || h.count("people_warned") != n {
		t.Errorf("%d warnings to %d people, three nights later %d", n, h.count("people_warned"), again)
	}
	before := len(h.mail.Sent())
	h.work()
	to := map[string]bool{}
	for _, m := range h.mail.Sent()[before:] {
		to[m.To] = true
	}
	if len(to) < n || to[folk["alun"].email] && n == 1 {
		t.Errorf("%d people were to be warned, e-mails went to %v", n, to)
	}
	if h.count("people_persons WHERE erased_at IS NOT NULL") != 0 {
		t.Error("somebody was erased before their time")
	}
}
