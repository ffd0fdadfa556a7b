package pdf

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// smallModule is the side of a dot below which a worn print or an old telephone
// fails to read the code, in points (0.36 mm).
const smallModule = 0.36 * mm

// codeOps draws text as a QR code with the given side, its top left corner at
// x, y. It takes the stronger of two error corrections as long as the dots stay
// large enough. The quiet zone of four dots lies around it; it is painted white
// so that a stamp cannot run into it.
func codeOps(text string, x, y, side float64) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err == nil && side/float64(code.Size) < smallModule {
		code, err = qr.Encode(text, qr.L)
	}
	if err != nil {
		return "", err
	}
	dot := side / float64(code.Size)
	var b strings.Builder
	quiet := 4 * dot
	fmt.Fprintf(&b, "1 g %s %s %s re f\n%s rg\n", point(x-quiet, pageHeight-y-side-quiet), num(side+2*quiet), num(side+2*quiet), ink)
	for row := range code.Size {
		for col := 0; col < code.Size; col++ {
			from := col
			for col < code.Size && code.Black(col, row) {
				col++
			}
			if col > from {
				fmt.Fprintf(&b, "%s %s %s re\n", point(x+float64(from)*dot, pageHeight-y-float64(row+1)*dot), num(float64(col-from)*dot), num(dot))
			}
		}
	}
	b.WriteString("f\n")
	return b.String(), nil
}
