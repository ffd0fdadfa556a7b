package people

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// A list writes each month by its name, in either language and however a spreadsheet
// puts the parts together; a T is the T of a moment only where an hour follows it.
func TestAListWritesEveryMonthByItsName(t *testing.T) {
	r := &importReader{}
	for m := time.January; m <= time.December; m++ {
		want := fmt.Sprintf("2024-%02d-03", m)
		for _, l := range i18n.Langs {
			name := i18n.Month(l, m)
			for _, typed := range []string{"3 " + name + " 2024", "03 " + strings.ToLower(name) + " 2024", "3-" + name + "-2024", "03." + strings.ToUpper(name) + ".2024", "3/" + name + "/2024"} {
				if day, ok := r.day(typed); !ok || day != want {
					t.Errorf("%q is %q, %v, not %q", typed, day, ok, want)
				}
			}
		}
	}
	for typed, want := range map[string]string{
		"2024-11-03T00:00:00": "2024-11-03", "2024-11-03T23:59:59Z": "2024-11-03", "2024-11-03t07:15": "2024-11-03", "2024-11-03T00:00:00.000+00:00": "2024-11-03",
		"2024-11-03 00:00:00": "2024-11-03", "2024-1-3T00:00": "2024-01-03", "45599": "2024-11-03", "45599.5": "2024-11-03",
		"2024-11-03Tachwedd": "", "2024-11-03T": "", "T2024-11-03": "", "2024-13-03T00:00": "", "3-Tachwedd": "",
	} {
		if day, ok := r.day(typed); ok != (want != "") || ok && day != want {
			t.Errorf("%q is %q, %v, not %q", typed, day, ok, want)
		}
	}
}
