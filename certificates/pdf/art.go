package pdf

import "fmt"

// colour is a colour of the product, as three PDF numbers.
type colour string

// The colours of paper, by meaning; the same values as on the screen.
var (
	ink      = rgb(0x2a2130)
	ink2     = rgb(0x51465a) // second text
	line     = rgb(0xddd3c6)
	brand    = rgb(0x55305f) // heather
	lamp     = rgb(0xf2b13c)
	lampSpil = rgb(0xfbe0a2)
	latePale = rgb(0xf7ddd6) // the stamp: strong enough to see, pale enough to read through
	hill1    = rgb(0xcbb3cf)
	hill2    = rgb(0x9c7ca6)
	hill3    = rgb(0x6d4a79)
	wall     = rgb(0xfbf8f3)
	track    = rgb(0xf7dfb0)

	edge       = rgb(0x7b6e80) // a line to write on
	white      = rgb(0xffffff)
	paleLamp   = rgb(0xffd27a) // letters on heather
	linkColour = rgb(0x14565f)
)

func rgb(hex int) colour {
	part := func(shift int) string { return num(float64(hex>>shift&0xff) / 255) }
	return colour(part(16) + " " + part(8) + " " + part(0))
}

// shape is a figure of a drawing: filled, or drawn with a round pen when width
// is set.
type shape struct {
	paint colour
	width float64
	path  string
}

// drawing is a picture in its own units, from its top left corner.
type drawing struct {
	width, height float64
	shapes        []shape
}

// wordmark is the name of the product beside the door that stands ajar. It is
// the same drawing as the wordmark among the static files.
var wordmark = drawing{198, 52, []shape{
	{brand, 0, "M3 46 V20 a16 16 0 0 1 32 0 V46 Z"},
	{lamp, 0, "M10 46 V20 a9 9 0 0 1 18 0 V46 Z"},
	{brand, 0, "M10 46 V20 C10 16 12.4 12.8 16 11.5 L18 15 V51 Z"},
	{lampSpil, 0, "M18 46 H28 L38 51 H18 Z"},
	{brand, 6.5, "M73.4 13.9 A16 16 0 1 0 78 26 H66"},
	{brand, 6.5, "M89.25 30 a11 11 0 0 1 22 0 a11 11 0 0 1 -22 0 Z"},
	{brand, 6.5, "M123.5 8 V41"},
	{brand, 6.5, "M135.25 30 a11 11 0 0 1 22 0 a11 11 0 0 1 -22 0 Z"},
	{brand, 6.5, "M157.25 19 V41"},
	{brand, 6.5, "M170 19 V30 a11 11 0 0 0 22 0 V19 M192 19 V41"},
}}

// hills stand at the foot of the sheet, with one house whose door is lit.
var hills = drawing{840, 100, []shape{
	{hill1, 0, "M0 36 C120 4 240 14 350 30 S600 -2 840 24 V100 H0 Z"},
	{hill2, 0, "M0 62 C180 32 360 58 500 46 S740 36 840 48 V100 H0 Z"},
	{hill3, 0, "M0 84 C220 60 420 82 600 70 S780 66 840 70 V100 H0 Z"},
	{brand, 0, "M686.64 41.04 h3.6 v10.8 h-3.6 Z"},
	{wall, 0, "M660 54 h36 v21 h-36 Z"},
	{brand, 0, "M657.48 56 L678 38.88 L698.52 56 Z"},
	{lamp, 0, "M674.4 75 V66.84 a3.6 3.6 0 0 1 7.2 0 V75 Z"},
	{lamp, 0, "M664.32 59.88 h5.4 v5.88 h-5.4 Z"},
	{lamp, 0, "M686.28 59.88 h5.4 v5.88 h-5.4 Z"},
	{track, 0, "M674 75 C668 86 620 86 612 100 H664 C660 88 681 86 681 75 Z"},
}}

// ops draws the picture with its top left corner at x, y (points from the top
// left of the sheet) and the given width.
func (p drawing) ops(x, y, width float64) string {
	scale := width / p.width
	s := fmt.Sprintf("q %s 0 0 %s %s cm 1 J 1 j\n", num(scale), num(-scale), point(x, pageHeight-y))
	for _, f := range p.shapes {
		if f.width > 0 {
			s += fmt.Sprintf("%s RG %s w\n%sS\n", f.paint, num(f.width), pathOps(f.path))
		} else {
			s += fmt.Sprintf("%s rg\n%sf\n", f.paint, pathOps(f.path))
		}
	}
	return s + "Q\n"
}
