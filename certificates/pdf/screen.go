package pdf

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// CodePath returns the sheet's QR code for a screen: an SVG path in squares of
// one unit, and how many units its side has, without the quiet zone.
func (s Sheet) CodePath() (path string, side int, err error) {
	code, err := qr.Encode(s.Code, qr.L)
	if err != nil {
		return "", 0, err
	}
	var b strings.Builder
	for row := range code.Size {
		for col := 0; col < code.Size; col++ {
			from := col
			for col < code.Size && code.Black(col, row) {
				col++
			}
			if col > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, row, col-from, col-from)
			}
		}
	}
	return b.String(), code.Size, nil
}
