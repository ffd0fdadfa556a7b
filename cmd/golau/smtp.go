package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golau/internal/mail"
)

// openMail says how letters go out.
func openMail(w wiring) (mail.Sender, error) {
	if w.site.SMTPURL == "" || w.demo {
		return mail.Folder{Dir: filepath.Join(w.data, "mail"), Now: w.now}, nil
	}
	address, err := w.site.smtp()
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(w.site.SMTPPasswordFile); err == nil && info.Mode().Perm()&0o007 != 0 && runtime.GOOS != "windows" {
		w.log.Warn("others can read the mail server's password", "path", w.site.SMTPPasswordFile, "mode", fmt.Sprintf("%04o", info.Mode().Perm()))
	}
	return mail.NewSMTP(address, w.now)
}

// smtp is the mail server's address with the password of the file in it, where
// there is one: an environment is seen by more than a file is.
func (s siteFlags) smtp() (string, error) {
	if s.SMTPPasswordFile == "" {
		u, err := url.Parse(s.SMTPURL)
		if err != nil {
			return "", errors.New("GOLAU_SMTP_URL must look like smtp://user:password@host:587?from=name@example.org")
		}
		if password, _ := u.User.Password(); u.User.Username() != "" && password == "" {
			return "", errors.New("GOLAU_SMTP_URL names a user and there is no password: write user:password@, or put it into a file and name that in GOLAU_SMTP_PASSWORD_FILE")
		}
		return s.SMTPURL, nil
	}
	raw, err := os.ReadFile(s.SMTPPasswordFile)
	if err != nil {
		return "", fmt.Errorf("cannot read the mail server's password: %w", err)
	}
	password := strings.TrimRight(string(raw), "\r\n")
	if password == "" || strings.ContainsAny(password, "\r\n\x00") {
		return "", fmt.Errorf("GOLAU_SMTP_PASSWORD_FILE: %s must hold the password on one line, and nothing else", s.SMTPPasswordFile)
	}
	u, err := url.Parse(s.SMTPURL)
	if err != nil {
		return "", errors.New("GOLAU_SMTP_URL must look like smtp://user@host:587?from=name@example.org")
	}
	if _, has := u.User.Password(); has {
		return "", errors.New("the mail server's password stands in GOLAU_SMTP_URL and in GOLAU_SMTP_PASSWORD_FILE: take it out of the first")
	}
	if u.User.Username() == "" {
		return "", errors.New("GOLAU_SMTP_PASSWORD_FILE needs a user in GOLAU_SMTP_URL: smtp://user@host:587?from=name@example.org")
	}
	u.User = url.UserPassword(u.User.Username(), password)
	return u.String(), nil
}

// inClear says whether letters may be read on their way to the mail server.
func (s siteFlags) inClear() bool {
	if s.SMTPURL == "" {
		return false
	}
	address, err := s.smtp()
	if err != nil {
		return false // which checkMail tells
	}
	m, err := mail.NewSMTP(address, nil)
	return err == nil && m.InClear()
}

// checkMail refuses a password without a server to show it to, and a server whose
// address is not whole. The demonstration sends nothing, so it looks at neither.
func (s siteFlags) checkMail(demo bool) error {
	if s.SMTPPasswordFile != "" && s.SMTPURL == "" {
		return errors.New("GOLAU_SMTP_PASSWORD_FILE needs GOLAU_SMTP_URL: without a mail server letters are files")
	}
	if s.SMTPURL == "" || demo {
		return nil
	}
	address, err := s.smtp()
	if err == nil {
		if _, err = mail.NewSMTP(address, nil); err != nil {
			err = fmt.Errorf("GOLAU_SMTP_URL: %w", err)
		}
	}
	return err
}
