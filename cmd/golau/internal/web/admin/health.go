package admin

import (
	"context"
	"net/http"

	"golau/cmd/golau/internal/backups"
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/steward"
	"golau/internal/store"
)

func (r *Room) healthRoutes() []web.Route {
	return []web.Route{web.Get("/admin/health", web.Admin, r.health)}
}

// Health looks at how the installation stands.
type Health func(ctx context.Context) ([]steward.Check, error)

type healthPage struct {
	Base
	Checks []checkRow
	Open   int // checks about which something should be done
}

// checkRow is a check in words.
type checkRow struct {
	steward.Check
	Title, Text, Do string
	Also            []string // further sentences
}

// health shows how the installation stands, what is the matter first.
func (r *Room) health(c *web.Context, _ people.Viewer) error {
	checks, err := r.Health(c.Request().Context())
	if err != nil {
		return err
	}
	p := &healthPage{Base: base(c, "health", c.T("admin.health.title"))}
	for _, wanted := range []func(steward.Check) bool{
		func(k steward.Check) bool { return k.Bad },
		func(k steward.Check) bool { return !k.Bad && !k.Good() },
		steward.Check.Good,
	} {
		for _, k := range checks {
			if wanted(k) {
				p.Checks = append(p.Checks, told(c, k))
			}
		}
	}
	p.Open = unhealthy(checks)
	return c.Show(http.StatusOK, "admin/health", p)
}

// unhealthy counts the checks about which something should be done.
func unhealthy(checks []steward.Check) (n int) {
	for _, k := range checks {
		if !k.Good() {
			n++
		}
	}
	return n
}

// told says a check in words.
func told(c *web.Context, k steward.Check) checkRow {
	key := "admin.health." + k.Name + "." + k.State
	args := []any{"Count", k.Count, "Size", backups.Size(k.Bytes), "Text", k.Text, "Moment", moment(c, k.At), "Age", "–"}
	if !k.At.IsZero() {
		args[9] = age(c, k.At)
	}
	row := checkRow{Check: k, Title: c.T("admin.health." + k.Name + ".title"), Text: c.T(key, args...)}
	for _, l := range k.Also {
		row.Also = append(row.Also, c.T(l.Key, "Moment", moment(c, l.At), "Text", l.Text, "Said", l.Text, "Name", l.Name.In(c.Lang)))
	}
	if k.Do != "" {
		row.Do = c.T(k.Do)
	} else if c.Site.Words.Has(key + "_do") {
		row.Do = c.T(key + "_do")
	}
	return row
}

// moment says when something was, as far as that is known.
func moment(c *web.Context, t store.Time) string {
	if t.IsZero() {
		return "–"
	}
	return i18n.DateTime(c.Lang, t.Time)
}
