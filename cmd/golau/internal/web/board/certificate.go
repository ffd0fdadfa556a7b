package board

import (
	"net/http"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

type certificatePage struct {
	web.Frame
	Board people.Board
	certificateLine
	AtKey string
}

// entry is one entry of a register of the viewer's, and the board's scope.
func (r *Room) entry(c *web.Context, v people.Viewer) (certificates.Entry, people.BoardScope, error) {
	for _, b := range answered(v) {
		scope, err := v.BoardScope(b.Key)
		if err != nil {
			return certificates.Entry{}, scope, err
		}
		e, err := certificates.ReceivedOne(r.DB.Read(c.Request().Context()), scope, c.Param("certificate"))
		if err == nil || problem.KindOf(err) != problem.NotFound {
			return e, scope, err
		}
	}
	return certificates.Entry{}, people.BoardScope{}, problem.New(problem.NotFound, "certificates.not_found")
}

// certificate shows one entry of the register.
func (r *Room) certificate(c *web.Context, v people.Viewer) error {
	e, scope, err := r.entry(c, v)
	if err != nil {
		return err
	}
	rx := r.DB.Read(c.Request().Context())
	p := &certificatePage{certificateLine: certificateLine{Entry: e, Status: e.StatusAt(rx.Now())}}
	if p.Board, err = people.BoardByID(rx, scope.Board()); err != nil {
		return err
	}
	agencies, err := people.AgenciesUnder(rx, scope, c.Lang)
	if err != nil {
		return err
	}
	for _, a := range agencies {
		if a.ID == e.Organisation {
			p.Agency = a.Name
		}
	}
	if len(answered(v)) > 1 {
		p.AtKey = p.Board.Key
	}
	p.Title, p.Current = c.T("board.certificates.one"), "board"
	return c.Show(http.StatusOK, "board/certificate", p)
}

// certificatePDF sends one as its holder has it, and has it noted.
func (r *Room) certificatePDF(c *web.Context, v people.Viewer) error {
	e, scope, err := r.entry(c, v)
	if err != nil {
		return err
	}
	body, err := e.Draw(c.Site.Words, r.Verify)
	if err != nil {
		return err
	}
	if err := r.People.NoteReport(c.Request().Context(), v, scope, people.TakenCertificate); err != nil {
		return err
	}
	return c.Send("application/pdf", "golau-"+certificates.Number(e.ID)+".pdf", body)
}
