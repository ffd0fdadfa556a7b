package bearer

import (
	"crypto/rand"
	"testing"
	"time"

	"golau/internal/bearer/bearertest"
)

// Attack A10: whatever is not exactly what we signed is refused, with one and the
// same error. Where a forgery bears our own signature it shows that more than the
// signature is looked at.
func TestNoForgeryIsRead(t *testing.T) {
	t.Parallel()
	k := Keys{Issuer: "https://golau.example", Signing: key(t, 1)}
	good, err := k.Make("an-id", noon, noon.Add(24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Read(good, noon); err != nil {
		t.Fatal(err)
	}
	forged := bearertest.Forgeries(t, rand.Reader, secret(1), good, noon)
	if len(forged) < 30 {
		t.Errorf("only %d forgeries", len(forged))
	}
	for name, token := range forged {
		if id, err := k.Read(token, noon); err != errRefused {
			t.Errorf("%s: %q, %v\n%.200s", name, id, err, token)
		}
	}
}
