package learner

import (
	"net/http"
	"regexp"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// readChosen reads the form of a turn. A number that is none is 0, which no run
// and no turn has.
func readChosen(field func(string) string) course.Chosen {
	what := course.Chosen{Token: field("choice")}
	what.Run, _ = strconv.Atoi(field("run"))
	what.Turn, _ = strconv.Atoi(field("turn"))
	return what
}

// choose keeps a choice and shows what follows from it.
func (r *Room) choose(c *web.Context, v people.Viewer) error {
	what := readChosen(c.Field)
	self := casesPath(c.Param("course"), c.Param("module")) + "/" + c.Param("case")
	var err error
	if !c.Switching() {
		if err = r.School.Choose(c.Request().Context(), v, c.Lang, c.Param("course"), c.Param("module"), c.Param("case"), what); err == nil {
			return c.Go(self)
		}
	}
	return r.chooseAgain(c, v, what, err)
}

// chooseAgain shows the turn with what was chosen: in the other language, with
// what must be put right, or where it was taken elsewhere meanwhile.
func (r *Room) chooseAgain(c *web.Context, v people.Viewer, what course.Chosen, err error) error {
	p, ok := problem.As(err)
	if err != nil && (!ok || p.Kind != problem.Invalid && p.Key != "course.case.elsewhere") {
		return err
	}
	k, failed := r.School.Case(c.Request().Context(), v, c.Param("course"), c.Param("module"), c.Param("case"))
	if failed != nil {
		return failed
	}
	if what.Run == k.Run+1 {
		if k, failed = k.Again(); failed != nil {
			return failed
		}
	}
	page, status := newCasePage(c, k), http.StatusOK
	page.Token = what.Token
	if p != nil {
		status, page.Stale = web.Status(p), p.Kind == problem.Conflict
		if !page.Stale {
			page.FormErrors = c.FormErrors(p, "choice")
			page.FormErrors.Begin("choice", "choice-0")
		}
	}
	return r.showCase(c, status, page)
}

// readCase notes that a case was read as text, and goes on to the list of cases.
func (r *Room) readCase(c *web.Context, v people.Viewer) error {
	if err := r.School.ReadCase(c.Request().Context(), v, c.Lang, c.Param("course"), c.Param("module"), c.Param("case")); err != nil {
		return err
	}
	return c.Go("/learn/" + c.Param("course") + "/cases")
}

// choicePath is the address to which a choice is sent.
var choicePath = regexp.MustCompile(`^/(en|cy)/learn/([^/]+)/([^/]+)/cases/([^/]+)$`)

// storeChoice is Store for a choice in a case: back to the case, which shows where
// it stands. One that is behind, or none, changes nothing.
func (r *Room) storeChoice(c *web.Context, v people.Viewer, p web.Pending) (path string, settled bool, err error) {
	m := choicePath.FindStringSubmatch(p.Path)
	if m == nil {
		return "", true, nil
	}
	if p.Person != "" && p.Person != v.Person {
		path, err = r.tell(c, v, "/learn", toldOther)
		return path, false, err
	}
	if p.Form.Get("switch") == "" { // else the choice was not sent, but the language changed
		err = r.School.Choose(c.Request().Context(), v, i18n.Lang(m[1]), m[2], m[3], m[4], readChosen(p.Form.Get))
	}
	if k := problem.KindOf(err); err != nil && k != problem.Conflict && k != problem.Invalid && k != problem.NotFound {
		return "", false, err
	}
	return c.Local(casesPath(m[2], m[3]) + "/" + m[4]), true, nil
}
