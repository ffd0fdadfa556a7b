package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golau/cmd/golau/internal/web/api"
	"golau/internal/people"
	"golau/internal/store"

	"github.com/getkin/kin-openapi/openapi3"
)

// description is openapi.json, and what of it was seen to happen.
type description struct {
	t    *testing.T
	doc  *openapi3.T
	seen map[string]bool // "GET /people 200", and the codes of problems
}

func readDescription(t *testing.T) *description {
	t.Helper()
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(api.Description)
	if err == nil {
		err = doc.Validate(loader.Context)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &description{t, doc, map[string]bool{}}
}

// operation finds what an address is in the description.
func (d *description) operation(method, path string) (name string, op *openapi3.Operation) {
	path, _, _ = strings.Cut(path, "?")
	for template, item := range d.doc.Paths.Map() {
		if pattern := regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(template), "[^/]+"); regexp.MustCompile("^" + pattern + "$").MatchString(path) {
			return method + " " + template, item.GetOperation(method)
		}
	}
	return "", nil
}

// answered holds an answer against the description: its status, kind, headers and
// body; and of a request that was done, its body.
func (d *description) answered(method, path, body string, r *reply) {
	d.t.Helper()
	name, op := d.operation(method, path)
	what := fmt.Sprintf("%s: %d", name, r.Status)
	if op == nil {
		if r.Status != http.StatusMethodNotAllowed && r.Status != http.StatusNotFound {
			d.t.Errorf("%s %s is not described", method, path)
		}
		d.problem(r)
		return
	}
	said := op.Responses.Status(r.Status)
	if said == nil {
		if d.problem(r); r.Status != http.StatusMisdirectedRequest {
			d.t.Errorf("%s is not described\n%s", what, r.Body)
		}
		return
	}
	d.seen[fmt.Sprintf("%s %d", name, r.Status)] = true
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	for described, content := range said.Value.Content {
		if k, _, _ := mime.ParseMediaType(described); k == kind {
			d.fits(what, content.Schema, r.Body)
			kind = ""
		}
	}
	if kind != "" {
		d.t.Errorf("%s: %s is not described", what, kind)
	}
	for header, ref := range said.Value.Headers {
		if ref.Value.Required && r.Header.Get(header) == "" {
			d.t.Errorf("%s: without %s", what, header)
		}
	}
	if r.Status >= 400 {
		d.problem(r)
	} else if body != "" {
		for _, content := range op.RequestBody.Value.Content {
			d.fits(what+", what was sent", content.Schema, body)
		}
	}
}

func (d *description) fits(what string, schema *openapi3.SchemaRef, body string) {
	d.t.Helper()
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		d.t.Errorf("%s: %v\n%s", what, err, body)
		return
	}
	if err := schema.Value.VisitJSON(v, openapi3.EnableJSONSchema2020(), openapi3.EnableFormatValidation()); err != nil {
		d.t.Errorf("%s: %v\n%s", what, err, body)
	}
}

// problem notes which problem an answer tells of.
func (d *description) problem(r *reply) {
	d.t.Helper()
	var p struct {
		Type, Title, Detail, Instance, Code, Request string
		Status                                       int
	}
	if err := json.Unmarshal([]byte(r.Body), &p); err != nil || p.Status != r.Status || p.Request != r.Header.Get("X-Request-Id") ||
		!strings.HasSuffix(p.Type, "/api/v1/openapi.json#problem-"+p.Code) || p.Title == "" || p.Detail == "" || strings.Contains(p.Title+p.Detail, "api.") {
		d.t.Errorf("%s: %d is no whole problem: %s", r.path, r.Status, r.Body)
	}
	d.fits("a problem", d.doc.Components.Schemas["Problem"], r.Body)
	d.seen[p.Code] = true
}

// The description and the routes are the same addresses, and say which scope each
// needs; every answer that can be had fits it, and everything that it says can be
// had: each status of each operation, and each code of a problem.
func TestTheDescriptionIsTrue(t *testing.T) {
	t.Parallel()
	d := readDescription(t)
	h := livedIn(t)
	d.sameRoutes(h)
	all := func(h *house) *system {
		s := h.letIn("lowri", people.TokenScopes(people.Lead)...)
		s.seen = d.answered
		return s
	}
	d.whatIsDone(h, all(h))
	d.whatIsRefused(h, all(h))
	spoilt := livedIn(t)
	s := all(spoilt)
	spoilt.write(func(tx store.Tx) error { return tx.Exec("DROP TABLE people_tokens").Error })
	d.everywhere(s, http.StatusInternalServerError)
	d.whileLocked(livedIn(t))

	for path, item := range d.doc.Paths.Map() {
		for method, op := range item.Operations() {
			for status := range op.Responses.Map() {
				if method == http.MethodGet && status == "503" { // a lock stops no reader, and a broken disk is T1-04's
					continue
				}
				if name := method + " " + path + " " + status; !d.seen[name] {
					t.Errorf("%s is described, and was not seen", name)
				}
			}
		}
	}
	for _, code := range d.doc.Components.Schemas["Problem"].Value.Properties["code"].Value.Enum {
		if !d.seen[code.(string)] {
			t.Errorf("the problem %s is described, and was not seen", code)
		}
	}
}

// whileLocked asks for changes while somebody else holds the database.
func (d *description) whileLocked(h *house) {
	d.t.Helper()
	s := h.letIn("lowri", people.TokenScopes(people.Lead)...)
	nia := "/people/" + h.position("nia")
	seen := s.get(nia).want(http.StatusOK).Header.Get("ETag") // the day is noted
	other, err := sql.Open("sqlite", h.path())
	if err != nil {
		d.t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Exec("BEGIN EXCLUSIVE"); err != nil {
		d.t.Fatal(err)
	}
	var both sync.WaitGroup
	var invited, changed *reply
	both.Go(func() { invited = s.ask(http.MethodPost, "/people", newPerson, "Idempotency-Key", "k") })
	both.Go(func() { changed = s.ask(http.MethodPatch, nia, `{"group":"A"}`, "If-Match", seen) })
	both.Wait()
	d.answered(http.MethodPost, "/people", newPerson, invited.want(http.StatusServiceUnavailable))
	d.answered(http.MethodPatch, nia, "", changed.want(http.StatusServiceUnavailable))
	s.get(nia).want(http.StatusOK).lacks(`"group":"A"`)
}

func (d *description) sameRoutes(h *house) {
	described := map[string]string{}
	for path, item := range d.doc.Paths.Map() {
		for method, op := range item.Operations() {
			scope := "public"
			if op.Security == nil || len(*op.Security) > 0 {
				scope = strings.Join((*op.Security)[0]["token"], " ")
			}
			described[method+" /api/v1"+path] = scope
		}
	}
	there := map[string]string{}
	for _, r := range h.routes {
		if strings.HasPrefix(r.Path, "/api/") {
			there[r.Method+" "+regexp.MustCompile(`:(\w+)`).ReplaceAllString(r.Path, "{$1}")] = string(r.Scope)
			if address := r.Method + " " + r.Path; tokenNeeds[address] != r.Scope {
				d.t.Errorf("%s needs %q, the matrix says %q", address, r.Scope, tokenNeeds[address])
			}
		}
	}
	there["GET /api/v1/openapi.json"] = "public"
	if !maps.Equal(described, there) {
		d.t.Errorf("described: %v\nthere: %v", described, there)
	}
}

// everywhere asks for everything and wants one status.
func (d *description) everywhere(s *system, status int) {
	d.t.Helper()
	id := strings.Repeat("0", 26)
	for _, a := range [][3]string{{"GET", "/people", ""}, {"POST", "/people", "{}"}, {"GET", "/people/" + id, ""}, {"PATCH", "/people/" + id, "{}"}, {"GET", "/teams", ""},
		{"GET", "/assignments", ""}, {"GET", "/completions", ""}, {"GET", "/course", ""}} {
		if status == http.StatusForbidden && a[1] == "/course" {
			continue // any token will do
		}
		if got := s.ask(a[0], a[1], a[2]); got.Status != status {
			d.t.Errorf("%s %s: %d, want %d\n%s", a[0], a[1], got.Status, status, got.Body)
		}
	}
}

const newPerson = `{"name":"Mair Eryl","email":"mair@shared.example","job_role":"education","language":"cy"}`

func (d *description) whatIsDone(h *house, s *system) {
	d.t.Helper()
	nia := "/people/" + h.position("nia")
	s.get("/openapi.json").want(http.StatusOK)
	s.get("/course").want(http.StatusOK).has(`"id":"child-trafficking"`, `"id":"what-it-is"`)
	list := s.get("/people?limit=200").want(http.StatusOK).has("Nia Rhydderch", "Lowri Haf", `"status":"in_date"`, `"en":"In date"`)
	var people struct {
		Data []struct{ ID, Version string }
		Next *string
	}
	if err := json.Unmarshal([]byte(list.Body), &people); err != nil || len(people.Data) < 3 || people.Next != nil {
		d.t.Fatalf("%v %s", err, list.Body)
	}
	var ids []string
	for path := "/people?limit=1"; path != ""; {
		var one struct {
			Data []struct{ ID string }
			Next *string
		}
		if err := json.Unmarshal([]byte(s.get(path).want(http.StatusOK).Body), &one); err != nil || len(one.Data) != 1 {
			d.t.Fatalf("%v %s", err, path)
		}
		ids, path = append(ids, one.Data[0].ID), ""
		if one.Next != nil {
			path = "/people?limit=1&cursor=" + *one.Next
		}
	}
	if len(ids) != len(people.Data) || !slices.IsSorted(ids) || ids[0] != people.Data[0].ID {
		d.t.Errorf("page by page %v, at once %v", ids, people.Data)
	}
	one := s.get(nia).want(http.StatusOK).has(`"email":"nia@shared.example"`)
	changed := s.ask(http.MethodPatch, nia, `{"group":"C","staff_number":"0017","works_since":"2020-02-29"}`, "If-Match", one.Header.Get("ETag")).want(http.StatusOK)
	changed.has(`"group":"C"`, `"staff_number":"0017"`)
	s.ask(http.MethodPatch, nia, `{"group":null}`, "If-Match", changed.Header.Get("ETag"), "Content-Type", "application/merge-patch+json").want(http.StatusOK).has(`"group":null`, `"staff_number":"0017"`)
	s.get("/people?group=C").want(http.StatusOK).lacks("Nia")
	first := s.ask(http.MethodPost, "/people", newPerson, "Idempotency-Key", "k1").want(http.StatusCreated)
	again := s.ask(http.MethodPost, "/people", newPerson, "Idempotency-Key", "k1").want(http.StatusCreated)
	if first.Body != again.Body || first.Header.Get("Idempotency-Replayed") != "" || again.Header.Get("Idempotency-Replayed") != "true" || h.count("people_invitations") != 1 {
		d.t.Errorf("%s\n%s", first.Body, again.Body)
	}
	s.ask(http.MethodPost, "/people", strings.Replace(newPerson, "Mair", "Mari", 1), "Idempotency-Key", "k1").want(http.StatusUnprocessableEntity).has(`"code":"key_reused"`)
	h.write(func(tx store.Tx) error {
		return tx.Exec(`INSERT INTO people_teams (id, organisation_id, board_id, name_en, name_cy, created_at)
			SELECT ?, organisation_id, board_id, 'Night', 'Nos', 1 FROM people_positions WHERE person_id = ?`, strings.Repeat("7", 26), h.id["nia"]).Error
	})
	s.get("/teams").want(http.StatusOK).has("Nos", `"people":0`)
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_positions SET team_id = ? WHERE person_id = ?", strings.Repeat("7", 26), h.id["nia"]).Error
	})
	s.get("/teams").want(http.StatusOK).has(`"people":1`)
	done := s.get("/completions").want(http.StatusOK).has("Nia Rhydderch", `"number":"GL-`, `"status":"valid"`)
	s.get("/completions?since=2026-11-23&limit=1").want(http.StatusOK).has("Nia")
	s.get("/completions?since=2026-11-24T00:00:00Z").want(http.StatusOK).lacks("Nia")
	asks(h.as("lowri"), ruleForm("parts", "signs"))
	h.settle()
	asked := s.get("/assignments?limit=200").want(http.StatusOK).has("Nia Rhydderch", `"modules":["signs"]`)
	for _, word := range []string{"answer", "mark", "score", "attempt"} {
		if strings.Contains(done.Body+one.Body+list.Body+asked.Body, word) {
			d.t.Errorf("%q is told", word)
		}
	}
}

func (d *description) whatIsRefused(h *house, s *system) {
	d.t.Helper()
	nia, nobody := "/people/"+h.position("nia"), "/people/"+strings.Repeat("0", 26)
	for _, path := range []string{"/people?limit=0", "/people?limit=201", "/people?limit=x", "/people?cursor=x", "/people?stat=x", "/people?status=x", "/people?left=yes",
		"/people?group=G", "/people?job_role=king", "/people?team=x", "/people?status=in_date&status=expired", "/teams?limit=1", "/assignments?person=x", "/assignments?cursor=x", "/assignments?status=overdue", "/completions?cursor=x", "/completions?since=yesterday",
		"/completions?course=x", "/course?x=1"} {
		if r := s.get(path, "Accept-Language", "cy").want(http.StatusUnprocessableEntity); r.Header.Get("Content-Language") != "cy" {
			d.t.Errorf("%s: in %s", path, r.Header.Get("Content-Language"))
		} else {
			r.has("Rhaid cywiro rhywbeth", `"fields":[{`)
		}
	}
	key, seen := []string{"Idempotency-Key", "k2"}, []string{"If-Match", s.get(nia).Header.Get("ETag")}
	long := `{"name":"` + strings.Repeat("a", 70_000) + `"}`
	for _, c := range []struct {
		method, path, body string
		more               []string
		status             int
	}{
		{"POST", "/people", newPerson, nil, 400},
		{"POST", "/people", newPerson, []string{"Idempotency-Key", "two words"}, 400},
		{"POST", "/people", newPerson, []string{"Idempotency-Key", strings.Repeat("k", 201)}, 400},
		{"POST", "/people", "{", key, 400}, {"POST", "/people", "[]", key, 400}, {"POST", "/people", "{}{}", key, 400}, {"POST", "/people", `{"name":"a","name":"b"}`, key, 400},
		{"POST", "/people", "{}", key, 422}, {"POST", "/people", `{"name":1}`, key, 422}, {"POST", "/people", `{"role":"lead"}`, key, 422},
		{"POST", "/people", strings.Replace(newPerson, "Mair", "M<b>", 1), append(key, "Content-Type", "text/plain"), 415},
		{"POST", "/people", newPerson, append(key, "Content-Encoding", "gzip"), 415},
		{"POST", "/people", newPerson, append(key, "Content-Type", "application/merge-patch+json"), 415},
		{"POST", "/people", long, key, 413},
		{"POST", "/people", newPerson, key, 422}, // is invited already
		{"PATCH", nia, `{"group":"A"}`, nil, 428}, {"PATCH", nia, `{"group":"A"}`, []string{"If-Match", "*"}, 428}, {"PATCH", nia, `{"group":"A"}`, []string{"If-Match", `"x"`}, 412},
		{"PATCH", nia, `{"group":"G"}`, seen, 422}, {"PATCH", nia, `{"name":"Somebody Else"}`, seen, 422}, {"PATCH", nia, "no", seen, 400}, {"PATCH", nia, long, seen, 413},
		{"PATCH", nia, `{}`, append(seen, "Content-Type", "application/x-www-form-urlencoded"), 415}, {"PATCH", nobody, `{}`, seen, 404},
		{"GET", nobody, "", nil, 404}, {"GET", "/people/x", "", nil, 404}, {"GET", "/nowhere", "", nil, 404}, {"DELETE", "/people", "", nil, 405}, {"PUT", nia, "{}", nil, 405},
		{"GET", "/people", "", []string{"Host", "evil.example"}, 421},
	} {
		s.ask(c.method, c.path, c.body, c.more...).want(c.status)
	}
	none := &system{h: h, token: "x", seen: d.answered}
	d.everywhere(none, http.StatusUnauthorized)
	officer := h.letIn("gwen", people.ReadCompletions)
	officer.seen = d.answered
	officer.get("/people").want(http.StatusForbidden).has("people:read")
	few := h.letIn("lowri", people.ReadPeople)
	few.seen = d.answered
	few.get("/completions").want(http.StatusForbidden)
	few.get("/assignments").want(http.StatusForbidden)
	for _, a := range [][3]string{{"GET", nia, ""}, {"PATCH", nia, "{}"}, {"POST", "/people", "{}"}, {"GET", "/teams", ""}} {
		officer.ask(a[0], a[1], a[2]).want(http.StatusForbidden)
	}
	for range 300 {
		s.get("/course")
	}
	d.everywhere(s, http.StatusTooManyRequests)
	h.clock.Advance(time.Minute)
	s.get("/course").want(http.StatusOK)
}
