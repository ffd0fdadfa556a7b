package mail_test

import (
	"strings"
	"testing"

	"golau/internal/mail"
	"golau/internal/mail/mailtest"
)

// Letters hold what opens accounts. To another machine they go encrypted, with a
// password or without, or not at all, unless the address says that they may; a
// password always.
func TestLettersLeaveEncrypted(t *testing.T) {
	for _, c := range []struct {
		address string
		want    mail.Fault
		clear   bool
	}{
		{"smtp://relay.example:25?from=golau@golau.example", mail.Unencrypted, false},
		{"smtp://127.0.0.1.relay.example:25?from=golau@golau.example", mail.Unencrypted, false},
		{"smtp://golau:secret-word@relay.example?from=golau@golau.example", mail.Unencrypted, false},
		{"smtp://golau:secret-word@localhost?from=golau@golau.example", mail.Unencrypted, false},
		{"smtp://relay.example:25?from=golau@golau.example&tls=optional", mail.Taken, true},
		{"smtp://localhost:25?from=golau@golau.example", mail.Taken, false},
		{"smtp://127.0.0.1:25?from=golau@golau.example", mail.Taken, false},
		{"smtp://[::1]:25?from=golau@golau.example&tls=optional", mail.Taken, false},
	} {
		sink := mailtest.New(t)
		s, err := mail.NewSMTPBy(c.address, now, sink.Addr())
		if err != nil {
			t.Fatal(c.address, err)
		}
		if got := mail.FaultOf(s.Send(t.Context(), note())); got != c.want || s.InClear() != c.clear {
			t.Errorf("%s: %q, in the clear %v", c.address, got, s.InClear())
		}
		taken := 0
		if c.want == mail.Taken {
			taken = 1
		}
		if n := len(sink.Letters()); n != taken {
			t.Errorf("%s: the server has %d letters", c.address, n)
		}
		for _, line := range sink.Commands() {
			if taken == 0 && (strings.HasPrefix(line, "MAIL") || strings.HasPrefix(line, "AUTH")) {
				t.Errorf("%s: %s", c.address, line)
			}
		}
	}
}

// What contradicts itself is refused at the start, and says what to leave out.
func TestWhatAnAddressSaysOfEncryption(t *testing.T) {
	for address, says := range map[string]string{
		"smtp://relay.example?from=a@b.example&tls=none":                  "nothing else of tls",
		"smtp://relay.example?from=a@b.example&tls=":                      "nothing else of tls",
		"smtp://relay.example?from=a@b.example&tls=optional&tls=optional": "nothing else of tls",
		"smtps://relay.example?from=a@b.example&tls=optional":             "always encrypted",
		"smtp://golau:secret@relay.example?from=a@b.example&tls=optional": "leave tls=optional out, or the password",
	} {
		if _, err := mail.NewSMTP(address, now); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
