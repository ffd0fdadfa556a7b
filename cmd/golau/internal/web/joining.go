package web

import (
	"golau/internal/people"
	"golau/internal/problem"
)

// Joining is the list of people who wait for a word, as leads see it and, where
// there is no lead, administrators.
type Joining struct {
	Waiting []people.Waiting
	To      string // where an answer is sent, before the membership
	Done    string // message key of what was just done
}

// Joining makes the list for a page at the address.
func (c *Context) Joining(ws []people.Waiting, at string) Joining {
	j := Joining{Waiting: ws, To: at + "/"}
	switch c.Done() {
	case "confirm", "decline":
		j.Done = "joining.done_" + c.Done()
	}
	return j
}

// AnswerJoining confirms or declines the one whom the address names and goes
// back to the list.
func (c *Context) AnswerJoining(d *people.Directory, v people.Viewer, at string) error {
	do := map[string]func() error{
		"confirm": func() error { return d.Confirm(c.Request().Context(), v, c.Param("id")) },
		"decline": func() error { return d.Decline(c.Request().Context(), v, c.Param("id")) },
	}[c.Field("answer")]
	if do == nil {
		return problem.New(problem.NotFound, "web.not_found")
	}
	if err := do(); err != nil {
		return err
	}
	return c.Go(at + "?done=" + c.Field("answer"))
}
