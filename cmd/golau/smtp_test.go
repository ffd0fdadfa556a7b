package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The password of the file stands in the address as it is, whatever is in it,
// and in nothing that is printed.
func TestMailPasswordOfAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	write := func(s string) {
		if err := os.WriteFile(file, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := siteFlags{Addr: "127.0.0.1:8080", ExitURL: "https://exit.example", SMTPPasswordFile: file, SMTPURL: "smtp://post%40golau.example@mail.example:587?from=golau@golau.example"}
	write(planted + "/:@?#%\n")
	got, err := s.smtp()
	if want := "smtp://post%40golau.example:" + planted + "%2F%3A%40%3F%23%25@mail.example:587?from=golau@golau.example"; err != nil || got != want {
		t.Errorf("%q, %v\nwant %q", got, err, want)
	}
	var out strings.Builder
	if err := (&configCmd{siteFlags: s}).Run(t.Context(), &streams{out: &out, err: &out}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "GOLAU_SMTP_PASSWORD_FILE="+file+"\n") || strings.Contains(out.String(), planted) {
		t.Errorf("golau config prints\n%s", out.String())
	}
	for content, url := range map[string]string{
		"":                       s.SMTPURL,
		"\n":                     s.SMTPURL,
		planted + "\nand more\n": s.SMTPURL,
		planted:                  "smtp://mail.example?from=golau@golau.example",
		planted + "\n":           "smtp://golau:another@mail.example?from=golau@golau.example",
		planted + "\r\n":         "smtp://golau@mail.example:%zz",
	} {
		write(content)
		s.SMTPURL = url
		if got, err := s.smtp(); err == nil || strings.Contains(err.Error(), planted) || strings.Contains(err.Error(), "another") {
			t.Errorf("%q with %s: %q, %v", content, url, got, err)
		}
	}
}
