package pdf

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"golau/internal/i18n"
)

// The sheet's margins, in points. The hills stand below bottom.
const (
	left   = 18 * mm
	top    = 15 * mm
	width  = pageWidth - 2*left
	bottom = pageHeight - 27*mm
	side   = 28 * mm // of the QR code, never smaller
)

// size is how tightly a sheet is set. Draw takes the first that fits.
type size struct {
	outcomes float64 // type size of the learning outcomes
	gap      float64 // share of the usual space between blocks
	name     float64 // greatest type size of the name
}

var sizes = []size{{10, 1, 31}, {10, .75, 31}, {9.5, .7, 28}, {9, .6, 24}, {9, .45, 20}, {8.5, .4, 17}, {8, .35, 15}}

// layout puts a certificate's words in their places, from the top down.
type layout struct {
	setter
	sheet Sheet
	size  size
	y     float64 // top of what comes next
}

func (l *layout) space(millimetres float64) { l.y += millimetres * mm * l.size.gap }

func (l *layout) langs() [2]i18n.Lang { return [2]i18n.Lang{l.sheet.First, l.sheet.First.Other()} }

// draw sets the whole sheet.
func (l *layout) draw() error {
	l.artifact(hills.ops(0, pageHeight-pageWidth*hills.height/hills.width, pageWidth))
	l.stamp()
	l.head()
	l.award()
	l.outcomes()
	l.facts()
	if err := l.foot(); err != nil {
		return err
	}
	if l.err != nil {
		return l.err
	}
	if l.y > bottom {
		return fmt.Errorf("%w: %.0f mm too much", ErrTooLong, (l.y-bottom)/mm)
	}
	return nil
}

// both sets a text in the two languages, one below the other, each as a child of
// parent that says its language.
func (l *layout) both(parent *element, kind string, x, y, w float64, a align, t i18n.Text, styles ...style) float64 {
	for i, lang := range l.langs() {
		st := styles[min(i, len(styles)-1)]
		y = l.paragraph(parent.child(kind).in(tag(lang)), x, y, w, a, run{text: t.In(lang), style: st})
	}
	return y
}

// lines is how many lines a text takes in both languages together.
func (l *layout) lines(t i18n.Text, st style, w float64) (n int) {
	for _, lang := range l.langs() {
		n += len(l.breakLines([]run{{text: t.In(lang), style: st}}, w))
	}
	return n
}

func (l *layout) stamp() {
	if l.sheet.Stamp == (i18n.Text{}) {
		return
	}
	const turn = 35 * math.Pi / 180
	cos, sin := math.Cos(turn), math.Sin(turn)
	for i, lang := range l.langs() {
		words := legible(visible(l.sheet.Stamp.In(lang)))
		st := style{weight: bold, size: 10, colour: latePale}
		st.size *= 232 * mm / l.measure(st, words)
		st.size = min(st.size, 68)
		long := l.measure(st, words)
		// The two words stand side by side along the rising diagonal.
		mx, my := pageWidth/2+float64(2*i-1)*0.62*st.size*sin, pageHeight/2+float64(2*i-1)*0.62*st.size*cos
		x, y := mx-long/2*cos+0.35*st.size*sin, my+long/2*sin+0.35*st.size*cos
		l.begin(l.root.child("P").in(tag(lang)), "")
		l.showTurned(st, fmt.Sprintf("%s %s %s %s %s", num(cos), num(sin), num(-sin), num(cos), point(x, pageHeight-y)), words)
		l.end()
	}
}

func (l *layout) head() {
	const markWidth = 48 * mm
	markHeight := markWidth * wordmark.height / wordmark.width
	l.figure(l.root, "Golau", tag(i18n.CY), left, top, markWidth, markHeight, wordmark.ops(left, top, markWidth))

	st := style{size: 10.5, leading: 10.5 * 1.4, colour: ink2}
	const column = 88 * mm
	x := left + width - column
	p := l.root.child("P")
	first, second := l.langs()[0], l.langs()[1]
	start := l.sheet.IssuedBy.In(first) + " / "
	other := l.sheet.IssuedBy.In(second)
	at := x + column - l.measure(st, start+other)
	l.paragraph(p.child("Span").in(tag(first)), at, top, column, atLeft, run{text: start, style: st})
	y := l.paragraph(p.child("Span").in(tag(second)), at+l.measure(st, start), top, column, atLeft, run{text: other, style: st})
	for _, lang := range l.langs() {
		runs := []run{{text: l.sheet.Issuer.In(lang), style: st}}
		w := l.balanced(runs, column)
		y = l.paragraph(p.child("Span").in(tag(lang)), x+column-w, y, w, atRight, runs...)
	}
	l.y = max(y, top+markHeight)
	l.space(9)
}

// nameStyle chooses the largest size in which the name stands on one line, else
// on two.
func (l *layout) nameStyle(name string) style {
	steps := []float64{31, 24, 20, 17, 15}
	for most := 1; most <= 2; most++ {
		for _, points := range steps {
			if points > l.size.name || points > 24 && utf8.RuneCountInString(name) > 26 || most == 1 && points < 20 {
				continue
			}
			st := style{weight: bold, size: points, leading: points * 1.12, spacing: -.012, colour: ink}
			if len(l.breakLines([]run{{text: name, style: st}}, width)) <= most {
				return st
			}
		}
	}
	return style{weight: bold, size: 15, leading: 15 * 1.12, colour: ink}
}

func (l *layout) award() {
	s := l.sheet
	l.y = l.both(l.root, "P", left, l.y, width, atLeft, s.Kind, style{size: 13, leading: 13 * 1.3, colour: ink2})
	l.space(6)
	drawn, _ := drawable(s.Holder) // paragraph reports what cannot be drawn
	l.y = l.paragraph(l.root.child("H1"), left, l.y, width, atLeft, run{text: s.Holder, style: l.nameStyle(drawn)})
	l.y += 3.6 * mm
	l.rule(left, l.y, width, 2.2, lamp)
	l.space(5)
	l.y = l.both(l.root, "P", left, l.y, width, atLeft, s.Has, style{size: 12, leading: 12 * 1.4, colour: ink2})
	l.space(4)
	course := style{weight: bold, size: 17, leading: 17 * 1.25, colour: brand}
	second := course
	second.weight = regular
	l.y = l.both(l.root, "P", left, l.y, width, atLeft, s.Course, course, second)
	l.space(7)
}

func (l *layout) outcomes() {
	const gap, indent = 9 * mm, 4 * mm
	const column = (width - gap) / 2
	head := style{weight: bold, size: 10.5, leading: 10.5 * 1.4, colour: ink}
	text := style{size: l.size.outcomes, leading: l.size.outcomes * 1.38, colour: ink}
	bullet := style{size: l.size.outcomes, colour: ink}
	lowest := l.y
	for i, lang := range l.langs() {
		x, y := left+float64(i)*(column+gap), l.y
		y = l.paragraph(l.root.child("H2").in(tag(lang)), x, y, column, atLeft, run{text: l.sheet.OutcomesHead.In(lang), style: head})
		y += 2 * mm * l.size.gap
		list := l.root.child("L").in(tag(lang))
		list.attrs = "/O /List /ListNumbering /Disc"
		for _, o := range l.sheet.Outcomes {
			item := list.child("LI")
			l.begin(item.child("Lbl"), "")
			l.show(bullet, x, y+l.baseline(text, text.leading), "•")
			l.end()
			y = l.paragraph(item.child("LBody"), x+indent, y, column-indent, atLeft, run{text: o.In(lang), style: text})
			y += 1.1 * mm * l.size.gap
		}
		lowest = max(lowest, y)
	}
	l.y = lowest
	l.space(5)
}

func (l *layout) facts() {
	label := style{size: 9, leading: 9 * 1.35, colour: ink2}
	value := style{weight: bold, size: 10, leading: 10 * 1.35, colour: ink}
	const gap = 5 * mm
	n := len(l.sheet.Facts)
	column := (width - gap*float64(n-1)) / float64(n)
	l.rule(left, l.y, width, .75, line)
	l.y += 3.4 * mm
	most := 0 // lines of labels, so that all values stand level
	for _, f := range l.sheet.Facts {
		most = max(most, l.lines(f.Label, label, column))
	}
	list := l.root.child("L")
	list.attrs = "/O /List /ListNumbering /None"
	lowest := l.y
	for i, f := range l.sheet.Facts {
		x, item := left+float64(i)*(column+gap), list.child("LI")
		l.both(item.child("Lbl"), "Span", x, l.y, column, atLeft, f.Label, label)
		below := l.y + float64(most)*label.leading + 0.6*mm
		lowest = max(lowest, l.both(item.child("LBody"), "Span", x, below, column, atLeft, f.Value, value))
	}
	l.y = lowest + 3.4*mm
	l.rule(left, l.y, width, .75, line)
	l.space(5)
}

func (l *layout) foot() error {
	s := l.sheet
	code, err := codeOps(s.Code, left, l.y, side)
	if err != nil {
		return err
	}
	alt := s.CodeAlt.In(l.langs()[0])
	l.figure(l.root, alt, tag(l.langs()[0]), left, l.y, side, side, code)

	x := left + side + 7*mm
	w := left + width - x
	y := l.paragraph(l.root.child("P"), x, l.y-1*mm, w, atLeft, run{text: s.Number, style: style{weight: bold, size: 12, leading: 12 * 1.38, spacing: .02, colour: ink}})
	y += 1.4 * mm
	small := style{size: 9, leading: 9 * 1.38, colour: ink}
	strong := small
	strong.weight = bold
	for _, lang := range l.langs() {
		before, after, _ := strings.Cut(s.Check.In(lang), s.Address.In(lang))
		y = l.paragraph(l.root.child("P").in(tag(lang)), x, y, w, atLeft,
			run{text: before, style: small}, run{text: s.Address.In(lang), style: strong, address: s.Link.In(lang), about: s.About.In(lang)}, run{text: after, style: small})
	}
	for _, note := range s.Notes {
		y += 1.2 * mm * l.size.gap
		y = l.both(l.root, "P", x, y, w, atLeft, note, small)
	}
	l.y = max(y, l.y+side)
	return nil
}
