// Package pdf draws one certificate on one sheet of A4, or one quick-reference
// card on one sheet of A5: a tagged PDF (PDF/UA-1) with embedded fonts that a
// screen reader can read in both languages and a printer can print without help.
//
// It does not know what a certificate is worth, who may have one, what a card
// teaches, or any word that stands on either: the Sheet and the Card bring all
// their words. It reads no clock and draws no chance, so the same Sheet is always
// the same bytes.
//
// From the inside out: font.go and subset.go read TrueType; file.go writes PDF
// objects; structure.go keeps the tree that a screen reader follows; content.go,
// text.go and paragraph.go put marks on the page; path.go, art.go and code.go
// draw; sheet.go and layout.go know where things go on a certificate, card.go and
// cardlayout.go on a card.
package pdf
