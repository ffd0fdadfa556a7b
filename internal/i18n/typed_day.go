package i18n

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// typedDays are the ways in which somebody types a day: as browsers send it, and
// as it is written in Wales, with strokes, full stops, hyphens, spaces or the month's name.
var typedDays = []*regexp.Regexp{
	regexp.MustCompile(`^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$`),
	regexp.MustCompile(`^(?P<d>\d{1,2})(?: ?[/.-] ?| )(?P<m>\d{1,2})(?: ?[/.-] ?| )(?P<y>\d{4})$`),
	regexp.MustCompile(`^(?P<d>\d{1,2})(?:\s*[/.-]\s*|\s+)(?P<m>\pL+)(?:\s*[/.-]\s*|\s+)(?P<y>\d{4})$`),
}

// months are the numbers of the months by their names in both languages, of which
// none means two.
var months = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for m := time.January; m <= time.December; m++ {
		for _, l := range Langs {
			all[strings.ToLower(Month(l, m))] = strconv.Itoa(int(m))
		}
	}
	return all
})

// ParseDay reads a day as somebody typed it, 21/11/2026, 21.11.2026 or 2026-11-21, or
// as it is written here in either language, 21 November 2026 or 21 Tachwedd 2026, and
// returns it as it is kept, 2026-11-21. It says false to what is no day of any
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
			if n, named := months()[strings.ToLower(s)]; named {
				s = n
			}
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
