package api

import (
	"net/http"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
)

type team struct {
	ID     string  `json:"id"`
	Parent *string `json:"parent"`
	Name   text    `json:"name"`
	People int     `json:"people"`
}

// teams lists the agency's teams, each before those within it.
func (r *Room) teams(c *web.Context, v people.Viewer) error {
	_, scope, err := v.LedAt("")
	if err != nil {
		return err
	}
	if err := read(c.QueryParams()).err(); err != nil {
		return err
	}
	ts, err := people.TeamsCounted(r.DB.Read(c.Request().Context()), scope, i18n.EN)
	all := make([]team, len(ts))
	for i, t := range ts {
		all[i] = team{t.ID, orNull(t.Parent), textOf(t.Name), t.People}
	}
	if err != nil {
		return err
	}
	return c.JSONAnswer(http.StatusOK, pageOf(all, ""))
}

type agency struct {
	ID   string `json:"id"`
	Name text   `json:"name"`
}

type certificate struct {
	Number string `json:"number"`
	Status string `json:"status"`
}

type completion struct {
	Person      string       `json:"person"`
	Name        string       `json:"name"`
	StaffNumber *string      `json:"staff_number"`
	Agency      agency       `json:"agency"`
	Course      string       `json:"course"`
	Edition     string       `json:"edition"`
	Language    string       `json:"language"`
	CompletedAt time.Time    `json:"completed_at"`
	ValidUntil  *string      `json:"valid_until"`
	Certificate *certificate `json:"certificate"`
}

func completionOf(a course.Achieved) completion {
	d := completion{Person: a.Position, Name: a.Name, StaffNumber: orNull(a.StaffNumber), Agency: agency{a.Agency, textOf(a.AgencyName)},
		Course: a.Course, Edition: a.Edition, Language: string(a.Language), CompletedAt: a.At.UTC(), ValidUntil: day(a.Until)}
	if a.Number != "" {
		d.Certificate = &certificate{a.Number, string(a.Certificate)}
	}
	return d
}

// whose returns about whom a token is answered: a lead's agency, an officer's board.
func whose(v people.Viewer) (course.Whose, error) {
	if v.Is(people.Officer) {
		s, err := v.BoardScope("")
		if err != nil {
			return course.Whose{}, err
		}
		return course.OfBoard(s), nil
	}
	_, s, err := v.LedAt("")
	if err != nil {
		return course.Whose{}, err
	}
	return course.OfAgency(s), nil
}

// completions lists who has finished the course, the oldest first.
func (r *Room) completions(c *web.Context, v people.Viewer) error {
	of, err := whose(v)
	if err != nil {
		return err
	}
	q := read(c.QueryParams(), "course", "since", "limit", "cursor")
	slug := q.one("course", func(s string) bool { _, err := r.School.Course(s); return err == nil })
	since, limit, place := q.since(), q.limit(), q.place()
	if err := q.err(); err != nil {
		return err
	}
	if slug == "" {
		slug = r.the().Slug
	}
	as, next, err := r.School.Achieved(c.Request().Context(), of, slug, since, place, limit)
	if err != nil {
		return err
	}
	all := make([]completion, len(as))
	for i, a := range as {
		all[i] = completionOf(a)
	}
	return c.JSONAnswer(http.StatusOK, pageOf(all, cursor(next)))
}

type module struct {
	ID      string `json:"id"`
	Title   text   `json:"title"`
	Minutes int    `json:"minutes"`
}

type courseOf struct {
	ID      string   `json:"id"`
	Title   text     `json:"title"`
	Edition string   `json:"edition"`
	Minutes int      `json:"minutes"`
	Modules []module `json:"modules"`
}

// course says what is taught.
func (r *Room) course(c *web.Context, _ people.Viewer) error {
	if err := read(c.QueryParams()).err(); err != nil {
		return err
	}
	of := r.the()
	all := courseOf{ID: of.Slug, Title: textOf(of.Title), Edition: of.Edition, Minutes: r.School.Minutes(of)}
	for _, e := range of.Entries {
		m, _ := r.School.Library().Module(e.Slug)
		all.Modules = append(all.Modules, module{m.Slug, textOf(m.Title), m.Minutes.Total})
	}
	return c.JSONAnswer(http.StatusOK, all)
}
