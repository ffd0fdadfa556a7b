package pdf

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"golau/internal/i18n"
)

// Sheet is everything that stands on a certificate, in words.
type Sheet struct {
	First i18n.Lang // the holder's language: stands first, the other beside it
	Made  time.Time // the file's date

	Stamp    i18n.Text // large across the sheet when it is no real certificate; empty = none
	IssuedBy i18n.Text
	Issuer   i18n.Text
	Kind     i18n.Text // "Certificate of completion"
	Holder   string    // one spelling, whatever the language
	Has      i18n.Text // "has completed and passed the assessment of"
	Course   i18n.Text

	OutcomesHead i18n.Text
	Outcomes     []i18n.Text
	Facts        []Fact // side by side; four fit well

	Code    string    // what the QR code says
	CodeAlt i18n.Text // what the QR code is, for those who do not see it
	Number  string
	Check   i18n.Text // the sentence that says where to check; contains Address
	Address i18n.Text // the part of Check that is the link, as printed
	Link    i18n.Text // where it leads; http or https
	About   i18n.Text // what the link is, for those who hear it
	Notes   []i18n.Text
}

// Fact is a line of small print and what it is about: "Completed, 14 November 2026".
type Fact struct{ Label, Value i18n.Text }

// ErrLetters means that the fonts have no letters for the holder's name.
var ErrLetters = errors.New("pdf: no letters for")

// ErrTooLong means that the text does not fit on one sheet in a size one can read.
var ErrTooLong = errors.New("pdf: too long for one sheet")

// Printed is a name as Draw sets it: a letter whose accent the fonts lack is
// drawn without it, and the file still says the true name to search and speech.
// "" means that the fonts have no letters for it.
func Printed(name string) string {
	drawn, _ := drawable(name)
	return drawn
}

// Draw returns the sheet as a PDF of one page. Of words other than the holder's
// name it leaves out what nobody sees, and draws a question mark for a letter
// that the fonts lack, which search and speech still find. It returns an error in
// whose chain is ErrLetters or ErrTooLong when the words cannot be set.
func Draw(s Sheet) ([]byte, error) {
	for _, address := range []string{s.Link.EN, s.Link.CY} {
		if u, err := url.Parse(address); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("pdf: the link %q is no web address", address)
		}
	}
	var err error
	for _, size := range sizes {
		d, e := newDocument()
		if e != nil {
			return nil, e
		}
		l := &layout{setter: setter{document: d, exact: s.Holder}, sheet: s, size: size}
		if err = l.draw(); err == nil {
			return d.bytes(s.about(), pageWidth, pageHeight), nil
		}
		if !errors.Is(err, ErrTooLong) {
			break
		}
	}
	return nil, err
}
