package account

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// systemsPath is the page by which somebody lets another system in. Like new
// recovery codes, a new token is kept in its page alone, sealed, for the language
// switch: no address and no table ever holds it.
const systemsPath = "/account/systems"

func (r *Room) systemRoutes() []web.Route {
	return []web.Route{
		web.Get(systemsPath, web.SignedIn, r.systems),
		web.Post(systemsPath, web.SignedIn, r.letIn),
		web.Post(systemsPath+"/made", web.SignedIn, r.madeInOther),
		web.Post(systemsPath+"/revoke", web.SignedIn, r.revokeToken),
	}
}

type systemsPage struct {
	web.Frame
	web.FormErrors
	Tokens []people.AccessToken
	Name   web.Input
	As     web.Input
	Scopes []web.Option
	Days   []web.Option
	Proof  people.Proof
	Done   bool
}

// Several says whether the viewer has more than one role to choose from.
func (p *systemsPage) Several() bool { return len(p.As.Options) > 2 }

func (r *Room) systems(c *web.Context, v people.Viewer) error { return r.showSystems(c, v, nil) }

func (r *Room) showSystems(c *web.Context, v people.Viewer, wrong error) error {
	if err := v.Require(people.LetSystemsIn); err != nil {
		return err
	}
	p := &systemsPage{Done: c.Done() == "revoked"}
	var status int
	var err error
	if p.FormErrors, status, err = c.Take(wrong, "name", "membership", "scopes", "days", "proof"); err != nil {
		return err
	}
	p.Title, p.Current, p.Alternate = c.T("systems.title"), "account", systemsPath
	p.FormID, p.FormTo = "new", systemsPath
	rx := r.People.Reading(c.Request().Context())
	if p.Tokens, err = r.People.TokensOf(rx, v); err != nil {
		return err
	}
	if p.Proof, err = r.People.ProofOf(rx, v.Person); err != nil {
		return err
	}
	p.ask(c, v)
	return c.Show(status, "account/systems", p)
}

// ask fills in the form with what was typed. A proof is never sent back.
func (p *systemsPage) ask(c *web.Context, v people.Viewer) {
	f := tokenForm(c)
	p.Name = web.Input{Name: "name", Label: c.T("systems.name"), Hint: c.T("systems.name_hint"), Value: f.Name, Error: p.At("name")}
	p.As = web.Input{Name: "membership", Label: c.T("systems.as"), Options: []web.Option{{Label: c.T("systems.as_choose")}}, Error: p.At("membership")}
	offered := map[people.TokenScope]bool{}
	for _, m := range v.TokenMemberships() {
		called := m.Organisation.Name.In(c.Lang) + " – " + m.Board.Name.In(c.Lang)
		if m.Role == people.Officer {
			called = m.Board.Name.In(c.Lang)
		}
		p.As.Options = append(p.As.Options, web.Option{Value: m.ID, Label: called + ", " + c.T("people.role."+string(m.Role)), Chosen: m.ID == f.Membership})
		for _, s := range people.TokenScopes(m.Role) {
			if !offered[s] {
				offered[s] = true
				p.Scopes = append(p.Scopes, web.Option{Value: string(s), Label: c.T("systems.scope." + string(s)), Chosen: slices.Contains(f.Scopes, s)})
			}
		}
	}
	for _, n := range people.TokenDays {
		p.Days = append(p.Days, web.Option{Value: strconv.Itoa(n), Label: c.T("systems.days_n", "Count", n), Chosen: n == f.Days || f.Days == 0 && n == 90})
	}
	labels := map[string]string{"name": p.Name.Label, "membership": p.As.Label, "scopes": c.T("systems.scopes_ask"), "days": c.T("systems.days_ask")}
	p.Call(func(field string) string { return labels[field] })
}

func tokenForm(c *web.Context) people.TokenForm {
	f := people.TokenForm{Name: c.Field("name"), Membership: c.Field("membership"), Proof: c.Field("proof")}
	for _, s := range c.Form()["scopes"] {
		f.Scopes = append(f.Scopes, people.TokenScope(s))
	}
	f.Days, _ = strconv.Atoi(c.Field("days"))
	return f
}

// madePage shows a new token, this once.
type madePage struct {
	web.Frame
	Token  string
	Made   people.AccessToken
	Sealed string // for the language switch
}

// letIn makes a token and shows it.
func (r *Room) letIn(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showSystems(c, v, nil)
	}
	made, token, err := r.People.MakeToken(c.Request().Context(), v, tokenForm(c))
	if err != nil {
		return r.showSystems(c, v, err)
	}
	return r.showMade(c, v, made, token)
}

func (r *Room) showMade(c *web.Context, v people.Viewer, made people.AccessToken, token string) error {
	sealed, err := r.Seal.Close(web.Pending{Path: systemsPath + "/made", Form: url.Values{"token": {token}, "id": {made.ID}}, Person: v.Person})
	if err != nil {
		return err
	}
	p := &madePage{Token: token, Made: made, Sealed: sealed}
	p.Title, p.Current = c.T("systems.made_title"), "account"
	p.FormID, p.FormTo = "made", systemsPath+"/made"
	return c.Show(http.StatusOK, "account/systems-made", p)
}

// madeInOther shows the same token in the other language to whom it was shown; to
// anybody else, or when the seal is no longer good, the list.
func (r *Room) madeInOther(c *web.Context, v people.Viewer) error {
	p, err := r.Seal.Open(c.Field("made"))
	if err != nil || p.Path != systemsPath+"/made" || p.Person != v.Person {
		return c.Go(systemsPath)
	}
	all, err := r.People.TokensOf(r.People.Reading(c.Request().Context()), v)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.ID == p.Form.Get("id") {
			return r.showMade(c, v, t, p.Form.Get("token"))
		}
	}
	return c.Go(systemsPath)
}

// revokeToken ends a token.
func (r *Room) revokeToken(c *web.Context, v people.Viewer) error {
	if err := r.People.RevokeToken(c.Request().Context(), v, c.Field("token")); err != nil {
		return err
	}
	return c.Go(systemsPath + "?done=revoked")
}
