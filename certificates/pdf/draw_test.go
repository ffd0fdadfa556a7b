package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"golau/internal/i18n"
)

// The same sheet is the same file, whatever was drawn in between.
func TestDrawIsDeterministic(t *testing.T) {
	first := draw(t, sample(i18n.CY))
	draw(t, sample(i18n.EN))
	if !bytes.Equal(first, draw(t, sample(i18n.CY))) {
		t.Error("the same sheet gave other bytes")
	}
}

// What makes a PDF/UA file, as far as it can be read without tools.
func TestDrawIsTagged(t *testing.T) {
	b := string(draw(t, sample(i18n.CY)))
	for _, want := range []string{"/MarkInfo << /Marked true >>", "/Lang (cy-GB)", "/DisplayDocTitle true", "/Tabs /S",
		"<pdfuaid:part>1</pdfuaid:part>", "/S /Document", "/S /H1", "/S /H2", "/S /LBody", "/S /Figure", "/S /Link", "/Lang (en-GB)"} {
		if !strings.Contains(b, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	if n := strings.Count(b, "/S /H1"); n != 1 {
		t.Errorf("%d first headings", n)
	}
	for _, figure := range regexp.MustCompile(`/S /Figure[^\n]*`).FindAllString(b, -1) {
		if !strings.Contains(figure, "/Alt <FEFF") || !strings.Contains(figure, "/BBox") {
			t.Errorf("figure without words or box: %s", figure)
		}
	}
}

// From every mark on the page the way leads back to the element that owns it:
// a reader that follows the finger needs it.
func TestDrawLeadsBack(t *testing.T) {
	b := string(draw(t, crowded(i18n.CY, 6)))
	object := func(n string) string {
		_, after, _ := strings.Cut(b, "\n"+n+" 0 obj\n")
		body, _, _ := strings.Cut(after, "\nendobj")
		return body
	}
	nums := regexp.MustCompile(`/Nums \[0 \[([^\]]*)\] 1 (\d+) 0 R 2 (\d+) 0 R\]`).FindStringSubmatch(b)
	if nums == nil {
		t.Fatal("no way back")
	}
	owners := regexp.MustCompile(`\d+ 0 R|null`).FindAllString(nums[1], -1)
	if len(owners) < 50 {
		t.Errorf("only %d marks", len(owners))
	}
	for n, owner := range owners {
		element := object(strings.TrimSuffix(owner, " 0 R"))
		_, kids, _ := strings.Cut(element, "/K [")
		if !regexp.MustCompile(fmt.Sprintf(`(^| )%d ( |\])`, n)).MatchString(kids) && !strings.HasPrefix(kids, fmt.Sprintf("%d ", n)) {
			t.Errorf("mark %d leads to %s", n, element)
		}
	}
	for _, link := range nums[2:] {
		if element := object(link); !strings.Contains(element, "/S /Link") || !strings.Contains(element, "/OBJR") {
			t.Errorf("a link leads to %s", element)
		}
	}
}

// A name is words, never instructions: the file has the same objects whatever
// it says, and the text drawn is the name.
func TestDrawHostileNames(t *testing.T) {
	objects := func(b []byte) int { return bytes.Count(b, []byte(" 0 obj\n")) }
	plain := objects(draw(t, sample(i18n.EN)))
	for _, name := range []string{
		`Eve () Tj ET`, `Eve \) \( \\`, `Eve >> endobj`, `/JavaScript (app.alert(1))`, `Eve /URI (http://evil.example)`,
		`<FEFF0041> Tj`, `%PDF-1.4 %%EOF`, `endstream endobj trailer`, `Eve</rdf:li><x/>`,
	} {
		s := sample(i18n.EN)
		s.Holder = name
		b := draw(t, s)
		if got := objects(b); got != plain {
			t.Errorf("%q: %d objects instead of %d", name, got, plain)
		}
		if bytes.Contains(b, []byte(name)) || bytes.Count(b, []byte("/URI <")) != 2 {
			t.Errorf("%q stands in the file as it is", name)
		}
	}
}

// What a board or a course is called never keeps somebody from their certificate:
// what nobody sees is left out, what the fonts lack is a question mark.
func TestDrawWordsAroundTheName(t *testing.T) {
	for words, want := range map[string]string{
		"Bwrdd\x00 y\x07Glannau":         "Bwrdd y Glannau",
		"Bwrdd\r\n\u202ey Glannau\u200b": "Bwrdd y Glannau",
		"Bwrdd 海 y Glannau":              "Bwrdd ? y Glannau",
		"Bwrdd \xff":                     "Bwrdd ?",
		"Nguyễn":                         "Nguyên",
		"\x01":                           "",
	} {
		if got := legible(visible(words)); got != want {
			t.Errorf("%q is drawn as %q, want %q", words, got, want)
		}
		s := sample(i18n.EN)
		s.Issuer = i18n.Text{EN: words, CY: words}
		s.Course, s.Stamp = s.Issuer, s.Issuer
		if b, err := Draw(s); err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
			t.Errorf("a board called %q: %v", words, err)
		}
	}
}

// Letters that the fonts lack are refused; accents they lack are not.
func TestDrawLetters(t *testing.T) {
	for _, name := range []string{"Олександр", "محمد", "\u202eevil", "Bob\x00", "李雷", "a\U0001f600", "\xff", "Ŋala"} {
		s := sample(i18n.EN)
		s.Holder = name
		if b, err := Draw(s); !errors.Is(err, ErrLetters) {
			t.Errorf("%q: %d bytes, %v", name, len(b), err)
		}
		if Printed(name) != "" {
			t.Errorf("%q counts as printable", name)
		}
	}
	for name, want := range map[string]string{
		"Siân Ŵyn Llŷr":      "Siân Ŵyn Llŷr",
		"Sia\u0302n":         "Siân", // typed as two
		"Nguyễn Thị Hạnh":    "Nguyên Thi Hanh",
		"Việt":               "Viêt", // the hat, not the dot
		"Þóra Őry Łucja Çağ": "Þóra Őry Łucja Çağ",
		"O\u02bcBrien":       "O’Brien",
		"Anne\u2011Marie":    "Anne-Marie",
		"Zo\u00eb\u00a0Lee":  "Zoë Lee",
		"q\u0302":            "q",
	} {
		got, ok := drawable(name)
		if got != want || !ok {
			t.Errorf("%q is drawn as %q, %v; want %q", name, got, ok, want)
		}
	}
	s := sample(i18n.EN)
	s.Holder = "Nguyễn"
	d, _ := newDocument()
	l := &layout{setter: setter{document: d, exact: s.Holder}, sheet: s, size: sizes[0]}
	if err := l.draw(); err != nil {
		t.Fatal(err)
	}
	if want := "/ActualText " + textString("Nguyễn"); !strings.Contains(d.content.String(), want) {
		t.Error("the true name is not in the file")
	}
}

// Everything that may have to stand on a sheet fits on it.
func TestDrawFits(t *testing.T) {
	words := "Anna-Wilhelmina Siân Gwenllïan Łucja Ŵyn Llŷr-Þorsteinsdóttir Nguyên-Öztürk Őry Čapková Abcdefgh ij"
	for name, holder := range map[string]string{
		"long words": words, "one word": strings.Repeat("W", 100), "narrow": strings.Repeat("i ", 50) + "i",
		"decomposed": norm.NFD.String(words), "two letters": "Jo",
	} {
		for _, lang := range i18n.Langs {
			for _, outcomes := range []int{1, 6, 10} {
				s := crowded(lang, outcomes)
				s.Holder = holder
				if _, err := Draw(s); err != nil {
					t.Errorf("%s, %s, %d outcomes: %v", name, lang, outcomes, err)
				}
			}
		}
	}
	// One too many is refused rather than written over the hills.
	for _, outcomes := range []int{18, 60} {
		if _, err := Draw(crowded(i18n.EN, outcomes)); !errors.Is(err, ErrTooLong) {
			t.Errorf("%d outcomes: %v", outcomes, err)
		}
	}
}

// crowded is a demonstration sheet with long outcomes and every line there is.
func crowded(lang i18n.Lang, outcomes int) Sheet {
	s := sample(lang)
	s.Stamp = i18n.Text{EN: "DEMONSTRATION", CY: "ARDDANGOSIAD"}
	s.Issuer = i18n.Text{EN: "The Regional Safeguarding Children Board of Dyffryn Arian, Glan Dwyfach and Upper Cwm Tawel", CY: "Bwrdd Diogelu Plant Rhanbarthol Dyffryn Arian, Glan Dwyfach a Chwm Tawel Uchaf"}
	s.Notes = append(s.Notes, i18n.Text{EN: "Demonstration only: the holder is fictional and this certifies nothing.", CY: "Arddangosiad yn unig: person dychmygol sydd yma, ac nid yw hon yn ardystio dim."})
	for i := len(s.Outcomes); i < outcomes; i++ {
		s.Outcomes = append(s.Outcomes, i18n.Text{
			EN: fmt.Sprintf("bring at least %d things from the job to a first safety plan that rests on adults", i),
			CY: fmt.Sprintf("dod ag o leiaf %d o bethau o’r gwaith at gynllun diogelwch cyntaf sy’n dibynnu ar oedolion", i),
		})
	}
	s.Outcomes = s.Outcomes[:outcomes]
	return s
}

// A link leads to the web and nowhere else.
func TestDrawRefusesOtherLinks(t *testing.T) {
	for _, link := range []string{"", "javascript:alert(1)", "file:///etc/passwd", "https://", "golau.example"} {
		s := sample(i18n.EN)
		s.Link.CY = link
		if _, err := Draw(s); err == nil {
			t.Errorf("drawn with the link %q", link)
		}
	}
}

func draw(t *testing.T, s Sheet) []byte {
	t.Helper()
	b, err := Draw(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
