package admin

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/steward"
)

func (r *Room) auditRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/audit", web.Admin, r.audit),
		web.Post("/admin/audit/export", web.Admin, r.exportAudit),
		web.Post("/admin/audit/check", web.Admin, r.checkAudit),
	}
}

type auditPage struct {
	Form
	Q            steward.Question
	Verbs, Doors []Option
	Lines        []auditLine
	Older        string // the address of the next page; "" at the end
	Checked      audit.Checked
	Asked        bool // a check was asked for just now
	Asking       bool // a question is asked, so that it stands open on a phone too
}

// auditLine is a line of the record in words.
type auditLine struct {
	steward.Line
	What, Who, Door, About string
	Told                   []toldPair
}

// Long says whether a phone folds the details.
func (l auditLine) Long() bool { return len(l.Told) > 2 }

// question reads what is asked of the record.
func question(q url.Values) steward.Question {
	return steward.Question{Person: q.Get("person"), Verb: q.Get("verb"), Subject: q.Get("subject"), Via: q.Get("via"), From: q.Get("from"), To: q.Get("to")}
}

// audit shows the record, as far as it was asked for.
func (r *Room) audit(c *web.Context, v people.Viewer) error {
	return r.showAudit(c, v, question(c.QueryParams()))
}

// showAudit shows a page of the record, or what is wrong with the question.
func (r *Room) showAudit(c *web.Context, v people.Viewer, q steward.Question) error {
	p := &auditPage{Form: form(c, "audit", c.T("admin.audit.title")), Q: q, Asked: c.Done() == "check", Asking: q != steward.Question{}}
	p.Alternate = "/admin/audit"
	p.FormID, p.FormTo, p.FormGet = "ask", "/admin/audit", true
	ctx := c.Request().Context()
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	lines, next, err := r.Steward.Record(ctx, v, q, before)
	if err := p.take(c, err, "audit", "person", "subject", "from", "to"); err != nil {
		return err
	}
	for _, l := range lines {
		p.Lines = append(p.Lines, r.inWords(c, l))
	}
	if next > 0 {
		p.Older = "/admin/audit?" + query(q, next)
	}
	if p.Checked, err = r.Steward.Checked(ctx, v); err != nil {
		return err
	}
	verbs, doors, err := r.Steward.Choices(ctx, v)
	if err != nil {
		return err
	}
	p.Verbs, p.Doors = choices(c, verbs, q.Verb, verb), choices(c, doors, q.Via, door)
	return r.showForm(c, "admin/audit", &p.Form, p)
}

// choices offers words, and first of all to choose none.
func choices(c *web.Context, all []string, chosen string, in func(*web.Context, string) string) []Option {
	options := []Option{{"", c.T("admin.audit.any"), chosen == ""}}
	for _, one := range all {
		options = append(options, Option{one, in(c, one), one == chosen})
	}
	return options
}

// query is the address of a page of the same question.
func query(q steward.Question, before int64) string {
	values := url.Values{"before": {strconv.FormatInt(before, 10)}}
	for name, value := range map[string]string{"person": q.Person, "verb": q.Verb, "subject": q.Subject, "via": q.Via, "from": q.From, "to": q.To} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return values.Encode()
}

// said says what a key stands for; where it has no words, the name itself.
func said(c *web.Context, key, name string) string {
	if c.Site.Words.Has(key) {
		return c.T(key)
	}
	return name
}

func verb(c *web.Context, name string) string { return said(c, "admin.audit.verb."+name, name) }
func door(c *web.Context, name string) string { return said(c, "admin.audit.door."+name, name) }

// inWords says a line of the record.
func (r *Room) inWords(c *web.Context, l steward.Line) auditLine {
	a := auditLine{Line: l, What: verb(c, l.Verb), Door: door(c, l.Via), Who: l.Actor,
		About: said(c, "admin.audit.kind."+l.Kind, l.Kind)}
	switch {
	case l.ActorID == "":
		a.Who = c.T("admin.audit.nobody")
	case l.Actor == "":
		a.Who = c.T("admin.audit.gone")
	}
	switch {
	case l.Called.EN != "":
		a.About += ": " + l.Called.In(c.Lang)
	case l.Subject != "":
		a.About += ": " + said(c, "admin.audit.which."+l.Kind+"."+l.Subject, l.Subject)
	case l.Kind == "person":
		a.About = c.T("admin.audit.gone")
	}
	for _, p := range l.Detail {
		a.Told = append(a.Told, r.tellPair(c, l.Verb, p))
	}
	return a
}

// auditHeading is the first row of the sheet.
func auditHeading(c *web.Context) []string {
	var heading []string
	for _, name := range []string{"line", "at", "who", "door", "what", "verb", "about", "detail"} {
		heading = append(heading, c.T("admin.audit.sheet."+name))
	}
	return heading
}

// exportAudit sends the lines that were asked for as a sheet.
func (r *Room) exportAudit(c *web.Context, v people.Viewer) error {
	q := question(c.Form())
	if c.Switching() {
		return r.showAudit(c, v, q)
	}
	err := c.CSV("golau-record.csv", auditHeading(c), func(put func([]string) error) error {
		return r.Steward.ExportRecord(c.Request().Context(), v, q, func(l steward.Line) error {
			a := r.inWords(c, l)
			return put([]string{strconv.FormatInt(l.ID, 10), l.At.UTC().Format(time.RFC3339), a.Who, a.Door, a.What, l.Verb, a.About, details(c, a)})
		})
	})
	if problem.KindOf(err) == problem.Invalid && err != nil {
		return r.showAudit(c, v, q)
	}
	return err
}

// details is a line's detail in one cell.
func details(c *web.Context, l auditLine) string {
	if l.Hidden {
		return c.T("admin.audit.hidden")
	}
	words := make([]string, len(l.Told))
	for i, p := range l.Told {
		words[i] = p.String()
	}
	return strings.Join(words, "; ")
}

// checkAudit has the whole record read now.
func (r *Room) checkAudit(c *web.Context, v people.Viewer) error {
	if err := r.Steward.CheckNow(c.Request().Context(), v); err != nil {
		return err
	}
	return c.Go("/admin/audit?done=check")
}
