package main

import (
	"errors"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"

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
	for range 2 {
		if got := h.stands()["mail"]; got != "folder" {
			t.Errorf("the mail server stands %q", got)
		}
		alun.post("/en/admin/mail", nil)
	}
	livedIn(t).as("alun").get("/en/admin/outbox").lacks("No email leaves")
}

// The demonstration sends nothing whatever is set, so nobody is told to set a mail
// server; and a folder is named in full, wherever the program was started.
func TestTheDemonstrationTellsNobodyToSetAMailServer(t *testing.T) {
	t.Parallel()
	h := livedIn(t, demonstration, func(w *wiring) { w.sender = mail.Folder{Dir: "some/mail", Now: w.now} })
	whole, err := filepath.Abs("some/mail")
	if err != nil {
		t.Fatal(err)
	}
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		for _, path := range []string{"/admin", "/admin/mail", "/admin/outbox", "/admin/invitations", "/admin/invitations/new", "/admin/invitations/many"} {
			page := alun.get(at+path, "Host", "127.0.0.1:8080").want(http.StatusOK)
			page.has(h.words.T(l, "admin.no_post.demo_text"), h.words.T(l, "admin.no_post.demo_do"), whole).lacks("GOLAU_SMTP_URL")
			sound(t, "no post", page)
		}
		h.as("lowri").get(at+"/lead/invitations", "Host", "127.0.0.1:8080").want(http.StatusOK).has(h.words.T(l, "admin.no_post.demo_ask")).lacks(h.words.T(l, "admin.no_post.ask"))
		alun.get(at+"/admin/health", "Host", "127.0.0.1:8080").want(http.StatusOK).has(h.words.T(l, "admin.health.mail_demo.good", "Text", whole)).lacks("GOLAU_SMTP_URL")
	}
}

// Health judges the post by the newest of all that it was asked to take, be it a
// test or a letter to somebody, and says which and when, why not, since when, and
// what works all the same; the overview agrees.
func TestHealthAndOverviewAgreeOnThePost(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	stands := func(want string, says ...string) {
		t.Helper()
		if got := h.stands()["mail"]; got != want {
			t.Errorf("the mail server stands %q, want %q", got, want)
		}
		for _, l := range i18n.Langs {
			page := alun.get("/" + string(l) + "/admin/health").want(http.StatusOK)
			sound(t, "health", page)
			for _, key := range says {
				page.has(h.words.T(l, key, "Moment", i18n.DateTime(l, h.clock.Now())))
			}
			front := alun.get("/" + string(l) + "/admin").want(http.StatusOK)
			if todo := h.words.T(l, "admin.todo.mail"); want == "refused" {
				front.has(todo)
			} else {
				front.lacks(todo)
			}
		}
	}
	letter := func(fails error) {
		h.clock.Advance(3 * time.Minute)
		h.mail.Fail = fails
		h.write(again(h.did["nia"].certificate, h.id["nia"]))
		h.work()
		h.write(func(tx store.Tx) error {
			return tx.Exec("UPDATE outbox_jobs SET done_at = ? WHERE done_at IS NULL", tx.Now).Error
		})
	}
	try := func(fails error) {
		h.clock.Advance(3 * time.Minute)
		h.mail.Fail = fails
		alun.post("/en/admin/mail", nil)
	}
	stands("good", "admin.health.mail.good")
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET answer = 'written' WHERE answered_at IS NOT NULL").Error
	})
	stands("never", "admin.health.mail.never_do") // what a folder took tells nothing of a server
	try(&net.DNSError{})
	stands("refused", "admin.health.mail.by_test", "admin.mail.fault.no_name", "admin.mail.mend.no_name", "admin.mail.still", "admin.health.mail.none_taken")
	letter(nil)
	stands("good", "admin.health.mail.by_letter")
	letter(&net.OpError{Op: "dial", Err: errors.New("connection refused")})
	stands("refused", "admin.health.mail.by_letter", "admin.mail.fault.no_answer", "admin.mail.mend.no_answer", "admin.mail.still")
	alun.get("/en/admin/health").has(h.words.T(i18n.EN, "admin.health.mail.taken", "Moment", i18n.DateTime(i18n.EN, h.clock.Now().Add(-3*time.Minute))))
	try(nil)
	stands("good", "admin.health.mail.by_test")
	try(errors.New("something else"))
	stands("refused", "admin.health.mail.by_test", "admin.mail.fault.other", "admin.health.mail.refused_do")
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
	if got := h.stands()["mail"]; got != "later" {
		t.Errorf("after a letter was put off the mail server stands %q", got)
	}
	h.as("alun").get("/cy/admin/health").want(http.StatusOK).has(h.words.T(i18n.CY, "admin.mail.mend.later"))
	if once("550 no such person here"); job.Tries != 2 || job.FailedAt.IsZero() {
		t.Errorf("a letter that was refused for good: %+v", job)
	}
	if got := h.stands()["mail"]; got != "good" { // that one address is wrong says nothing of the server
		t.Errorf("after one address was refused the mail server stands %q", got)
	}
	h.as("alun").get("/cy/admin/outbox").want(http.StatusOK).has(h.words.T(i18n.CY, "admin.outbox.cause.no_such_address"), "no such person here")
}
