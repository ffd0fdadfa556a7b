package certificates

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"golau/internal/store"
)

// However a number is typed, pasted or scanned, it means the certificate.
func TestParseNumber(t *testing.T) {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz"
	rapid.Check(t, func(t *rapid.T) {
		var id strings.Builder
		for range 25 {
			id.WriteByte(letters[rapid.IntRange(0, 31).Draw(t, "letter")])
		}
		id.WriteByte(letters[rapid.IntRange(0, 7).Draw(t, "last")*4])
		typed := Number(id.String())
		if rapid.Bool().Draw(t, "bare") {
			typed = strings.TrimPrefix(typed, "GL-")
		}
		var b strings.Builder
		for _, r := range typed {
			s := string(r)
			switch {
			case s == "-":
				s = rapid.SampledFrom([]string{"-", "", " ", "–", " - ", "\u2011"}).Draw(t, "gap")
			case s == "1":
				s = rapid.SampledFrom([]string{"1", "I", "l", "L", "i"}).Draw(t, "one")
			case s == "0":
				s = rapid.SampledFrom([]string{"0", "o", "O"}).Draw(t, "zero")
			case rapid.Bool().Draw(t, "lower"):
				s = strings.ToLower(s)
			}
			b.WriteString(s)
		}
		typed = rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "before") + b.String() + rapid.SampledFrom([]string{"", " ", "\n", "#1.x", "?x"}).Draw(t, "after")
		if got, ok := ParseNumber(typed); !ok || got != id.String() {
			t.Fatalf("%q means %q, %v; want %q", typed, got, ok, id.String())
		}
		if got, ok := ParseNumber("https://golau.example/cy/verify/" + id.String() + "#1.abc"); !ok || got != id.String() {
			t.Fatalf("address means %q, %v", got, ok)
		}
	})
	// GL is no prefix where it is the beginning of the id itself.
	if id, ok := ParseNumber("GL" + strings.Repeat("7", 23) + "0"); !ok || id != "g1"+strings.Repeat("7", 23)+"0" {
		t.Errorf("an id that begins with g1 means %s, %v", id, ok)
	}
	for _, text := range []string{"", "GL", "GL-7K4M-2QXD", strings.Repeat("7", 27), strings.Repeat("7", 25), strings.Repeat("u", 26),
		strings.Repeat("-", 26), strings.Repeat("7", 1<<20), "../../../etc/passwd", "' OR 1=1 --", "\x00" + strings.Repeat("7", 26), strings.Repeat("é", 13)} {
		if id, ok := ParseNumber(text); ok {
			t.Errorf("%.40q means %s", text, id)
		}
	}
}

func TestVerifyStatuses(t *testing.T) {
	h := open(t)
	a := award()
	var c Certificate
	if err := h.write(func(tx store.Tx) (err error) { c, err = Issue(tx, a); return }); err != nil {
		t.Fatal(err)
	}
	if v := h.verify(c.ID); v.Status != Pending {
		t.Errorf("before it is signed: %s", v.Status)
	}
	c = h.sign(c)
	fragment, err := c.Fragment()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{c.ID, c.Number(), c.Address("https://golau.example", "en"), c.Address("https://golau.example/", "cy") + "#" + fragment} {
		if v := h.verify(text); v.Status != Valid || v.Certificate.HolderName != "Aisha Karim" || v.Fault != "" || !v.Checked.Equal(h.clock.Now()) {
			t.Errorf("%s: %+v", text, v)
		}
	}
	// The printed day is valid to its end in London, whatever the hour of issue.
	h.clock.Set(time.Date(2029, 11, 14, 23, 59, 0, 0, time.UTC))
	if v := h.verify(c.ID); v.Status != Valid {
		t.Errorf("on the last day: %s", v.Status)
	}
	h.clock.Set(time.Date(2029, 11, 15, 0, 1, 0, 0, time.UTC))
	if v := h.verify(c.ID); v.Status != Expired || v.Certificate.HolderName == "" {
		t.Errorf("a day later: %s", v.Status)
	}
	claims, err := VerifyPayload(h.keys, "#"+fragment)
	if err != nil || !claims.Expired(store.At(h.clock.Now())) || claims.Expired(store.At(h.clock.Now().Add(-2*time.Minute))) {
		t.Errorf("%+v %v", claims, err)
	}
	forever := award()
	forever.Enrolment, forever.ValidUntil = "enrolment-2", store.Time{}
	c = h.issue(forever)
	h.clock.Set(time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC))
	if v := h.verify(c.ID); v.Status != Valid {
		t.Errorf("without end: %s", v.Status)
	}
	if n, err := Check(h.read(), h.keys); n != 2 || err != nil {
		t.Errorf("%d hold, %v", n, err)
	}
}

// Guessing finds nothing.
func TestVerifyUnknown(t *testing.T) {
	h := open(t)
	c := h.issue(award())
	for i := range 2000 {
		id := []byte(c.ID)
		if i < 25*31 { // every neighbour of a real id, then chance
			const letters = "0123456789abcdefghjkmnpqrstvwxyz"
			at := strings.IndexByte(letters, id[i%25])
			id[i%25] = letters[(at+1+i/25)%32]
		} else {
			id = []byte(strings.ToLower(rand.Text()[:26]))
		}
		if v := h.verify(string(id)); v.Status != Unknown || v.Certificate.ID != "" {
			t.Fatalf("%s: %s", id, v.Status)
		}
	}
}

// Somebody with the database in hand can change rows, but not unnoticed.
func TestVerifyDamaged(t *testing.T) {
	for column, value := range map[string]any{
		"holder_name": "Eve Karim", "course_slug": "x", "title_en": "x", "title_cy": "x", "edition": "x", "edition_hash": "x",
		"language": "en", "minutes": 600, "objectives": `[{"en":"x","cy":"x"}]`, "board_id": "x", "board_en": "x", "board_cy": "x",
		"completed_at": 1, "valid_until": int64(1) << 50, "reviewed": 1, "demonstration": 1, "revision": 7,
	} {
		h := open(t)
		c := h.issue(award())
		tamper(h, "issued", "UPDATE certificates_issued SET "+column+" = ?", value)
		v := h.verify(c.ID)
		if v.Status != Damaged || v.Fault == "" || v.Certificate.ID != "" || v.Certificate.HolderName != "" {
			t.Errorf("%s changed: %+v", column, v)
		}
		if n, err := Check(h.read(), h.keys); err == nil || n != 0 || !strings.Contains(err.Error(), c.Number()) {
			t.Errorf("%s changed: %d hold, %v", column, n, err)
		}
	}
	h := open(t)
	first := h.issue(award())
	a := award()
	a.Enrolment = "enrolment-2"
	second := h.issue(a)
	tamper(h, "signatures", "UPDATE certificates_signatures SET token = ? WHERE certificate_id = ?", second.Token, first.ID)
	if v := h.verify(first.ID); v.Status != Damaged || !strings.Contains(v.Fault, "another certificate") {
		t.Errorf("with another's signature: %s %s", v.Status, v.Fault)
	}
	if v := h.verify(second.ID); v.Status != Valid {
		t.Errorf("the other: %s", v.Status)
	}
	h.keys = newKeys(t, 2)
	if v := h.verify(second.ID); v.Status != Damaged {
		t.Errorf("under another key: %s", v.Status)
	}
}

// tamper changes rows behind the triggers.
func tamper(h house, table, sql string, args ...any) {
	h.t.Helper()
	err := h.write(func(tx store.Tx) error {
		if err := tx.Exec("DROP TRIGGER certificates_" + table + "_no_update").Error; err != nil {
			return err
		}
		return tx.Exec(sql, args...).Error
	})
	if err != nil {
		h.t.Fatal(err)
	}
}
