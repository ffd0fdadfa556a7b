package i18n

import (
	"testing"
	"time"
)

// A day is read in each way that somebody in Wales or a browser writes it, and
// never the American way round; what is no day is none.
func TestParseDay(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-11-21": "2026-11-21", "21/11/2026": "2026-11-21", "21.11.2026": "2026-11-21", "21-11-2026": "2026-11-21", "21 11 2026": "2026-11-21",
		" 1/3/2027 ": "2027-03-01", "01.03.2027": "2027-03-01", "2027-3-1": "2027-03-01", "3/4/2026": "2026-04-03", "21 / 11 / 2026": "2026-11-21", "29/2/2028": "2028-02-29",
		"1 September 2024": "2024-09-01", "1 Medi 2024": "2024-09-01", " 21  TACHWEDD 2026": "2026-11-21", "09 may 2025": "2025-05-09", "9 Mai 2025": "2025-05-09",
		"21-November-2026": "2026-11-21", "21-Tachwedd-2026": "2026-11-21", "21.tachwedd.2026": "2026-11-21", "21 / Tachwedd / 2026": "2026-11-21",
		"21Tachwedd2026": "", "30 February 2026": "", "30 Chwefror 2026": "", "1 Brumaire 2026": "", "September 2024": "", "1 September 24": "", "September 1 2024": "", "1 September": "",
		"": "", "31/2/2026": "", "29/2/2026": "", "11/21/2026": "", "21/11/26": "", "2026/11/21": "", "21/11": "", "tomorrow": "", "2026-11-21T00:00": "", "0/1/2026": "",
	} {
		if iso, ok := ParseDay(typed); ok != (want != "") || ok && iso != want {
			t.Errorf("%q is %q, %v, not %q", typed, iso, ok, want)
		}
	}
}

// A day is read as this site writes it, in either language, whatever is read.
func TestADayIsReadAsItIsWritten(t *testing.T) {
	for day := time.Date(2028, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() == 2028; day = day.AddDate(0, 0, 1) {
		for _, l := range Langs {
			if iso, ok := ParseDay(Date(l, day)); !ok || iso != day.Format(time.DateOnly) {
				t.Errorf("%q is %q, %v", Date(l, day), iso, ok)
			}
		}
	}
}
