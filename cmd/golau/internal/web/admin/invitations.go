package admin

import (
	"net/http"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// invitationRoutes lists the pages of invitations twice: an administrator's,
// for everybody, and a lead's, for their own agencies. Whose invitations a page
// shows is decided by who looks, not by the address.
func (r *Room) invitationRoutes() []web.Route {
	var routes []web.Route
	for at, a := range map[string]web.Audience{"/admin/invitations": web.Admin, "/lead/invitations": web.Lead} {
		i := invitations{r, at}
		routes = append(routes,
			web.Get(at, a, i.list),
			web.Get(at+"/new", a, i.one),
			web.Post(at+"/new", a, i.sendOne),
			web.Get(at+"/many", a, i.many),
			web.Post(at+"/many", a, i.sendMany).Large(web.LargeBody),
			web.Post(at+"/:id/resend", a, i.again(r.People.ResendInvitation, "resent")),
			web.Post(at+"/:id/withdraw", a, i.withdraw),
		)
	}
	return routes
}

// invitations are the pages below one address.
type invitations struct {
	*Room
	at string
}

// InvitationBase is what the pages of invitations share.
type InvitationBase struct {
	Base
	Here   string // the address of the list
	Lead   bool   // in the lead's room
	Folder string // where letters lie when no mail server is set
}

func (i invitations) base(c *web.Context, title string) InvitationBase {
	b := InvitationBase{Base: base(c, "invitations", title), Here: i.at, Lead: i.lead(), Folder: i.Folder}
	if b.Lead {
		b.Current = "lead"
	}
	return b
}

type invitationsPage struct {
	InvitationBase
	Invitations []people.Invitation
	Done        string // message key of what was just done
	Sent        int
	Page        int
	At          string // agency and board that was asked for
	Words       web.Input
	State       web.Input
	Over        bool   // there are some, and all of them were withdrawn
	Narrowed    string // message key of what was asked for
	Asked       string // query of the same, to which a page is added
	Before      string // query of the page before
	After       string
}

// list shows the invitations there are and what became of them.
func (i invitations) list(c *web.Context, v people.Viewer) error {
	p := &invitationsPage{InvitationBase: i.base(c, c.T("invitations.title"))}
	p.Page, _ = strconv.Atoi(c.QueryParam("page"))
	p.Page = min(max(p.Page, 0), 10_000)
	var more bool
	f, err := i.narrowed(c, v, p)
	if err != nil {
		return err
	}
	p.Invitations, more, err = people.InvitationsWanted(i.DB.Read(c.Request().Context()), v, f, p.Page)
	if err != nil {
		return err
	}
	if err := i.over(c, v, f, p); err != nil {
		return err
	}
	if p.Page > 0 {
		p.Before = p.Asked + "page=" + strconv.Itoa(p.Page-1)
	}
	if more {
		p.After = p.Asked + "page=" + strconv.Itoa(p.Page+1)
	}
	p.done(c)
	return c.Show(http.StatusOK, "admin/invitations", p)
}

// done says what was just done.
func (p *invitationsPage) done(c *web.Context) {
	switch c.Done() {
	case "sent", "resent", "withdrawn":
		p.Done = "invitations.done_" + c.Done()
		p.Sent, _ = strconv.Atoi(c.QueryParam("n"))
		p.Sent = min(max(p.Sent, 1), people.MaxInvitations)
	}
}

type invitationPage struct {
	InvitationBase
	web.FormErrors
	Form      people.NewInvitation
	Proof     people.Proof // what is asked for a role with power; nothing of a lead, who offers none
	Place     string       // key
	Places    []people.Place
	Roles     []people.Role
	JobRoles  []people.JobRole
	Languages []i18n.Lang
	Standing  []web.Input // where they will stand, as a lead says it
}

func (i invitations) newPage(c *web.Context, v people.Viewer) (*invitationPage, error) {
	p := &invitationPage{InvitationBase: i.base(c, c.T("invitations.one_title")), JobRoles: people.JobRoles, Languages: i18n.Langs,
		Roles: []people.Role{people.Learner}}
	if v.Is(people.Admin) {
		p.Roles = people.Roles
	}
	p.FormID, p.FormTo = "invite", i.at+"/new"
	var err error
	if p.Proof, err = i.proof(c, v); err != nil {
		return nil, err
	}
	if p.Standing, err = i.standing(c, v, stand(c)); err != nil {
		return nil, err
	}
	p.Places, err = people.InvitePlaces(i.DB.Read(c.Request().Context()), v)
	p.Place = c.Field("place")
	p.Form = people.NewInvitation{Email: c.Field("email"), Name: c.Field("name"), Role: people.Role(c.Field("role")),
		JobRole: people.JobRole(c.Field("job_role")), Language: i18n.Lang(c.Field("language")), Stand: stand(c)}
	for _, place := range p.Places {
		if place.Key() == p.Place || len(p.Places) == 1 {
			p.Form.Organisation, p.Form.Board, p.Place = place.Organisation.Key, place.Board.Key, place.Key()
		}
	}
	return p, err
}

// proof says what is asked of the viewer for a role with power: of a lead, who
// can offer none, nothing.
func (i invitations) proof(c *web.Context, v people.Viewer) (people.Proof, error) {
	if !v.Is(people.Admin) {
		return people.NoProof, nil
	}
	return i.People.ProofOf(i.DB.Read(c.Request().Context()), v.Person)
}

func (i invitations) one(c *web.Context, v people.Viewer) error {
	p, err := i.newPage(c, v)
	if err != nil {
		return err
	}
	p.Form.Language = c.Lang
	return c.Show(http.StatusOK, "admin/invitations-one", p)
}

// sendOne invites one person.
func (i invitations) sendOne(c *web.Context, v people.Viewer) error {
	p, err := i.newPage(c, v)
	if err != nil {
		return err
	}
	if c.Switching() {
		return c.Show(http.StatusOK, "admin/invitations-one", p)
	}
	_, err = i.People.Invite(c.Request().Context(), v, []people.NewInvitation{p.Form}, c.Field("proof"))
	if err == nil {
		return c.Go(i.at + "?done=sent&n=1")
	}
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid && e.Kind != problem.TooMany {
		return err
	}
	if e.RetryAfter > 0 {
		c.RetryAfter(e.RetryAfter)
	}
	for _, field := range []string{"organisation", "board"} { // one question here
		if key, wrong := e.Fields[field]; wrong {
			delete(e.Fields, field)
			e.Fields["place"] = key
		}
	}
	p.wrong(c, e)
	return c.Show(web.Status(e), "admin/invitations-one", p)
}

// wrong shows what must be put right.
func (p *invitationPage) wrong(c *web.Context, e *problem.Error) {
	p.FormErrors = c.FormErrors(e, "email", "name", "place", "role", "job_role", "team", "group", "works_since", "language", "proof")
	for n := range p.Standing {
		p.Standing[n].Error = p.At(p.Standing[n].Name)
	}
	p.Call(func(field string) string { return invitationLabels(c)[field] })
	callProof(c, p.FormErrors, p.Proof)
}

// invitationLabels are what the fields of an invitation are called.
func invitationLabels(c *web.Context) map[string]string {
	return map[string]string{"email": c.T("invitations.column.email"), "name": c.T("invitations.column.name"), "place": c.T("invitations.column.organisation"),
		"role": c.T("invitations.column.role"), "job_role": c.T("invitations.column.job_role"), "language": c.T("invitations.column.language"),
		"team": c.T("lead.team"), "group": c.T("lead.group"), "works_since": c.T("lead.works_since"),
		"list": c.T("invitations.list")}
}

// again does something to one invitation and goes back to the list.
func (i invitations) again(do doing, done string) web.Handler {
	return func(c *web.Context, v people.Viewer) error {
		if err := do(c.Request().Context(), v, c.Param("id")); err != nil {
			return err
		}
		return c.Go(i.at + "?done=" + done)
	}
}
