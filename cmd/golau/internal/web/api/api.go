// Package api is the room of other systems, which come in with a token that
// somebody made for them: people, teams, assignments, completions and the course, as
// JSON.
// openapi.json beside it says all of that, and tests hold the two together.
//
// It knows no answer and no mark, and nobody of another agency: whose people are
// answered about is decided by the membership behind the token, never by the
// address. A browser's session opens nothing here.
package api

import (
	_ "embed"
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Description is the OpenAPI document, by hand.
//
//go:embed openapi.json
var Description []byte

// Room is what the answers need.
type Room struct {
	DB     *store.DB
	People *people.Directory
	School *course.School
}

// Routes lists the ways in.
func (r *Room) Routes() []web.Route {
	return []web.Route{
		web.ForAnySystem(http.MethodGet, "/openapi.json", r.described),
		web.ForSystem(http.MethodGet, "/people", people.ReadPeople, r.people),
		web.ForSystem(http.MethodPost, "/people", people.WritePeople, r.invite),
		web.ForSystem(http.MethodGet, "/people/:id", people.ReadPeople, r.person),
		web.ForSystem(http.MethodPatch, "/people/:id", people.WritePeople, r.change),
		web.ForSystem(http.MethodGet, "/teams", people.ReadPeople, r.teams),
		web.ForSystem(http.MethodGet, "/assignments", people.ReadAssignments, r.assignments),
		web.ForSystem(http.MethodGet, "/completions", people.ReadCompletions, r.completions),
		web.ForSystem(http.MethodGet, "/course", "", r.course),
	}
}

// described is the OpenAPI document.
func (r *Room) described(c *web.Context, _ people.Viewer) error {
	c.Response().Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
	c.Response().WriteHeader(http.StatusOK)
	_, err := c.Response().Write(Description)
	return err
}

// page is a page of a list. Next asks for the one behind it; null on the last.
type page[T any] struct {
	Data []T     `json:"data"`
	Next *string `json:"next"`
}

// pageOf makes a page; an empty one is an empty list, not nothing.
func pageOf[T any](all []T, next string) page[T] {
	if all == nil {
		all = []T{}
	}
	return page[T]{all, orNull(next)}
}

// text is what is said in both languages.
type text struct {
	EN string `json:"en"`
	CY string `json:"cy"`
}

func textOf(t i18n.Text) text { return text{t.EN, t.CY} }

// orNull is null where there is nothing.
func orNull[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	v := string(s)
	return &v
}

// the is the course that is spoken of where none is named.
func (r *Room) the() *course.Course { return r.School.Courses()[0] }
