package certificates

import (
	"bytes"
	"testing"

	"golau/internal/store"
)

// A file is known by the number that it bears, and is the one that was issued only byte
// for byte.
func TestAFileIsVerified(t *testing.T) {
	h := open(t)
	say := words(t)
	const base = "https://golau.example"
	c := h.issue(award())
	file, err := c.Draw(say, base)
	if err != nil {
		t.Fatal(err)
	}
	other := award()
	other.Person, other.Enrolment, other.HolderName = "person-tom", "enrolment-tom", "Tom Rees"
	second := h.issue(other)
	forged, err := second.Draw(say, base)
	if err != nil {
		t.Fatal(err)
	}
	forged = bytes.ReplaceAll(forged, []byte(second.Number()), []byte(c.Number()))
	nobodys := bytes.ReplaceAll(file, []byte(c.Number()), []byte("GL-00000-00000-00000-00000-000000"))
	for name, want := range map[string]struct {
		file     []byte
		status   Status
		likeness Likeness
	}{
		"the file":           {file, Valid, Same},
		"one byte more":      {append(bytes.Clone(file), '\n'), Valid, Other},
		"another's, altered": {forged, Valid, Other},
		"nobody's number":    {nobodys, Unknown, NoSuchOne},
		"another PDF":        {[]byte("%PDF-1.7\nGL-1234"), Unknown, Nameless},
		"no PDF":             {[]byte(c.Number()), Unknown, NoPDF},
		"nothing":            {nil, Unknown, NoPDF},
	} {
		v, likeness, err := VerifyFile(h.read(), h.keys, say, base, want.file)
		if err != nil || v.Status != want.status || likeness != want.likeness {
			t.Errorf("%s: %s, %s, %v", name, v.Status, likeness, err)
		}
		if v.Status == Valid && v.Certificate.HolderName != c.HolderName {
			t.Errorf("%s: the record is %s’s", name, v.Certificate.HolderName)
		}
	}
	if err := h.write(func(tx store.Tx) error { return Revoke(tx, c.ID, "for the test") }); err != nil {
		t.Fatal(err)
	}
	if v, likeness, err := VerifyFile(h.read(), h.keys, say, base, file); err != nil || v.Status != Revoked || likeness != Same {
		t.Errorf("withdrawn: %s, %s, %v", v.Status, likeness, err)
	}
}
