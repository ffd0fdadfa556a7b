package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
)

func (r *Room) agencyRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/agencies", web.Admin, r.agencies),
		web.Get("/admin/agencies/new", web.Admin, r.newAgency),
		web.Post("/admin/agencies/new", web.Admin, r.addAgency),
		web.Get("/admin/agency/:agency", web.Admin, r.agency),
		web.Post("/admin/agency/:agency", web.Admin, r.changeAgency),
		web.Post("/admin/agency/:agency/domains", web.Admin, r.addDomain),
		web.Post("/admin/agency/:agency/domains/remove", web.Admin, r.removeDomain),
	}
}

// agenciesShown is how many lines a page of agencies has.
const agenciesShown = 100

type agenciesPage struct {
	Form
	Words    string
	Boards   []Option
	Agencies []people.Agency
	All      int // how many were found
}

// agencies lists the agencies of a board, or those that were looked for.
func (r *Room) agencies(c *web.Context, _ people.Viewer) error {
	p := &agenciesPage{Form: form(c, "agencies", c.T("admin.agencies.title")), Words: c.QueryParam("q")}
	rx, board := r.DB.Read(c.Request().Context()), c.QueryParam("board")
	boards, err := people.Boards(rx)
	if err != nil {
		return err
	}
	p.Boards = []Option{{"", c.T("admin.agencies.any_board"), board == ""}}
	for _, b := range boards {
		p.Boards = append(p.Boards, Option{b.Key, b.Name.In(c.Lang), b.Key == board})
	}
	if p.Agencies, err = people.FindAgencies(rx, board, p.Words, c.Lang); err != nil {
		return err
	}
	p.All = len(p.Agencies)
	p.Agencies = p.Agencies[:min(p.All, agenciesShown)]
	p.FormID, p.FormTo, p.FormGet = "filter", "/admin/agencies", true
	return c.Show(http.StatusOK, "admin/agencies", p)
}

// agencyFields are what both forms of an agency ask.
type agencyFields struct {
	Form
	F        people.AgencyForm
	Kinds    []Option
	Councils []Option
	Boards   []Option
	There    []people.Agency // within the setting up: those that are there already
	Domain   string          // as typed
	Asked    string          // key of the agency beside which it was typed
}

var agencyOrder = []string{"name_en", "name_cy", "kind", "council", "boards", "domains", "domain"}

// choices fills in what the form offers.
func (r *Room) choices(c *web.Context, p *agencyFields) error {
	ref, err := people.LoadReference()
	if err != nil {
		return err
	}
	p.Kinds = kindOptions(c, ref.Kinds.Agencies, p.F.Kind)
	rx := r.DB.Read(c.Request().Context())
	ours, others, err := people.CouncilLines(rx, c.Lang)
	if err != nil {
		return err
	}
	p.Councils = []Option{{"", c.T("admin.agencies.no_council"), p.F.Council == ""}}
	for _, l := range append(ours, others...) {
		p.Councils = append(p.Councils, Option{l.Key, l.Called(c.Lang), l.Key == p.F.Council})
	}
	if p.Step != nil {
		if p.There, err = people.FindAgencies(rx, "", "", c.Lang); err != nil {
			return err
		}
		p.There = slices.DeleteFunc(p.There, func(a people.Agency) bool { return a.Retired })
	}
	boards, err := people.Boards(rx)
	for _, b := range boards {
		p.Boards = append(p.Boards, Option{b.Key, b.Name.In(c.Lang), slices.Contains(p.F.Boards, b.Key)})
	}
	if len(p.Boards) == 1 {
		p.Boards[0].Chosen = true
	}
	return err
}

func agencyForm(c *web.Context) people.AgencyForm {
	return people.AgencyForm{Name: i18n.Text{EN: c.Field("name_en"), CY: c.Field("name_cy")}, Kind: c.Field("kind"),
		Council: c.Field("council"), Boards: c.Form()["boards"], Domains: c.Field("domains")}
}

func (r *Room) showNewAgency(c *web.Context, f people.AgencyForm, err error) error {
	p := &agencyFields{Form: form(c, "agencies", c.T("admin.agencies.new_title")), F: f, Domain: c.Field("domain"), Asked: c.Param("agency")}
	if err := p.take(c, err, "agency", agencyOrder...); err != nil {
		return err
	}
	if err := r.choices(c, p); err != nil {
		return err
	}
	p.Call(func(field string) string {
		if i := slices.IndexFunc(p.There, func(a people.Agency) bool { return a.Key == p.Asked }); field == "domain" && i >= 0 {
			return c.T("admin.agencies.domain_of", "Agency", p.There[i].Name.In(c.Lang))
		}
		return ""
	})
	p.sent("agency", "/admin/agencies/new")
	return r.showForm(c, "admin/agency-new", &p.Form, p)
}

// newAgency asks for a new agency.
func (r *Room) newAgency(c *web.Context, _ people.Viewer) error {
	return r.showNewAgency(c, people.AgencyForm{}, nil)
}

// addAgency adds an agency.
func (r *Room) addAgency(c *web.Context, v people.Viewer) error {
	f := agencyForm(c)
	if c.Switching() {
		return r.showNewAgency(c, f, nil)
	}
	key, err := r.People.AddAgency(c.Request().Context(), v, f)
	if err != nil {
		return r.showNewAgency(c, f, err)
	}
	return r.done(c, "/admin/agency/"+key+"?done=agency_added")
}

type agencyPage struct {
	agencyFields
	Agency  people.Organisation
	Into    people.Organisation // where its people are, when it was merged
	Domains []people.Domain
}

// showAgency shows an agency; with f, what was sent instead of what is kept.
func (r *Room) showAgency(c *web.Context, f *people.AgencyForm, err error) error {
	rx := r.DB.Read(c.Request().Context())
	o, fail := people.OrganisationByKey(rx, c.Param("agency"))
	if fail != nil {
		return fail
	}
	p := &agencyPage{Agency: o}
	p.Domain = c.Field("domain")
	p.Form = form(c, "agencies", c.T("admin.agencies.edit_title"))
	if fail := p.take(c, err, "agency", agencyOrder...); fail != nil {
		return fail
	}
	p.sent("agency", "/admin/agency/"+o.Key)
	if f == nil {
		boards, err := people.BoardsOf(rx, o.ID)
		if err != nil {
			return err
		}
		f = &people.AgencyForm{Name: o.Name, Kind: o.Kind, Council: o.CouncilKey}
		for _, b := range boards {
			f.Boards = append(f.Boards, b.Key)
		}
	}
	p.F = *f
	if p.Into, fail = people.WhereMerged(rx, o.ID); fail != nil {
		return fail
	}
	if o.Retired { // nothing is typed here
		p.FormID = ""
	}
	if p.Domains, fail = people.DomainsOf(rx, o.ID); fail != nil {
		return fail
	}
	if fail := r.choices(c, &p.agencyFields); fail != nil {
		return fail
	}
	return r.showForm(c, "admin/agency", &p.Form, p)
}

// agency shows one agency, to be changed.
func (r *Room) agency(c *web.Context, _ people.Viewer) error { return r.showAgency(c, nil, nil) }

// changeAgency changes an agency's name, kind, council and boards.
func (r *Room) changeAgency(c *web.Context, v people.Viewer) error {
	f := agencyForm(c)
	if c.Switching() {
		return r.showAgency(c, &f, nil)
	}
	if err := r.People.ChangeAgency(c.Request().Context(), v, c.Param("agency"), f); err != nil {
		return r.showAgency(c, &f, err)
	}
	return c.Go("/admin/agency/" + c.Param("agency") + "?done=agency_changed")
}

// addDomain adds an e-mail domain to an agency.
func (r *Room) addDomain(c *web.Context, v people.Viewer) error {
	err := r.People.AddAgencyDomain(c.Request().Context(), v, c.Param("agency"), c.Field("domain"))
	if _, ok := stepNamed(c.Field("setup")); ok && err != nil {
		return r.showNewAgency(c, people.AgencyForm{}, err)
	}
	if err != nil {
		return r.showAgency(c, nil, err)
	}
	return r.done(c, "/admin/agency/"+url.PathEscape(c.Param("agency"))+"?done=domain_added")
}

// removeDomain takes an e-mail domain from an agency.
func (r *Room) removeDomain(c *web.Context, v people.Viewer) error {
	if err := r.People.RemoveAgencyDomain(c.Request().Context(), v, c.Param("agency"), c.Field("domain")); err != nil {
		return err
	}
	return c.Go("/admin/agency/" + url.PathEscape(c.Param("agency")) + "?done=domain_removed")
}

// Shared says who else has a domain, in the page's language.
func (p *agencyPage) Shared(d people.Domain) string {
	var names []string
	for _, o := range d.Others {
		names = append(names, o.Name.In(p.Lang()))
	}
	return strings.Join(names, ", ")
}

// DomainAt is what is wrong with the domain that was typed beside the agency with
// the key, where several ask for one.
func (p *agencyFields) DomainAt(key string) *web.FieldError {
	if key != p.Asked {
		return nil
	}
	return p.At("domain")
}
