package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"golau/internal/problem"
)

// told is a kind of problem as other systems hear of it: its code is the same for
// ever, its words are in the reader's language.
type told struct {
	status int
	code   string
}

// ownProblems are those that have another status or name than their kind.
var ownProblems = map[string]told{
	"people.position.other_version": {http.StatusPreconditionFailed, "other_version"},
	"api.version_missing":           {http.StatusPreconditionRequired, "version_missing"},
	"api.key_reused":                {http.StatusUnprocessableEntity, "key_reused"},
	"api.key_missing":               {http.StatusBadRequest, "key_missing"},
}

// codes are the names of problems by their status.
var codes = map[int]string{
	http.StatusBadRequest: "bad_request", http.StatusUnauthorized: "unauthenticated", http.StatusForbidden: "forbidden",
	http.StatusNotFound: "not_found", http.StatusMethodNotAllowed: "method", http.StatusConflict: "conflict",
	http.StatusRequestEntityTooLarge: "too_large", http.StatusUnsupportedMediaType: "media_type",
	http.StatusMisdirectedRequest: "wrong_host", http.StatusUnprocessableEntity: "invalid", http.StatusTooManyRequests: "too_many",
	http.StatusServiceUnavailable: "unavailable", http.StatusInternalServerError: "internal",
}

// Problem is a problem document (RFC 9457).
type Problem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"`
	Instance string         `json:"instance"` // the address, without what was asked of it
	Code     string         `json:"code"`
	Request  string         `json:"request"` // the number to quote
	Fields   []ProblemField `json:"fields,omitempty"`
}

// ProblemField is one thing to put right.
type ProblemField struct {
	Field  string `json:"field"` // "" where it is none, or no name
	Detail string `json:"detail"`
}

// systemFailed answers a system's request that failed.
func (s *Site) systemFailed(c *Context, a answer, err error) {
	t := told{a.status, codes[a.status]}
	if own, ok := ownProblems[a.key]; ok {
		t = own
	}
	detail := a.key
	switch a.key { // words that are about pages
	case "web.not_found", "people.not_found", "web.method", "web.bad_request", "web.internal", "web.unavailable", "people.invalid", "web.cross_origin":
		detail = "api." + t.code
	}
	if t.status == http.StatusUnauthorized {
		c.Response().Header().Set("WWW-Authenticate", "Bearer")
	}
	p := Problem{Type: s.BaseURL + apiPrefix + "v1/openapi.json#problem-" + t.code, Title: s.Words.T(c.Lang, "api.title."+t.code), Status: t.status,
		Detail: s.Words.TArgs(c.Lang, detail, a.args), Instance: c.Request().URL.EscapedPath(), Code: t.code, Request: RequestID(c)}
	if e, ok := problem.As(err); ok && e.Kind == problem.Invalid {
		for field, key := range e.Fields {
			p.Fields = append(p.Fields, ProblemField{field, s.Words.TArgs(c.Lang, key, e.Args)})
		}
		slices.SortFunc(p.Fields, func(a, b ProblemField) int {
			return cmp.Or(strings.Compare(a.Field, b.Field), strings.Compare(a.Detail, b.Detail))
		})
	}
	c.Response().Header().Set("Content-Type", "application/problem+json")
	c.Response().Header().Set("Content-Language", string(c.Lang))
	_ = c.sendJSON(t.status, p)
}
