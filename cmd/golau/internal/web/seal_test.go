package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

func newSeal(t testing.TB, key byte, now *time.Time) *Seal {
	t.Helper()
	s, err := NewSeal(bytes.Repeat([]byte{key}, 32), func() time.Time { return *now })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func waiting() Pending {
	return Pending{Path: "/cy/attempts/x/questions/3", Form: url.Values{"answer": {"b", "c"}, "version": {"2"}}, Person: "person-1"}
}

// What is sealed comes out as it went in, for a day, and not a moment longer.
func TestASealHoldsForADay(t *testing.T) {
	now := noon
	s := newSeal(t, 1, &now)
	sealed, err := s.Close(waiting())
	if err != nil {
		t.Fatal(err)
	}
	want := waiting()
	want.At = noon
	now = noon.Add(sealLife)
	if got, err := s.Open(sealed); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	now = noon.Add(sealLife + 1)
	if _, err := s.Open(sealed); err == nil {
		t.Error("an old seal opens")
	}
}

// Nobody reads a seal, changes a bit of it, or makes one without the key.
func TestASealIsShut(t *testing.T) {
	now := noon
	s := newSeal(t, 1, &now)
	sealed, _ := s.Close(waiting())
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || bytes.Contains(raw, []byte("answer")) || bytes.Contains(raw, []byte("person-1")) || strings.ContainsAny(sealed, "+/=") {
		t.Errorf("%q %v", sealed, err)
	}
	if again, _ := s.Close(waiting()); again == sealed {
		t.Error("the same answer is sealed alike twice")
	}
	for i := range raw {
		bent := bytes.Clone(raw)
		bent[i] ^= 0x80
		if _, err := s.Open(base64.RawURLEncoding.EncodeToString(bent)); err == nil {
			t.Errorf("byte %d was changed, and the seal opens", i)
		}
		if _, err := s.Open(base64.RawURLEncoding.EncodeToString(raw[:i])); err == nil {
			t.Errorf("cut off at %d, the seal opens", i)
		}
	}
	if _, err := newSeal(t, 2, &now).Open(sealed); err == nil {
		t.Error("another key opens it")
	}
	for _, key := range [][]byte{nil, make([]byte, 31), make([]byte, 33)} {
		if _, err := NewSeal(key, nil); err == nil {
			t.Errorf("a key of %d bytes is taken", len(key))
		}
	}
}

// FuzzOpen finds no seal that opens without having been closed, and no crash.
// What was closed is always the same text, since fuzzing runs in several
// processes.
func FuzzOpen(f *testing.F) {
	now := noon
	s := newSeal(f, 1, &now)
	nonce := bytes.Repeat([]byte{7}, s.aead.NonceSize())
	want := waiting()
	want.At = noon
	body, err := json.Marshal(want)
	if err != nil {
		f.Fatal(err)
	}
	raw := s.aead.Seal(bytes.Clone(nonce), nonce, body, nil)
	sealed := base64.RawURLEncoding.EncodeToString(raw)
	if got, err := s.Open(sealed); err != nil || !reflect.DeepEqual(got, want) {
		f.Fatalf("%+v, %v", got, err)
	}
	bent := bytes.Clone(raw)
	bent[len(bent)-1] ^= 1
	for _, seed := range []string{sealed, "", "A", "AAAA", sealed + "\n", "\r\n" + sealed, sealed[:40] + "\n" + sealed[40:], sealed + "=", sealed + "==", sealed[:len(sealed)-1],
		sealed + sealed, sealed[:16], sealed[16:], base64.RawURLEncoding.EncodeToString(bent), base64.StdEncoding.EncodeToString(raw),
		base64.RawURLEncoding.EncodeToString(append(bytes.Clone(raw), 0)), base64.RawURLEncoding.EncodeToString(body), strings.ToUpper(sealed), "%%%", strings.Repeat("A", 1<<16)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := s.Open(text)
		if err == nil && text != sealed {
			t.Errorf("%q opens", text)
		}
		if err != nil && !reflect.DeepEqual(p, Pending{}) {
			t.Errorf("%q does not open, but gives %+v", text, p)
		}
	})
}
