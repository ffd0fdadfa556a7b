package quiz

import (
	"testing"

	"golau/internal/i18n"
)

// An answer that was taken back says nothing about the language of an attempt,
// and nothing answered at all leaves that of the submission.
func TestAnsweredIn(t *testing.T) {
	said := func(lang i18n.Lang) Given { return Given{Lang: lang, Response: Response{Choices: []string{"a"}}} }
	taken := Given{Lang: i18n.EN}
	for name, c := range map[string]struct {
		given      []Given
		submission i18n.Lang
		want       i18n.Lang
	}{
		"nothing":                    {nil, i18n.CY, i18n.CY},
		"all taken back":             {[]Given{taken, taken}, i18n.CY, i18n.CY},
		"one, and two taken back":    {[]Given{said(i18n.CY), taken, taken}, i18n.EN, i18n.CY},
		"more in English":            {[]Given{said(i18n.CY), said(i18n.EN), said(i18n.EN)}, i18n.CY, i18n.EN},
		"as many, sent in Welsh":     {[]Given{said(i18n.CY), said(i18n.EN)}, i18n.CY, i18n.CY},
		"as many, sent in English":   {[]Given{said(i18n.CY), said(i18n.EN)}, i18n.EN, i18n.EN},
		"all Welsh, sent in English": {[]Given{said(i18n.CY)}, i18n.EN, i18n.CY},
	} {
		if got := answeredIn(c.given, c.submission); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
