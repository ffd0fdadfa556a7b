package i18n

import "testing"

// A day is read in each way that somebody in Wales or a browser writes it, and
// never the American way round; what is no day is none.
func TestParseDay(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-11-21": "2026-11-21", "21/11/2026": "2026-11-21", "21.11.2026": "2026-11-21", "21-11-2026": "2026-11-21", "21 11 2026": "2026-11-21",
		" 1/3/2027 ": "2027-03-01", "01.03.2027": "2027-03-01", "2027-3-1": "2027-03-01", "3/4/2026": "2026-04-03", "21 / 11 / 2026": "2026-11-21", "29/2/2028": "2028-02-29",
		"": "", "31/2/2026": "", "29/2/2026": "", "11/21/2026": "", "21/11/26": "", "2026/11/21": "", "21/11": "", "tomorrow": "", "2026-11-21T00:00": "", "0/1/2026": "",
	} {
		if iso, ok := ParseDay(typed); ok != (want != "") || ok && iso != want {
			t.Errorf("%q is %q, %v, not %q", typed, iso, ok, want)
		}
	}
}
