package mail_test

import (
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/mail"
	"golau/internal/mail/mailtest"
)

var moment = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func now() time.Time { return moment }

// note is a letter with everything in it that a mail program might spoil.
func note() mail.Message {
	return mail.Message{
		ID: "completed-4f2k", To: "sian@demo.example", ToName: "Siân Ŵyn-Pritchard", Language: "cy",
		Subject: "Golau: mae eich tystysgrif yn barod – ŵ ŷ",
		Text:    "Siân, mae’n barod.\n.\n. ar ei ben ei hun\n" + strings.Repeat("hir ", 400) + "\n",
		HTML:    "<p>Siân, mae’n barod.</p>",
	}
}

// sender returns a client of a sink.
func sender(t *testing.T, sink *mailtest.Sink) *mail.SMTP {
	t.Helper()
	s, err := mail.NewSMTP("smtp://"+sink.Addr()+"?from=golau@golau.example", now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read takes a letter apart: its headers, and its parts by content type.
func read(t *testing.T, data string) (netmail.Header, map[string]string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q: %v", m.Header.Get("Content-Type"), err)
	}
	parts := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return m.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		if enc := p.Header.Get("Content-Transfer-Encoding"); enc != "quoted-printable" {
			t.Fatalf("encoding %q", enc)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		kind, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil || params["charset"] != "UTF-8" {
			t.Fatalf("part %q: %v", p.Header.Get("Content-Type"), err)
		}
		parts[kind] = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
}

func TestSMTPDelivers(t *testing.T) {
	sink := mailtest.New(t)
	want := note()
	if err := sender(t, sink).Send(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got := sink.Letters()
	if len(got) != 1 || got[0].From != "golau@golau.example" || !slices.Equal(got[0].To, []string{want.To}) {
		t.Fatalf("got %+v", got)
	}
	head, parts := read(t, got[0].Data)
	to, err := head.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != want.To || to[0].Name != want.ToName {
		t.Errorf("To %v: %v", to, err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
	if err != nil || subject != want.Subject {
		t.Errorf("Subject %q: %v", subject, err)
	}
	for name, value := range map[string]string{"Message-Id": "<completed-4f2k@golau.example>", "Content-Language": "cy",
		"Auto-Submitted": "auto-generated", "User-Agent": "Golau"} {
		if head.Get(name) != value {
			t.Errorf("%s is %q, want %q", name, head.Get(name), value)
		}
	}
	if date, err := head.Date(); err != nil || !date.Equal(moment) {
		t.Errorf("Date %v: %v", date, err)
	}
	if parts["text/plain"] != want.Text || parts["text/html"] != want.HTML || len(parts) != 2 {
		t.Errorf("parts came as %q", parts)
	}
}

func TestSMTPSaysWhyNot(t *testing.T) {
	sink := mailtest.New(t)
	s := sender(t, sink)
	sink.Refuse("451 later")
	if err := s.Send(t.Context(), note()); err == nil {
		t.Error("a refused recipient is no error")
	}
	sink.Refuse("")
	if err := s.Send(t.Context(), note()); err != nil {
		t.Errorf("the next try: %v", err)
	}
	if n := len(sink.Letters()); n != 1 {
		t.Errorf("%d letters came, want 1", n)
	}
}

// Whoever has a password sends it over an encrypted line or not at all: where
// the server offers none, takes its offer back, or breaks it, no password and no
// letter is sent.
func TestSMTPKeepsItsPassword(t *testing.T) {
	for name, c := range map[string]struct{ scheme, pretend string }{
		"no encryption":               {"smtp", ""},
		"an offer taken back":         {"smtp", "454 not now"},
		"an offer for ever":           {"smtp", "554 never"},
		"an offer that is a lie":      {"smtp", "220 go on"},
		"plain, where there was none": {"smtps", ""},
	} {
		t.Run(name, func(t *testing.T) {
			sink := mailtest.New(t)
			sink.Pretend(c.pretend)
			s, err := mail.NewSMTP(c.scheme+"://golau:correct-horse@"+sink.Addr()+"?from=golau@golau.example", now)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Second) // a greeting is no handshake: smtps waits for one
			defer cancel()
			err = s.Send(ctx, note())
			if err == nil {
				t.Error("sent over an open line, although there is a password")
			} else if strings.Contains(err.Error(), "correct-horse") {
				t.Errorf("the error tells the password: %v", err)
			}
			secret := base64.StdEncoding.EncodeToString([]byte("\x00golau\x00correct-horse"))
			for _, line := range sink.Commands() {
				if strings.HasPrefix(strings.ToUpper(line), "AUTH") || strings.Contains(line, "correct-horse") || strings.Contains(line, secret) {
					t.Errorf("the client said %q over an open line", line)
				}
			}
			if len(sink.Letters()) != 0 {
				t.Error("a letter came")
			}
		})
	}
}

func TestSMTPAddress(t *testing.T) {
	for _, address := range []string{"", "mail.example", "http://mail.example?from=a@b.example", "smtp://?from=a@b.example",
		"smtp://mail.example", "smtp://mail.example?from=golau", "smtp://mail.example:port?from=a@b.example", "smtp://%zz"} {
		if _, err := mail.NewSMTP(address, now); err == nil {
			t.Errorf("%q is taken", address)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error tells the password", address)
		}
	}
	for _, address := range []string{"smtp://mail.example?from=a@b.example", "smtps://u:p@mail.example:4650?from=a@b.example"} {
		if _, err := mail.NewSMTP(address, now); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := mail.NewSMTP("smtp://user:secret@?from=a@b.example", now); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address without a host: %v", err)
	}
}
