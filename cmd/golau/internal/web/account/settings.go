package account

import (
	"net/http"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

type accountPage struct {
	web.Frame
	web.FormErrors
	Name        string
	NameFixed   bool
	Language    i18n.Lang
	Nation      people.Nation
	Email       string
	Memberships []people.Membership
	Alone       map[string]bool // memberships that wait where nobody leads
	Done        string          // message key of what was just done
	Demo        bool
	Password    bool // they have one; who has none is asked for none
	Same        []people.AskedDuplicate
}

func (r *Room) newAccountPage(c *web.Context, v people.Viewer) (*accountPage, error) {
	fixed, err := r.School.NameFixed(c.Request().Context(), v)
	p := &accountPage{Name: v.Name, NameFixed: fixed, Language: v.Language, Nation: v.Nation, Email: v.Email, Memberships: v.Memberships, Demo: c.Site.Demo}
	p.Title, p.Current = c.T("account.title"), "account"
	p.Alternate = "/account"
	switch c.Done() {
	case "name", "language", "nation", "password":
		p.Done = "account.done_" + c.Done()
	}
	if !fixed { // the one thing typed here that can be shown again
		p.FormID, p.FormTo = "name-form", "/account/name"
	}
	if err != nil {
		return nil, err
	}
	f, err := r.People.FactorsOf(r.People.Reading(c.Request().Context()), v.Person)
	if err != nil {
		return nil, err
	}
	p.Password = f.Password
	if p.Same, err = people.DuplicatesOf(r.People.Reading(c.Request().Context()), v); err != nil {
		return nil, err
	}
	p.Alone, err = r.People.WaitingAlone(c.Request().Context(), v)
	return p, err
}

// Printed is the viewer's name as the PDF of a certificate prints it, and ""
// where it has no letters for it.
func (p *accountPage) Printed() string { return certificates.Printed(p.Viewer().Name) }

// LetsIn says whether the viewer may let other systems in.
func (p *accountPage) LetsIn() bool { return p.Viewer().May(people.LetSystemsIn) }

// typed takes over what the form holds. A password is never sent back.
func (p *accountPage) typed(c *web.Context) {
	if c.Form().Has("name") {
		p.Name = c.Field("name")
	}
	if l, ok := i18n.ParseLang(c.Field("language")); ok {
		p.Language = l
	}
}

func (r *Room) account(c *web.Context, v people.Viewer) error {
	p, err := r.newAccountPage(c, v)
	if err != nil {
		return err
	}
	return c.Show(http.StatusOK, "account/account", p)
}

// again shows the page with what was typed and what is wrong with it.
func (r *Room) again(c *web.Context, v people.Viewer, err error, fields ...string) error {
	e, ok := problem.As(err)
	if !ok || e.Kind != problem.Invalid && e.Kind != problem.Conflict && e.Kind != problem.TooMany {
		return err
	}
	p, fail := r.newAccountPage(c, v)
	if fail != nil {
		return fail
	}
	p.typed(c)
	p.FormErrors = c.FormErrors(e, fields...)
	if p.At("name") != nil { // the field is shown with it, fixed or not
		p.FormID, p.FormTo = "name-form", "/account/name"
	}
	return c.Show(web.Status(e), "account/account", p)
}

func (r *Room) rename(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		p, err := r.newAccountPage(c, v)
		if err != nil {
			return err
		}
		p.typed(c)
		return c.Show(http.StatusOK, "account/account", p)
	}
	if err := r.School.Rename(c.Request().Context(), v, c.Field("name")); err != nil {
		return r.again(c, v, err, "name")
	}
	return c.Go("/account?done=name")
}

func (r *Room) language(c *web.Context, v people.Viewer) error {
	lang, _ := i18n.ParseLang(c.Field("language"))
	if err := r.People.SetLanguage(c.Request().Context(), v, i18n.Lang(c.Field("language"))); err != nil {
		return r.again(c, v, err, "language")
	}
	return c.Redirect(http.StatusSeeOther, "/"+string(lang)+"/account?done=language")
}

func (r *Room) nation(c *web.Context, v people.Viewer) error {
	if err := r.People.SetNation(c.Request().Context(), v, people.Nation(c.Field("nation"))); err != nil {
		return r.again(c, v, err, "nation")
	}
	return c.Go("/account?done=nation")
}

func (r *Room) password(c *web.Context, v people.Viewer) error {
	if c.Site.Demo { // where nobody has a password, and the page no such form
		return problem.New(problem.NotFound, "web.not_found")
	}
	if err := r.People.SetPassword(c.Request().Context(), v, c.Field("old"), c.Field("new")); err != nil {
		return r.again(c, v, err, "old", "new")
	}
	return c.Go("/account?done=password")
}

func (r *Room) signOutEverywhere(c *web.Context, v people.Viewer) error {
	if err := r.People.SignOutEverywhere(c.Request().Context(), v); err != nil {
		return err
	}
	c.ClearSession()
	return c.Go("/sign-in")
}
