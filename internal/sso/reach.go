package sso

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// Limits of one question to a provider.
const (
	patience = 10 * time.Second
	maxSaid  = 1 << 20 // bytes
)

// errPrivate says that a name led where no provider is.
var errPrivate = errors.New("an address that is not on the open internet")

// reach returns a client that asks the open internet alone. The address is
// looked at when it is dialled, after the name was resolved: a name that leads
// to one place when it is checked and to another when it is used gains nothing.
// It follows no redirect and asks no proxy.
//
// Each question has a connection of its own. One that was kept may be closed by
// the provider in the very moment in which it is used again; a code that was
// sent over it cannot be sent twice, and somebody who did everything right would
// stand outside.
func reach(loopback bool, names *net.Resolver) *http.Client {
	dialer := &net.Dialer{Timeout: patience, Resolver: names, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !open(at.Addr()) && !(loopback && at.Addr().Unmap().IsLoopback()) {
			return errPrivate
		}
		return nil
	}}
	t := &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience,
		ForceAttemptHTTP2: true, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}, MaxResponseHeaderBytes: 64 << 10}
	return &http.Client{Transport: short{t}, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// shut are networks that are on nobody's open internet, beside those that
// netip knows: what a carrier or a machine keeps to itself, what is for
// examples, and ways of writing an IPv4 address within an IPv6 one.
var shut = func() (ps []netip.Prefix) {
	for _, s := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
		"2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10"} {
		ps = append(ps, netip.MustParsePrefix(s))
	}
	return ps
}()

// open says whether an address is on the open internet.
func open(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.Zone() != "" {
		return false
	}
	for _, p := range shut {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

func isLoopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback() || strings.EqualFold(host, "localhost")
}

// short stops reading what has no end.
type short struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (s short) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := s.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, maxSaid), res.Body}
	}
	return res, err
}

// unreached says why a provider could not be asked.
func unreached(err error) *Fault {
	var cert *tls.CertificateVerificationError
	var header tls.RecordHeaderError
	var unknown x509.UnknownAuthorityError
	switch {
	case errors.Is(err, errPrivate):
		return &Fault{Word: Private, Err: err}
	case errors.As(err, &cert), errors.As(err, &header), errors.As(err, &unknown):
		return &Fault{Word: TLS, Err: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &Fault{Word: Unreachable, Err: err}
	}
	return &Fault{Word: Unreachable, Err: err}
}
