package account

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// square is a QR code as one path of a picture within the page: nothing is
// fetched, so that the secret stands in no address and no cache.
type square struct {
	Side int    // with the quiet border
	Path string // dark cells, in units of one cell
}

const quiet = 4 // cells that the standard leaves free

func newSquare(text string) (square, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return square{}, err
	}
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return square{code.Size + 2*quiet, b.String()}, nil
}
