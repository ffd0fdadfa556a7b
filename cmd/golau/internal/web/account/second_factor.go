package account

import (
	"net/http"
	"net/url"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
)

func (r *Room) secondRoutes() []web.Route {
	return []web.Route{
		web.Get("/second-factor", web.SignedIn, r.secondPage).OpenHalfway(),
		web.Post("/second-factor", web.SignedIn, r.giveCode).OpenHalfway(),
		web.Get("/second-factor/set-up", web.SignedIn, r.setUpPage).OpenHalfway(),
		web.Post("/second-factor/set-up", web.SignedIn, r.beginApp).OpenHalfway(),
		web.Post("/second-factor/confirm", web.SignedIn, r.confirmApp).OpenHalfway(),
	}
}

// Onward is what waits for somebody until they are in.
type Onward struct {
	Next   string // the page they wanted
	Sealed string // an answer that was sent
}

// FirstRun says whether somebody is on the way through the five steps of setting
// the site up, of which their own account is the first.
func (o Onward) FirstRun() bool { return firstRun(o.Next) }

func firstRun(next string) bool {
	return len(next) > len("/en") && strings.HasPrefix(next[len("/en"):], "/admin/setup/")
}

// secondPage is shown between the doors: it asks for a code, or leads whoever
// must have a second factor to set one up.
type secondPage struct {
	web.Frame
	web.FormErrors
	Onward
	SetUp    bool
	Name     string
	Passkeys bool // the person has one, or could
	Shut     bool // they asked for another page, which is shut until they are in
	Email    string
	Alone    bool // nobody else administers the site: there is nobody to ask
	Owner    site.Contact
}

func newSecondPage(c *web.Context, o Onward) *secondPage {
	p := &secondPage{Onward: o, Name: c.Field("name"), Email: c.Half().Email, SetUp: !c.Half().Factors.Any()}
	p.Title, p.FormID, p.FormTo = c.T("second.title"), "second", "/second-factor"
	p.Passkeys = c.Half().Factors.Passkeys > 0 || p.SetUp && c.Site.People.HasPasskeys()
	if p.Passkeys {
		p.Scripts = passkeyScript
	}
	if p.SetUp {
		p.Title = c.T("second.need_title")
	}
	return p
}

// showSecond shows the page with whom to ask for help: the pages of the footer
// that say so are shut as well.
func (r *Room) showSecond(c *web.Context, status int, p *secondPage) (err error) {
	if p.Owner, err = r.Owner(c.Request().Context()); err != nil {
		return err
	}
	if p.Alone, err = r.alone(c); err != nil {
		return err
	}
	return c.Show(status, "account/second-factor", p)
}

// alone says whether whoever is half signed in is the only administrator.
func (r *Room) alone(c *web.Context) (bool, error) {
	all, err := people.Administrators(r.People.Reading(c.Request().Context()))
	return len(all) == 1 && all[0] == c.Half().Person, err
}

// onward reads what waits from the form.
func onward(c *web.Context) Onward {
	return Onward{Next: c.Next(c.Field("next")), Sealed: c.Field("pending")}
}

// wait shows the second step to whoever has passed the first. A waiting answer
// goes along in the form.
func (r *Room) wait(c *web.Context, half people.Half, token, next, sealed string) error {
	if err := r.leave(c); err != nil {
		return err
	}
	c.Halfway(half, token)
	if sealed != "" {
		return r.showSecond(c, http.StatusOK, newSecondPage(c, Onward{next, sealed}))
	}
	to := c.Local("/second-factor")
	if next != "" {
		to += "?next=" + url.QueryEscape(next)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// secondFirst answers whoever asks for another page between the doors: that they
// are not in yet, with the second step and the way out. What was sent is kept for
// them.
func (r *Room) secondFirst(c *web.Context) error {
	req := c.Request()
	o := Onward{}
	if req.Method == http.MethodGet || req.Method == http.MethodHead {
		o.Next = c.Next(req.URL.Path)
	} else {
		var err error
		if o.Sealed, err = r.keep(c, c.Half().Person); err != nil {
			return err
		}
	}
	p := newSecondPage(c, o)
	p.Shut = true
	return r.showSecond(c, http.StatusUnauthorized, p)
}

func (r *Room) secondPage(c *web.Context, v people.Viewer) error {
	if v.SignedIn() {
		return c.Go("/account/security")
	}
	return r.showSecond(c, http.StatusOK, newSecondPage(c, Onward{Next: c.Next(c.QueryParam("next"))}))
}

// giveCode takes the code of somebody half signed in.
func (r *Room) giveCode(c *web.Context, v people.Viewer) error {
	if v.SignedIn() {
		return c.Go("/account/security")
	}
	p := newSecondPage(c, onward(c))
	if c.Switching() {
		return r.showSecond(c, http.StatusOK, p)
	}
	session, err := r.People.GiveCode(c.Request().Context(), c.SessionToken(), c.Field("code"))
	if err == nil {
		return r.arrive(c, session, p.Next, p.Sealed)
	}
	return r.secondAgain(c, p, err)
}

// secondAgain shows the page with what is wrong.
func (r *Room) secondAgain(c *web.Context, p *secondPage, err error) error {
	e, ok := problem.As(err)
	if !ok || e.Kind == problem.Internal || e.Kind == problem.Unauthenticated || e.Kind == problem.Forbidden {
		return err
	}
	p.FormErrors = c.FormErrors(e, "code", "name")
	if e.RetryAfter > 0 {
		c.RetryAfter(e.RetryAfter)
	}
	return r.showSecond(c, web.Status(e), p)
}
