package account

import (
	"cmp"
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) joinRoutes() []web.Route {
	return []web.Route{
		web.Get("/join", web.Public, r.askPage(joinDoor)),
		web.Post("/join", web.Public, r.askFor(joinDoor)),
		web.Post("/join/code", web.Public, r.proveByCode(joinDoor, "/join/details")),
		web.Get("/join/link/:token", web.Public, r.linkPage(joinDoor)),
		web.Post("/join/link/:token", web.Public, r.proveByLink(joinDoor, "/join/details")),
		web.Get("/join/details", web.Public, r.joinPage),
		web.Post("/join/details", web.Public, r.join),
	}
}

// nationOf is the nation that the form of somebody who joins says: Wales is
// chosen until they choose another.
func nationOf(c *web.Context) people.Nation {
	return people.Nation(cmp.Or(c.Field("nation"), string(people.Wales)))
}

type joinPage struct {
	web.Frame
	web.FormErrors
	people.Joiner
	Form     people.NewJoiner
	JobRoles []people.JobRole
}

func (r *Room) newJoinPage(c *web.Context) (*joinPage, error) {
	j, err := r.People.MayJoin(c.Request().Context(), c.Code())
	p := &joinPage{Joiner: j, JobRoles: people.JobRoles}
	p.Form = people.NewJoiner{Name: c.Field("name"), Password: c.Field("password"), Place: c.Field("place"),
		JobRole: people.JobRole(c.Field("job_role")), Nation: nationOf(c), Language: c.Lang}
	p.Title, p.Current, p.FormID, p.FormTo = c.T("code.join_tab"), "sign-in", "join", "/join/details"
	return p, err
}

// joinPage asks whoever proved an address for what the agency has not said.
func (r *Room) joinPage(c *web.Context, _ people.Viewer) error {
	p, err := r.newJoinPage(c)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "account/join", p)
}

// join makes the person and signs them in.
func (r *Room) join(c *web.Context, _ people.Viewer) error {
	p, err := r.newJoinPage(c)
	if err != nil {
		return err
	}
	if c.Switching() {
		return c.Show(http.StatusOK, "account/join", p)
	}
	token, err := r.People.Join(c.Request().Context(), c.Code(), p.Form)
	if err == nil {
		c.SetCode("")
		return r.arrive(c, token, "", "")
	}
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid && e.Kind != problem.Unavailable {
		return err
	}
	p.FormErrors = c.FormErrors(e, "name", "place", "job_role", "nation", "password")
	return c.Show(web.Status(e), "account/join", p)
}
