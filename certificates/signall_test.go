package certificates

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/problem"
	"golau/internal/store"
)

// issueUnsigned records n certificates and leaves them without signature, as a
// crash would.
func (h house) issueUnsigned(n int) []string {
	h.t.Helper()
	var ids []string
	err := h.write(func(tx store.Tx) error {
		for i := range n {
			a := award()
			a.Enrolment = fmt.Sprint("unsigned-", i)
			c, err := Issue(tx, a)
			if err != nil {
				return err
			}
			ids = append(ids, c.ID)
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return ids
}

func TestSignAll(t *testing.T) {
	h := open(t)
	before := h.issue(award())
	ids := h.issueUnsigned(signBatch + 7)
	if n, err := SignAll(t.Context(), h.db, h.keys); err != nil || n != len(ids) {
		t.Fatalf("signed %d: %v; want %d", n, err, len(ids))
	}
	if n, err := Check(h.read(), h.keys); err != nil || n != len(ids)+1 {
		t.Errorf("%d certificates hold: %v", n, err)
	}
	for _, id := range append(ids[:2:2], before.ID) {
		if v := h.verify(id); v.Status != Valid {
			t.Errorf("%s is %s", id, v.Status)
		}
	}
	if after, err := ByID(h.read(), before.Person, before.ID); err != nil || after.Token != before.Token {
		t.Errorf("a signature was renewed: %v", err)
	}
	signed := h.count("SELECT count(*) FROM audit_events WHERE verb = 'certificates.signed'")
	if signed != len(ids)+1 {
		t.Errorf("%d signatures are recorded, want %d", signed, len(ids)+1)
	}
	if n, err := SignAll(t.Context(), h.db, h.keys); err != nil || n != 0 {
		t.Errorf("signed %d again: %v", n, err)
	}
	if _, err := audit.Verify(h.read()); err != nil {
		t.Error(err)
	}
}

// What was signed in bulk is not left for the worker to sign once more; what
// was not still is.
func TestSignInSettlesItsJob(t *testing.T) {
	h := open(t)
	ids := h.issueUnsigned(2)
	for range 2 {
		if err := h.write(func(tx store.Tx) error { return SignIn(tx, h.keys, ids[0]) }); err != nil {
			t.Fatal(err)
		}
	}
	var left []string
	w := outbox.NewWorker(h.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{
		SignJob: func(_ context.Context, j outbox.Job) error { left = append(left, j.Key); return nil }})
	if _, err := w.Once(t.Context()); err != nil || len(left) != 1 || left[0] != ids[1] {
		t.Errorf("the worker was left %v: %v", left, err)
	}
	if n := h.count("SELECT count(*) FROM certificates_signatures"); n != 1 {
		t.Errorf("%d signatures", n)
	}
	if n := h.count("SELECT count(*) FROM audit_events WHERE verb = 'certificates.signed'"); n != 1 {
		t.Errorf("%d signatures are recorded, of one", n)
	}
	if v := h.verify(ids[0]); v.Status != Valid {
		t.Errorf("%s", v.Status)
	}
	err := h.write(func(tx store.Tx) error { return SignIn(tx, h.keys, "00000000000000000000000000") })
	if problem.KindOf(err) != problem.NotFound {
		t.Errorf("an unknown certificate: %v", err)
	}
}

// A certificate that was signed by the request itself needs no signature, but
// its job may still wait: it is settled all the same.
func TestSignInAfterSign(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	if err := h.write(func(tx store.Tx) error { return SignIn(tx, h.keys, c.ID) }); err != nil {
		t.Fatal(err)
	}
	if n := h.count("SELECT count(*) FROM outbox_jobs WHERE done_at IS NULL"); n != 0 {
		t.Errorf("%d jobs wait", n)
	}
}
