package certificates

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golau/certificates/pdf"
	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
	"golau/internal/testneeds"
)

// words are the messages of this room alone, so that a sentence missing
// elsewhere does not stop this test.
func words(t *testing.T) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Everything that is printed is what was awarded, in both languages.
func TestSheet(t *testing.T) {
	h, say := open(t), words(t)
	c := h.issue(award())
	s, err := c.Sheet(say, "https://golau.example/")
	if err != nil {
		t.Fatal(err)
	}
	if s.First != i18n.CY || s.Holder != "Aisha Karim" || s.Number != c.Number() || s.Stamp != (i18n.Text{}) || len(s.Notes) != 2 {
		t.Errorf("%+v", s)
	}
	want := []pdf.Fact{
		{Label: i18n.Text{EN: "Completed", CY: "Cwblhawyd"}, Value: i18n.Text{EN: "14 November 2026", CY: "14 Tachwedd 2026"}},
		{Label: i18n.Text{EN: "Valid until", CY: "Yn ddilys tan"}, Value: i18n.Text{EN: "14 November 2029", CY: "14 Tachwedd 2029"}},
		{Label: i18n.Text{EN: "Notional learning time", CY: "Amser dysgu tybiannol"}, Value: i18n.Text{EN: "1 hour 54 minutes", CY: "1 awr 54 munud"}},
		{Label: i18n.Text{EN: "Edition, language", CY: "Argraffiad, iaith"}, Value: i18n.Text{EN: "2026.2, Welsh", CY: "2026.2, Cymraeg"}},
	}
	for i, f := range s.Facts {
		if f != want[i] {
			t.Errorf("%+v, want %+v", f, want[i])
		}
	}
	if !strings.HasPrefix(s.Code, "https://golau.example/cy/verify/"+c.ID+"#1.ey") || !strings.Contains(s.Check.EN, "golau.example/en/verify/GL-") {
		t.Errorf("%s\n%s", s.Code, s.Check.EN)
	}
	if v := h.verify(s.Code); v.Status != Valid {
		t.Errorf("what the code says is %s", v.Status)
	}
	a := award()
	a.Enrolment, a.Reviewed, a.Demonstration, a.ValidUntil, a.Language = "enrolment-2", true, true, store.Time{}, i18n.EN
	s, err = h.issue(a).Sheet(say, "http://127.0.0.1:8080")
	if err != nil || len(s.Facts) != 3 || s.Stamp.EN != "DEMONSTRATION" || len(s.Notes) != 2 || !strings.Contains(s.Notes[1].EN, "fictional") {
		t.Errorf("%+v %v", s, err)
	}
}

// Before it is signed there is nothing to show.
func TestDrawUnsigned(t *testing.T) {
	h := open(t)
	var c Certificate
	if err := h.write(func(tx store.Tx) (err error) { c, err = Issue(tx, award()); return }); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Draw(words(t), "https://golau.example"); problem.KindOf(err) != problem.Unavailable {
		t.Error(err)
	}
}

// A name in another script is recorded and certified; only the PDF cannot show it.
func TestDrawOtherScripts(t *testing.T) {
	h, say := open(t), words(t)
	a := award()
	a.HolderName = "Олександр Коваль"
	c := h.issue(a)
	_, err := c.Draw(say, "https://golau.example")
	if p, ok := problem.As(err); !ok || p.Kind != problem.Conflict || p.Key != "certificates.letters" || !errors.Is(err, pdf.ErrLetters) {
		t.Error(err)
	}
	if v := h.verify(c.ID); v.Status != Valid || Printed(a.HolderName) != "" {
		t.Errorf("%s", v.Status)
	}
}

// The whole way: issued, signed, drawn, read by other programs, scanned, checked.
func TestDrawnCertificate(t *testing.T) {
	h, say := open(t), words(t)
	c := h.issue(award())
	b, err := c.Draw(say, "https://golau.example")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := c.Draw(say, "https://golau.example"); err != nil || !bytes.Equal(b, again) {
		t.Errorf("the same certificate gave other bytes: %v", err)
	}
	path := filepath.Join(t.TempDir(), "certificate")
	if err := os.WriteFile(path+".pdf", b, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(testneeds.Tool(t, "pdftotext", "poppler-utils"), path+".pdf", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"Aisha Karim", "Tystysgrif cwblhau", "Certificate of completion", "Diogelu plant a all fod wedi’u masnachu",
		"Protecting children who may have been trafficked", "Bwrdd Diogelu Plant", "14 Tachwedd 2026", "14 November 2029",
		"2026.2, Cymraeg", c.Number(), "not yet been professionally reviewed"} {
		if !strings.Contains(string(text), line) {
			t.Errorf("the sheet lacks %q:\n%s", line, text)
		}
	}
	if out, err := exec.Command(testneeds.Tool(t, "pdftoppm", "poppler-utils"), "-r", "200", "-png", "-singlefile", path+".pdf", path).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	scanned, err := exec.Command(testneeds.Tool(t, "zbarimg", "zbar-tools"), "-q", "--raw", path+".png").Output()
	if err != nil {
		t.Fatal(err)
	}
	if v := h.verify(strings.TrimSpace(string(scanned))); v.Status != Valid {
		t.Errorf("%q is %s", scanned, v.Status)
	}
}
