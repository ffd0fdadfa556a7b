package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
)

// dataFlags say where the data are. Every command takes them.
type dataFlags struct {
	Data        string `help:"Folder of the database, the keys and mail without a server." default:"./golau-data" env:"GOLAU_DATA" placeholder:"DIR"`
	DatabaseURL string `help:"Database. Empty: SQLite in the data folder." env:"GOLAU_DATABASE_URL" placeholder:"URL"`
}

// file is the path of the SQLite database.
func (d dataFlags) file() (string, error) {
	switch {
	case d.DatabaseURL == "":
		return filepath.Join(d.Data, "golau.db"), nil
	case strings.HasPrefix(d.DatabaseURL, "sqlite://") && strings.ContainsAny(d.DatabaseURL, "?#"):
		return "", fmt.Errorf("GOLAU_DATABASE_URL %q takes no parameters: how the file is opened is not for choosing", mask(d.DatabaseURL))
	case strings.HasPrefix(d.DatabaseURL, "sqlite://"):
		return strings.TrimPrefix(d.DatabaseURL, "sqlite://"), nil
	case strings.HasPrefix(d.DatabaseURL, "postgres://"), strings.HasPrefix(d.DatabaseURL, "postgresql://"):
		return "", errors.New("PostgreSQL is not supported yet: leave GOLAU_DATABASE_URL empty to use SQLite in the data folder")
	default:
		return "", fmt.Errorf("GOLAU_DATABASE_URL %q is not understood: leave it empty, or use sqlite:///path/to/file.db", mask(d.DatabaseURL))
	}
}

// siteFlags are the settings of the site.
type siteFlags struct {
	Addr             string   `help:"Address to listen on." default:"127.0.0.1:8080" env:"GOLAU_ADDR" placeholder:"HOST:PORT"`
	BaseURL          string   `help:"How the site is reached from outside, for links in letters and on certificates. Needed when ADDR is not loopback." env:"GOLAU_BASE_URL" placeholder:"URL"`
	SMTPURL          string   `name:"smtp-url" help:"Mail server. Empty: letters are written to DATA/mail." env:"GOLAU_SMTP_URL" placeholder:"URL"`
	SMTPPasswordFile string   `name:"smtp-password-file" help:"File with the mail server's password, in place of one in SMTP_URL." env:"GOLAU_SMTP_PASSWORD_FILE" placeholder:"FILE"`
	TrustedProxies   []string `help:"Networks whose X-Forwarded-For is believed." env:"GOLAU_TRUSTED_PROXIES" placeholder:"CIDR"`
	ExitURL          string   `help:"Where \"Leave this page\" leads." default:"https://www.bbc.co.uk/weather" env:"GOLAU_EXIT_URL" placeholder:"URL"`
	Log              string   `help:"Form of the log." enum:"text,json" default:"text" env:"GOLAU_LOG"`
	Content          string   `help:"Folder with modules/ and bank/ to teach from. Empty: what is compiled in." env:"GOLAU_CONTENT" placeholder:"DIR"`
}

// loopback says whether an address is reached from this machine alone.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// check refuses unsafe settings, each with what to do.
func (s siteFlags) check(demo bool) error {
	_, proxies := s.proxies()
	return errors.Join(s.checkAddress(demo), s.checkExit(), s.checkMail(demo), proxies)
}

func (s siteFlags) checkExit() error {
	if u, err := url.Parse(s.ExitURL); err != nil || u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("GOLAU_EXIT_URL %q must be an https address", mask(s.ExitURL))
	}
	return nil
}

func (s siteFlags) checkAddress(demo bool) error {
	if _, _, err := net.SplitHostPort(s.Addr); err != nil {
		return fmt.Errorf("GOLAU_ADDR %q must look like 127.0.0.1:8080", s.Addr)
	}
	if demo && !loopback(s.Addr) {
		return fmt.Errorf("the demonstration has no passwords and listens on this machine only: use --addr 127.0.0.1:8080, not %s", s.Addr)
	}
	if demo && s.BaseURL != "" && !loopbackURL(s.BaseURL) {
		return fmt.Errorf("the demonstration cannot be reached from outside: leave GOLAU_BASE_URL empty, not %s", mask(s.BaseURL))
	}
	if s.BaseURL == "" && !loopback(s.Addr) {
		return fmt.Errorf("GOLAU_BASE_URL is needed when the site is reached from other machines: links in letters and on certificates must not depend on what a visitor typed")
	}
	if s.BaseURL == "" {
		return nil
	}
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		return fmt.Errorf("GOLAU_BASE_URL %q must look like https://golau.example.org", mask(s.BaseURL))
	}
	if u.Scheme == "http" && !loopbackURL(s.BaseURL) {
		return fmt.Errorf("GOLAU_BASE_URL %q must begin with https: sessions are not sent over an open line", mask(s.BaseURL))
	}
	return nil
}

func loopbackURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	if strings.EqualFold(u.Hostname(), "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback()
}

func (s siteFlags) proxies() ([]netip.Prefix, error) {
	var ps []netip.Prefix
	for _, t := range s.TrustedProxies {
		p, err := netip.ParsePrefix(t)
		if err != nil {
			if a, e := netip.ParseAddr(t); e == nil {
				p, err = netip.PrefixFrom(a, a.BitLen()), nil
			}
		}
		if err != nil {
			return nil, fmt.Errorf("GOLAU_TRUSTED_PROXIES: %q is no network, like 10.0.0.0/8", t)
		}
		ps = append(ps, p)
	}
	return ps, nil
}

// base is the site's own address.
func (s siteFlags) base() string {
	if s.BaseURL != "" {
		return strings.TrimSuffix(s.BaseURL, "/")
	}
	return "http://" + s.Addr
}

func (s siteFlags) logger(w io.Writer) *slog.Logger {
	if s.Log == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// secret finds who signs in to an address and by which password: both, since a
// user name may hold an @, or be the secret itself. A password that somebody
// forgot to encode may hold anything, spaces too.
var secret = regexp.MustCompile(`(?s)(://).*@`)

// sender is the end of an address that names from whom letters come: its @ is no
// password's. Without a password there is a host, and perhaps a port: any port
// behind a name with a dot, localhost or an address in brackets; behind one word,
// which may be a user whose password is digits, only a port for mail.
var sender = regexp.MustCompile(`^(\S*@[^@/?#\s]+` +
	`|[a-z]+://(?:[\w-]+(?:\.[\w-]+)+|localhost|\[[0-9a-fA-F:]+\])(?::\d{1,5})?` +
	`|[a-z]+://[\w.-]+(?::(?:25|465|587|2525))?)(/?\?from=[^&?#:/\s]+)$`)

// mask hides who signs in to an address, and the password.
func mask(s string) string {
	from := ""
	if m := sender.FindStringSubmatch(s); m != nil {
		s, from = m[1], m[2]
	}
	return secret.ReplaceAllString(s, "$1****@") + from
}
