package sso_test

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"time"

	"golau/internal/sso"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a resolver that says of every name that it leads to one address.
func names(t *testing.T, to netip.Addr) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := server.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			head := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 1}
			switch {
			case q.Type == dnsmessage.TypeA && to.Is4():
				m.Answers = []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AResource{A: to.As4()}}}
			case q.Type == dnsmessage.TypeAAAA && to.Is6():
				m.Answers = []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AAAAResource{AAAA: to.As16()}}}
			}
			if answer, err := m.Pack(); err == nil {
				_, _ = server.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}

// Attack A29, T2-08: a name of the open internet that leads inside is refused when
// it is dialled, whatever it looked like before: what it led to at an earlier look
// helps nobody.
func TestNamesThatLeadInside(t *testing.T) {
	for _, inside := range []string{"127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fd00::7", "::ffff:127.0.0.1"} {
		c := sso.New(sso.Options{Now: func() time.Time { return noon }, Chance: &dice{}, Resolver: names(t, netip.MustParseAddr(inside))})
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		_, err := c.Begin(ctx, sso.Settings{Issuer: "https://login.provider.example.org", ClientID: "x", Secret: "x"}, sso.Grant{State: "s", Nonce: "n", Verifier: "v"})
		cancel()
		if w := word(err); w != sso.Private {
			t.Errorf("a name that leads to %s: %q, %v", inside, w, err)
		}
	}
}
