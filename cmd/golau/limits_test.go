package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

const formType = "application/x-www-form-urlencoded"

// endless gives letters for ever and counts them.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	e.read += int64(len(p))
	return len(p), nil
}

// T1-22, attack A26: a body that says it holds a gigabyte is refused with 413
// before a byte of it is read; one that does not say is refused at 64 KiB.
func TestTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, who := range []string{"", "nia"} {
		for _, path := range []string{"/en/sign-in", "/cy/account/name", "/en/setup/x", questionPath(i18n.EN, h.did["nia"].open, 2), "/en/sign-out"} {
			if shutOut(who) && path != "/en/sign-in" && path != "/en/sign-out" && path != "/en/setup/x" {
				continue // asked to sign in before anything is read
			}
			for _, declared := range []int64{1 << 30, 64<<10 + 1, -1} {
				body := &endless{}
				req := httptest.NewRequest(http.MethodPost, path, io.NopCloser(body))
				req.Host, req.ContentLength = site, declared
				req.Header.Set("Content-Type", formType)
				req.Header.Set("Sec-Fetch-Site", "same-origin")
				for name, value := range h.as(who).cookies {
					req.AddCookie(&http.Cookie{Name: name, Value: value})
				}
				r := h.as(who).exchange(req)
				if r.Status != http.StatusRequestEntityTooLarge || !strings.Contains(r.Body, "64 kB") {
					t.Errorf("%s with %d bytes declared: %d\n%s", path, declared, r.Status, r.gist())
				}
				if declared > 0 && body.read > 0 || body.read > 1<<20 {
					t.Errorf("%s with %d bytes declared: %d were read", path, declared, body.read)
				}
			}
		}
	}
	// Exactly as much as is allowed is read.
	full := "email=" + strings.Repeat("a", 64<<10-6)
	h.visitor().send(http.MethodPost, "/en/sign-in", strings.NewReader(full), "Content-Type", formType, "Sec-Fetch-Site", "same-origin").want(http.StatusUnprocessableEntity)
}

// T1-22, attack A26: a packed form, which might unpack to anything, is refused
// before a byte of it is read.
func TestAPackedFormIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, packing := range []string{"gzip", "x-gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip"} {
		body := &endless{}
		req := httptest.NewRequest(http.MethodPost, "/en/sign-in", io.NopCloser(body))
		req.Host, req.ContentLength = site, 1000
		req.Header.Set("Content-Type", formType)
		req.Header.Set("Content-Encoding", packing)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		if r := h.visitor().exchange(req); r.Status != http.StatusUnsupportedMediaType || body.read > 0 {
			t.Errorf("%s: %d, and %d bytes were read\n%s", packing, r.Status, body.read, r.gist())
		}
	}
}

// Attack A26: what is no form of ours is refused with 415, what is a broken one
// with 400; a body without a word of what it is, too.
func TestOtherKindsAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	for _, kind := range []string{"application/json", "text/plain", "text/xml", "multipart/form-data; boundary=x", "application/octet-stream", "application/x-www-form-urlencoded-not", "/", ";", "-", "application/x-www-form-urlencoded;;;="} {
		r := b.send(http.MethodPost, "/en/account/language", strings.NewReader("language=cy"), "Content-Type", kind, "Sec-Fetch-Site", "same-origin")
		if r.Status != http.StatusUnsupportedMediaType {
			t.Errorf("Content-Type %q: %d, want 415", kind, r.Status)
		}
	}
	for _, broken := range []string{"language=%", "language=%zz", "a=1;language=cy", strings.Repeat("a&", 20_000)} {
		r := b.send(http.MethodPost, "/en/account/language", strings.NewReader(broken), "Content-Type", formType, "Sec-Fetch-Site", "same-origin")
		if r.Status != http.StatusBadRequest {
			t.Errorf("%.20q: %d, want 400", broken, r.Status)
		}
	}
	b.send(http.MethodPost, "/en/account/language", strings.NewReader("language=cy"), "Content-Type", formType+"; charset=utf-8", "Sec-Fetch-Site", "same-origin").want(http.StatusSeeOther)
}

// Attack A26: a hundred thousand values in an address, or ten thousand in a form,
// are answered at once and change nothing.
func TestManyValuesAreHarmless(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b := h.as("nia")
	before := h.tables()
	began := time.Now()
	many := strings.Repeat("number=1&", 100_000)
	for _, path := range []string{"/en/verify?", "/en/account?", "/en/sign-in?", "/en/learn?"} {
		if r := b.get(path + many); r.Status >= 500 {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
	form := strings.Repeat("answer=a&", 7_000)
	if r := b.send(http.MethodPost, questionPath(i18n.EN, h.did["nia"].open, 2), strings.NewReader(form), "Content-Type", formType, "Sec-Fetch-Site", "same-origin"); r.Status != http.StatusUnprocessableEntity {
		t.Errorf("seven thousand answers: %d", r.Status)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	h.unchanged(before)
}

// Attack A27: characters that no letter is made of come back with an error and
// with what was typed, never as a fault of ours.
func TestOddCharactersAreAnswered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	for _, odd := range []string{"\x00", "a\x00b", "\xff\xfe", "\u202Eabc", "a\u200bb", "\u2028", "\r\nBcc: a@evil.example", strings.Repeat("a\u0301", 200), strings.Repeat("x", 5000),
		"=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "🙂", "ﬁ\ufeff", "A", "  "} {
		form := url.Values{"name": {odd}, "email": {odd}, "password": {odd}, "old": {odd}, "new": {odd}, "language": {odd}}
		for _, path := range []string{"/en/account/name", "/en/account/language", "/en/account/password", "/en/sign-in"} {
			if r := b.post(path, form); r.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s with %.20q: %d\n%s", path, odd, r.Status, r.gist())
			}
		}
		if r := b.get("/en/verify?number=" + url.QueryEscape(odd)); r.Status != http.StatusUnprocessableEntity && strings.TrimSpace(odd) != "" {
			t.Errorf("number %.20q: %d", odd, r.Status)
		}
	}
	if h.count("people_persons WHERE id = ? AND name = ?", h.id["huw"], folk["huw"].name) != 1 {
		t.Error("the name changed")
	}
}
