package pdf

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// cardSample is a card as full as the course has them.
func cardSample() Card {
	return Card{
		Lang: i18n.CY, Made: time.Date(2026, 11, 14, 14, 2, 0, 0, time.UTC),
		From: []string{"Modiwl 4", "Bwrdd Diogelu Plant Rhanbarthol Dyffryn Arian"}, Title: "Yr oriau cyntaf", Lead: "I bawb.",
		Urgent: Number{"Mewn perygl", "999", "999"}, First: "Mewn perygl, neu ar fin cael ei symud neu ei gymryd. Arhoswch gyda’r plentyn os yw’n ddiogel.",
		Blocks: []Block{
			{"Gwnewch", true, items("Ffoniwch wasanaethau plant yr ardal lle mae’r pryder yn codi.", "Ysgrifennwch eiriau’r plentyn."), 0, ""},
			{"Peidiwch", false, items("ag ymchwilio", "â chymryd ffôn"), 0, ""},
			{"Fy nhri ymrwymiad", false, items("Beth wnaf i, ble, ac erbyn pryd."), 3, ""},
		},
		Numbers: []Number{{"Gwasanaethau plant, Dyffryn Arian", "01632 960145", "01632960145"}, {"Fy mherson diogelu dynodedig", "", ""}},
		Blank:   "ni roddwyd rhif", Key: "Os ydych yn poeni, rhowch wybod.", Foot: "Cerdyn 2026.1. I gael fformat arall, gofynnwch:",
		Contact: "golau@shores.example", Link: "mailto:golau@shores.example", About: "E-bost",
	}
}

// items are lines without a number.
func items(all ...string) (is [][]Piece) {
	for _, words := range all {
		is = append(is, []Piece{{Words: words}})
	}
	return is
}

func drawCard(t *testing.T, c Card) []byte {
	t.Helper()
	b, err := DrawCard(c)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The same card is the same file, tagged, of one A5 page, in its own language.
func TestACardIsTagged(t *testing.T) {
	b := drawCard(t, cardSample())
	if !bytes.Equal(b, drawCard(t, cardSample())) {
		t.Error("the same card gave other bytes")
	}
	for _, want := range []string{"/MarkInfo << /Marked true >>", "/Lang (cy-GB)", "<pdfuaid:part>1</pdfuaid:part>", "<rdf:li>cy-GB</rdf:li></rdf:Bag>",
		"/ListNumbering /Decimal", "/S /LBody", "/S /Link", byteString("tel:01632960145"), byteString("tel:999"), byteString("mailto:golau@shores.example")} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("the file lacks %s", want)
		}
	}
	if bytes.Contains(b, []byte("en-GB")) || bytes.Count(b, []byte("/S /H1")) != 1 || bytes.Count(b, []byte("/S /H2")) != 3 {
		t.Error("its language or its headings are wrong")
	}
	other := cardSample()
	other.Numbers[0].Number = "01632 960146"
	if bytes.Equal(b, drawCard(t, other)) {
		t.Error("another number is the same file")
	}
}

// Each number in a line is a link of its own, and the line is one item of the
// list; the small print under a block is none.
func TestNumbersInALineAreLinks(t *testing.T) {
	c := cardSample()
	before := drawCard(t, c)
	c.Blocks = append(c.Blocks, Block{Heading: "Yn ein hardal", Foot: "I’w adolygu erbyn 1 Mawrth 2027.",
		Items: [][]Piece{{{"Drws ffrynt: ", ""}, {"01632 960150", "01632960150"}, {" neu ", ""}, {"01632 960151", "01632960151"}, {".", ""}}, {{"01632 960152", "01632960152"}}}})
	b := drawCard(t, c)
	for _, want := range []string{"tel:01632960150", "tel:01632960151", "tel:01632960152"} {
		if !bytes.Contains(b, []byte(byteString(want))) {
			t.Errorf("%s is no link", want)
		}
	}
	d, err := newDocument()
	if err != nil {
		t.Fatal(err)
	}
	whole := ""
	for _, r := range (&cardLayout{setter: setter{document: d}, card: c, points: 9}).words(c.Blocks[3], c.Blocks[3].Items[0]) {
		whole += r.text
	}
	if whole != "Drws ffrynt: 01632 960150 neu 01632 960151." {
		t.Errorf("the line is drawn as %q", whole)
	}
	for tag, more := range map[string]int{"/S /Link": 3, "/S /LBody": 2, "/S /P": 1} {
		if got := bytes.Count(b, []byte(tag)) - bytes.Count(before, []byte(tag)); got != more {
			t.Errorf("%s: %d more, want %d", tag, got, more)
		}
	}
}

// What does not fit is drawn smaller, and refused before nobody can read it; a
// letter that the fonts lack keeps nobody from their card.
func TestACardFitsOrIsRefused(t *testing.T) {
	c := cardSample()
	c.From = append(c.From, "海岸 Council")
	for range 2 {
		c.Blocks = append(c.Blocks, c.Blocks[0], c.Blocks[1])
	}
	drawCard(t, c)
	for range 8 {
		c.Blocks = append(c.Blocks, c.Blocks[0])
	}
	if _, err := DrawCard(c); !errors.Is(err, ErrTooLong) {
		t.Errorf("a card of %d blocks: %v", len(c.Blocks), err)
	}
	drawCard(t, Card{Lang: i18n.EN, Title: "Bare"})
}

// Other programs read the card: its page, its tags, its words in their order.
func TestOtherProgramsReadACard(t *testing.T) {
	path := filepath.Join(t.TempDir(), "card.pdf")
	if err := os.WriteFile(path, drawCard(t, cardSample()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := runTool(t, "qpdf", "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors") {
		t.Errorf("qpdf: %s", out)
	}
	info := runTool(t, "pdfinfo", "poppler-utils", path)
	for _, want := range []string{"Tagged:          yes", "Pages:           1", "419.528 x 595.276 pts", "Yr oriau cyntaf"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, info)
		}
	}
	golden(t, "card.struct.txt", runTool(t, "pdfinfo", "poppler-utils", "-struct-text", path))
}
