package web

import (
	"golau/internal/people"
	"golau/internal/problem"
)

// viewer finds out who is looking. A session that has ended makes nobody of
// its holder; a database that cannot answer lets nobody in.
func (s *Site) viewer(c *Context) (people.Viewer, error) {
	token := c.SessionToken()
	if token == "" {
		return people.Viewer{}, nil
	}
	v, err := s.People.Resolve(c.Request().Context(), token)
	if problem.KindOf(err) == problem.Unauthenticated && err != nil {
		return people.Viewer{}, nil
	}
	return v, err
}

// halfway finds out whether a visitor has passed one door and owes another.
func (s *Site) halfway(c *Context) (people.Half, error) {
	token := c.SessionToken()
	if c.viewer.SignedIn() || token == "" {
		return people.Half{}, nil
	}
	return s.People.ResolveHalf(c.Request().Context(), token)
}

// Half is who has passed one door and owes another; most often nobody.
func (c *Context) Half() people.Half { return c.half }

// Halfway gives the browser a session that still owes the second factor.
func (c *Context) Halfway(h people.Half, token string) {
	c.half = h
	c.SetSession(token)
}

// Arrived gives the browser the session of somebody who is in now, also for the
// page that says so.
func (c *Context) Arrived(v people.Viewer, token string) {
	c.viewer, c.half = v, people.Half{}
	c.SetSession(token)
}

// admits says whether somebody may come in by the route. Whoever is half signed
// in may only finish or go, also where anybody else may look.
func (r Route) admits(h people.Half, v people.Viewer) error {
	switch {
	case !h.Owes():
		return admit(r.Audience, v)
	case r.Halfway:
		return nil
	}
	return problem.New(problem.Unauthenticated, "web.second_factor_first")
}

// admit says whether v belongs to the audience.
func admit(a Audience, v people.Viewer) error {
	ok := false
	switch a {
	case Public:
		return nil
	case SignedIn:
		ok = v.Person != ""
	case Learning:
		if ok = !v.Barred(); !ok {
			return problem.New(problem.Forbidden, "web.suspended_here")
		}
		ok = v.Person != ""
	case Manager:
		ok = v.Person != "" && v.Manages
	case Lead:
		ok = v.Is(people.Lead)
	case Officer:
		ok = v.Is(people.Officer)
	case Admin:
		ok = v.Is(people.Admin)
	default:
		return problem.New(problem.NotFound, "web.not_found")
	}
	switch {
	case ok:
		return nil
	case v.Person == "":
		return problem.New(problem.Unauthenticated, "web.sign_in_first")
	default:
		return problem.New(problem.Forbidden, "web.forbidden")
	}
}
