package public

import (
	"net/http"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/modules"
)

// planModule is the module that ends in a plan: its objectives are what the plan
// is made of, and its card says what stands beside it.
const planModule = "my-plan"

// commitments and contacts are the boxes of a plan, from top to bottom.
var (
	commitments = []string{"one", "two", "three"}
	contacts    = []string{"dsp", "deputy", "manager", "support", "other"}
)

// planPage is a plan to fill in, or filled in and ready to print.
type planPage struct {
	web.Frame
	web.FormErrors
	Module      *modules.Module
	Card        *modules.Card
	Wrote       writing
	Made        bool
	Area        people.Council
	Councils    []people.Council
	Numbers     []cardNumber // of the area, and of the police
	Commitments []string
	Contacts    []string
	Boxes       []string // both
	Most        int
}

// entry is one box of a plan and what was written into it.
type entry struct {
	Name  string
	Lines []string
}

// Filled are the boxes that hold something.
func (p *planPage) Filled(boxes []string) []entry {
	var filled []entry
	for _, name := range boxes {
		if lines := p.Wrote.Lines(name); len(lines) > 0 {
			filled = append(filled, entry{name, lines})
		}
	}
	return filled
}

// Blank are the boxes that are left to write on by hand.
func (p *planPage) Blank(boxes []string) []string {
	return slices.DeleteFunc(slices.Clone(boxes), func(name string) bool { return p.Wrote[name] != "" })
}

// newPlanPage returns the page with what was written. It returns NotFound where
// the course has no module that ends in a plan.
func (r *Room) newPlanPage(c *web.Context, v people.Viewer) (*planPage, []string, error) {
	p := &planPage{Commitments: commitments, Contacts: contacts, Most: mostWritten}
	var module, card bool
	p.Module, module = r.Library.Module(planModule)
	p.Card, card = r.Library.Card(planModule)
	if !module || !card {
		return nil, nil, echoNotFound()
	}
	boxes := slices.Concat(commitments, contacts)
	p.Boxes, p.Wrote = boxes, written(c, boxes)
	p.Area, p.Councils = area(c, v, c.Field("council"))
	for _, n := range r.numbers(c, p.Area) {
		if n.Label != c.T("cards.dsp") { // who has a box of their own
			p.Numbers = append(p.Numbers, n)
		}
	}
	p.Title, p.FormID, p.FormTo, p.FormGo = c.T("plan.title"), "plan", "/plan", "make"
	return p, boxes, nil
}

// plan shows an empty one.
func (r *Room) plan(c *web.Context, v people.Viewer) error {
	p, _, err := r.newPlanPage(c, v)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "public/plan", p)
}

// makePlan shows what was written as a page to print, or the boxes again: in the
// other language, to go on writing, or with what is wrong. An empty plan is one to
// write on by hand.
func (r *Room) makePlan(c *web.Context, v people.Viewer) error {
	p, boxes, err := r.newPlanPage(c, v)
	if err != nil {
		return err
	}
	switch wrong := p.Wrote.wrong(boxes, ""); {
	case c.Switching():
		p.Made = c.Field("made") != ""
	case c.Field("go") == "edit":
	case wrong != nil:
		p.FormErrors = c.FormErrors(wrong, boxes...)
		return c.Show(web.Status(wrong), "public/plan", p)
	default:
		p.Made = true
	}
	if p.Made {
		p.FormGo = "edit"
	}
	return c.Show(http.StatusOK, "public/plan", p)
}
