// Package mail sends a letter that is already written: through an SMTP server,
// into a folder of .eml files, or into memory for tests.
//
// It does not know what letters say, who should get one, or when to try again.
package mail

import (
	"context"
	"fmt"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is a letter to one person, as text and as HTML.
type Message struct {
	ID       string // stable, so that a letter sent twice is seen as one
	To       string
	ToName   string
	Subject  string
	Language string // "en" or "cy"
	Text     string
	HTML     string
}

// Sender delivers a message or says why not.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// header refuses what would let a value speak as another header line.
func header(name, v string) error {
	if strings.ContainsAny(v, "\r\n\x00\u2028\u2029\u0085") {
		return fmt.Errorf("mail: %s holds a line break", name)
	}
	return nil
}

// build makes the MIME message; domain is used for the Message-ID.
func build(from, fromName, domain string, m Message, now time.Time) (*gomail.Msg, error) {
	for name, v := range map[string]string{"To": m.To, "name": m.ToName, "Subject": m.Subject, "id": m.ID} {
		if err := header(name, v); err != nil {
			return nil, err
		}
	}
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithNoDefaultUserAgent())
	if err := msg.FromFormat(fromName, from); err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	if err := msg.AddToFormat(m.ToName, m.To); err != nil {
		return nil, fmt.Errorf("mail: recipient: %w", err)
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(now)
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	msg.SetGenHeader(gomail.HeaderUserAgent, "Golau")
	msg.SetGenHeader("Content-Language", m.Language)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}

// SMTP sends through a mail server.
type SMTP struct {
	client *gomail.Client
	from   string
	domain string
	clear  bool
	now    func() time.Time
}

// InClear says whether letters may be read on their way: whoever runs the site has
// said that the server may do without encryption, and it is another machine.
func (s *SMTP) InClear() bool { return s.clear }

// NewSMTP reads an address like smtp://user:password@host:587?from=golau@example.org
// or smtps://…; smtp:// asks for STARTTLS, and sends nothing to a server that does
// not offer it: letters hold codes and links that open accounts. On this very
// machine, and to a server that ?tls=optional trusts the way to, it does without,
// but for a password. Returns an error that names what is wrong.
func NewSMTP(address string, now func() time.Time) (*SMTP, error) { return newSMTP(address, now) }

func newSMTP(address string, now func() time.Time, opts ...gomail.Option) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, fmt.Errorf("the mail server's address must look like smtp://user:password@host:587?from=name@example.org")
	}
	from := u.Query().Get("from")
	_, domain, _ := strings.Cut(from, "@")
	if a, err := netmail.ParseAddress(from); err != nil || a.Address != from {
		return nil, fmt.Errorf("the mail server's address needs ?from=name@example.org, the address that letters come from")
	}
	opts = append(opts, gomail.WithTimeout(20*time.Second))
	port := 587
	pass, signsIn := u.User.Password()
	optional, err := optionalTLS(u, signsIn)
	here := isLoopback(u.Hostname())
	switch {
	case err != nil:
		return nil, err
	case u.Scheme == "smtps":
		port = 465
		opts = append(opts, gomail.WithSSL())
	case signsIn || !here && !optional:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil || port < 1 || port > 65535 {
			return nil, fmt.Errorf("the mail server's port must be a number from 1 to 65535")
		}
	}
	opts = append(opts, gomail.WithPort(port))
	if signsIn {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(pass))
	}
	c, err := gomail.NewClient(u.Hostname(), opts...)
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return &SMTP{client: c, from: from, domain: domain, clear: optional && !here, now: now}, nil
}

// optionalTLS reads what an address says of encryption.
func optionalTLS(u *url.URL, signsIn bool) (bool, error) {
	said, has := u.Query()["tls"]
	switch {
	case !has:
		return false, nil
	case len(said) != 1 || said[0] != "optional":
		return false, fmt.Errorf("the mail server's address may say tls=optional, and nothing else of tls")
	case u.Scheme == "smtps":
		return false, fmt.Errorf("the mail server's address says smtps, which is always encrypted: leave tls=optional out, or write smtp")
	case signsIn:
		return false, fmt.Errorf("a password goes to a mail server encrypted alone: leave tls=optional out, or the password")
	}
	return true, nil
}

// isLoopback says whether a host is this machine, by what it is called: what a name
// of another kind leads to today it need not tomorrow.
func isLoopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback() || strings.EqualFold(host, "localhost")
}

// Send implements Sender.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := build(s.from, "Golau", s.domain, m, s.now())
	if err != nil {
		return err
	}
	return s.client.DialAndSendWithContext(ctx, msg)
}
