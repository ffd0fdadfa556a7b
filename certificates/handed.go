package certificates

import (
	"bytes"
	"regexp"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Likeness says how a file compares with the one that is drawn for its certificate.
type Likeness string

// The likenesses. A file may be another because somebody altered it, because it was
// printed or saved anew, or because the certificate was drawn otherwise when it was
// taken: only its record says what is true.
const (
	Same      Likeness = "same"     // byte for byte
	Other     Likeness = "other"    // bears the number, and is another file
	Nameless  Likeness = "nameless" // bears no number of a certificate
	Undrawn   Likeness = "undrawn"  // nothing is drawn to compare it with
	NoSuchOne Likeness = "unknown"  // the number is nobody's here
	NoPDF     Likeness = "no_pdf"   // is no PDF
)

// numberShape is a number as it stands in a certificate's description of itself, which
// lies in the file as plain text.
var numberShape = regexp.MustCompile(prefix + `(-[0-9A-Z]{5}){4}-[0-9A-Z]{6}`)

// IsPDF says whether a file begins as a PDF does.
func IsPDF(file []byte) bool { return bytes.HasPrefix(file, []byte("%PDF-")) }

// VerifyFile answers for a PDF: by the number that it bears, and by comparing it with
// the file that is drawn from the record. base is the site's own address.
func VerifyFile(rx store.Rx, k *Keys, words *i18n.Catalogue, base string, file []byte) (Verification, Likeness, error) {
	v := Verification{Status: Unknown, Checked: rx.Now()}
	if !IsPDF(file) {
		return v, NoPDF, nil
	}
	number := numberShape.Find(file)
	if number == nil {
		return v, Nameless, nil
	}
	v, err := Verify(rx, k, string(number))
	if err != nil || v.Status == Unknown || v.Status == Damaged {
		return v, NoSuchOne, err
	}
	drawn, err := v.Certificate.Draw(words, base)
	switch problem.KindOf(err) {
	case problem.Conflict, problem.Unavailable:
		return v, Undrawn, nil
	}
	if err != nil {
		return v, NoSuchOne, err
	}
	if bytes.Equal(drawn, file) {
		return v, Same, nil
	}
	return v, Other, nil
}
