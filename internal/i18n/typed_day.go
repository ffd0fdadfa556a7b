package i18n

import (
	"regexp"
	"strings"
	"time"
)

// typedDays are the ways in which somebody types a day: as browsers send it, and
// as it is written in Wales, with strokes, full stops, hyphens or spaces.
var typedDays = []*regexp.Regexp{
	regexp.MustCompile(`^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$`),
	regexp.MustCompile(`^(?P<d>\d{1,2})(?: ?[/.-] ?| )(?P<m>\d{1,2})(?: ?[/.-] ?| )(?P<y>\d{4})$`),
}

// ParseDay reads a day as somebody typed it, 21/11/2026, 21.11.2026 or 2026-11-21,
// and returns it as it is kept, 2026-11-21. It says false to what is no day of any
// calendar, and to what is nothing.
func ParseDay(typed string) (iso string, ok bool) {
	typed = strings.TrimSpace(typed)
	for _, way := range typedDays {
		m := way.FindStringSubmatch(typed)
		if m == nil {
			continue
		}
		at := func(part string) string {
			s := m[way.SubexpIndex(part)]
			if len(s) == 1 {
				s = "0" + s
			}
			return s
		}
		iso = at("y") + "-" + at("m") + "-" + at("d")
		_, err := time.Parse(time.DateOnly, iso)
		return iso, err == nil
	}
	return "", false
}
