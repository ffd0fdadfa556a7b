package learner

import (
	"golau/cmd/golau/internal/web"
	"golau/course"
)

// button is the one thing to do next, as a page offers it.
type button struct{ Path, Label string }

// onward is the button of the pages that say where somebody is. Nothing offers a
// test before it may be tried again: until then there is something to read.
func onward(c *web.Context, o course.Overview) button {
	modules, to := "/learn/"+o.Course.Slug, stepPath(o.Next)
	now := statusOf(o, o.Next.Module)
	switch a := o.Ahead; {
	case o.Progress.Done != nil:
		return button{to, c.T("learn.see_certificate")}
	case a == nil && now.Read == 0:
		return button{to, c.T("learn.start")}
	case a == nil:
		return button{to, c.T("learn.continue")}
	case a.Standing.OpenAttempt != "":
		return button{questionPath(a.Standing.OpenAttempt, a.Reached), c.T("learn.continue")}
	case o.Unaccepted && now == nil:
		return button{to, c.T("acceptance.why")}
	case a.Standing.Left == 0 || !a.Standing.WaitUntil.IsZero() && now == nil:
		return button{modules, c.T("assessment.read_again")}
	case !a.Standing.WaitUntil.IsZero():
		return button{modules + "/" + now.Module.Slug + "/" + now.Module.Sections[0].ID, c.T("tries.read_module", "Number", now.Module.Number)}
	case a.Standing.Last != nil:
		return button{to, c.T("result.again")}
	}
	return button{to, c.T("learn.continue")}
}

// onward is the button of a result: on, again, or first to read what is not
// secure yet. It offers no other try before its time, nor after a pass.
func (p *resultPage) onward(c *web.Context) button {
	modules := "/learn/" + p.Course.Slug
	test := modules + "/assessment"
	if p.Module != nil {
		test = modules + "/" + p.Module.Slug + "/check"
	}
	switch s := p.Standing; {
	case s.Passed:
		return p.on(c)
	case s.OpenAttempt != "":
		return button{test, c.T("assessment.resume")}
	case s.Left == 0:
		return button{modules, c.T("assessment.read_again")}
	case !s.WaitUntil.IsZero():
		for _, l := range p.Objectives {
			if !l.Secure && l.Path != "" {
				return button{l.Path, c.T("result.read_first")}
			}
		}
		return button{modules, c.T("assessment.read_again")}
	}
	return button{test, c.T("result.again")}
}

// on is what a pass opened.
func (p *resultPage) on(c *web.Context) button {
	to := stepPath(p.Outcome.Next)
	switch {
	case p.Alone:
		return button{"/learn/" + p.Course.Slug, c.T("learn.see_all")}
	case p.Certificate != "":
		return button{"/certificates/" + p.Certificate, c.T("learn.see_certificate")}
	case p.Outcome.Next.Kind == course.StepFinal:
		return button{to, c.T("result.to_final")}
	case p.Outcome.Next.Kind == course.StepDone:
		return button{to, c.T("learn.see_certificate")}
	}
	return button{to, c.T("result.next_module")}
}
