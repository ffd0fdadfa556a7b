package admin

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) roleRoutes() []web.Route {
	return []web.Route{web.Get("/admin/roles", web.Admin, r.roles)}
}

// rolesShown is how many lines a page of those who answer has.
const rolesShown = 200

type rolesPage struct {
	Form
	Words                   string
	Boards, Agencies, Roles []Option
	People                  []people.Answering
	All                     int // how many were found
}

// roles lists who leads, who is an officer and who runs the site, as far as it
// was asked for. What names no board, agency or role finds nobody.
func (r *Room) roles(c *web.Context, v people.Viewer) error {
	p := &rolesPage{Form: form(c, "roles", c.T("admin.roles.title")), Words: c.QueryParam("q")}
	p.FormID, p.FormTo, p.FormGet = "filter", "/admin/roles", true
	q := people.AnsweringQuestion{Board: c.QueryParam("board"), Organisation: c.QueryParam("agency"), Role: people.Role(c.QueryParam("role")), Words: p.Words}
	rx := r.DB.Read(c.Request().Context())
	var err error
	if p.People, err = people.WhoAnswers(rx, v, q, c.Lang); err != nil {
		return err
	}
	p.All = len(p.People)
	p.People = p.People[:min(p.All, rolesShown)]
	p.Boards, p.Agencies, err = r.placesToAsk(c, q.Board, q.Organisation)
	if err != nil {
		return err
	}
	p.Roles = []Option{{"", c.T("admin.roles.any_role"), q.Role == ""}}
	for _, role := range people.AnsweringRoles {
		p.Roles = append(p.Roles, Option{string(role), c.T("people.role." + string(role)), role == q.Role})
	}
	return c.Show(http.StatusOK, "admin/roles", p)
}

// placesToAsk offers every board and every agency, and first of all none.
func (r *Room) placesToAsk(c *web.Context, board, agency string) (boards, agencies []Option, err error) {
	rx := r.DB.Read(c.Request().Context())
	bs, err := people.Boards(rx)
	if err != nil {
		return nil, nil, err
	}
	as, err := people.FindAgencies(rx, "", "", c.Lang)
	if err != nil {
		return nil, nil, err
	}
	boards = []Option{{"", c.T("admin.agencies.any_board"), board == ""}}
	for _, b := range bs {
		boards = append(boards, Option{b.Key, b.Name.In(c.Lang), b.Key == board})
	}
	agencies = []Option{{"", c.T("admin.roles.any_agency"), agency == ""}}
	for _, a := range as {
		agencies = append(agencies, Option{a.Key, a.Name.In(c.Lang), a.Key == agency})
	}
	return boards, agencies, nil
}
