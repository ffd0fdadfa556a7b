package web

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"

	"github.com/labstack/echo/v4"
)

// Every kind of error has one status and words; what is wrong inside is never
// among them.
func TestWhatAnErrorComesTo(t *testing.T) {
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	secret := errors.New("SELECT secret")
	for _, c := range []struct {
		err    error
		status int
		key    string
		retry  int
	}{
		{problem.New(problem.NotFound, "people.not_found"), 404, "people.not_found", 0},
		{problem.New(problem.Unauthenticated, "web.sign_in_first"), 401, "web.sign_in_first", 0},
		{problem.New(problem.Forbidden, "web.forbidden"), 403, "web.forbidden", 0},
		{problem.InvalidField("name", "people.name.short"), 422, "people.name.short", 0},
		{problem.New(problem.Conflict, "quiz.closed"), 409, "quiz.closed", 0},
		{problem.New(problem.TooMany, "quiz.wait").After(90*time.Second + 1), 429, "quiz.wait", 91},
		{problem.New(problem.Unavailable, "store.unavailable", "Secret", secret).Because(secret), 503, "web.unavailable", 5},
		{problem.New(problem.Unavailable, "people.signin.busy").After(30 * time.Second), 503, "web.unavailable", 30},
		{problem.New(problem.Internal, "quiz.closed").Because(secret), 500, "web.internal", 0},
		{secret, 500, "web.internal", 0},
		{fmt.Errorf("deep down: %w", problem.New(problem.NotFound, "web.not_found")), 404, "web.not_found", 0},
		{fmt.Errorf("deep down: %w", tooLarge(maxBody)), 413, "web.too_large", 0},
		{echo.ErrNotFound, 404, "web.not_found", 0},
		{echo.ErrMethodNotAllowed, 405, "web.method", 0},
		{echo.NewHTTPError(http.StatusTeapot, "SELECT secret"), 400, "web.bad_request", 0},
	} {
		got := answerTo(c.err)
		if got.status != c.status || got.key != c.key || got.retry != c.retry || c.status >= 500 && got.args != nil {
			t.Errorf("%v: %+v, want %d %s, %d s", c.err, got, c.status, c.key, c.retry)
		}
		if !words.Has(got.key) {
			t.Errorf("%s is no message", got.key)
		}
	}
	for kind := problem.Internal; kind <= problem.Unavailable; kind++ {
		if statuses[kind] == 0 {
			t.Errorf("kind %d has no status", kind)
		}
	}
}

// The errors above a form stand in the order in which the form asks, each with
// its field; one without a field stands alone.
func TestErrorsStandInTheFormsOrder(t *testing.T) {
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	c := &Context{Site: &Site{Words: words}, Lang: i18n.CY}
	p := problem.New(problem.Invalid, "people.invalid", "MinPassword", 12)
	p.Fields = map[string]string{"password": "people.password.short", "email": "people.email.shape", "name": "people.name.short"}
	f := c.FormErrors(p, "name", "email", "password")
	for i, field := range []string{"name", "email", "password"} {
		if f.Errors[i].Field != field || f.At(field) == nil || f.At(field).Text != words.TArgs(i18n.CY, p.Fields[field], p.Args) {
			t.Errorf("%d: %+v", i, f.Errors[i])
		}
	}
	if f.At("other") != nil {
		t.Error("a field without an error has one")
	}
	alone := c.FormErrors(problem.New(problem.TooMany, "people.signin.throttled"))
	if len(alone.Errors) != 1 || alone.Errors[0].Field != "" || alone.Errors[0].Text != words.T(i18n.CY, "people.signin.throttled") {
		t.Errorf("%+v", alone.Errors)
	}
}
