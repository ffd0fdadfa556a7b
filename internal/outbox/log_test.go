package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"golau/internal/outbox"
)

// A mail server names whom it refuses; the log does not.
func TestTheLogNamesNobody(t *testing.T) {
	for name, failure := range map[string]error{
		"again": errors.New("550 no such person: <nobody@demo.example>"), "given up": outbox.Refuse(errors.New("550 nobody@demo.example")),
	} {
		o := open(t)
		o.put("a")
		w := o.worker(func(context.Context, outbox.Job) error { return failure })
		var log bytes.Buffer
		w.Log = slog.New(slog.NewTextHandler(&log, nil))
		o.once(w, 1)
		if said := log.String(); strings.Contains(said, "demo.example") || !strings.Contains(said, "550") {
			t.Errorf("%s: %s", name, said)
		}
		if r := o.row("a"); !strings.Contains(r.Reason, "nobody@demo.example") {
			t.Errorf("%s: the outbox says %q", name, r.Reason)
		}
	}
}
