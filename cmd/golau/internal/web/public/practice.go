package public

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/modules"
)

// practiceRoutes are the ways to what is written for oneself alone. It comes back
// on the page that answers it and is kept nowhere: these handlers open no Write,
// nothing notes that they were used, and, since they are open to anybody, a
// session that ends meanwhile has nothing to seal or to send again.
func (r *Room) practiceRoutes() []web.Route {
	routes := []web.Route{
		web.Get("/practice/referral", web.Public, r.referral),
		web.Post("/practice/referral", web.Public, r.compareReferral),
		web.Get("/plan", web.Public, r.plan),
		web.Post("/plan", web.Public, r.makePlan),
	}
	for i := range routes {
		routes[i] = routes[i].Unnoted()
	}
	return routes
}

// mostWritten is how many characters a box takes: a good paragraph. A form of them
// all fits into what a request may hold, whatever the letters.
const mostWritten = 600

// writing is what somebody wrote into the boxes of a page, by their names.
type writing map[string]string

// written takes the boxes from what was sent.
func written(c *web.Context, boxes []string) writing {
	w := writing{}
	for _, name := range boxes {
		text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(c.Field(name))
		w[name] = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	}
	return w
}

// Lines are the lines of one box that say something.
func (w writing) Lines(name string) []string {
	var lines []string
	for line := range strings.SplitSeq(w[name], "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// said says whether any of the boxes holds something.
func (w writing) said(boxes []string) bool {
	return slices.ContainsFunc(boxes, func(name string) bool { return w[name] != "" })
}

// wrong is Invalid where a box holds too much, or, with empty as the message for
// it, where all are empty; else nil.
func (w writing) wrong(boxes []string, empty string) *problem.Error {
	fields := map[string]string{}
	for _, name := range boxes {
		if utf8.RuneCountInString(w[name]) > mostWritten {
			fields[name] = "practice.too_long"
		}
	}
	if empty != "" && !w.said(boxes) {
		fields[boxes[0]] = empty
	}
	if len(fields) == 0 {
		return nil
	}
	return &problem.Error{Kind: problem.Invalid, Key: "practice.too_long", Fields: fields, Args: map[string]any{"Most": mostWritten}}
}

// referralPage is the form to practise on, or the comparison with the model.
type referralPage struct {
	web.Frame
	web.FormErrors
	Form     *modules.Referral
	Wrote    writing
	Compared bool
	Most     int
}

// newReferralPage returns the page with what was written. It returns NotFound
// where the course has no such form.
func (r *Room) newReferralPage(c *web.Context) (*referralPage, []string, error) {
	p := &referralPage{Form: r.Library.Referral(), Most: mostWritten}
	if p.Form == nil {
		return nil, nil, echoNotFound()
	}
	var boxes []string
	for _, f := range p.Form.Fields {
		boxes = append(boxes, f.ID)
	}
	p.Wrote = written(c, boxes)
	p.Title, p.FormID, p.FormTo, p.FormGo = c.T("referral.tab"), "practice", "/practice/referral", "compare"
	return p, boxes, nil
}

// referral shows the papers of the case and the empty form.
func (r *Room) referral(c *web.Context, _ people.Viewer) error {
	p, _, err := r.newReferralPage(c)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "public/referral", p)
}

// compareReferral shows what was written beside the model answer, or the form
// again: in the other language, to go on writing, or with what is wrong.
func (r *Room) compareReferral(c *web.Context, _ people.Viewer) error {
	p, boxes, err := r.newReferralPage(c)
	if err != nil {
		return err
	}
	empty := "referral.empty"
	if c.Field("go") == "skip" {
		empty = ""
	}
	switch wrong := p.Wrote.wrong(boxes, empty); {
	case c.Switching():
		p.Compared = c.Field("compared") != ""
	case c.Field("go") == "edit":
	case wrong != nil:
		p.FormErrors = c.FormErrors(wrong, boxes...)
		return c.Show(web.Status(wrong), "public/referral", p)
	default:
		p.Compared = true
	}
	if p.Compared {
		p.FormGo = "edit"
	}
	return c.Show(http.StatusOK, "public/referral", p)
}

// beside are the ways from a module's card to what else it offers.
func (r *Room) beside(c *web.Context, m *modules.Module) []contactLink {
	var ways []contactLink
	if m == nil {
		return nil
	}
	if _, ok := r.Library.Pack(m.Slug); ok {
		ways = append(ways, contactLink{c.T("packs.go"), "/packs/" + m.Slug})
	}
	if f := r.Library.Referral(); f != nil && f.Module == m {
		ways = append(ways, contactLink{c.T("referral.go"), "/practice/referral"})
	}
	if m.Slug == planModule {
		ways = append(ways, contactLink{c.T("plan.go"), "/plan"})
	}
	return ways
}
