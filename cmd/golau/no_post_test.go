package main

import (
	"errors"
	"net/http"
	"testing"

	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/mail/mailtest"
	"golau/internal/store"
)

// Where no mail server is set, every page that has to do with letters says that
// none leaves the machine, and where they lie; health and overview agree.
func TestNoMailServerIsSaid(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := livedIn(t, func(w *wiring) { w.sender = mail.Folder{Dir: dir, Now: w.now} })
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		for _, path := range []string{"/admin", "/admin/mail", "/admin/outbox", "/admin/invitations", "/admin/invitations/new", "/admin/invitations/many"} {
			page := alun.get(at + path).want(http.StatusOK)
			page.has(h.words.T(l, "admin.no_post.title"), dir)
			sound(t, "no post", page)
		}
		h.as("lowri").get(at + "/lead/invitations").want(http.StatusOK).has(h.words.T(l, "admin.no_post.ask")).lacks(dir)
		alun.get(at + "/admin/health").want(http.StatusOK).has(h.words.T(l, "admin.health.mail.folder", "Text", dir))
		alun.get(at + "/admin").has(h.words.T(l, "admin.todo.health"))
	}
	if got := h.stands()["mail"]; got != "folder" {
		t.Errorf("the mail server stands %q", got)
	}
	livedIn(t).as("alun").get("/en/admin/outbox").lacks("No email leaves")
}

// What the overview says of the post, health says too.
func TestHealthAndOverviewAgreeOnThePost(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	if got := h.stands()["mail"]; got != "never" {
		t.Errorf("a mail server that was never tried stands %q", got)
	}
	h.mail.Fail = errors.New("connection refused")
	alun.post("/en/admin/mail", nil)
	if got := h.stands()["mail"]; got != "refused" {
		t.Errorf("a mail server that refused stands %q", got)
	}
	alun.get("/en/admin").has(h.words.T(i18n.EN, "admin.todo.mail"))
	alun.get("/en/admin/health").has(h.words.T(i18n.EN, "admin.health.mail.refused_do"))
	h.mail.Fail = nil
	alun.post("/en/admin/mail", nil)
	if got := h.stands()["mail"]; got != "good" {
		t.Errorf("a mail server that took a letter stands %q", got)
	}
}

// A letter that the mail server refuses for good is tried once; the reason
// stands in the outbox. One that it puts off waits.
func TestARefusedLetterIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	sink := mailtest.New(t)
	h := livedIn(t, func(w *wiring) {
		s, err := mail.NewSMTP("smtp://"+sink.Addr()+"?from=golau@golau.example", w.now)
		if err != nil {
			t.Fatal(err)
		}
		w.sender = s
	})
	var job struct {
		Tries    int
		FailedAt store.Time
	}
	once := func(line string) {
		sink.Refuse(line)
		h.work()
		if err := h.db.Read(t.Context()).Raw("SELECT tries, failed_at FROM outbox_jobs WHERE done_at IS NULL ORDER BY id DESC LIMIT 1").Scan(&job).Error; err != nil {
			t.Fatal(err)
		}
	}
	h.write(again(h.did["nia"].certificate, h.id["nia"]))
	if once("451 come back later"); job.Tries != 1 || !job.FailedAt.IsZero() {
		t.Errorf("a letter that was put off: %+v", job)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET due_at = 0 WHERE done_at IS NULL").Error
	})
	if once("550 no such person here"); job.Tries != 2 || job.FailedAt.IsZero() {
		t.Errorf("a letter that was refused for good: %+v", job)
	}
	h.as("alun").get("/cy/admin/outbox").want(http.StatusOK).has(h.words.T(i18n.CY, "admin.outbox.cause.no_such_address"), "no such person here")
}
