package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

func (r *Room) sameRoutes() []web.Route {
	return []web.Route{
		web.Get("/account/same", web.SignedIn, r.sames),
		web.Post("/account/same/:id", web.SignedIn, r.answerSame),
	}
}

type samesPage struct {
	web.Frame
	Done  string
	Asked []people.AskedDuplicate
}

// sames shows what a training lead believes of this account and another one.
func (r *Room) sames(c *web.Context, v people.Viewer) (err error) {
	p := &samesPage{}
	p.Title, p.Current = c.T("account.same.title"), "account"
	switch c.Done() {
	case "yes", "no":
		p.Done = "account.same.done_" + c.Done()
	}
	if p.Asked, err = people.DuplicatesOf(r.People.Reading(c.Request().Context()), v); err != nil {
		return err
	}
	return c.Show(http.StatusOK, "account/same", p)
}

// answerSame is what the account says to it.
func (r *Room) answerSame(c *web.Context, v people.Viewer) error {
	said := people.Said(c.Field("answer"))
	if err := r.People.AnswerDuplicate(c.Request().Context(), v, c.Param("id"), said); err != nil {
		return err
	}
	return c.Go("/account/same?done=" + string(said))
}
