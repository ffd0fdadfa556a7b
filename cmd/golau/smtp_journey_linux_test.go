package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/mail/mailtest"
	"golau/internal/people"
	"golau/internal/robot"
	"golau/internal/store"
)

// mailPassword is what the mail server of these journeys asks for.
const mailPassword = "a sentence: for the post/office"

// Somebody signs in with the code of a letter, as it came to a mail server over
// the wire: the program as it is delivered, its worker, its letter, its sign-in.
func TestSignInByLetterOverSMTP(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the built program")
	}
	for name, start := range map[string]func(t *testing.T, sink *mailtest.Sink) (env []string){
		"open": func(_ *testing.T, sink *mailtest.Sink) []string {
			return []string{"GOLAU_SMTP_URL=smtp://" + sink.Addr() + "?from=golau@golau.example"}
		},
		"encrypted, with a password": func(t *testing.T, sink *mailtest.Sink) []string {
			return []string{encrypted(t, sink), "GOLAU_SMTP_URL=smtp://golau:" + url.PathEscape(mailPassword) + "@" + sink.Addr() + "?from=golau@golau.example"}
		},
		"encrypted, with a password of a file": func(t *testing.T, sink *mailtest.Sink) []string {
			file := filepath.Join(t.TempDir(), "smtp-password")
			if err := os.WriteFile(file, []byte(mailPassword+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			return []string{encrypted(t, sink), "GOLAU_SMTP_URL=smtp://golau@" + sink.Addr() + "?from=golau@golau.example", "GOLAU_SMTP_PASSWORD_FILE=" + file}
		},
	} {
		t.Run(name, func(t *testing.T) {
			sink := mailtest.New(t)
			data := oneLearner(t)
			p, err := startServe(t, start(t, sink), "--data", data)
			if err != nil {
				t.Fatal(err)
			}
			signInOverSMTP(t, p.base, sink)
		})
	}
}

// signInOverSMTP asks for a code, reads it from the mail server and signs in.
func signInOverSMTP(t *testing.T, base string, sink *mailtest.Sink) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	v := robot.New(base, nil)
	page := func(p robot.Page, err error) robot.Page {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if p := page(v.Post(ctx, "/cy/sign-in/letter", url.Values{"email": {"GLENYS@glannau.example"}})); p.Status != http.StatusOK {
		t.Fatalf("asking for a code: %d", p.Status)
	}
	letters := sink.Await(ctx, 1)
	if len(letters) != 1 || len(letters[0].To) != 1 || letters[0].To[0] != "glenys@glannau.example" {
		t.Fatalf("the mail server has %d letters: %+v; it was told %q", len(letters), letters, sink.Commands())
	}
	code := codeShape.FindString(plainOf(t, letters[0].Data))
	if code == "" {
		t.Fatalf("no code in\n%s", letters[0].Data)
	}
	if p := page(v.Post(ctx, "/cy/sign-in/code", url.Values{"code": {otherCode(code)}})); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("another code: %d", p.Status)
	}
	if p := page(v.Post(ctx, "/cy/sign-in/code", url.Values{"code": {code}})); p.Status != http.StatusSeeOther {
		t.Fatalf("the code of the letter: %d", p.Status)
	}
	if p := page(v.Get(ctx, "/cy/account")); p.Status != http.StatusOK || !strings.Contains(p.Body, "Glenys Traeth") {
		t.Errorf("the account after signing in: %d", p.Status)
	}
}

// oneLearner is a data folder with one person in it, who has no password.
func oneLearner(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(data, "golau.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	must := func(id string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	err = db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error {
		board := must(people.AddBoard(tx, people.NewBoard{Key: "glannau", Name: i18n.Text{EN: "Shores Board", CY: "Bwrdd Glannau"}}))
		school := must(people.AddOrganisation(tx, people.NewOrganisation{Key: "ysgol", Kind: "school", Name: i18n.Text{EN: "Shores School", CY: "Ysgol Glannau"}}))
		if err := people.LinkBoard(tx, school, board); err != nil {
			return err
		}
		glenys := must(people.AddPerson(tx, people.NewPerson{Name: "Glenys Traeth", Email: "glenys@glannau.example", Language: i18n.CY}))
		must(people.AddMembership(tx, people.NewMembership{PersonID: glenys, OrganisationID: school, BoardID: board, Role: people.Learner, JobRole: people.Education}))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// encrypted gives a mail server a key, and returns the setting by which the
// program trusts it.
func encrypted(t *testing.T, sink *mailtest.Sink) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	raw, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	sink.Encrypt(tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, "golau", mailPassword)
	file := filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return "SSL_CERT_FILE=" + file
}

// plainOf is the part of a letter that is plain text.
func plainOf(t *testing.T, data string) string {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextRawPart()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(part))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}
