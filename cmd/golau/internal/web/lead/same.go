package lead

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

func (r *Room) sameRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/same", web.Lead, r.sames),
		web.Post("/lead/same/:id/end", web.Lead, r.endSame),
		web.Get("/lead/people/:position/same", web.Lead, r.choosingSame),
		web.Post("/lead/people/:position/same", web.Lead, r.chooseSame),
		web.Get("/lead/people/:position/same/:other", web.Lead, r.comparing),
		web.Post("/lead/people/:position/same/:other", web.Lead, r.askSame),
	}
}

// toldSame is a proposal or a merger with the names of the two.
type toldSame struct {
	people.Duplicate
	KeptName, DuplicateName i18n.Text
}

type samesPage struct {
	web.Frame
	Done                     string
	Place                    people.Place
	Waiting, Refused, Merged []toldSame
}

// sames lists who were asked whether they are one person, and who are.
func (r *Room) sames(c *web.Context, v people.Viewer) error {
	rx := r.DB.Read(c.Request().Context())
	place, scope, err := v.LedAt(c.QueryParam("at"))
	if err != nil {
		return err
	}
	p := &samesPage{Place: place, Done: done(c)}
	p.Title, p.Current = c.T("lead.same.title"), "lead"
	if err := p.list(rx, scope); err != nil {
		return err
	}
	return c.Show(http.StatusOK, "lead/same", p)
}

// list puts each of them where it belongs.
func (p *samesPage) list(rx store.Rx, scope people.OrganisationScope) error {
	all, err := people.Duplicates(rx, scope)
	if err != nil {
		return err
	}
	var ids []string
	for _, d := range all {
		ids = append(ids, d.Kept, d.Duplicate)
	}
	names, err := people.Called(rx, "position", ids)
	if err != nil {
		return err
	}
	for _, d := range all {
		to := &p.Waiting
		switch {
		case d.How == people.DuplicateRefused:
			to = &p.Refused
		case !d.Merged.IsZero():
			to = &p.Merged
		}
		*to = append(*to, toldSame{d, names[d.Kept], names[d.Duplicate]})
	}
	return nil
}

// endSame withdraws a proposal, or undoes a merger, in what the viewer leads.
func (r *Room) endSame(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	for _, place := range v.Led() {
		_, scope, err := v.LedAt(place.Key())
		if err != nil {
			return err
		}
		undone, err := r.People.EndDuplicate(ctx, v, scope, c.Param("id"))
		switch {
		case err == nil:
			if err := r.School.SettleSoon(ctx); err != nil {
				return err
			}
			what := map[bool]string{true: "same_undone", false: "same_withdrawn"}[undone]
			return c.Go("/lead/same?done=" + what + "&at=" + place.Key())
		case problem.KindOf(err) != problem.NotFound:
			return err
		}
	}
	return problem.New(problem.NotFound, "people.not_found")
}

type choosePage struct {
	web.Frame
	web.FormErrors
	Place    people.Place
	AtKey    string
	P        people.Position
	Possible []people.Position
	Invited  []people.Invitation
	Email    web.Input
}

// choosingSame shows who may be the same person as somebody.
func (r *Room) choosingSame(c *web.Context, v people.Viewer) error { return r.showChoose(c, v, nil) }

func (r *Room) showChoose(c *web.Context, v people.Viewer, wrong error) error {
	rx := r.DB.Read(c.Request().Context())
	pos, place, scope, err := v.LedPosition(rx, c.Param("position"))
	if err != nil {
		return err
	}
	p := &choosePage{P: pos, Place: place}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "email"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("lead.same.choose"), "lead", "/lead/people/"+pos.ID+"/same"
	p.FormID, p.FormTo = "choose", p.Alternate
	p.AtKey, _ = places(c, v, place)
	if p.Possible, err = people.PossiblySame(rx, scope, pos.ID); err != nil {
		return err
	}
	if p.Invited, err = people.InvitedToo(rx, scope, pos); err != nil {
		return err
	}
	p.Email = web.Input{Name: "email", Label: c.T("lead.same.email"), Hint: c.T("lead.same.email_hint"), Value: c.Field("email"), Kind: "email", Error: p.At("email")}
	p.Call(func(string) string { return p.Email.Label })
	return c.Show(status, "lead/same-choose", p)
}

// chooseSame leads to the page that compares somebody with whoever has an address.
func (r *Room) chooseSame(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showChoose(c, v, nil)
	}
	rx := r.DB.Read(c.Request().Context())
	p, _, scope, err := v.LedPosition(rx, c.Param("position"))
	if err != nil {
		return err
	}
	other, err := people.PositionAt(rx, scope, c.Field("email"))
	if err == nil && other.ID == p.ID {
		err = problem.InvalidField("email", "people.duplicate.one")
	}
	if err != nil {
		return r.showChoose(c, v, err)
	}
	return c.Go("/lead/people/" + p.ID + "/same/" + other.ID)
}

// same says which of a list of people are perhaps there twice, or, of those who have
// left, stand behind another.
func same(rx store.Rx, scope people.OrganisationScope, lines []course.RosterLine) (map[string]bool, error) {
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	if len(lines) > 0 && !lines[0].LeftAt.IsZero() {
		return people.BehindAmong(rx, scope, ids)
	}
	return people.PossiblyAmong(rx, scope, ids)
}

// before is behind whom somebody stands, if the viewer may see them.
func before(rx store.Rx, scope people.OrganisationScope, p people.Position) (people.Position, error) {
	if p.DuplicateOf == "" {
		return people.Position{}, nil
	}
	k, err := people.PositionIn(rx, scope, p.DuplicateOf)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return people.Position{}, nil
	}
	return k, err
}
