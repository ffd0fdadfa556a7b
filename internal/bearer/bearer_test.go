package bearer

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func secret(b byte) []byte { return bytes.Repeat([]byte{b}, MinSecret) }

func key(t *testing.T, b byte) Key {
	t.Helper()
	k, err := NewKey(secret(b))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A token is read by who made it, until it expires, and names its id alone.
func TestRead(t *testing.T) {
	t.Parallel()
	k := Keys{Issuer: "https://golau.example", Signing: key(t, 1)}
	token, err := k.Make("an-id", noon, noon.Add(24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for after, want := range map[time.Duration]bool{0: true, 23 * time.Hour: true, 25 * time.Hour: false, -time.Hour: false} {
		id, err := k.Read(token, noon.Add(after))
		if (err == nil) != want || want && id != "an-id" {
			t.Errorf("after %s: %q, %v", after, id, err)
		}
	}
	if strings.Contains(token, "an-id") {
		t.Error("what a token says is encoded")
	}
}

// What a replaced key signed counts until its day, and then no more.
func TestFormerKeys(t *testing.T) {
	t.Parallel()
	old := Keys{Issuer: "i", Signing: key(t, 1)}
	token, err := old.Make("an-id", noon, noon.Add(90*24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	now := Keys{Issuer: "i", Signing: key(t, 2), Former: []Former{{old.Signing, noon.Add(24 * time.Hour)}}}
	if _, err := now.Read(token, noon.Add(time.Hour)); err != nil || !now.Current(old.Signing.ID, noon) {
		t.Errorf("within its day: %v", err)
	}
	if _, err := now.Read(token, noon.Add(25*time.Hour)); err == nil || now.Current(old.Signing.ID, noon.Add(25*time.Hour)) {
		t.Error("a rotated-out key still opens")
	}
	now.Former = nil
	if _, err := now.Read(token, noon); err == nil {
		t.Error("a key that was taken away still opens")
	}
}

// No secret shorter than 32 bytes makes a key, the empty one least of all.
func TestShortSecrets(t *testing.T) {
	t.Parallel()
	for n := range MinSecret {
		if _, err := NewKey(make([]byte, n)); err == nil {
			t.Errorf("%d bytes make a key", n)
		}
	}
	if _, err := (Keys{Issuer: "i"}).Read("a.b.c", noon); err == nil {
		t.Error("without any key something is read")
	}
}
