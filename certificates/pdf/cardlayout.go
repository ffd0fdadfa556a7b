package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The card's margins and columns, in points.
const (
	cardLeft   = 10 * mm
	cardTop    = 8 * mm
	cardWidth  = cardWide - 2*cardLeft
	cardBottom = cardHigh - 7*mm
	cardGap    = 6 * mm
	cardColumn = (cardWidth - cardGap) / 2
	cardIndent = 4 * mm
	ruledLine  = 7.5 * mm // from one line to write on to the next
)

// cardLayout puts a card's words in their places: from the top down, and the
// numbers from the bottom up, where the hand finds them.
type cardLayout struct {
	setter
	card   Card
	points float64 // size of the text
	y      float64
}

func (l *cardLayout) text() style {
	return style{size: l.points, leading: l.points * 1.32, colour: ink}
}

func (l *cardLayout) strong() style {
	s := l.text()
	s.weight = bold
	return s
}

func (l *cardLayout) head2() style {
	return style{weight: bold, size: l.points * 1.12, leading: l.points * 1.45, colour: brand}
}

func (l *cardLayout) small() style {
	return style{size: l.points * .84, leading: l.points * .84 * 1.32, colour: ink2}
}

func (l *cardLayout) element(kind string) *element { return l.root.child(kind).in(tag(l.card.Lang)) }

// draw sets the whole card.
func (l *cardLayout) draw() error {
	l.head()
	l.urgent()
	below := l.blocks()
	foot := l.footHeight()
	if over := below + 2*mm - (cardBottom - foot); over > 0 {
		return fmt.Errorf("%w: %.0f mm too much", ErrTooLong, over/mm)
	}
	l.y = cardBottom - foot
	l.foot()
	return l.err
}

func (l *cardLayout) head() {
	const markWidth = 29 * mm
	markHeight := markWidth * wordmark.height / wordmark.width
	l.figure(l.root, "Golau", tag(l.card.Lang), cardLeft, cardTop, markWidth, markHeight, wordmark.ops(cardLeft, cardTop, markWidth))
	const column = 80 * mm
	y := float64(cardTop)
	for _, words := range l.card.From {
		y = l.paragraph(l.element("P"), cardLeft+cardWidth-column, y, column, atRight, run{text: words, style: l.small()})
	}
	l.y = max(y, cardTop+markHeight) + 3*mm
	title := style{weight: bold, size: 17, leading: 17 * 1.14, spacing: -.012, colour: ink}
	w := l.balanced([]run{{text: l.drawn(l.card.Title), style: title}}, cardWidth)
	l.y = l.paragraph(l.element("H1"), cardLeft, l.y, w, atLeft, run{text: l.card.Title, style: title})
	if l.card.Lead != "" {
		l.y = l.paragraph(l.element("P"), cardLeft, l.y+.6*mm, cardWidth, atLeft, run{text: l.card.Lead, style: l.text()})
	}
	l.y += 2.6 * mm
}

// urgent is the dark strip with the number for danger.
func (l *cardLayout) urgent() {
	const pad = 3 * mm
	number := style{weight: bold, size: 24, leading: 24, colour: paleLamp}
	words := style{size: l.points * 1.06, leading: l.points * 1.06 * 1.35, colour: white}
	beside := pad + l.measure(number, l.card.Urgent.Number) + 4*mm
	w := cardWidth - beside - pad
	high := float64(len(l.breakLines([]run{{text: l.drawn(l.card.First), style: words}}, w))) * words.leading
	box := max(high, number.leading) + 2*2.4*mm
	l.artifact(fmt.Sprintf("%s rg %s %s %s re f\n", brand, point(cardLeft, pageHeight-l.y-box), num(cardWidth), num(box)))
	l.paragraph(l.element("P"), cardLeft+pad, l.y+(box-number.leading)/2, cardWidth, atLeft, l.dialled(l.card.Urgent, number))
	l.paragraph(l.element("P"), cardLeft+beside, l.y+(box-high)/2, w, atLeft, run{text: l.card.First, style: words})
	l.y += box + 3*mm
}

// words is an item of a block as it is set.
func (l *cardLayout) words(b Block, item []Piece) (all []run) {
	for _, p := range item {
		if p.Dial == "" {
			words := strings.TrimLeft(p.Words, " ") // drawn takes the spaces off both ends
			before, after := p.Words[:len(p.Words)-len(words)], words[len(strings.TrimRight(words, " ")):]
			all = append(all, run{text: before + l.drawn(words) + after, style: l.text()})
			continue
		}
		link := l.text()
		link.colour = linkColour
		all = append(all, l.dialled(Number{b.Heading, p.Words, p.Dial}, link))
	}
	if len(all) == 1 { // as it is told, whatever of it is drawn
		all[0].text = item[0].Words
	}
	return all
}

// dialled is a number as a link that a telephone dials.
func (l *cardLayout) dialled(n Number, st style) run {
	return run{text: n.Number, style: st, address: "tel:" + n.Dial, about: n.Label + " " + n.Number}
}

// drawn is a text with the letters that paragraph will draw, to be measured.
func (l *cardLayout) drawn(text string) string { return legible(visible(norm.NFC.String(text))) }

// high is how much room a text takes.
func (l *cardLayout) high(text string, st style, w float64) float64 {
	return float64(len(l.breakLines([]run{{text: l.drawn(text), style: st}}, w))) * st.leading
}

func (l *cardLayout) blockHeight(b Block) float64 {
	h := l.high(b.Heading, l.head2(), cardColumn) + .6*mm
	for _, item := range b.Items {
		h += float64(len(l.breakLines(l.words(b, item), cardColumn-cardIndent)))*l.text().leading + .5*mm
	}
	if b.Foot != "" {
		h += l.high(b.Foot, l.small(), cardColumn)
	}
	return h + float64(b.Lines)*ruledLine + 2.4*mm
}

// blocks sets the blocks in two columns, of which neither is much longer, and
// returns where the longer ends.
func (l *cardLayout) blocks() float64 {
	at, least := len(l.card.Blocks), 0.0
	for split := range len(l.card.Blocks) + 1 {
		var columns [2]float64
		for i, b := range l.card.Blocks {
			if i < split {
				columns[0] += l.blockHeight(b)
			} else {
				columns[1] += l.blockHeight(b)
			}
		}
		if longer := max(columns[0], columns[1]); split == 0 || longer < least {
			at, least = split, longer
		}
	}
	x, y, lowest := float64(cardLeft), l.y, l.y
	for i, b := range l.card.Blocks {
		if i == at {
			x, y = cardLeft+cardColumn+cardGap, l.y
		}
		y = l.block(b, x, y)
		lowest = max(lowest, y)
	}
	return lowest
}

func (l *cardLayout) block(b Block, x, y float64) float64 {
	y = l.paragraph(l.element("H2"), x, y, cardColumn, atLeft, run{text: b.Heading, style: l.head2()}) + .6*mm
	list := l.element("L")
	list.attrs = "/O /List /ListNumbering /Disc"
	if b.Ordered {
		list.attrs = "/O /List /ListNumbering /Decimal"
	}
	for i, words := range b.Items {
		label := "•"
		if b.Ordered {
			label = strconv.Itoa(i+1) + "."
		}
		item := list.child("LI")
		l.begin(item.child("Lbl"), "")
		l.show(l.text(), x, y+l.baseline(l.text(), l.text().leading), label)
		l.end()
		y = l.paragraph(item.child("LBody").in(tag(l.card.Lang)), x+cardIndent, y, cardColumn-cardIndent, atLeft, l.words(b, words)...) + .5*mm
	}
	if b.Foot != "" {
		y = l.paragraph(l.element("P"), x, y, cardColumn, atLeft, run{text: b.Foot, style: l.small()})
	}
	for range b.Lines {
		y += ruledLine
		l.rule(x, y, cardColumn, .75, edge)
	}
	return y + 2.4*mm
}

func (l *cardLayout) footHeight() float64 {
	h := 2.2*mm + 1.6*mm + 1.2*mm + l.high(l.card.Key, l.strong(), cardWidth)
	for _, n := range l.card.Numbers {
		h += max(l.high(n.Label, l.text(), cardWidth-numberRoom), l.text().leading) + .6*mm
	}
	return h + float64(len(l.breakLines(l.footRuns(), cardWidth)))*l.small().leading
}

// numberRoom is kept free at the right for the number.
const numberRoom = 42 * mm

func (l *cardLayout) footRuns() []run {
	runs := []run{{text: l.drawn(l.card.Foot), style: l.small()}}
	if l.card.Contact != "" {
		runs[0].text += " "
		link := l.small()
		link.colour = linkColour
		runs = append(runs, run{text: l.drawn(l.card.Contact), style: link, address: l.card.Link, about: l.card.About})
	}
	return runs
}

func (l *cardLayout) foot() {
	l.rule(cardLeft, l.y, cardWidth, 1.5, lamp)
	l.y += 2.2 * mm
	list := l.element("L")
	list.attrs = "/O /List /ListNumbering /None"
	for _, n := range l.card.Numbers {
		item := list.child("LI")
		below := l.paragraph(item.child("Lbl").in(tag(l.card.Lang)), cardLeft, l.y, cardWidth-numberRoom, atLeft, run{text: n.Label, style: l.text()})
		body := item.child("LBody").in(tag(l.card.Lang))
		if n.Number != "" {
			l.paragraph(body, cardLeft, l.y, cardWidth, atRight, l.dialled(n, l.strong()))
		} else {
			const long = 34 * mm
			x, y, h := cardLeft+cardWidth-long, l.y+l.text().leading-1, 1.0
			l.figure(body, l.card.Blank, tag(l.card.Lang), x, y, long, h, fmt.Sprintf("%s rg %s %s %s re f\n", edge, point(x, pageHeight-y-h), num(long), num(.75)))
		}
		l.y = max(below, l.y+l.text().leading) + .6*mm
	}
	l.y = l.paragraph(l.element("P"), cardLeft, l.y+1.6*mm, cardWidth, atLeft, run{text: l.card.Key, style: l.strong()})
	l.y = l.paragraph(l.element("P"), cardLeft, l.y+1.2*mm, cardWidth, atLeft, l.footRuns()...)
}
