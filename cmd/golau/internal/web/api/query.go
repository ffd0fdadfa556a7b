package api

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// usual and most are how many lines a page has.
const usual, most = 50, 200

// query reads what an address asks for, and gathers what is wrong with it.
type query struct {
	values url.Values
	wrong  map[string]string
}

// read begins with what is asked for by a name that nobody knows: a filter that is
// misspelt must not mean everybody.
func read(values url.Values, known ...string) query {
	q := query{values, map[string]string{}}
	for name, all := range values {
		if !slices.Contains(known, name) {
			q.wrong[web.Named(name)] = "api.query_unknown"
		} else if len(all) > 1 {
			q.wrong[name] = "api.query_twice"
		}
	}
	return q
}

// err is what is wrong, nil when nothing is.
func (q query) err() error {
	if len(q.wrong) == 0 {
		return nil
	}
	p := problem.New(problem.Invalid, "api.invalid", "Most", most)
	p.Fields = q.wrong
	return p
}

// one returns the value of a name, which must fit where it is given.
func (q query) one(name string, fits func(string) bool) string {
	v := q.values.Get(name)
	if q.values.Has(name) && !fits(v) {
		q.wrong[name] = "api.query_value"
	}
	return v
}

func (q query) limit() int {
	n := usual
	q.one("limit", func(s string) (ok bool) {
		var err error
		n, err = strconv.Atoi(s)
		return err == nil && n >= 1 && n <= most
	})
	if q.wrong["limit"] != "" {
		q.wrong["limit"] = "api.limit"
	}
	return n
}

// among says whether a value is one of those.
func among[T ~string](all []T) func(string) bool {
	return func(s string) bool { return slices.Contains(all, T(s)) }
}

// filter reads who is asked for.
func (q query) filter() course.RosterFilter {
	return course.RosterFilter{
		Team:   q.one("team", func(s string) bool { return s == course.NoTeam || store.IsID(s) }),
		Job:    people.JobRole(q.one("job_role", among(people.JobRoles))),
		Group:  people.Group(q.one("group", among(people.Groups))),
		Status: due.Status(q.one("status", among(due.Statuses))),
		Left:   q.one("left", among([]string{"true", "false"})) == "true",
	}
}

// after is the position behind which a page of people begins.
func (q query) after() string { return q.one("cursor", store.IsID) }

// since is a moment, or the beginning of a day in London.
func (q query) since() (at store.Time) {
	q.one("since", func(s string) bool {
		if d, ok := due.ParseDay(s); ok {
			at = store.At(d.Begin())
			return true
		}
		t, err := time.Parse(time.RFC3339, s)
		at = store.At(t)
		return err == nil && t.Year() >= 1970
	})
	return at
}

// place is where a page of completions begins.
func (q query) place() (p course.AchievedPlace) {
	q.one("cursor", func(s string) bool {
		raw, err := base64.RawURLEncoding.DecodeString(s)
		parts := strings.Split(string(raw), ".")
		if err != nil || len(parts) != 3 || !store.IsID(parts[1]) || !store.IsID(parts[2]) {
			return false
		}
		n, err := strconv.ParseInt(parts[0], 10, 64)
		p = course.AchievedPlace{At: store.At(time.UnixMicro(n)), Position: parts[1], Enrolment: parts[2]}
		return err == nil
	})
	return p
}

func cursor(p *course.AchievedPlace) string {
	if p == nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(p.At.UnixMicro(), 10) + "." + p.Position + "." + p.Enrolment))
}
