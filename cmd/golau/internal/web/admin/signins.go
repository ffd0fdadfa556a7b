package admin

import (
	"net/http"
	"slices"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) signInRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/sign-ins", web.Admin, r.signIns),
		web.Get("/admin/sign-ins/new", web.Admin, r.newSignIn),
		web.Post("/admin/sign-ins/new", web.Admin, r.addSignIn),
		web.Get("/admin/sign-in/:provider", web.Admin, r.signIn),
		web.Post("/admin/sign-in/:provider", web.Admin, r.changeSignIn),
		web.Post("/admin/sign-in/:provider/test", web.Admin, r.testSignIn),
		web.Post("/admin/sign-in/:provider/enable", web.Admin, r.enableSignIn),
		web.Post("/admin/sign-in/:provider/disable", web.Admin, r.disableSignIn),
	}
}

type signInsPage struct {
	Form
	Providers []people.Provider
}

// signIns lists agencies' own sign-ins, and how each stands.
func (r *Room) signIns(c *web.Context, v people.Viewer) error {
	p := &signInsPage{Form: form(c, "sign-ins", c.T("admin.sign_ins.title"))}
	var err error
	if p.Providers, err = people.Providers(r.DB.Read(c.Request().Context()), v); err != nil {
		return err
	}
	return c.Show(http.StatusOK, "admin/sign-ins", p)
}

// signInFields are what both forms of a sign-in ask.
type signInFields struct {
	Form
	F        people.ProviderForm
	Agencies []Option
	Proofs   []Option
	Options  []Option
	Lost     bool // a secret was typed and does not come back
}

var signInOrder = []string{"agency", "name_en", "name_cy", "issuer", "client_id", "proof", "secret", "domains", "scopes", "acr", "options"}

// secretLost says beside the secret that it must be typed again, where one was typed
// and the form comes back: what is secret is never sent to a page.
func secretLost(c *web.Context, err error) error {
	if e, ok := problem.As(err); ok && c.Field("secret") != "" && len(e.Fields) > 0 && e.Fields["secret"] == "" {
		e.Fields["secret"] = "admin.sign_ins.secret_again"
	}
	return err
}

// choices fills in what the form offers.
func (p *signInFields) choices(c *web.Context) {
	for _, how := range []string{people.BySecret, people.ByKey} {
		p.Proofs = append(p.Proofs, Option{how, c.T("admin.sign_ins.proof_" + how), p.F.Proof == how})
	}
	p.Options = []Option{
		{"second_factor", c.T("admin.sign_ins.option_second_factor"), p.F.SecondFactor},
		{"only_way", c.T("admin.sign_ins.option_only_way"), p.F.OnlyWay},
	}
}

func signInForm(c *web.Context) people.ProviderForm {
	has := func(option string) bool { return slices.Contains(c.Form()["options"], option) }
	return people.ProviderForm{Name: i18n.Text{EN: c.Field("name_en"), CY: c.Field("name_cy")}, Issuer: c.Field("issuer"),
		ClientID: c.Field("client_id"), Proof: c.Field("proof"), Secret: c.Field("secret"), Scopes: c.Field("scopes"), ACR: c.Field("acr"),
		Domains: c.Field("domains"), SecondFactor: has("second_factor"), OnlyWay: has("only_way")}
}

func (r *Room) showNewSignIn(c *web.Context, f people.ProviderForm, agency string, err error) error {
	p := &signInFields{Form: form(c, "sign-ins", c.T("admin.sign_ins.new_title")), F: f}
	p.Lost = c.Switching() && f.Secret != ""
	if err := p.take(c, secretLost(c, err), "sign_in", signInOrder...); err != nil {
		return err
	}
	all, err := people.FindAgencies(r.DB.Read(c.Request().Context()), "", "", c.Lang)
	if err != nil {
		return err
	}
	for _, a := range all {
		if len(a.Domains) > 0 && !a.Retired {
			p.Agencies = append(p.Agencies, Option{a.Key, a.Name.In(c.Lang) + " (" + strings.Join(a.Domains, ", ") + ")", a.Key == agency})
		}
	}
	p.choices(c)
	p.sent("sign-in", "/admin/sign-ins/new")
	return r.showForm(c, "admin/sign-in-new", &p.Form, p)
}

// newSignIn asks for a new sign-in.
func (r *Room) newSignIn(c *web.Context, _ people.Viewer) error {
	return r.showNewSignIn(c, people.ProviderForm{Proof: people.BySecret, Scopes: "openid email profile"}, "", nil)
}

// addSignIn adds a sign-in to an agency.
func (r *Room) addSignIn(c *web.Context, v people.Viewer) error {
	f, agency := signInForm(c), c.Field("agency")
	if c.Switching() {
		return r.showNewSignIn(c, f, agency, nil)
	}
	key, err := r.People.AddProvider(c.Request().Context(), v, agency, f)
	if err != nil {
		return r.showNewSignIn(c, f, agency, err)
	}
	return c.Go("/admin/sign-in/" + key + "?done=sign_in_added")
}

type signInPage struct {
	signInFields
	Provider people.Provider
	Failing  bool           // somebody could not come in since it last worked
	Trouble  people.Trouble // what they met
	Callback string
	Direct   string
	KeysAt   string
	PEM      string // the site's own key, where it proves itself by one
}

// showSignIn shows a sign-in; with f, what was sent instead of what is kept.
func (r *Room) showSignIn(c *web.Context, v people.Viewer, f *people.ProviderForm, err error) error {
	ctx := c.Request().Context()
	provider, fail := people.ProviderByKey(r.DB.Read(ctx), v, c.Param("provider"))
	if fail != nil {
		return fail
	}
	p := &signInPage{Provider: provider, Callback: r.People.Callback(provider.Key)}
	if p.Trouble, p.Failing = provider.Trouble(); p.Trouble.Tested { // which the page says already
		p.Failing = false
	}
	p.Direct = strings.TrimSuffix(p.Callback, "/callback")
	p.Form = form(c, "sign-ins", c.T("admin.sign_ins.edit_title"))
	p.Lost = c.Switching() && c.Field("secret") != ""
	if fail := p.take(c, secretLost(c, err), "sign_in", signInOrder...); fail != nil {
		return fail
	}
	p.sent("sign-in", "/admin/sign-in/"+provider.Key)
	if f == nil {
		f = &people.ProviderForm{Name: provider.Name, Issuer: provider.Issuer, ClientID: provider.ClientID, Proof: provider.Proof,
			Scopes: provider.Scopes, ACR: provider.ACR, Domains: strings.Join(provider.Domains, " "), SecondFactor: provider.SecondFactor,
			OnlyWay: provider.OnlyWay}
	}
	p.F = *f
	p.choices(c)
	if key, err := r.People.PublicKey(ctx, provider.Key); err == nil {
		p.KeysAt = p.Direct + "/jwks.json"
		if p.PEM, err = key.PEM(); err != nil {
			return err
		}
	}
	return r.showForm(c, "admin/sign-in", &p.Form, p)
}

// signIn shows one sign-in, to be changed.
func (r *Room) signIn(c *web.Context, v people.Viewer) error { return r.showSignIn(c, v, nil, nil) }

// changeSignIn changes a sign-in.
func (r *Room) changeSignIn(c *web.Context, v people.Viewer) error {
	f := signInForm(c)
	if c.Switching() {
		return r.showSignIn(c, v, &f, nil)
	}
	if err := r.People.ChangeProvider(c.Request().Context(), v, c.Param("provider"), f); err != nil {
		return r.showSignIn(c, v, &f, err)
	}
	return c.Go("/admin/sign-in/" + c.Param("provider") + "?done=sign_in_changed")
}

// testSignIn asks the provider everything that a sign-in will need.
func (r *Room) testSignIn(c *web.Context, v people.Viewer) error {
	p, err := r.People.TestProvider(c.Request().Context(), v, c.Param("provider"))
	if err != nil {
		return r.showSignIn(c, v, nil, err)
	}
	if p.Fault != "" {
		return r.showSignIn(c, v, nil, nil)
	}
	return c.Go("/admin/sign-in/" + p.Key + "?done=sign_in_tested")
}

// enableSignIn takes a sign-in into use, if it works.
func (r *Room) enableSignIn(c *web.Context, v people.Viewer) error {
	if err := r.People.EnableProvider(c.Request().Context(), v, c.Param("provider")); err != nil {
		return r.showSignIn(c, v, nil, err)
	}
	return c.Go("/admin/sign-in/" + c.Param("provider") + "?done=sign_in_enabled")
}

// disableSignIn takes a sign-in out of use.
func (r *Room) disableSignIn(c *web.Context, v people.Viewer) error {
	if err := r.People.DisableProvider(c.Request().Context(), v, c.Param("provider")); err != nil {
		return err
	}
	return c.Go("/admin/sign-in/" + c.Param("provider") + "?done=sign_in_disabled")
}
