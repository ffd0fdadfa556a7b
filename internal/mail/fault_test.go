package mail_test

import (
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/internal/mail"
	"golau/internal/mail/mailtest"
)

// fault is what sending a letter to the address comes to.
func fault(t *testing.T, address string) (mail.Fault, string) {
	t.Helper()
	s, err := mail.NewSMTP(address, now)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Send(t.Context(), note())
	return mail.FaultOf(err), mail.Said(err)
}

// What a mail server does wrong has a word each, for which pages have a
// sentence.
func TestFaults(t *testing.T) {
	const from = "?from=golau@golau.example"
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := gone.Addr().String()
	gone.Close()
	sink, shut := mailtest.New(t), mailtest.New(t)
	shut.Refuse("550 no such person here")
	today := time.Now()
	file := filepath.Join(t.TempDir(), "mail")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for want, do := range map[mail.Fault]func() (mail.Fault, string){
		mail.Taken:    func() (mail.Fault, string) { return fault(t, "smtp://"+sink.Addr()+from) },
		mail.NoAnswer: func() (mail.Fault, string) { return fault(t, "smtp://"+nobody+from) },
		mail.Expired: func() (mail.Fault, string) {
			return fault(t, mailtest.Shows(t, today.AddDate(-2, 0, 0), today.AddDate(-1, 0, 0)))
		},
		mail.Untrusted: func() (mail.Fault, string) {
			return fault(t, mailtest.Shows(t, today.AddDate(-1, 0, 0), today.AddDate(1, 0, 0)))
		},
		mail.Unencrypted: func() (mail.Fault, string) { return fault(t, "smtp://golau:secret-word@"+sink.Addr()+from) },
		mail.ToRefused:   func() (mail.Fault, string) { return fault(t, "smtp://"+shut.Addr()+from) },
		mail.NoFolder: func() (mail.Fault, string) {
			err := mail.Folder{Dir: file, Now: now}.Send(t.Context(), note())
			return mail.FaultOf(err), mail.Said(err)
		},
		mail.NotSignedIn: func() (mail.Fault, string) {
			err := fmt.Errorf("dial failed: %w", fmt.Errorf("SMTP AUTH failed: %w", &textproto.Error{Code: 535, Msg: "5.7.8 bad credentials"}))
			return mail.FaultOf(err), mail.Said(err)
		},
		mail.Other: func() (mail.Fault, string) { return mail.FaultOf(errors.New("x")), "x" },
	} {
		got, said := do()
		if got != want || (said == "") != (want == mail.Taken) || strings.Contains(said, "secret-word") {
			t.Errorf("%q is told as %q: %s", want, got, said)
		}
	}
	sink.Refuse("451 later, please")
	if got, said := fault(t, "smtp://"+sink.Addr()+from); got != mail.Later || !strings.Contains(said, "later, please") {
		t.Errorf("%q: %s", got, said)
	}
}

// What is shown of an answer is one line of what can be seen.
func TestSaid(t *testing.T) {
	got := mail.Said(errors.New("a\r\nb\x00c\u202e \x1b[2J" + strings.Repeat("é", 10_000)))
	if len([]rune(got)) != 301 || strings.ContainsAny(got, "\r\n\x00\x1b\u202e") || !strings.HasPrefix(got, "a b c") {
		t.Errorf("%q", got)
	}
	if mail.Said(nil) != "" || mail.FaultOf(nil) != mail.Taken {
		t.Error("nothing wrong is something")
	}
}
