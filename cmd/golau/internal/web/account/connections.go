package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

type connectionsPage struct {
	web.Frame
	web.FormErrors
	Email       string
	Connections []people.Connection
	Connecting  *people.Connecting // what the browser brought back and may connect
	Ways        []people.WayIn
	Proof       people.Proof // what is asked for before anything changes
	Done        string
}

func (r *Room) newConnectionsPage(c *web.Context, v people.Viewer) (*connectionsPage, error) {
	ctx := c.Request().Context()
	p := &connectionsPage{Email: v.Email}
	p.Title, p.Current, p.Alternate = c.T("sso.connections_title"), "account", "/account/connections"
	f, err := r.People.FactorsOf(r.People.Reading(ctx), v.Person)
	if err != nil {
		return nil, err
	}
	p.Proof = f.Proof()
	if p.Connections, err = r.People.Connections(ctx, v); err != nil {
		return nil, err
	}
	if p.Ways, err = r.People.WaysIn(ctx, v.Email); err != nil {
		return nil, err
	}
	if connecting, err := r.People.MayConnect(ctx, c.Trip()); err == nil {
		p.Connecting = &connecting
	}
	return p, nil
}

// connections shows by which sign-ins elsewhere a person comes in here.
func (r *Room) connections(c *web.Context, v people.Viewer) error {
	p, err := r.newConnectionsPage(c, v)
	if err != nil {
		return err
	}
	switch c.Done() {
	case "connected", "removed":
		p.Done = "sso.done_" + c.Done()
	}
	return c.Show(http.StatusOK, "account/connections", p)
}

// connectionsAgain shows the page with what is wrong in one of its forms.
func (r *Room) connectionsAgain(c *web.Context, v people.Viewer, form string, e *problem.Error) error {
	p, err := r.newConnectionsPage(c, v)
	if err != nil {
		return err
	}
	if key, ok := e.Fields["proof"]; ok { // both forms have this field
		e = problem.InvalidField(form+"-proof", key)
	}
	p.FormErrors = c.FormErrors(e, form+"-proof")
	if e.RetryAfter > 0 {
		c.RetryAfter(e.RetryAfter)
	}
	return c.Show(web.Status(e), "account/connections", p)
}

// connect adds the sign-in that the browser came back from.
func (r *Room) connect(c *web.Context, v people.Viewer) error {
	err := r.People.Connect(c.Request().Context(), v, c.Trip(), c.Field("connect-proof"))
	if e, ok := problem.As(err); ok && (e.Kind == problem.Invalid || e.Kind == problem.TooMany) {
		return r.connectionsAgain(c, v, "connect", e)
	}
	if err != nil {
		return r.ssoFailed(c, err)
	}
	c.SetTrip("")
	return c.Go("/account/connections?done=connected")
}

// disconnect takes a connection away.
func (r *Room) disconnect(c *web.Context, v people.Viewer) error {
	err := r.People.Disconnect(c.Request().Context(), v, c.Field("connection"), c.Field("remove-proof"))
	if e, ok := problem.As(err); ok && (e.Kind == problem.Invalid || e.Kind == problem.TooMany || e.Kind == problem.Conflict) {
		return r.connectionsAgain(c, v, "remove", e)
	}
	if err != nil && problem.KindOf(err) != problem.NotFound { // gone already is gone
		return err
	}
	return c.Go("/account/connections?done=removed")
}
