package admin

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) joiningRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/joining", web.Admin, r.joining),
		web.Post("/admin/joining/:id", web.Admin, r.answerJoining),
	}
}

type joiningPage struct {
	Base
	web.Joining
}

// joining shows who waits where there is no lead to answer.
func (r *Room) joining(c *web.Context, v people.Viewer) error {
	ws, err := people.WaitingFor(r.DB.Read(c.Request().Context()), v)
	if err != nil {
		return err
	}
	p := &joiningPage{Base: base(c, "joining", c.T("joining.title")), Joining: c.Joining(ws, "/admin/joining")}
	return c.Show(http.StatusOK, "admin/joining", p)
}

func (r *Room) answerJoining(c *web.Context, v people.Viewer) error {
	return c.AnswerJoining(r.People, v, "/admin/joining")
}
