package admin

import (
	"net/http"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
)

// exemptionRoutes are where a board says whether it countersigns what leads exempt
// their people from, and does.
func (r *Room) exemptionRoutes() []web.Route {
	return []web.Route{
		web.Get("/board/exemptions", web.Officer, r.exemptions),
		web.Post("/board/exemptions/:board", web.Officer, r.setPolicy),
		web.Get("/board/exemptions/:board/:exemption", web.Officer, r.exemption),
		web.Post("/board/exemptions/:board/:exemption", web.Officer, r.answerExemption),
		web.Post("/admin/boards/:board/policy", web.Admin, r.setPolicyOfAny),
	}
}

type exemptionsPage struct {
	web.Frame
	Done   string
	Boards []exemptingBoard
}

// exemptingBoard is a board of the officer, and what waits for it.
type exemptingBoard struct {
	people.Board
	Countersigns bool
	Waiting      []toldExemption
}

// toldExemption is an exemption in words.
type toldExemption struct {
	course.Exemption
	What          string
	AgencyName    i18n.Text
	Giver, Review i18n.Text // empty where they are no longer here
}

// tellExemptions says exemptions in words.
func (r *Room) tellExemptions(c *web.Context, all ...course.Exemption) (told []toldExemption, err error) {
	rx := r.DB.Read(c.Request().Context())
	var ids, places []string
	for _, e := range all {
		ids, places = append(ids, e.By, e.Reviewer), append(places, e.Agency)
	}
	names, err := people.Called(rx, "person", ids)
	if err != nil {
		return nil, err
	}
	agencies, err := people.Called(rx, "organisation", places)
	for _, e := range all {
		what := c.T("lead.exemption.whole")
		if e.Rule != "" {
			if what = r.School.Titles(e.Parts, c.Lang); what == "" {
				what = c.T("lead.rule.what_whole")
			}
		}
		told = append(told, toldExemption{e, what, agencies[e.Agency], names[e.By], names[e.Reviewer]})
	}
	return told, err
}

// exemptions lists what waits for the officer's boards.
func (r *Room) exemptions(c *web.Context, v people.Viewer) error {
	p := &exemptionsPage{}
	p.Title, p.Current = c.T("board.exemptions.title"), "board"
	if key := "board.exemptions.done." + c.Done(); c.Site.Words.Has(key) {
		p.Done = key
	}
	for _, m := range v.Memberships {
		if m.Role != people.Officer || slices.ContainsFunc(p.Boards, func(b exemptingBoard) bool { return b.ID == m.Board.ID }) {
			continue
		}
		b, err := r.waitingFor(c, v, m.Board)
		if err != nil {
			return err
		}
		p.Boards = append(p.Boards, b)
	}
	return c.Show(http.StatusOK, "admin/exemptions", p)
}

// waitingFor gathers what waits for a board of the officer.
func (r *Room) waitingFor(c *web.Context, v people.Viewer, board people.Board) (b exemptingBoard, err error) {
	b.Board = board
	scope, err := v.BoardScope(board.Key)
	if err != nil {
		return b, err
	}
	ctx := c.Request().Context()
	if b.Countersigns, err = people.Countersigns(r.DB.Read(ctx), board.ID); err != nil {
		return b, err
	}
	waiting, err := r.School.ExemptionsWaiting(ctx, scope)
	if err == nil {
		b.Waiting, err = r.tellExemptions(c, waiting...)
	}
	return b, err
}

// setPolicy says whether a board of the officer countersigns.
func (r *Room) setPolicy(c *web.Context, v people.Viewer) error {
	if _, err := v.BoardScope(c.Param("board")); err != nil {
		return err
	}
	if err := r.People.SetCountersigns(c.Request().Context(), v, c.Param("board"), c.Field("countersigns") == "1"); err != nil {
		return err
	}
	return c.Go("/board/exemptions?done=policy")
}

// setPolicyOfAny is setPolicy, by an administrator.
func (r *Room) setPolicyOfAny(c *web.Context, v people.Viewer) error {
	if err := r.People.SetCountersigns(c.Request().Context(), v, c.Param("board"), c.Field("countersigns") == "1"); err != nil {
		return err
	}
	return c.Go("/admin/boards/" + c.Param("board") + "?done=board_policy")
}

type exemptionPage struct {
	web.Frame
	web.FormErrors
	Board  people.Board
	E      toldExemption
	Reason web.Input
}

// exemption shows one that waits, to be answered.
func (r *Room) exemption(c *web.Context, v people.Viewer) error { return r.showExemption(c, v, nil) }

func (r *Room) showExemption(c *web.Context, v people.Viewer, wrong error) error {
	ctx := c.Request().Context()
	scope, err := v.BoardScope(c.Param("board"))
	if err != nil {
		return err
	}
	e, err := r.School.ExemptionWaiting(ctx, scope, c.Param("exemption"))
	if err != nil && wrong != nil { // somebody has answered it meanwhile, which is what is wrong
		return wrong
	}
	if err != nil {
		return err
	}
	p := &exemptionPage{}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "reason"); err != nil {
		return err
	}
	if p.Board, err = people.BoardByID(r.DB.Read(ctx), scope.Board()); err != nil {
		return err
	}
	told, err := r.tellExemptions(c, e)
	if err != nil {
		return err
	}
	p.E = told[0]
	p.Title, p.Current, p.Alternate = c.T("board.exemptions.title"), "board", "/board/exemptions/"+p.Board.Key+"/"+e.ID
	p.FormID, p.FormTo = "answer", p.Alternate
	p.Reason = web.Input{Name: "reason", Label: c.T("board.exemptions.why"), Hint: c.T("board.exemptions.why_hint"), Value: c.Field("reason"), Error: p.At("reason")}
	p.Call(func(string) string { return p.Reason.Label })
	return c.Show(status, "admin/exemption", p)
}

// answerExemption countersigns an exemption or declines it.
func (r *Room) answerExemption(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showExemption(c, v, nil)
	}
	scope, err := v.BoardScope(c.Param("board"))
	if err != nil {
		return err
	}
	agreed := c.Field("answer") == "countersigned"
	if err := r.School.AnswerExemption(c.Request().Context(), v, scope, c.Param("exemption"), agreed, c.Field("reason")); err != nil {
		return r.showExemption(c, v, err)
	}
	return c.Go("/board/exemptions?done=" + map[bool]string{true: "countersigned", false: "declined"}[agreed])
}
