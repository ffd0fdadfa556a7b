package admin

import (
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
)

// ownCouncilRoutes are the ways to councils beside their numbers: one is added,
// called by another name, or taken out of the lists. A new one has an address of
// its own, since a council may be called "New".
func (r *Room) ownCouncilRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/new-council", web.Admin, r.newCouncil),
		web.Post("/admin/new-council", web.Admin, r.addCouncil),
		web.Get("/admin/councils/:council/name", web.Admin, r.councilName),
		web.Post("/admin/councils/:council/name", web.Admin, r.renameCouncil),
		web.Get("/admin/councils/:council/retire", web.Admin, r.retiringCouncil),
		web.Post("/admin/councils/:council/retire", web.Admin, r.retireCouncil),
		web.Post("/admin/councils/:council/return", web.Admin, r.returnCouncil),
	}
}

// councilFields are what both forms of a council's name ask.
type councilFields struct {
	councilPage
	B      people.CouncilBody
	Boards []Option
}

var councilOrder = []string{"name_en", "name_cy", "area_en", "area_cy", "board", "day_number", "out_of_hours_number", "website", "checked_on"}

func councilBody(c *web.Context) people.CouncilBody {
	return people.CouncilBody{Name: i18n.Text{EN: c.Field("name_en"), CY: c.Field("name_cy")},
		Area: i18n.Text{EN: c.Field("area_en"), CY: c.Field("area_cy")}, Board: c.Field("board")}
}

// choose fills in the boards that the form offers.
func (p *councilFields) choose(c *web.Context, boards []people.Board) {
	p.Boards = []Option{{"", c.T("admin.councils.no_board"), p.B.Board == ""}}
	for _, b := range boards {
		p.Boards = append(p.Boards, Option{b.Key, b.Name.In(c.Lang), b.Key == p.B.Board})
	}
}

// showNewCouncil shows the form of a new council, with what was sent.
func (r *Room) showNewCouncil(c *web.Context, b people.CouncilBody, f people.CouncilForm, err error) error {
	p := &councilFields{B: b}
	p.Form, p.F = form(c, "councils", c.T("admin.councils.new_title")), f
	if err := p.take(c, err, "council", councilOrder...); err != nil {
		return err
	}
	boards, err := people.Boards(r.DB.Read(c.Request().Context()))
	if err != nil {
		return err
	}
	p.choose(c, boards)
	p.sent("council", "/admin/new-council")
	return r.showForm(c, "admin/council-new", &p.Form, p)
}

// newCouncil asks for a new council.
func (r *Room) newCouncil(c *web.Context, _ people.Viewer) error {
	return r.showNewCouncil(c, people.CouncilBody{}, people.CouncilForm{}, nil)
}

// addCouncil adds a council that no reference knows.
func (r *Room) addCouncil(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	b, f := councilBody(c), councilForm(c, people.Today(r.DB.Read(ctx)))
	if c.Switching() {
		return r.showNewCouncil(c, b, f, nil)
	}
	key, err := r.People.AddOwnCouncil(ctx, v, b, f)
	if err != nil {
		return r.showNewCouncil(c, b, f, err)
	}
	return c.Go("/admin/councils/" + key + "?done=council_added")
}

// showCouncilName shows the form of a council's name, board and area; with b, what
// was sent instead of what is kept.
func (r *Room) showCouncilName(c *web.Context, b *people.CouncilBody, err error) error {
	rx := r.DB.Read(c.Request().Context())
	area, fail := people.CouncilByKey(rx, c.Param("council"))
	if fail != nil {
		return fail
	}
	p := &councilFields{B: people.CouncilBody{Name: area.Name, Area: area.Area}}
	p.Form, p.Area = form(c, "councils", c.T("admin.councils.name_title")), area
	if err := p.take(c, err, "council", councilOrder...); err != nil {
		return err
	}
	boards, fail := people.Boards(rx)
	if fail != nil {
		return fail
	}
	for _, board := range boards {
		if board.ID == area.BoardID {
			p.B.Board = board.Key
		}
	}
	if b != nil {
		p.B = *b
	}
	p.choose(c, boards)
	p.sent("name", "/admin/councils/"+area.Key+"/name")
	return r.showForm(c, "admin/council-name", &p.Form, p)
}

// councilName shows what a council is called, to be corrected.
func (r *Room) councilName(c *web.Context, _ people.Viewer) error {
	return r.showCouncilName(c, nil, nil)
}

// renameCouncil corrects what a council is called.
func (r *Room) renameCouncil(c *web.Context, v people.Viewer) error {
	b := councilBody(c)
	if c.Switching() {
		return r.showCouncilName(c, &b, nil)
	}
	if err := r.People.RenameCouncil(c.Request().Context(), v, c.Param("council"), b); err != nil {
		return r.showCouncilName(c, &b, err)
	}
	return c.Go("/admin/councils/" + c.Param("council") + "?done=council_renamed")
}

// councilRetirePage asks where a council's agencies go when it is retired.
type councilRetirePage struct {
	Form
	Area     people.Council
	Agencies []people.Organisation
	To       []Option
}

// showCouncilRetiring shows who is concerned, and what was chosen with what is wrong.
func (r *Room) showCouncilRetiring(c *web.Context, err error) error {
	rx := r.DB.Read(c.Request().Context())
	area, fail := people.CouncilByKey(rx, c.Param("council"))
	if fail != nil {
		return fail
	}
	p := &councilRetirePage{Form: form(c, "councils", c.T("admin.councils.retire_title")), Area: area}
	if err := p.take(c, err, "council", "to"); err != nil {
		return err
	}
	if p.Agencies, fail = people.AgenciesOf(rx, area.Key); fail != nil {
		return fail
	}
	ours, others, fail := people.CouncilLines(rx, c.Lang)
	if fail != nil {
		return fail
	}
	to := c.Field("to")
	p.To = []Option{{"", c.T("admin.councils.to_choose"), to == ""}, {people.NoCouncil, c.T("admin.agencies.no_council"), to == people.NoCouncil}}
	for _, l := range append(ours, others...) {
		if l.Key != area.Key {
			p.To = append(p.To, Option{l.Key, l.Called(c.Lang), l.Key == to})
		}
	}
	if !area.Retired {
		p.sent("retire", "/admin/councils/"+area.Key+"/retire")
	}
	return r.showForm(c, "admin/council-retire", &p.Form, p)
}

// retiringCouncil asks before a council is retired.
func (r *Room) retiringCouncil(c *web.Context, _ people.Viewer) error {
	return r.showCouncilRetiring(c, nil)
}

// retireCouncil takes a council out of the lists.
func (r *Room) retireCouncil(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showCouncilRetiring(c, nil)
	}
	if err := r.People.RetireCouncil(c.Request().Context(), v, c.Param("council"), strings.TrimSpace(c.Field("to"))); err != nil {
		return r.showCouncilRetiring(c, err)
	}
	return c.Go("/admin/councils?done=council_retired")
}

// returnCouncil brings a retired council back into the lists.
func (r *Room) returnCouncil(c *web.Context, v people.Viewer) error {
	if err := r.People.ReturnCouncil(c.Request().Context(), v, c.Param("council")); err != nil {
		return err
	}
	return c.Go("/admin/councils/" + c.Param("council") + "?done=council_returned")
}
