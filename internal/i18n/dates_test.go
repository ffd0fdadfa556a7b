package i18n

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	winter := time.Date(2026, 11, 21, 14, 2, 59, 0, time.UTC)
	summer := time.Date(2026, 7, 31, 23, 30, 0, 0, time.UTC) // already August in London
	march := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct{ got, want string }{
		{Date(EN, winter), "21 November 2026"},
		{Date(CY, winter), "21 Tachwedd 2026"},
		{Date(CY, march), "1 Mawrth 2026"},
		{Date(EN, summer), "1 August 2026"},
		{Date(CY, summer), "1 Awst 2026"},
		{Clock(EN, winter), "14:02"},
		{Clock(CY, summer), "00:30"},
		{DateTime(EN, winter), "21 November 2026, 14:02"},
		{DateTime(CY, summer), "1 Awst 2026, 00:30"},
		{Date(EN, time.Time{}), ""},
		{Clock(EN, time.Time{}), ""},
		{DateTime(CY, time.Time{}), ""},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestMinutes(t *testing.T) {
	for _, tc := range []struct {
		n      int
		en, cy string
	}{
		{-3, "0 minutes", "0 munud"},
		{0, "0 minutes", "0 munud"},
		{1, "1 minute", "1 munud"},
		{2, "2 minutes", "2 funud"},
		{3, "3 minutes", "3 munud"},
		{12, "12 minutes", "12 munud"},
		{22, "22 minutes", "22 munud"}, // only two itself softens
		{60, "1 hour", "1 awr"},
		{114, "1 hour 54 minutes", "1 awr 54 munud"},
		{122, "2 hours 2 minutes", "2 awr 2 funud"},
		{1440, "24 hours", "24 awr"},
	} {
		if got := Minutes(EN, tc.n); got != tc.en {
			t.Errorf("Minutes(en, %d) = %q, want %q", tc.n, got, tc.en)
		}
		if got := Minutes(CY, tc.n); got != tc.cy {
			t.Errorf("Minutes(cy, %d) = %q, want %q", tc.n, got, tc.cy)
		}
	}
}

func TestCollator(t *testing.T) {
	names := []string{"Llandudno", "Lyn", "Chwilog", "Cwm", "Ŵan", "Wrecsam", "Ddol", "Dyfi", "aber"}
	welsh, english := slices.Clone(names), slices.Clone(names)
	Collator(CY).SortStrings(welsh)
	Collator(EN).SortStrings(english)
	if got, want := strings.Join(welsh, " "), "aber Cwm Chwilog Dyfi Ddol Lyn Llandudno Ŵan Wrecsam"; got != want {
		t.Errorf("Welsh order %s, want %s", got, want)
	}
	if got, want := strings.Join(english, " "), "aber Chwilog Cwm Ddol Dyfi Llandudno Lyn Ŵan Wrecsam"; got != want {
		t.Errorf("English order %s, want %s", got, want)
	}
}

func TestNegotiate(t *testing.T) {
	for header, want := range map[string]Lang{
		"":                                  EN,
		"en-GB,en;q=0.9":                    EN,
		"cy":                                CY,
		"cy-GB, en;q=0.8":                   CY,
		"en;q=0.5, cy;q=0.9":                CY,
		"en, cy;q=0.5":                      EN,
		"fr, cy;q=0.5":                      CY,
		"fr, de":                            EN,
		"br, gd":                            EN,
		"cy;q=0, en":                        EN,
		"*":                                 EN,
		"cy;q=nonsense":                     EN,
		"\x00\xff":                          EN,
		"cy," + strings.Repeat("x-y,", 900): CY,
		strings.Repeat("x-y,", 200) + "cy":  EN, // nobody's browser; the rest is not read
		strings.Repeat("c", 100000):         EN,
	} {
		if got := Negotiate(header); got != want {
			t.Errorf("Negotiate(%.40q) = %s, want %s", header, got, want)
		}
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("cy-GB, en;q=0.8")
	f.Fuzz(func(t *testing.T, header string) {
		if l := Negotiate(header); l != EN && l != CY {
			t.Errorf("Negotiate(%q) = %q", header, l)
		}
	})
}
