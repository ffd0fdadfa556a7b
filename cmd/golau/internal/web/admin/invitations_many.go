package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

// doing is a verb about one thing of the viewer's.
type doing func(ctx context.Context, v people.Viewer, id string) error

type manyPage struct {
	InvitationBase
	web.FormErrors
	List     string
	Bad      []plannedLine // of a list that was checked: what must be put right
	Good     []plannedLine
	Ready    bool
	Proof    people.Proof // what is asked before a list with a role with power is sent
	Places   []people.Place
	Roles    []people.Role
	JobRoles []people.JobRole
	Max      int
	Team     []web.Input // into which everybody of the list goes, as a lead says it
}

// plannedLine is a line of the list as it was understood.
type plannedLine struct {
	Number int
	people.Planned
	Role, Work, Tongue string   // in words; as typed where it is none
	Texts              []string // what is wrong
}

func (i invitations) manyPage(c *web.Context, v people.Viewer) (*manyPage, error) {
	p := &manyPage{InvitationBase: i.base(c, c.T("invitations.many_title")), List: c.Field("list"), JobRoles: people.JobRoles,
		Roles: []people.Role{people.Learner}, Max: people.MaxInvitations}
	if v.Is(people.Admin) {
		p.Roles = people.Roles
	}
	p.FormID, p.FormTo, p.FormGo = "many", i.at+"/many", "check"
	var err error
	if p.Team, err = i.team(c, v, c.Field("team")); err != nil {
		return nil, err
	}
	p.Places, err = people.InvitePlaces(i.DB.Read(c.Request().Context()), v)
	return p, err
}

func (i invitations) many(c *web.Context, v people.Viewer) error {
	p, err := i.manyPage(c, v)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "admin/invitations-many", p)
}

// sendMany checks a list, and sends it when that is asked for and every line
// stands. The list itself always comes back.
func (i invitations) sendMany(c *web.Context, v people.Viewer) error {
	p, err := i.manyPage(c, v)
	if err != nil {
		return err
	}
	if c.Switching() {
		return c.Show(http.StatusOK, "admin/invitations-many", p)
	}
	lines, numbers := readList(c.Site.Words, p.List)
	for n := range lines {
		lines[n].Team = c.Field("team")
	}
	var plan []people.Planned
	if c.Field("go") == "send" {
		plan, err = i.People.Invite(c.Request().Context(), v, lines, c.Field("proof"))
		if err == nil {
			return c.Go(i.at + "?done=sent&n=" + strconv.Itoa(len(lines)))
		}
	} else if plan, err = people.PlanInvitations(i.DB.Read(c.Request().Context()), v, lines); err == nil && !people.Fits(plan) {
		err = problem.InvalidField("list", "people.invite.lines")
	}
	p.show(c, plan, numbers)
	if fail := p.askProof(i, c, v, lines, plan); fail != nil {
		return fail
	}
	return p.answer(c, plan, err)
}

// answer shows the list with what is wrong with it, or that it can be sent.
func (p *manyPage) answer(c *web.Context, plan []people.Planned, err error) error {
	p.Ready = people.Fits(plan)
	if err == nil {
		return c.Show(http.StatusOK, "admin/invitations-many", p)
	}
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid && e.Kind != problem.TooMany {
		return err
	}
	if e.RetryAfter > 0 {
		c.RetryAfter(e.RetryAfter)
	}
	p.FormErrors = c.FormErrors(listProblem(e), "list", "proof")
	p.Call(func(field string) string { return invitationLabels(c)[field] })
	callProof(c, p.FormErrors, p.Proof)
	return c.Show(web.Status(e), "admin/invitations-many", p)
}

// listProblem says of a single line, too, that the list is what must be put
// right: its fields stand in the table.
func listProblem(e *problem.Error) *problem.Error {
	if e.Fields["list"] != "" || e.Fields["proof"] != "" || e.Kind == problem.TooMany {
		return e
	}
	return problem.InvalidField("list", "people.invite.lines")
}

// askProof asks for a proof where a list that can be sent offers a role with
// power.
func (p *manyPage) askProof(i invitations, c *web.Context, v people.Viewer, lines []people.NewInvitation, plan []people.Planned) (err error) {
	if people.Fits(plan) && slices.ContainsFunc(lines, people.NewInvitation.HasPower) {
		p.Proof, err = i.proof(c, v)
	}
	return err
}

// show puts the plan into words: what must be put right by itself, since one bad
// line is not found among five hundred good ones.
func (p *manyPage) show(c *web.Context, plan []people.Planned, numbers []int) {
	for n, line := range plan {
		l := plannedLine{Number: numbers[n], Planned: line,
			Role:   said(c, "people.role."+string(line.Role), string(line.Role)),
			Work:   said(c, "people.job_role."+string(line.JobRole), string(line.JobRole)),
			Tongue: said(c, "invitations.language."+string(line.Language), string(line.Language))}
		for _, field := range []string{"email", "name", "organisation", "board", "role", "job_role", "language", "team"} {
			if key := line.Problems[field]; key != "" {
				l.Texts = append(l.Texts, c.T("invitations.column."+field)+": "+faultOf(c, line, field, key))
			}
		}
		if len(l.Texts) > 0 {
			p.Bad = append(p.Bad, l)
		} else {
			p.Good = append(p.Good, l)
		}
	}
}

// faultOf says what is wrong with a field of a line, and what stands there, so
// that faults are told apart.
func faultOf(c *web.Context, line people.Planned, field, key string) string {
	typed := map[string]string{"email": line.Email, "name": line.Name, "organisation": line.Organisation, "board": line.Board,
		"role": string(line.Role), "job_role": string(line.JobRole), "language": string(line.Language)}[field]
	own := "invitations.fault." + key
	if typed == "" && c.Site.Words.Has("invitations.fault.empty."+field) {
		own = "invitations.fault.empty." + field
	}
	if c.Site.Words.Has(own) {
		return c.T(own, "What", typed)
	}
	return c.T(key, "MaxName", 100)
}
