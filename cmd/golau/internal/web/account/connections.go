package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

type connectionsPage struct {
	web.Frame
	Email       string
	Connections []people.Connection
	Connecting  *people.Connecting // what the browser brought back and may connect
	Ways        []people.WayIn
	Done        string
}

// connections shows by which sign-ins elsewhere a person comes in here.
func (r *Room) connections(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	p := &connectionsPage{Email: v.Email}
	p.Title, p.Current = c.T("sso.connections_title"), "account"
	var err error
	if p.Connections, err = r.People.Connections(ctx, v); err != nil {
		return err
	}
	if p.Ways, err = r.People.WaysIn(ctx, v.Email); err != nil {
		return err
	}
	if connecting, err := r.People.MayConnect(ctx, c.Trip()); err == nil {
		p.Connecting = &connecting
	}
	switch c.QueryParam("done") {
	case "connected", "removed":
		p.Done = "sso.done_" + c.QueryParam("done")
	}
	return c.Show(http.StatusOK, "account/connections", p)
}

// connect adds the sign-in that the browser came back from.
func (r *Room) connect(c *web.Context, v people.Viewer) error {
	if err := r.People.Connect(c.Request().Context(), v, c.Trip()); err != nil {
		return r.ssoFailed(c, err)
	}
	c.SetTrip("")
	return c.Go("/account/connections?done=connected")
}

// disconnect takes a connection away.
func (r *Room) disconnect(c *web.Context, v people.Viewer) error {
	err := r.People.Disconnect(c.Request().Context(), v, c.Field("connection"))
	if err != nil && problem.KindOf(err) != problem.NotFound { // gone already is gone
		return err
	}
	return c.Go("/account/connections?done=removed")
}
