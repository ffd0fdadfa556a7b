package web

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"golau/internal/problem"

	"github.com/labstack/echo/v4"
)

// statusError is an error of the protocol itself, below any room.
type statusError struct {
	status int
	key    string
	args   map[string]any
}

func (e *statusError) Error() string { return e.key }

// answer is what an error comes to: a status and words.
type answer struct {
	status int
	key    string
	args   map[string]any
	retry  int // seconds; 0 = not said
}

// statusGone is counted where whoever asked did not wait for the answer. Nobody
// sees it, and nothing of ours is at fault.
const statusGone = 499

// statuses says which status a kind of problem has.
var statuses = map[problem.Kind]int{
	problem.NotFound: http.StatusNotFound, problem.Unauthenticated: http.StatusUnauthorized,
	problem.Forbidden: http.StatusForbidden, problem.Invalid: http.StatusUnprocessableEntity,
	problem.Conflict: http.StatusConflict, problem.TooMany: http.StatusTooManyRequests,
	problem.Unavailable: http.StatusServiceUnavailable, problem.Internal: http.StatusInternalServerError,
}

// Status returns the status and the words' key of any error.
func answerTo(err error) answer {
	var se *statusError
	var he *echo.HTTPError
	switch {
	case errors.As(err, &se):
		return answer{status: se.status, key: se.key, args: se.args}
	case errors.As(err, &he):
		switch he.Code {
		case http.StatusNotFound:
			return answer{status: he.Code, key: "web.not_found"}
		case http.StatusMethodNotAllowed:
			return answer{status: he.Code, key: "web.method"}
		default:
			return answer{status: http.StatusBadRequest, key: "web.bad_request"}
		}
	}
	p, ok := problem.As(err)
	if !ok || p.Kind == problem.Internal {
		return answer{status: http.StatusInternalServerError, key: "web.internal"}
	}
	a := answer{status: statuses[p.Kind], key: p.Key, args: p.Args, retry: int(math.Ceil(p.RetryAfter.Seconds()))}
	if p.Kind == problem.Unavailable {
		a.key, a.args = "web.unavailable", nil // what is wrong inside is for the log
		a.retry = max(a.retry, 5)
	}
	return a
}

// fail is the one place that makes a page, or a problem document, of an error.
func (s *Site) fail(err error, ec echo.Context) {
	if ec.Response().Committed {
		return
	}
	c, ok := ec.(*Context)
	if !ok {
		c = s.context(ec)
		if !forSystems(c.Request()) {
			c.viewer, _ = s.viewer(c)
			c.half, _ = s.halfway(c)
		}
	}
	if errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil {
		if !unnoted(c) {
			s.Log.LogAttrs(context.Background(), slog.LevelInfo, "client went away", slog.String("id", RequestID(c)), slog.String("route", c.Context.Path()))
		}
		_ = c.NoContent(statusGone)
		return
	}
	a := answerTo(err)
	s.noteFailure(c, a, err)
	if a.retry > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(a.retry))
	}
	if forSystems(c.Request()) {
		s.systemFailed(c, a, err)
		return
	}
	if a.status == http.StatusUnauthorized && !c.WantsJSON() {
		if s.Unauthenticated != nil && s.Unauthenticated(c) == nil {
			return
		}
	}
	if c.WantsJSON() {
		_ = c.problemJSON(a)
		return
	}
	if err := s.errorPage(c, a); err != nil {
		s.Log.Error("the error page itself failed", "err", err)
		_ = c.String(a.status, http.StatusText(a.status))
	}
}

// noteFailure logs what failed and what was refused: of a page that is noted
// nowhere, what failed, and not which page it was.
func (s *Site) noteFailure(c *Context, a answer, err error) {
	said := []slog.Attr{slog.String("id", RequestID(c))}
	if !unnoted(c) {
		said = append(said, slog.String("route", c.Context.Path()))
	}
	switch {
	case a.status >= 500:
		s.Log.LogAttrs(c.Request().Context(), slog.LevelError, "request failed", append(said, slog.String("err", err.Error()))...)
	case unnoted(c):
	case a.status == http.StatusForbidden || a.status == http.StatusUnauthorized:
		s.Log.LogAttrs(c.Request().Context(), slog.LevelInfo, "refused", append(said, slog.Int("status", a.status))...)
	}
}

// problemJSON answers as RFC 9457 says.
func (c *Context) problemJSON(a answer) error {
	c.Response().Header().Set("Content-Type", "application/problem+json")
	return c.sendJSON(a.status, map[string]any{
		"type": "about:blank", "title": http.StatusText(a.status), "status": a.status,
		"detail": c.Site.Words.TArgs(c.Lang, a.key, a.args), "message": c.Site.Words.TArgs(c.Lang, a.key, a.args),
		"key": a.key, "request": RequestID(c),
	})
}

// errorPage shows the error in the page's language, with a way on.
func (s *Site) errorPage(c *Context, a answer) error {
	heading := "web.error_title"
	switch a.status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		heading = "web.not_found_title"
	case http.StatusForbidden:
		heading = "web.forbidden_title"
	case http.StatusServiceUnavailable, http.StatusInternalServerError:
		heading = "web.unavailable_title"
	case http.StatusTooManyRequests:
		heading = "web.wait_title"
	case http.StatusConflict:
		heading = "web.conflict_title"
	}
	title := c.T(heading)
	if own, ok := a.args["Heading"].(string); ok {
		title = own
	}
	p := &errorView{Heading: title, Shut: c.Context.Path() == "/:lang/learn" && a.status == http.StatusForbidden, Text: s.Words.TArgs(c.Lang, a.key, a.args), Request: RequestID(c), SignedIn: c.viewer.Person != "",
		Broken: a.status != http.StatusConflict && a.status != http.StatusTooManyRequests}
	p.Title = p.Heading
	if c.Request().Method != http.MethodGet || a.status == http.StatusNotFound {
		p.Alternate = "/" // this address cannot be asked for in the other language
		if c.half.Owes() {
			p.Alternate = "/second-factor"
		}
	}
	if step, ok := a.args["Step"].(string); ok && SafeNext(step) {
		p.Step = step
		p.StepName, _ = a.args["StepName"].(string)
	}
	return c.Show(a.status, "web/error", p)
}

// errorView is the page of an error. Where a step comes first it offers that step
// alone: nothing is broken, and nothing else helps.
type errorView struct {
	Frame
	Heading, Text, Request string
	Step, StepName         string
	SignedIn               bool
	Shut                   bool // what is next for them is this very page
	Broken                 bool // the page may be: then say how to tell us
}
