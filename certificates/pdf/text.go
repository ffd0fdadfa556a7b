package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// style is how letters look: size and leading in points, spacing in parts of
// the size.
type style struct {
	weight  weight
	size    float64
	leading float64
	spacing float64
	colour  colour
}

// run is a stretch of text in one style; address makes it a link, and about says
// to those who hear it what the link is.
type run struct {
	text    string
	style   style
	address string
	about   string
}

// segment is a part of a run that stands on one line.
type segment struct {
	run
	x float64
}

// measure is the length of s in points.
func (d *document) measure(st style, s string) float64 {
	return d.fonts[st.weight].width(s, st.size) + float64(utf8.RuneCountInString(s))*st.spacing*st.size
}

// breakLines sets runs into lines of at most width. It breaks at spaces, which
// stay at the end of their line so that the words remain apart for a screen
// reader; a word longer than a line is cut.
func (d *document) breakLines(runs []run, width float64) [][]segment {
	lines := [][]segment{nil}
	x := 0.0
	put := func(r run, text string) {
		line := &lines[len(lines)-1]
		if n := len(*line); n > 0 && (*line)[n-1].style == r.style && (*line)[n-1].address == r.address {
			(*line)[n-1].text += text
		} else {
			*line = append(*line, segment{run{text, r.style, r.address, r.about}, x})
		}
		x += d.measure(r.style, text)
	}
	newLine := func() { lines, x = append(lines, nil), 0 }
	// The letters of a word that just fits may add up to a last digit more.
	const rounding = 1e-6
	words := splitWords(runs)
	for i, w := range words {
		// What follows without a space between belongs to the same word.
		whole := d.measure(w.style, strings.TrimRight(w.text, " "))
		for j := i; j+1 < len(words) && !strings.HasSuffix(words[j].text, " "); j++ {
			whole += d.measure(words[j+1].style, strings.TrimRight(words[j+1].text, " "))
		}
		if x > 0 && x+whole > width {
			newLine()
		}
		for _, letter := range strings.SplitAfter(w.text, "") {
			if x > 0 && letter != " " && x+d.measure(w.style, letter) > width+rounding {
				newLine()
			}
			put(w, letter)
		}
	}
	return lines
}

// splitWords cuts runs after each space.
func splitWords(runs []run) []run {
	var words []run
	for _, r := range runs {
		for _, w := range strings.SplitAfter(r.text, " ") {
			if w != "" {
				words = append(words, run{w, r.style, r.address, r.about})
			}
		}
	}
	return words
}

// balanced returns the least width in which runs take no more lines than in
// width, so that a title does not leave one word alone on its last line.
func (d *document) balanced(runs []run, width float64) float64 {
	n := len(d.breakLines(runs, width))
	low, high := width/float64(n+1), width
	for high-low > 1 {
		if mid := (low + high) / 2; len(d.breakLines(runs, mid)) > n {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// alike are letters that people type and the fonts lack, with ones that look
// and mean the same.
var alike = strings.NewReplacer(
	"\u02bc", "’", "\u02b9", "’", "\u02bb", "‘", "\u2032", "’", // apostrophes of other tongues
	"\u2010", "-", "\u2011", "-", "\u2012", "–", "\u2015", "—",
	"\u00a0", " ", "\u2009", " ", "\u202f", " ",
)

// drawable returns text with letters that the fonts have: itself where they
// have all; otherwise a letter they lack loses the accent they cannot draw. ok
// is false when a letter has no such relative, as in another script.
func drawable(text string) (drawn string, ok bool) {
	all, err := fonts()
	if err != nil {
		return "", false
	}
	has := func(r rune) bool {
		for _, f := range all {
			if f.glyphOf[r] == 0 {
				return false
			}
		}
		return true
	}
	var b strings.Builder
	for _, r := range alike.Replace(norm.NFC.String(text)) {
		if unicode.Is(unicode.Mn, r) {
			continue // a mark that did not combine with the letter before it
		}
		closest := nearest(r, has)
		if closest == 0 {
			return "", false
		}
		b.WriteRune(closest)
	}
	return b.String(), true
}

// visible returns text without what nobody sees, such as control characters and
// marks that turn its direction; what parts words there is a space.
func visible(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case !unicode.IsGraphic(r), unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			return -1
		}
		return r
	}, text)), " ")
}

// unknown stands where the fonts have no letter.
const unknown = "?"

// legible returns text as it can be drawn: words around the holder's name, such
// as a board's, must not keep the holder from their certificate.
func legible(text string) string {
	if drawn, ok := drawable(text); ok {
		return drawn
	}
	var b strings.Builder
	for _, letter := range norm.NFC.String(text) {
		if drawn, ok := drawable(string(letter)); ok {
			b.WriteString(drawn)
		} else {
			b.WriteString(unknown)
		}
	}
	return b.String()
}

// nearest returns r, or the most accented relative of r that has: ễ becomes ê,
// not e. It returns 0 when not even the bare letter has.
func nearest(r rune, has func(rune) bool) rune {
	parts := []rune(norm.NFD.String(string(r)))
	candidates := []string{string(r)}
	for n := len(parts) - 1; n > 1; n-- {
		candidates = append(candidates, string(parts[:n]))
	}
	for _, mark := range parts[1:] {
		candidates = append(candidates, string([]rune{parts[0], mark}))
	}
	for _, c := range append(candidates, string(parts[:1])) {
		composed := norm.NFC.String(c)
		if letter, size := utf8.DecodeRuneInString(composed); size == len(composed) && has(letter) {
			return letter
		}
	}
	return 0
}
