package pdf

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// setter sets text in paragraphs.
type setter struct {
	*document
	exact string // a name that is told as it is or not at all
	err   error  // the first text without letters
}

// align says at which edge of its column a text stands.
type align int

const (
	atLeft align = iota
	atRight
)

// paragraph sets runs as the content of e in a column and returns the y below.
func (l *setter) paragraph(e *element, x, y, w float64, a align, runs ...run) float64 {
	actual := ""
	for i, r := range runs {
		words := norm.NFC.String(r.text)
		drawn, ok := drawable(words)
		switch {
		case ok:
		case r.text == l.exact:
			if l.err == nil {
				l.err = fmt.Errorf("%w %q", ErrLetters, words)
			}
		default:
			words = visible(words)
			drawn = legible(words)
		}
		if drawn != words && len(runs) == 1 {
			actual = words
		}
		runs[i].text = drawn
	}
	var open *element // whose content is being written
	var linkElement *element
	linked := "" // where it leads: text may hold several links
	for _, segments := range l.breakLines(runs, w) {
		if len(segments) == 0 {
			continue
		}
		shift := 0.0
		if last := segments[len(segments)-1]; a == atRight {
			shift = w - last.x - l.measure(last.style, strings.TrimRight(last.text, " "))
		}
		leading := segments[0].style.leading
		for _, s := range segments {
			owner := e
			if s.address != "" {
				if linkElement == nil || linked != s.address {
					linkElement = e.child("Link")
				}
				owner = linkElement
			}
			linked = s.address
			if owner != open {
				if open != nil {
					l.end()
				}
				l.begin(owner, actual)
				open = owner
			}
			l.show(s.style, x+shift+s.x, y+l.baseline(s.style, leading), s.text)
			if s.address != "" {
				l.link(linkElement, x+shift+s.x, y, l.measure(s.style, strings.TrimRight(s.text, " ")), leading, s.address, s.about)
			}
		}
		y += leading
	}
	if open != nil {
		l.end()
	}
	return y
}

// baseline is how far below the top of a line the letters stand: the type is
// centred in its leading, as a browser does it.
func (l *setter) baseline(s style, leading float64) float64 {
	f := l.fonts[s.weight]
	up, down := float64(f.thousandths(f.ascent))*s.size/1000, float64(f.thousandths(-f.descent))*s.size/1000
	return (leading-up-down)/2 + up
}
