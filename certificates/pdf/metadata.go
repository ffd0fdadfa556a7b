package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"golau/internal/i18n"
)

// tag is the language of a text as PDF and screen readers name it. Both
// languages are those of Britain.
func tag(l i18n.Lang) string { return string(l) + "-GB" }

// about is what a file says of itself.
type about struct {
	title string // in the reader's window
	langs []i18n.Lang
	made  time.Time
}

// about names the certificate in both languages, the holder's first.
func (s Sheet) about() about {
	return about{s.Kind.In(s.First) + " / " + s.Kind.In(s.First.Other()) + " – " + s.Number, []i18n.Lang{s.First, s.First.Other()}, s.Made}
}

// subsetTag is the prefix of six capitals by which PDF tells subsets of one font
// apart.
func subsetTag(data []byte) string {
	sum := sha256.Sum256(data)
	for i := range 6 {
		sum[i] = 'A' + sum[i]%26
	}
	return string(sum[:6])
}

// xmp is the description of the file, with the claim that it is PDF/UA-1.
func (a about) xmp() string {
	langs := ""
	for _, l := range a.langs {
		langs += "<rdf:li>" + tag(l) + "</rdf:li>"
	}
	made := a.made.UTC().Format("2006-01-02T15:04:05Z")
	return "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` +
		fmt.Sprintf(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>`, escape(a.title)) +
		`<dc:language><rdf:Bag>` + langs + `</rdf:Bag></dc:language>` +
		fmt.Sprintf(`<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>`, made, made) +
		`<pdf:Producer>Golau</pdf:Producer><pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>` + "\n" +
		strings.Repeat(" ", 64) + "\n<?xpacket end=\"r\"?>"
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes all
	return b.String()
}
