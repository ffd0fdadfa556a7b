package people

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
)

// One network cannot have letters sent to everybody: known and unknown addresses
// count alike, and it is refused before anybody looks who they are.
func TestLettersOfOneSource(t *testing.T) {
	h := newHouse(t, Options{SourceLetters: 4})
	ask := func(from, email string) (string, error) {
		return h.AskCode(t.Context(), netip.MustParseAddr(from), ToSignIn, email, i18n.EN)
	}
	open := func(from, email string) {
		t.Helper()
		if _, err := ask(from, email); err != nil {
			t.Fatalf("%s for %s: %v", from, email, err)
		}
	}
	for i, email := range []string{"rhian@demo.example", "nobody@demo.example", "tom@demo.example", "megan@demo.example"} {
		open([]string{"2001:db8::1", "2001:db8::ffff:2"}[i%2], email) // one line, many addresses
	}
	before := h.count("people_codes")
	for _, email := range []string{"alex@demo.example", "another@demo.example"} {
		e := wants(t, second(ask("2001:db8::3", email)), problem.TooMany, "people.code.source")
		if e.RetryAfter != time.Hour {
			t.Errorf("%s is told to wait %v", email, e.RetryAfter)
		}
	}
	if h.count("people_codes") != before {
		t.Error("what was refused was written")
	}
	open("2001:db8:0:1::1", "alex@demo.example") // the neighbour's line
	open("192.0.2.1", "alex@demo.example")
	h.clock.Advance(time.Hour)
	open("2001:db8::3", "alex@demo.example")
}

// A letter that is used is not counted: a whole hospital comes in by one address.
// One that is refused for its own address is not counted either.
func TestUsedLettersDoNotCount(t *testing.T) {
	h := newHouse(t, Options{SourceLetters: 2})
	from := netip.MustParseAddr("192.0.2.1")
	for i := range 9 {
		nonce, err := h.AskCode(t.Context(), from, ToSignIn, "rhian@demo.example", i18n.EN)
		if err != nil {
			t.Fatal(i, err)
		}
		c, err := codeBy(h.rx(), "nonce_hash", hashToken(nonce))
		if err != nil {
			t.Fatal(err)
		}
		l, _, err := h.CodeLetter(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if i%2 == 0 {
			_, err = h.SignInByCode(t.Context(), nonce, l.Code)
		} else {
			_, err = h.SignInByLink(t.Context(), l.Link)
		}
		if err != nil {
			t.Fatal(i, err)
		}
		if i%3 == 2 {
			wants(t, second(h.AskCode(t.Context(), from, ToSignIn, "rhian@demo.example", i18n.EN)), problem.TooMany, "people.code.throttled")
			h.clock.Advance(codeLife)
		}
	}
	if n := len(h.sources.asked) + len(h.sources.byCode); n != 0 {
		t.Errorf("%d of what was given back is kept", n)
	}
}

// A source that is not known is not one source.
func TestUnknownSourceIsNotCounted(t *testing.T) {
	h := newHouse(t, Options{SourceLetters: 1})
	for i := range 5 {
		if _, err := h.AskCode(t.Context(), netip.Addr{}, ToSignIn, fmt.Sprintf("p%d@demo.example", i), i18n.EN); err != nil {
			t.Fatal(err)
		}
	}
}

// What is forgotten by whoever asks no more does not fill the memory.
func TestSourcesAreForgotten(t *testing.T) {
	h := newHouse(t, Options{})
	for i := range 20 {
		from := netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})
		if _, err := h.AskCode(t.Context(), from, ToReset, fmt.Sprintf("p%d@demo.example", i), i18n.EN); err != nil {
			t.Fatal(err)
		}
	}
	h.clock.Advance(time.Hour)
	if _, err := h.AskCode(t.Context(), netip.MustParseAddr("198.51.100.1"), ToReset, "rhian@demo.example", i18n.EN); err != nil {
		t.Fatal(err)
	}
	if len(h.sources.asked) != 1 || len(h.sources.byCode) != 1 {
		t.Errorf("%d sources and %d letters are kept", len(h.sources.asked), len(h.sources.byCode))
	}
}
