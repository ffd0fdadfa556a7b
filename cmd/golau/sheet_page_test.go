package main

import (
	"strings"
	"testing"

	"golau/internal/i18n"
)

// The page of a certificate begins in its reader's language, whatever language
// the course was taken in.
func TestTheCertificatesPageBeginsInItsLanguage(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	nia := h.as("nia")
	for l, other := range map[i18n.Lang]i18n.Lang{i18n.EN: i18n.CY, i18n.CY: i18n.EN} {
		sheet := textOf(find(nia.get("/"+string(l)+"/certificates/"+h.did["nia"].certificate).want(200).doc(), hasClass("golau-sheet")))
		here, there := h.words.T(l, "certificates.sheet.kind"), h.words.T(other, "certificates.sheet.kind")
		if at, after := strings.Index(sheet, here), strings.Index(sheet, there); at < 0 || after < at {
			t.Errorf("%s: %q stands at %d, %q at %d:\n%s", l, here, at, there, after, sheet)
		}
	}
}
