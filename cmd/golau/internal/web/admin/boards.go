package admin

import (
	"cmp"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
)

func (r *Room) boardRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/boards", web.Admin, r.boards),
		web.Post("/admin/boards", web.Admin, r.addBoard),
		web.Post("/admin/reference-boards", web.Admin, r.chooseBoards),
		web.Get("/admin/boards/:board", web.Admin, r.board),
		web.Post("/admin/boards/:board", web.Admin, r.changeBoard),
	}
}

type boardsPage struct {
	Form
	Boards  []people.Board
	Offered []people.OfferedBoard
	Chosen  map[string]bool
	F       people.BoardForm
	Kinds   []Option
}

// Left are the boards of the reference that are not here yet.
func (p *boardsPage) Left() []people.OfferedBoard {
	var left []people.OfferedBoard
	for _, b := range p.Offered {
		if !b.There {
			left = append(left, b)
		}
	}
	return left
}

// newBoardsPage reads what the page shows beside the form.
func (r *Room) newBoardsPage(c *web.Context, f people.BoardForm) (*boardsPage, error) {
	p := &boardsPage{Form: form(c, "boards", c.T("admin.boards.title")), F: f, Chosen: map[string]bool{}}
	rx := r.DB.Read(c.Request().Context())
	var err error
	if p.Boards, err = people.Boards(rx); err != nil {
		return nil, err
	}
	if p.Offered, err = people.OfferedBoards(rx); err != nil {
		return nil, err
	}
	for _, key := range c.Form()["boards"] {
		p.Chosen[key] = true
	}
	p.Kinds, err = boardKinds(c, cmp.Or(f.Kind, "regional-safeguarding-board"))
	return p, err
}

// boardKinds are the kinds that a board can be of, and its own.
func boardKinds(c *web.Context, chosen string) ([]Option, error) {
	ref, err := people.LoadReference()
	if err != nil {
		return nil, err
	}
	options := kindOptions(c, ref.Kinds.Boards, chosen)
	return append(options, Option{people.KindOwn, c.T("admin.boards.kind_own"), chosen == people.KindOwn}), nil
}

// kindOptions offers kinds; one that the body has and no list knows stays.
func kindOptions(c *web.Context, kinds []people.Kind, chosen string) []Option {
	var options []Option
	if chosen == "" { // what somebody in a hurry passes over is asked for, and not saved
		options = append(options, Option{"", c.T("admin.people.choose"), true})
	}
	known := chosen == "" || chosen == people.KindOwn
	for _, k := range kinds {
		options = append(options, Option{k.Key, k.Name().In(c.Lang), k.Key == chosen})
		known = known || k.Key == chosen
	}
	if !known {
		options = append(options, Option{chosen, chosen, true})
	}
	return options
}

func boardForm(c *web.Context) people.BoardForm {
	return people.BoardForm{Name: i18n.Text{EN: c.Field("name_en"), CY: c.Field("name_cy")}, Kind: c.Field("kind"),
		OwnKind: i18n.Text{EN: c.Field("kind_en"), CY: c.Field("kind_cy")}}
}

// showBoards shows the boards, and the form that was sent with what is wrong.
func (r *Room) showBoards(c *web.Context, f people.BoardForm, sent, to string, err error) error {
	p, fail := r.newBoardsPage(c, f)
	if fail != nil {
		return fail
	}
	if err := p.take(c, err, "board", "boards", "name_en", "name_cy", "kind", "kind_en", "kind_cy"); err != nil {
		return err
	}
	p.sent(sent, to)
	return r.showForm(c, "admin/boards", &p.Form, p)
}

// boards lists the boards, and offers more.
func (r *Room) boards(c *web.Context, _ people.Viewer) error {
	return r.showBoards(c, people.BoardForm{}, "own", "/admin/boards", nil)
}

// addBoard adds a board of one's own.
func (r *Room) addBoard(c *web.Context, v people.Viewer) error {
	f := boardForm(c)
	if c.Switching() {
		return r.showBoards(c, f, "own", "/admin/boards", nil)
	}
	if _, err := r.People.AddOwnBoard(c.Request().Context(), v, f); err != nil {
		return r.showBoards(c, f, "own", "/admin/boards", err)
	}
	return r.done(c, "/admin/boards?done=board_added")
}

// chooseBoards adds boards of the reference.
func (r *Room) chooseBoards(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showBoards(c, people.BoardForm{}, "choose", "/admin/reference-boards", nil)
	}
	if err := r.People.ChooseBoards(c.Request().Context(), v, c.Form()["boards"]); err != nil {
		return r.showBoards(c, people.BoardForm{}, "choose", "/admin/reference-boards", err)
	}
	return r.done(c, "/admin/boards?done=boards_added")
}

type boardPage struct {
	Form
	Board        people.Board
	F            people.BoardForm
	Kinds        []Option
	Countersigns bool // what leads exempt their people from
}

func (r *Room) showBoard(c *web.Context, b people.Board, f people.BoardForm, err error) error {
	p := &boardPage{Form: form(c, "boards", c.T("admin.boards.edit_title")), Board: b, F: f}
	if err := p.take(c, err, "board", "name_en", "name_cy", "kind", "kind_en", "kind_cy"); err != nil {
		return err
	}
	var fail error
	if p.Kinds, fail = boardKinds(c, f.Kind); fail != nil {
		return fail
	}
	if p.Countersigns, fail = people.Countersigns(r.DB.Read(c.Request().Context()), b.ID); fail != nil {
		return fail
	}
	p.sent("board", "/admin/boards/"+b.Key)
	return r.showForm(c, "admin/board", &p.Form, p)
}

// board shows one board, to be changed.
func (r *Room) board(c *web.Context, _ people.Viewer) error {
	b, err := people.BoardByKey(r.DB.Read(c.Request().Context()), c.Param("board"))
	if err != nil {
		return err
	}
	return r.showBoard(c, b, people.BoardForm{Name: b.Name, Kind: b.Kind, OwnKind: b.OwnKind}, nil)
}

// changeBoard changes a board's name and kind.
func (r *Room) changeBoard(c *web.Context, v people.Viewer) error {
	ctx, f := c.Request().Context(), boardForm(c)
	b, err := people.BoardByKey(r.DB.Read(ctx), c.Param("board"))
	if err != nil {
		return err
	}
	if c.Switching() {
		return r.showBoard(c, b, f, nil)
	}
	if err := r.People.ChangeBoard(ctx, v, b.Key, f); err != nil {
		return r.showBoard(c, b, f, err)
	}
	return c.Go("/admin/boards?done=board_changed")
}
