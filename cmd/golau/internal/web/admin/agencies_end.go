package admin

import (
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/internal/people"
	"golau/internal/problem"
)

func (r *Room) agencyEndRoutes() []web.Route {
	return []web.Route{
		web.Get("/admin/agency/:agency/retire", web.Admin, r.retiringAgency),
		web.Post("/admin/agency/:agency/retire", web.Admin, r.retireAgency),
		web.Post("/admin/agency/:agency/return", web.Admin, r.returnAgency),
		web.Get("/admin/agency/:agency/merge", web.Admin, r.mergingWith),
		web.Post("/admin/agency/:agency/merge", web.Admin, r.mergeWith),
		web.Get("/admin/agency/:agency/merge/:into", web.Admin, r.merging),
		web.Post("/admin/agency/:agency/merge/:into", web.Admin, r.merge),
	}
}

// agencyRetirePage asks before an agency is retired, and says what follows.
type agencyRetirePage struct {
	Form
	What   people.AgencyStanding
	Reason string
}

func (r *Room) showAgencyRetiring(c *web.Context, v people.Viewer, err error) error {
	what, fail := people.StandingOf(r.DB.Read(c.Request().Context()), v, c.Param("agency"))
	if fail != nil {
		return fail
	}
	p := &agencyRetirePage{Form: form(c, "agencies", c.T("admin.agencies.retire_title")), What: what, Reason: c.Field("reason")}
	if fail := p.take(c, err, "agency_retire", "reason"); fail != nil {
		return fail
	}
	p.Alternate = "/admin/agency/" + what.Agency.Key + "/retire"
	if !what.Agency.Retired {
		p.sent("retire", p.Alternate)
	}
	return r.showForm(c, "admin/agency-retire", &p.Form, p)
}

// retiringAgency shows what retiring the agency would do.
func (r *Room) retiringAgency(c *web.Context, v people.Viewer) error {
	return r.showAgencyRetiring(c, v, nil)
}

// retireAgency takes the agency out of use.
func (r *Room) retireAgency(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showAgencyRetiring(c, v, nil)
	}
	if err := r.People.RetireAgency(c.Request().Context(), v, c.Param("agency"), c.Field("reason")); err != nil {
		return r.showAgencyRetiring(c, v, err)
	}
	return c.Go("/admin/agency/" + c.Param("agency") + "?done=agency_retired")
}

// returnAgency brings the agency back.
func (r *Room) returnAgency(c *web.Context, v people.Viewer) error {
	if err := r.People.ReturnAgency(c.Request().Context(), v, c.Param("agency")); err != nil {
		return r.showAgency(c, nil, err)
	}
	return c.Go("/admin/agency/" + c.Param("agency") + "?done=agency_returned")
}

// mergeWithPage asks for the agency into which another goes.
type mergeWithPage struct {
	Form
	Agency people.Organisation
	Into   []Option // the first is no agency
}

func (r *Room) showMergeWith(c *web.Context, err error) error {
	rx := r.DB.Read(c.Request().Context())
	o, fail := people.OrganisationByKey(rx, c.Param("agency"))
	if fail != nil {
		return fail
	}
	p := &mergeWithPage{Form: form(c, "agencies", c.T("admin.agencies.merge_title")), Agency: o}
	if fail := p.take(c, err, "agency_merge", "into"); fail != nil {
		return fail
	}
	all, fail := people.FindAgencies(rx, "", "", c.Lang)
	if fail != nil {
		return fail
	}
	into := c.Field("into")
	p.Into = []Option{{"", c.T("admin.people.choose"), into == ""}}
	for _, a := range all {
		if a.ID != o.ID && !a.Retired {
			p.Into = append(p.Into, Option{a.Key, a.Name.In(c.Lang), into == a.Key})
		}
	}
	p.Alternate = "/admin/agency/" + o.Key + "/merge"
	p.sent("merge", p.Alternate)
	return r.showForm(c, "admin/agency-merge", &p.Form, p)
}

// mergingWith asks which agency goes on.
func (r *Room) mergingWith(c *web.Context, _ people.Viewer) error { return r.showMergeWith(c, nil) }

// mergeWith leads to what merging the two would do; it changes nothing.
func (r *Room) mergeWith(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showMergeWith(c, nil)
	}
	key, into := c.Param("agency"), c.Field("into")
	_, err := people.WhatMerges(r.DB.Read(c.Request().Context()), v, key, into)
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return r.showMergeWith(c, problem.InvalidField("into", "admin.error.agency_merge.into"))
	}
	if err != nil {
		return err
	}
	return c.Go("/admin/agency/" + key + "/merge/" + into)
}

// mergePage says what would move with an agency and what would stay.
type mergePage struct {
	Form
	What   people.Merging
	Rules  int // of the agency that ends, which ask nobody any more
	Look   string
	Proof  people.Proof
	Reason string
}

func (r *Room) showMerging(c *web.Context, v people.Viewer, err error) error {
	rx := r.DB.Read(c.Request().Context())
	what, fail := people.WhatMerges(rx, v, c.Param("agency"), c.Param("into"))
	if fail != nil {
		return fail
	}
	rules, fail := course.CountRules(rx, what.From.Agency.ID)
	if fail != nil {
		return fail
	}
	proof, fail := r.People.ProofOf(rx, v.Person)
	if fail != nil {
		return fail
	}
	p := &mergePage{Form: form(c, "agencies", c.T("admin.agencies.merge_look_title")), What: what, Rules: rules, Look: what.Look(), Proof: proof, Reason: c.Field("reason")}
	if fail := p.take(c, err, "agency_merge", "reason", "proof"); fail != nil {
		return fail
	}
	p.callProof(c, proof)
	p.Alternate = "/admin/agency/" + what.From.Agency.Key + "/merge/" + what.Into.Key
	if len(what.Missing) == 0 {
		p.sent("merge", p.Alternate)
	}
	return r.showForm(c, "admin/agency-merge-into", &p.Form, p)
}

// merging shows what merging the two agencies would do.
func (r *Room) merging(c *web.Context, v people.Viewer) error { return r.showMerging(c, v, nil) }

// merge merges the agency into the other.
func (r *Room) merge(c *web.Context, v people.Viewer) error {
	if c.Switching() {
		return r.showMerging(c, v, nil)
	}
	f := people.MergeForm{Into: c.Param("into"), Look: c.Field("look"), Reason: c.Field("reason"), Proof: c.Field("proof")}
	if err := r.People.MergeAgencies(c.Request().Context(), v, c.Param("agency"), f); err != nil {
		return r.showMerging(c, v, err)
	}
	return c.Go("/admin/agency/" + f.Into + "?done=agency_merged")
}
