// Package lead is the room of training leads, who answer for one agency under
// one board: who works there, in which team, how far they have come, and who says
// that they work there too. Line managers, who need no role, have one page of it:
// the status of their own people.
//
// It knows no answer and no score, and nobody of another agency: whose people a
// page shows is decided by the viewer's memberships, never by the address.
package lead

import (
	"embed"
	"net/http"
	"slices"

	"golau/cmd/golau/internal/letters"
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Files holds the room's pages.
//
//go:embed pages
var Files embed.FS

// Room is what the leads' pages need.
type Room struct {
	DB     *store.DB
	People *people.Directory
	School *course.School
	Post   letters.Office // words samples
}

// Routes lists the ways in.
func (r *Room) Routes() []web.Route {
	return slices.Concat([]web.Route{
		web.Get("/manager", web.Manager, r.manager),
		web.Post("/manager/:position/nudge", web.Manager, r.nudgeStaff),
		web.Get("/lead/joining", web.Lead, r.joining),
		web.Post("/lead/joining/:id", web.Lead, r.answer),
	}, r.overviewRoutes(), r.peopleRoutes(), r.personRoutes(), r.teamRoutes(), r.ruleRoutes(), r.moveRoutes(), r.partRoutes(), r.reminderRoutes(), r.reminderSettingRoutes(), r.moreTimeRoutes(), r.exemptionRoutes(), r.importRoutes(), r.sameRoutes())
}

type joiningPage struct {
	web.Frame
	web.Joining
}

// joining shows who says that they work here and waits for the lead's word.
func (r *Room) joining(c *web.Context, v people.Viewer) error {
	ws, err := people.WaitingFor(r.DB.Read(c.Request().Context()), v)
	if err != nil {
		return err
	}
	p := &joiningPage{Joining: c.Joining(ws, "/lead/joining")}
	p.Title, p.Current = c.T("joining.title"), "lead"
	return c.Show(http.StatusOK, "lead/joining", p)
}

// answer is the lead's word.
func (r *Room) answer(c *web.Context, v people.Viewer) error {
	return c.AnswerJoining(r.People, v, "/lead/joining")
}

// inDays is a day ahead, as one is typed: an example that the form takes.
func inDays(c *web.Context, days int) string {
	return c.Site.Now().In(i18n.London()).AddDate(0, 0, days).Format("2/1/2006")
}
