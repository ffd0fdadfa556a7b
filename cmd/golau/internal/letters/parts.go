package letters

import (
	_ "embed"
	"html/template"
	"strings"
	"unicode/utf8"
)

//go:embed letter.html
var page string

// sheet draws the HTML part. Mail programs drop style sheets, so its few colours
// and measures stand in attributes.
var sheet = template.Must(template.New("letter").Parse(page))

func (l letter) html() (string, error) {
	var b strings.Builder
	err := sheet.Execute(&b, l)
	return b.String(), err
}

// width is the length of a line of the text part, in characters.
const width = 72

// text writes the text part.
func (l letter) text() string {
	var b strings.Builder
	paragraph := func(s string) { b.WriteString(wrap(s) + "\n\n") }
	paragraph("Golau")
	if l.Warning != "" {
		paragraph(l.Warning)
	}
	paragraph(l.Title)
	paragraph(l.Lead)
	if l.Topic != "" {
		paragraph(l.Topic)
	}
	if l.Code != "" {
		paragraph(l.Code)
	}
	for _, f := range l.Facts {
		b.WriteString(wrap(f.Name+": "+f.Value) + "\n")
	}
	if len(l.Facts) > 0 {
		b.WriteString("\n")
	}
	if l.Action.Address != "" {
		paragraph(l.Action.Label + ":\n" + l.Action.Address)
	}
	for _, s := range l.Body {
		paragraph(s)
	}
	b.WriteString("----\n") // no signature mark: mail programs hide what follows it
	for _, s := range l.Foot {
		b.WriteString(wrap(s) + "\n")
	}
	if l.Change.Address != "" {
		b.WriteString(l.Change.Label + ": " + l.Change.Address + "\n")
	}
	return b.String()
}

// wrap breaks a paragraph into lines between words; line breaks that are there
// stay. A word longer than a line, like an address, stays whole.
func wrap(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		var b strings.Builder
		at := 0
		for _, word := range strings.Split(line, " ") {
			n := utf8.RuneCountInString(word)
			switch {
			case at == 0:
			case at+1+n > width:
				b.WriteByte('\n')
				at = 0
			default:
				b.WriteByte(' ')
				at++
			}
			b.WriteString(word)
			at += n
		}
		lines[i] = b.String()
	}
	return strings.Join(lines, "\n")
}
