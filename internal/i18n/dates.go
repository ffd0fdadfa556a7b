package i18n

import (
	"sync"
	"time"
	_ "time/tzdata" // a container without zone files must still know London

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/cy"
	"github.com/go-playground/locales/en_GB"
)

// London is the zone of every date and time that a person reads.
var London = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // compiled in by time/tzdata
	}
	return zone
})

var calendars = map[Lang]locales.Translator{EN: en_GB.New(), CY: cy.New()}

func calendar(l Lang) locales.Translator {
	if l == CY {
		return calendars[CY]
	}
	return calendars[EN]
}

// Date writes the day of t in London: "21 November 2026", "21 Tachwedd 2026".
// The zero time is an empty string.
func Date(l Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar(l).FmtDateLong(t.In(London()))
}

// Month names a month: "November", "Tachwedd".
func Month(l Lang, m time.Month) string { return calendar(l).MonthWide(m) }

// Clock writes the time of t in London on the 24-hour clock: "14:02". It is the
// same in both languages.
func Clock(_ Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(London()).Format("15:04")
}

// DateTime writes day and time: "21 November 2026, 14:02".
func DateTime(l Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Date(l, t) + ", " + Clock(l, t)
}
