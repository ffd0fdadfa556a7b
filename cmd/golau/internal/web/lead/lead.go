// Package lead is the room of training leads, who answer for one agency under
// one board: who says that they work there.
//
// It knows no answer and no score, and nobody of another agency: whose people a
// page shows is decided by the viewer's memberships, never by the address.
package lead

import (
	"embed"
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/store"
)

// Files holds the room's pages.
//
//go:embed pages
var Files embed.FS

// Room is what the leads' pages need.
type Room struct {
	DB     *store.DB
	People *people.Directory
}

// Routes lists the ways in.
func (r *Room) Routes() []web.Route {
	return []web.Route{
		web.Get("/lead", web.Lead, r.front),
		web.Get("/lead/joining", web.Lead, r.joining),
		web.Post("/lead/joining/:id", web.Lead, r.answer),
	}
}

// front leads to what waits for a lead.
func (r *Room) front(c *web.Context, _ people.Viewer) error { return c.Go("/lead/joining") }

type joiningPage struct {
	web.Frame
	web.Joining
}

// joining shows who says that they work here and waits for the lead's word.
func (r *Room) joining(c *web.Context, v people.Viewer) error {
	ws, err := people.WaitingFor(r.DB.Read(c.Request().Context()), v)
	if err != nil {
		return err
	}
	p := &joiningPage{Joining: c.Joining(ws, "/lead/joining")}
	p.Title, p.Current = c.T("joining.title"), "lead"
	return c.Show(http.StatusOK, "lead/joining", p)
}

// answer is the lead's word.
func (r *Room) answer(c *web.Context, v people.Viewer) error {
	return c.AnswerJoining(r.People, v, "/lead/joining")
}
