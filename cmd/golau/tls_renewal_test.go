package main

import (
	"crypto/tls"
	"testing"
	"time"
)

// A certificate of which a third or less is left is renewed by itself, while the
// site serves with it; browsers get the new one without a start, and so does the
// next start, while the authority is away.
func TestTLSRenews(t *testing.T) {
	t.Parallel()
	h, ca, data := newHouse(t), newAuthority(t, "tls-alpn-01"), t.TempDir()
	ca.worn.Store(true)
	s := newTLSSite(t, h, ca, data)
	shows := func(s *tlsSite) (serial int64, until time.Time) {
		t.Helper()
		resp, err := s.get(site, &tls.Config{})
		if err != nil {
			t.Fatal(err)
		}
		leaf := resp.TLS.PeerCertificates[0]
		return leaf.SerialNumber.Int64(), leaf.NotAfter
	}
	first, until := shows(s)
	if first != 1 || time.Until(until) > 11*24*time.Hour {
		t.Fatalf("the first certificate is number %d, until %s", first, until)
	}
	deadline := time.Now().Add(patience)
	now := first
	for now == first && time.Now().Before(deadline) {
		now, until = shows(s)
	}
	if now != 2 || time.Until(until) < 80*24*time.Hour || ca.proved.Load() != 2 {
		t.Fatalf("it is still number %d, until %s; the name was proved %d times", now, until, ca.proved.Load())
	}
	ca.CloseClientConnections()
	ca.Close()
	if again, _ := shows(newTLSSite(t, h, ca, data)); again != 2 || ca.orders.Load() != 2 {
		t.Errorf("the next start shows number %d, after %d orders", again, ca.orders.Load())
	}
}
