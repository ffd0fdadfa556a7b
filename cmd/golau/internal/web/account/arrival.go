package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

type arrivalPage struct {
	web.Frame
	web.FormErrors
	Arrival  people.Arrival
	Form     people.NewArrival
	JobRoles []people.JobRole
}

type knownPage struct {
	web.Frame
	Connecting people.Connecting
	SignIn     string
}

// newArrivalPage returns the form of a first arrival.
func newArrivalPage(c *web.Context, a people.Arrival) *arrivalPage {
	p := &arrivalPage{Arrival: a, JobRoles: people.JobRoles, Form: people.NewArrival{Name: a.Name, Nation: nationOf(c), Language: c.Lang}}
	p.Title, p.Current, p.FormID, p.FormTo = c.T("sso.arrival_title"), "sign-in", "arrival", "/sign-in/arrival"
	return p
}

// arrivalPage asks somebody who is new what the agency does not tell, and
// somebody who has an account to sign in to it once.
func (r *Room) arrivalPage(c *web.Context, _ people.Viewer) error {
	arrival, connecting, err := r.People.Returned(c.Request().Context(), c.Trip())
	switch {
	case err != nil:
		return r.ssoFailed(c, err)
	case arrival != nil:
		return c.Show(http.StatusOK, "account/arrival", newArrivalPage(c, *arrival))
	}
	p := &knownPage{Connecting: *connecting, SignIn: c.Local("/account/connections")}
	p.Title, p.Current = c.T("sso.known_title"), "sign-in"
	return c.Show(http.StatusOK, "account/known", p)
}

// arrival makes the account of somebody who is new.
func (r *Room) arrival(c *web.Context, _ people.Viewer) error {
	ctx, trip := c.Request().Context(), c.Trip()
	a, err := r.People.MayArrive(ctx, trip)
	if err != nil {
		return r.ssoFailed(c, err)
	}
	p := newArrivalPage(c, a)
	p.Form.Name, p.Form.Place, p.Form.JobRole = c.Field("name"), c.Field("place"), people.JobRole(c.Field("job_role"))
	if c.Switching() {
		return c.Show(http.StatusOK, "account/arrival", p)
	}
	session, wish, err := r.People.Arrive(ctx, trip, p.Form)
	if err == nil {
		return r.ssoArrive(c, session, wish)
	}
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid {
		return r.ssoFailed(c, err)
	}
	p.FormErrors = c.FormErrors(e, "name", "job_role", "nation", "place")
	return c.Show(web.Status(e), "account/arrival", p)
}
