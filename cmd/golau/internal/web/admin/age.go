package admin

import (
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/store"
)

// age says how long ago something was, in the one measure that fits.
func age(c *web.Context, t store.Time) string { return span(c, c.Now().Sub(t.Time)) }

// span says a length of time in days, hours or minutes.
func span(c *web.Context, d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return c.T("admin.age.days", "Count", int(d/(24*time.Hour)))
	case d >= 2*time.Hour:
		return c.T("admin.age.hours", "Count", int(d/time.Hour))
	}
	return c.T("admin.age.minutes", "Count", max(0, int(d/time.Minute)))
}
