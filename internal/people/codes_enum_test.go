package people

import (
	"fmt"
	"net/netip"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
)

// A12: whether an address has an account, an agency or nothing shows in no
// answer and in no amount of work: the same statements, hashes and rows, when a
// letter is asked for and when a code is typed.
func TestCodesTellNobodyApart(t *testing.T) {
	for _, p := range []Purpose{ToSignIn, ToReset, ToJoin} {
		h := newHouse(t, Options{})
		h.listed("school.example", h.school)
		h.listed("shared.example", h.school, h.twin)
		n := h.statements()
		type trace struct {
			asked, typed      int64
			lines, jobs, rows int
			guesses, hashes   int
			answers           string
		}
		try := func(email string) trace {
			lines, jobs, rows, guesses := h.count("audit_events"), h.count("outbox_jobs"), h.count("people_codes"), h.count("people_signin_guesses")
			h.hasher.hashes.Store(0)
			h.hasher.matches.Store(0)
			n.Store(0)
			nonce, err := h.AskCode(t.Context(), netip.Addr{}, p, email, i18n.EN)
			if err != nil || !isToken(nonce) {
				t.Fatal(err)
			}
			tr := trace{asked: n.Swap(0)}
			for range 6 {
				_, err := h.ProveByCode(t.Context(), p, nonce, "000000")
				e, _ := problem.As(err)
				tr.answers += fmt.Sprint(e.Kind, e.Key, e.Args, e.Fields, e.RetryAfter, e.Err, ";")
			}
			tr.typed = n.Load()
			tr.lines, tr.jobs, tr.rows = h.count("audit_events")-lines, h.count("outbox_jobs")-jobs, h.count("people_codes")-rows
			tr.guesses, tr.hashes = h.count("people_signin_guesses")-guesses, int(h.hasher.hashes.Load()+h.hasher.matches.Load())
			return tr
		}
		first := try("tom@demo.example")
		if first.asked < 8 || first.typed < 20 || first.jobs != 1 || first.rows != 1 || first.guesses != 5 || first.hashes != 0 {
			t.Errorf("to %s: %+v", p, first)
		}
		for _, email := range []string{"stranger@nowhere.example", "new@school.example", "new@shared.example", "alex@demo.example"} {
			// The suspended, those without a password and those who do not exist.
			if got := try(email); got != first {
				t.Errorf("to %s, %s: %+v; somebody with an account: %+v", p, email, got, first)
			}
		}
	}
}

// A17: what would speak as another header line is no address, and no row.
func TestNoLetterWithTwoLines(t *testing.T) {
	h := newHouse(t, Options{})
	for _, email := range []string{"rhian@demo.example\r\nBcc: all@demo.example", "rhian@demo.example%0d%0aBcc:x@y.example,",
		"rhian@demo.example\u2028x", "\"a\r\nb\"@demo.example", "a@b.example,c@d.example", "Rhian <rhian@demo.example>",
		"rhian@demo.example\x00", "rhian@demo.example;c@d.example", "рhian@demo.example", "", "@demo.example"} {
		wants(t, second(h.AskCode(t.Context(), netip.Addr{}, ToSignIn, email, i18n.EN)), problem.Invalid, "")
	}
	if h.count("people_codes") != 0 || h.count("outbox_jobs") != 0 {
		t.Error("a letter was written")
	}
}
