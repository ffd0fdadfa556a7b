package steward

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// What mail servers and systems really say is known by its cause.
func TestCauses(t *testing.T) {
	for said, want := range map[string]Cause{
		"":                                 "",
		"nobody handles jobs of this kind": NoHandler,
		"panic: runtime error: index out of range":                                                          Broken,
		"open golau-data/mail/.new: no space left on device":                                                DiskFull,
		"dial failed: tls: failed to verify certificate: x509: certificate has expired or is not yet valid": BadTLS,
		"dial failed: SMTP AUTH failed: 535 5.7.8 Error: authentication failed":                             NotLetIn,
		"dial failed: dial tcp 192.0.2.1:587: i/o timeout":                                                  TooSlow,
		"dial failed: dial tcp: lookup mail.example: no such host":                                          NoServer,
		"dial failed: dial tcp 127.0.0.1:25: connect: connection refused":                                   NoServer,
		"sending SMTP RCPT TO command: 552 5.2.2 mailbox full":                                              BoxFull,
		"sending SMTP RCPT TO command: 550 5.1.1 <a@b.example>: Recipient address rejected: User unknown":   NoSuchAddress,
		"sending SMTP RCPT TO command: 451 4.7.1 Greylisted, try again":                                     Later,
		"sending SMTP DATA command: 554 5.7.1 Message rejected as spam":                                     Refused,
		"people.not_found": Gone,
		"something else":   Other,
	} {
		if got := causeOf(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

// An administrator sees what failed and for whom, and neither the content nor
// anything that opens a door; trying again is recorded.
func TestJobs(t *testing.T) {
	h := open(t)
	nia := h.person("nia@shared.example", "Nia Rhydderch")
	h.write(func(tx store.Tx) error {
		return outbox.Put(tx, "course.completed", "k1", map[string]string{"Person": nia, "Certificate": "7k4m2p9x3ac5d8efgh0jkn6qrs"})
	})
	w := outbox.NewWorker(h.DB, slog.New(slog.DiscardHandler), map[string]outbox.Handler{"course.completed": func(context.Context, outbox.Job) error {
		return outbox.Refuse(errors.New("550 5.1.1 unknown, see /verify/7k4m2p9x3ac5d8efgh0jkn6qrs"))
	}})
	if _, err := w.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	jobs, next, err := h.Jobs(t.Context(), h.admin, outbox.Failed, 0)
	if err != nil || len(jobs) != 1 || next != 0 {
		t.Fatalf("%+v, %d, %v", jobs, next, err)
	}
	j := jobs[0]
	if j.Address != "nia@shared.example" || j.Cause != NoSuchAddress || strings.Contains(j.Said, "7k4m2p") || !strings.Contains(j.Said, "550 5.1.1") {
		t.Errorf("%+v", j)
	}
	h.onlyAdmins("looking", func(v people.Viewer) error { _, _, err := h.Jobs(t.Context(), v, outbox.Failed, 0); return err })
	h.onlyAdmins("trying again", func(v people.Viewer) error { return h.TryAgain(t.Context(), v, j.ID) })
	if err := h.TryAgain(t.Context(), h.admin, j.ID); err != nil {
		t.Fatal(err)
	}
	if h.count("audit_events WHERE verb = 'outbox.tried_again' AND actor = 'person-admin'") != 1 {
		t.Error("it was not recorded")
	}
	if waiting, _, _ := h.Jobs(t.Context(), h.admin, outbox.Waiting, 0); len(waiting) != 1 || waiting[0].Cause == "" && waiting[0].Tries != 0 {
		t.Errorf("%+v", waiting)
	}
	if err := h.TryAgain(t.Context(), h.admin, 99); problem.KindOf(err) != problem.NotFound {
		t.Error(err)
	}
	if h.count("audit_events WHERE verb = 'outbox.tried_again'") != 1 {
		t.Error("what did not happen was recorded")
	}
}

// A page holds fifty; the next goes on where it ended.
func TestJobsByPage(t *testing.T) {
	h := open(t)
	h.write(func(tx store.Tx) error {
		for range jobsAtOnce + 5 {
			if err := outbox.Put(tx, "x", tx.NewID(), struct{}{}); err != nil {
				return err
			}
		}
		return nil
	})
	first, next, err := h.Jobs(t.Context(), h.admin, outbox.Waiting, 0)
	if err != nil || len(first) != jobsAtOnce || next != first[jobsAtOnce-1].ID {
		t.Fatalf("%d, %d, %v", len(first), next, err)
	}
	rest, end, err := h.Jobs(t.Context(), h.admin, outbox.Waiting, next)
	if err != nil || len(rest) != 5 || end != 0 || rest[0].ID != next-1 {
		t.Errorf("%d, %d, %v", len(rest), end, err)
	}
}
