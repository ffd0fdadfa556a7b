package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// authority is a certificate authority that speaks enough of ACME (RFC 8555) for
// one name, and really asks for the proof. It does not check signatures of
// requests, nonces or limits: those are the library's and the authority's own.
type authority struct {
	*httptest.Server
	challenge      string
	key            *ecdsa.PrivateKey
	root           *x509.Certificate
	thumbprint     string
	tls, plain     string // where the site is asked for its proof
	issued         []byte
	proved, orders atomic.Int64
	valid, ready   atomic.Bool
	worn           atomic.Bool // the next certificate has most of its time behind it
}

func newAuthority(t *testing.T, challenge string) *authority {
	t.Helper()
	a := &authority{challenge: challenge}
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "A small authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(100 * 24 * time.Hour), KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	if err == nil {
		a.root, err = x509.ParseCertificate(der)
	}
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewTLSServer(http.HandlerFunc(a.answer))
	t.Cleanup(a.Close)
	return a
}

func (a *authority) roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.root)
	return pool
}

func (a *authority) answer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Replay-Nonce", fmt.Sprint("nonce", time.Now().UnixNano()))
	var jws struct{ Protected, Payload string }
	if r.Method == http.MethodPost {
		body, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(body, &jws)
	}
	say := func(status int, v any) {
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	state := func(done bool, yes string) string {
		if done {
			return yes
		}
		return "pending"
	}
	order := func() map[string]any {
		o := map[string]any{"status": state(a.valid.Load(), "ready"), "identifiers": []any{map[string]string{"type": "dns", "value": site}},
			"authorizations": []string{a.URL + "/authz"}, "finalize": a.URL + "/finalize"}
		if a.ready.Load() {
			o["status"], o["certificate"] = "valid", a.URL+"/certificate"
		}
		return o
	}
	challenge := map[string]string{"type": a.challenge, "url": a.URL + "/challenge", "token": "token-of-the-authority", "status": state(a.valid.Load(), "valid")}
	switch r.URL.Path {
	case "/directory":
		say(200, map[string]any{"newNonce": a.URL + "/nonce", "newAccount": a.URL + "/account", "newOrder": a.URL + "/order", "revokeCert": a.URL + "/revoke", "keyChange": a.URL + "/change"})
	case "/nonce":
	case "/account":
		var protected struct {
			JWK struct{ Crv, Kty, X, Y string }
		}
		_ = json.Unmarshal(unbase64(jws.Protected), &protected)
		k := protected.JWK
		sum := sha256.Sum256([]byte(`{"crv":"` + k.Crv + `","kty":"` + k.Kty + `","x":"` + k.X + `","y":"` + k.Y + `"}`))
		a.thumbprint = base64.RawURLEncoding.EncodeToString(sum[:])
		w.Header().Set("Location", a.URL+"/account/1")
		say(201, map[string]string{"status": "valid"})
	case "/order":
		a.orders.Add(1)
		a.valid.Store(false) // each order is proved anew
		a.ready.Store(false)
		w.Header().Set("Location", a.URL+"/order/1")
		say(201, order())
	case "/order/1":
		say(200, order())
	case "/authz":
		say(200, map[string]any{"status": state(a.valid.Load(), "valid"), "identifier": map[string]string{"type": "dns", "value": site}, "challenges": []any{challenge}})
	case "/challenge":
		if a.prove(challenge["token"]) {
			a.proved.Add(1)
			a.valid.Store(true)
			challenge["status"] = "valid"
		} else {
			challenge["status"] = "invalid"
		}
		say(200, challenge)
	case "/finalize":
		var payload struct{ CSR string }
		_ = json.Unmarshal(unbase64(jws.Payload), &payload)
		if err := a.issue(unbase64(payload.CSR)); err != nil {
			say(400, map[string]string{"type": "urn:ietf:params:acme:error:badCSR", "detail": err.Error()})
			return
		}
		a.ready.Store(true)
		w.Header().Set("Location", a.URL+"/order/1")
		say(200, order())
	case "/certificate":
		w.Header().Set("Content-Type", "application/pem-certificate-chain")
		_, _ = w.Write(a.issued)
	default:
		http.NotFound(w, r)
	}
}

// prove asks the site itself, as an authority does from outside.
func (a *authority) prove(token string) bool {
	want := proof(token, a.thumbprint)
	if a.challenge == "http-01" {
		req, _ := http.NewRequest(http.MethodGet, "http://"+a.plain+"/.well-known/acme-challenge/"+token, nil)
		req.Host = site
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		return strings.TrimSpace(string(body)) == want
	}
	c, err := tls.Dial("tcp", a.tls, &tls.Config{ServerName: site, NextProtos: []string{"acme-tls/1"}, InsecureSkipVerify: true}) // it signs itself
	if err != nil {
		return false
	}
	defer c.Close()
	s := c.ConnectionState()
	return s.NegotiatedProtocol == "acme-tls/1" && alpnProof(s.PeerCertificates[0], want)
}

// issue signs what was asked for, if it is for the one name.
func (a *authority) issue(csr []byte) error {
	req, err := x509.ParseCertificateRequest(csr)
	if err != nil {
		return err
	}
	if err := req.CheckSignature(); err != nil || len(req.DNSNames) != 1 || req.DNSNames[0] != site {
		return fmt.Errorf("for %v: %w", req.DNSNames, err)
	}
	from := time.Now().Add(-time.Hour)
	if a.worn.Swap(false) {
		from = time.Now().Add(-80 * 24 * time.Hour)
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(a.orders.Load()), DNSNames: req.DNSNames,
		NotBefore: from, NotAfter: from.Add(90 * 24 * time.Hour), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}},
		a.root, req.PublicKey, a.key)
	if err != nil {
		return err
	}
	a.issued = append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})...)
	return nil
}
