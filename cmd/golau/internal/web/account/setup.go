package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

type setupPage struct {
	web.Frame
	web.FormErrors
	Token    string
	Form     people.NewAdministrator
	JobRoles []people.JobRole
	Councils []people.Body
	Kinds    []people.Kind // of the organisation
	Boards   []people.Body // to choose one's own from
}

// setupLabels are the keys by which the fields of the page are called.
var setupLabels = map[string]string{"name": "account.name", "email": "sign_in.email", "password": "sign_in.password", "job_role": "setup.job",
	"organisation_en": "setup.organisation_en", "organisation_cy": "setup.organisation_cy", "kind": "setup.kind", "council": "setup.council",
	"board": "setup.board", "board_en": "setup.board_en", "board_cy": "setup.board_cy"}

func newSetupPage(c *web.Context) (*setupPage, error) {
	wales, err := people.LoadReference()
	if err != nil {
		return nil, err
	}
	p := &setupPage{Token: c.Param("token"), JobRoles: people.JobRoles, Kinds: wales.Kinds.Agencies, Councils: wales.Councils, Boards: wales.Safeguarding}
	p.Title, p.FormID, p.FormTo = c.T("setup.title"), "setup", "/setup/"+p.Token
	return p, nil
}

// setupPage greets whoever installs the program, once.
func (r *Room) setupPage(c *web.Context, _ people.Viewer) error {
	if err := r.People.SetupOpen(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	p, err := newSetupPage(c)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "account/setup", p)
}

// setup makes the first administrator and signs them in.
func (r *Room) setup(c *web.Context, _ people.Viewer) error {
	ctx := c.Request().Context()
	if err := r.People.SetupOpen(ctx, c.Param("token")); err != nil {
		return err
	}
	p, err := newSetupPage(c)
	if err != nil {
		return err
	}
	p.Form = people.NewAdministrator{
		Name: c.Field("name"), Email: c.Field("email"), Password: c.Field("password"), Language: c.Lang,
		JobRole: people.JobRole(c.Field("job_role")), CouncilKey: c.Field("council"),
		Organisation: i18n.Text{EN: c.Field("organisation_en"), CY: c.Field("organisation_cy")}, OrganisationKind: c.Field("kind"),
		BoardKey: c.Field("board"),
		Board:    i18n.Text{EN: c.Field("board_en"), CY: c.Field("board_cy")},
	}
	if c.Switching() {
		return c.Show(http.StatusOK, "account/setup", p)
	}
	session, err := r.People.FirstAdministrator(ctx, p.Token, p.Form)
	if err == nil {
		return r.arrive(c, session, c.Local("/admin/setup/boards"), "") // the second step of five
	}
	return p.again(c, err)
}

// again shows the form with what is wrong in it; what no form can show is returned.
func (p *setupPage) again(c *web.Context, err error) error {
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid && e.Kind != problem.Conflict {
		return err
	}
	p.FormErrors = c.FormErrors(e, "name", "email", "password", "job_role", "organisation_en", "organisation_cy", "kind", "council", "board", "board_en", "board_cy")
	p.Call(func(field string) string { return c.T(setupLabels[field]) })
	return c.Show(web.Status(e), "account/setup", p)
}
