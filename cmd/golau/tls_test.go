package main

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"

	"golang.org/x/crypto/acme"
)

// tlsSite is the house behind TLS that it does by itself, with the small
// authority of authority_test.go for its certificates.
type tlsSite struct {
	ca         *authority
	tls, plain string // addresses
	data       string
}

func newTLSSite(t *testing.T, h *house, ca *authority, data string) *tlsSite {
	t.Helper()
	run := runFlags{TLSDomains: []string{site}, TLSHTTPAddr: "127.0.0.1:0"}
	m := run.certifier(data)
	m.Client = &acme.Client{DirectoryURL: ca.URL + "/directory", HTTPClient: ca.Client()}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := web.NewServer(h.handler)
	s.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	go s.Serve(overTLS(l, m))
	p, pl, err := run.plainServer(m, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	go p.Serve(pl)
	t.Cleanup(func() { s.Close(); p.Close() })
	ca.tls, ca.plain = l.Addr().String(), pl.Addr().String()
	return &tlsSite{ca, l.Addr().String(), pl.Addr().String(), data}
}

// get asks for a page as a browser that trusts the authority would.
func (s *tlsSite) get(name string, c *tls.Config) (*http.Response, error) {
	c.RootCAs, c.ServerName = s.ca.roots(), name
	transport := &http.Transport{TLSClientConfig: c, ForceAttemptHTTP2: true, DisableKeepAlives: true}
	req, err := http.NewRequest(http.MethodGet, "https://"+s.tls+"/en", nil)
	if err != nil {
		return nil, err
	}
	req.Host = name
	resp, err := transport.RoundTrip(req)
	if err == nil {
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	return resp, err
}

// TestTLS: Golau gets itself a certificate, by whichever way the authority asks,
// keeps it where nobody else can read it, and speaks nothing older than TLS 1.2.
func TestTLS(t *testing.T) {
	t.Parallel()
	for _, challenge := range []string{"tls-alpn-01", "http-01"} {
		t.Run(challenge, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			ca := newAuthority(t, challenge)
			data := t.TempDir()
			s := newTLSSite(t, h, ca, data)
			resp, err := s.get(site, &tls.Config{})
			if err != nil {
				t.Fatal(err)
			}
			if resp.StatusCode != http.StatusOK || resp.TLS.Version < tls.VersionTLS12 || resp.ProtoMajor != 2 || resp.Header.Get("Strict-Transport-Security") == "" {
				t.Errorf("%s, TLS %x, %v", resp.Proto, resp.TLS.Version, resp.Header)
			}
			if ca.proved.Load() != 1 {
				t.Errorf("the name was proved %d times", ca.proved.Load())
			}
			if _, err := s.get(site, &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}); err == nil || !strings.Contains(err.Error(), "protocol version") {
				t.Errorf("TLS 1.1 is spoken: %v", err)
			}
			if _, err := s.get("stranger.example", &tls.Config{}); err == nil || ca.orders.Load() != 1 {
				t.Errorf("a stranger's name: %v, %d orders", err, ca.orders.Load())
			}
			s.kept(t)
			// The next start uses what is kept, even while the authority is away.
			ca.CloseClientConnections()
			ca.Close()
			again := newTLSSite(t, h, ca, data)
			if _, err := again.get(site, &tls.Config{}); err != nil || ca.orders.Load() != 1 {
				t.Errorf("%v, %d orders", err, ca.orders.Load())
			}
		})
	}
}

// kept wants the certificate's key shut to others.
func (s *tlsSite) kept(t *testing.T) {
	t.Helper()
	dir := filepath.Join(s.data, "tls")
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("%v, %v", info, err)
	}
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		if info, _ := f.Info(); info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %o", f.Name(), info.Mode())
		}
	}
	if len(files) < 2 {
		t.Errorf("only %d files are kept", len(files))
	}
}

// Plain HTTP leads to https and serves nothing else; without a way to the
// authority it says so to nobody, and does not fall back to plain pages.
func TestPlainLeadsToTLS(t *testing.T) {
	t.Parallel()
	s := newTLSSite(t, newHouse(t), newAuthority(t, "http-01"), t.TempDir())
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for path, status := range map[string]int{"/en/account?x=1": http.StatusFound, "/.well-known/acme-challenge/made-up": http.StatusNotFound} {
		req, _ := http.NewRequest(http.MethodGet, "http://"+s.plain+path, nil)
		req.Host = site
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != status || status == http.StatusFound && resp.Header.Get("Location") != "https://"+site+path || strings.Contains(string(body), "govuk") {
			t.Errorf("%s: %d to %s\n%.200s", path, resp.StatusCode, resp.Header.Get("Location"), body)
		}
	}
	resp, err := http.Post("http://"+s.plain+"/en/sign-in", "text/plain", strings.NewReader("x"))
	if err != nil || resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a form over plain HTTP: %v, %v", resp.StatusCode, err)
	}
}

// With names for TLS the address and the base follow from them.
func TestTLSSettings(t *testing.T) {
	t.Parallel()
	code, out, errs := golau(t, "config", "--tls-domains", "golau.example.org,www.golau.example.org")
	if code != exitDone || !strings.Contains(out, "GOLAU_ADDR=:443\n") || !strings.Contains(out, "GOLAU_BASE_URL=https://golau.example.org\n") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}

// proof is what a challenge must be answered with (RFC 8555, 8.1).
func proof(token, thumbprint string) string { return token + "." + thumbprint }

// alpnProof checks a certificate that was shown for tls-alpn-01 (RFC 8737, 3).
func alpnProof(c *x509.Certificate, want string) bool {
	sum := sha256.Sum256([]byte(want))
	for _, e := range c.Extensions {
		if e.Id.String() == "1.3.6.1.5.5.7.1.31" {
			return e.Critical && strings.HasSuffix(string(e.Value), string(sum[:])) && len(c.DNSNames) == 1 && c.DNSNames[0] == site
		}
	}
	return false
}

func unbase64(s string) []byte { b, _ := base64.RawURLEncoding.DecodeString(s); return b }
