package pdf

import (
	"errors"
	"time"

	"golau/internal/i18n"
)

// Card is everything that stands on a quick-reference card, in the words of one
// language.
type Card struct {
	Lang i18n.Lang
	Made time.Time // the file's date

	From   []string // whose it is and where it belongs, at the top right
	Title  string
	Lead   string // may be empty
	Urgent Number // whom to call in danger; drawn large
	First  string // when to call, and what to do meanwhile
	Blocks []Block

	Numbers []Number
	Blank   string // what a line to write a number on is, for those who do not see it
	Key     string
	Foot    string // small print; Contact stands after it
	Contact string // may be empty
	Link    string // where Contact leads: http, https, mailto or tel
	About   string // what the link is, for those who hear it
}

// Block is a heading with a few lines under it, and lines to write on.
type Block struct {
	Heading string
	Ordered bool
	Items   [][]Piece // each in its pieces
	Lines   int
	Foot    string // small print under it; may be empty
}

// Piece is a piece of a text; one that has a Dial is a number that a telephone
// takes from a link.
type Piece struct{ Words, Dial string }

// Number is a telephone number and whose it is; one without a number is a line
// to write on.
type Number struct {
	Label, Number string
	Dial          string // as a telephone takes it from a link
}

// An A5 sheet.
const (
	cardWide = 148 * mm
	cardHigh = 210 * mm
)

// DrawCard returns the card as a PDF of one page of A5. Like Draw it draws a
// question mark for a letter that the fonts lack. It returns an error in whose
// chain is ErrTooLong when the words do not fit in a size one can read.
func DrawCard(c Card) ([]byte, error) {
	var err error
	for _, points := range []float64{10.5, 10, 9.5, 9, 8.6, 8.2, 7.8, 7.4, 7} {
		d, e := newDocument()
		if e != nil {
			return nil, e
		}
		l := &cardLayout{setter: setter{document: d}, card: c, points: points}
		if err = l.draw(); err == nil {
			return d.bytes(about{c.Title, []i18n.Lang{c.Lang}, c.Made}, cardWide, cardHigh), nil
		}
		if !errors.Is(err, ErrTooLong) {
			break
		}
	}
	return nil, err
}
