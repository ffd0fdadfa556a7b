package mail_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golau/internal/mail"
	"golau/internal/mail/mailtest"
)

// hostile are values that try to speak as another header, another recipient or
// another command.
var hostile = []string{
	"Eve\r\nBcc: eve@evil.example", "Eve\nBcc: eve@evil.example", "Eve\rBcc: eve@evil.example",
	"Eve\r\n\r\n<script>alert(1)</script>", "Eve\u2028Bcc: eve@evil.example", "Eve\u2029Bcc: eve@evil.example",
	"Eve\u0085Bcc: eve@evil.example", "Eve\x00Bcc: eve@evil.example", "Eve%0d%0aBcc: eve@evil.example",
	"Eve%0D%0ARCPT TO:<eve@evil.example>", `Eve" <eve@evil.example>, "x`, `Eve\`, `Eve\" <eve@evil.example>`,
	"eve@evil.example, Eve", "Eve <eve@evil.example>", "=?utf-8?q?Eve=0d=0aBcc:_eve@evil.example?=",
	"\r\n.\r\nMAIL FROM:<eve@evil.example>", "Eve \u202egnp.exe", "Eve\v\f\x1b[2J", "Bcc: eve@evil.example",
	strings.Repeat("Eve ", 500) + "\r\nBcc: eve@evil.example", strings.Repeat("ŵ", 60), "Eve\xff\xfe",
}

// TestNothingSpeaksAsAHeader puts every hostile value into every field of a
// letter. It is refused, or it reaches the one recipient with the headers that
// every letter has.
func TestNothingSpeaksAsAHeader(t *testing.T) {
	sink := mailtest.New(t)
	s := sender(t, sink)
	if err := s.Send(t.Context(), note()); err != nil {
		t.Fatal(err)
	}
	usual, _ := read(t, sink.Letters()[0].Data)
	headers := slices.Sorted(maps.Keys(usual))
	folder := mail.Folder{Dir: t.TempDir(), Now: now}
	refused := 0
	for field, put := range map[string]func(m *mail.Message, v string){
		"name":    func(m *mail.Message, v string) { m.ToName = v },
		"subject": func(m *mail.Message, v string) { m.Subject = v },
		"address": func(m *mail.Message, v string) { m.To = v },
		"tail":    func(m *mail.Message, v string) { m.To += v },
		"id":      func(m *mail.Message, v string) { m.ID = v },
		"text":    func(m *mail.Message, v string) { m.Text = v },
		"html":    func(m *mail.Message, v string) { m.HTML = v },
		"lang":    func(m *mail.Message, v string) { m.Language = v },
	} {
		for _, v := range hostile {
			m := note()
			put(&m, v)
			before := len(sink.Letters())
			errSMTP, errFolder := s.Send(t.Context(), m), folder.Send(t.Context(), m)
			if errSMTP != nil {
				refused++
			}
			if (errSMTP == nil) != (errFolder == nil) {
				t.Errorf("%s %q: the server says %v, the folder %v", field, v, errSMTP, errFolder)
			}
			for _, got := range sink.Letters()[before:] {
				if !slices.Equal(got.To, []string{m.To}) || got.From != "golau@golau.example" {
					t.Errorf("%s %q: envelope from %q to %q", field, v, got.From, got.To)
				}
				head, parts := read(t, got.Data)
				if !slices.Equal(slices.Sorted(maps.Keys(head)), headers) {
					t.Errorf("%s %q: headers %v, want %v", field, v, slices.Sorted(maps.Keys(head)), headers)
				}
				for name, values := range head {
					if len(values) != 1 {
						t.Errorf("%s %q: %d headers %s", field, v, len(values), name)
					}
				}
				if len(parts) != 2 {
					t.Errorf("%s %q: %d parts", field, v, len(parts))
				}
			}
		}
	}
	if refused < 40 {
		t.Errorf("only %d were refused: the values do not bite", refused)
	}
	for _, line := range sink.Commands() {
		if strings.Contains(line, "evil.example") {
			t.Errorf("a client said %q", line)
		}
	}
	files, err := os.ReadDir(folder.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.ContainsAny(f.Name(), "/\\:%\r\n") || !strings.HasSuffix(f.Name(), ".eml") {
			t.Errorf("file %q", f.Name())
		}
	}
}
