package lead

import (
	"net/http"
	"slices"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
)

func (r *Room) reminderRoutes() []web.Route {
	return []web.Route{
		web.Get("/lead/reminders", web.Lead, r.reminders),
		web.Get("/lead/nudge", web.Lead, r.planNudge),
		web.Post("/lead/nudge", web.Lead, r.nudgeAll),
		web.Post("/lead/people/:position/nudge", web.Lead, r.nudgeOne),
	}
}

type remindersPage struct {
	web.Frame
	Place  people.Place
	Places []web.Option
	Stand  course.RemindersStand
	Coming course.Coming
	Lines  []comingLine
	States []web.Input
	State  course.LetterState
	AtKey  string
	Log    []course.LetterLine
	Next   string // address of the next page of those who are reminded
	Older  string // and of the log
	Off    string // what the agency switched off, in words
	Whole  bool   // the viewer leads everybody there
}

// comingLine is one of those who are reminded, in words.
type comingLine struct {
	course.ComingLine
	What []ruleWords
}

// reminders shows who will be reminded next, and what was sent.
func (r *Room) reminders(c *web.Context, v people.Viewer) error {
	ctx := c.Request().Context()
	place, scope, err := v.LedAt(c.QueryParam("at"))
	if err != nil {
		return err
	}
	p := &remindersPage{Place: place, State: course.LetterState(c.QueryParam("state"))}
	p.Title, p.Current = c.T("lead.reminders.title"), "lead"
	p.AtKey, p.Places = places(c, v, place)
	p.Whole = scope.IsWhole()
	page := pageOf(c)
	if p.Stand, err = r.School.RemindersStand(ctx); err != nil {
		return err
	}
	if p.Coming, err = r.School.Coming(ctx, scope, page); err != nil {
		return err
	}
	if p.Off, err = r.switchedOff(c, scope); err != nil {
		return err
	}
	if err := p.tell(c, r, scope); err != nil {
		return err
	}
	var older string
	if p.Log, older, err = r.School.Letters(ctx, scope, "", p.State, c.QueryParam("after")); err != nil {
		return err
	}
	p.lead(c, page, older)
	return c.Show(http.StatusOK, "lead/reminders", p)
}

// pageOf is the page that is asked for, the first being 0.
func pageOf(c *web.Context) int {
	page, _ := strconv.Atoi(c.QueryParam("page"))
	return min(max(page, 0), 1<<20)
}

// lead fills in what may be asked for, and where the page leads.
func (p *remindersPage) lead(c *web.Context, page int, older string) {
	if !slices.Contains(course.LetterStates, p.State) {
		p.State = ""
	}
	options := []web.Option{{Label: c.T("lead.reminders.state_any")}}
	for _, s := range course.LetterStates {
		options = append(options, web.Option{Value: string(s), Label: c.T("lead.reminders.state." + string(s)), Chosen: s == p.State})
	}
	p.States = []web.Input{{Name: "state", Label: c.T("lead.reminders.state"), Options: options}}
	if p.Coming.More {
		p.Next = withQuery("/lead/reminders", [][2]string{{"at", p.AtKey}}, strconv.Itoa(page+1))
	}
	p.Alternate = withQuery("/lead/reminders", [][2]string{{"at", p.AtKey}, {"state", string(p.State)}, {"after", c.QueryParam("after")}}, c.QueryParam("page"))
	if older != "" {
		p.Older = withQuery("/lead/reminders", [][2]string{{"at", p.AtKey}, {"state", string(p.State)}, {"after", older}}, "") + "#log"
	}
}

// tell puts what is asked into words.
func (p *remindersPage) tell(c *web.Context, r *Room, scope people.OrganisationScope) error {
	tell, err := r.teller(c, scope)
	if err != nil {
		return err
	}
	for _, l := range p.Coming.Lines {
		line := comingLine{ComingLine: l}
		for _, a := range l.Items {
			line.What = append(line.What, tell.words(a.Rule))
		}
		p.Lines = append(p.Lines, line)
	}
	return nil
}
