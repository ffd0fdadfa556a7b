package steward

import (
	"context"
	"slices"
	"strings"
	"time"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Question is what an administrator asks of the record, as it was typed.
type Question struct {
	Person   string // an address, an id, or part of a name
	Verb     string
	Subject  string // "job:5", or a certificate's number
	Via      string
	From, To string // days as they were typed, both of them within
}

// Line is a line of the record as its reader may see it.
type Line struct {
	ID      int64
	At      store.Time
	Actor   string // name; "" for nobody, or somebody who is gone
	ActorID string
	Via     string
	Verb    string
	Kind    string    // what the subject is: "person"
	Subject string    // and which: the end of a number, "" when it has a name
	Called  i18n.Text // what it is called; empty when it is gone or has no name
	Detail  []Pair
	Hidden  bool // there is more, which is not for this reader
}

// linesAtOnce is how many lines a page shows: a phone shows one in a thumb's way.
const linesAtOnce = 20

// Record returns a page of the lines that were asked for, the newest first, from
// before the line with the number (0: the newest), and where the next page goes
// on, 0 at the end. What cannot be understood is Invalid with the fields person,
// subject, from, to. Only whoever runs the installation may read it: the others
// are problem.Forbidden.
func (s *Steward) Record(ctx context.Context, v people.Viewer, q Question, before int64) ([]Line, int64, error) {
	if err := mayLook(v); err != nil {
		return nil, 0, err
	}
	rx := s.DB.Read(ctx)
	f, err := q.filter(rx)
	if err != nil {
		return nil, 0, err
	}
	return page(rx, f, before, linesAtOnce)
}

func page(rx store.Rx, f audit.Filter, before int64, n int) ([]Line, int64, error) {
	found, err := audit.Page(rx, f, before, n+1)
	if err != nil {
		return nil, 0, err
	}
	next := int64(0)
	if len(found) > n {
		found = found[:n]
		next = found[n-1].ID
	}
	lines, err := shown(rx, found)
	return lines, next, err
}

// filter understands a question.
func (q Question) filter(rx store.Rx) (audit.Filter, error) {
	f := audit.Filter{Verb: q.Verb, Via: q.Via}
	bad := problem.New(problem.Invalid, "people.invalid")
	bad.Fields = map[string]string{}
	if who := strings.TrimSpace(q.Person); who != "" {
		var err error
		if f.Persons, err = people.WhoIs(rx, who); err != nil {
			return f, err
		}
		if len(f.Persons) == 0 {
			bad.Fields["person"] = "steward.nobody"
		}
	}
	if what := strings.TrimSpace(q.Subject); what != "" {
		f.Subject = what
		if id, ok := certificates.ParseNumber(what); ok {
			f.Subject = "certificate:" + id
		} else if !strings.Contains(what, ":") {
			bad.Fields["subject"] = "steward.no_subject"
		}
	}
	for _, d := range []struct {
		typed, field string
		days         int
		to           *store.Time
	}{{q.From, "from", 0, &f.From}, {q.To, "to", 1, &f.To}} {
		if d.typed == "" {
			continue
		}
		iso, _ := i18n.ParseDay(d.typed)
		day, err := time.ParseInLocation(time.DateOnly, iso, i18n.London())
		if err != nil || day.Year() < 1970 || day.Year() > 2200 {
			bad.Fields[d.field] = "steward.no_day"
			continue
		}
		*d.to = store.At(day.AddDate(0, 0, d.days))
	}
	if len(bad.Fields) > 0 {
		return f, bad
	}
	return f, nil
}

// shown makes of lines what their reader may see.
func shown(rx store.Rx, found []audit.Line) ([]Line, error) {
	lines := make([]Line, len(found))
	n := callings{}
	for i, l := range found {
		kind, which, _ := strings.Cut(l.Subject, ":")
		lines[i] = Line{ID: l.ID, At: l.At, ActorID: l.Actor, Via: l.Via, Verb: l.Verb, Kind: kind, Subject: which}
		if Tells(l.Verb) {
			lines[i].Detail = pairs(l.Detail)
		} else {
			lines[i].Hidden = l.Detail != "" && l.Detail != "{}"
		}
		n.want("person", l.Actor)
		n.want(kind, which)
		for _, p := range lines[i].Detail {
			n.want(p.kind(), p.Value)
		}
	}
	if err := n.read(rx); err != nil {
		return nil, err
	}
	for i := range lines {
		n.put(&lines[i])
	}
	return lines, nil
}

// tells are the rooms whose details are about running the installation. What
// somebody learned, and with what score, is for those who answer for them.
var tells = []string{"people.", "site.", "outbox.", "steward.", "audit."}

// Tells says whether the details of the verb are for whoever runs the
// installation.
func Tells(verb string) bool {
	return slices.ContainsFunc(tells, func(room string) bool { return strings.HasPrefix(verb, room) })
}

// Choices are the verbs and the doors that the record has. Refusals are those
// of Record.
func (s *Steward) Choices(ctx context.Context, v people.Viewer) (verbs, doors []string, err error) {
	if err := mayLook(v); err != nil {
		return nil, nil, err
	}
	rx := s.DB.Read(ctx)
	if verbs, err = audit.Verbs(rx); err != nil {
		return nil, nil, err
	}
	doors, err = audit.Doors(rx)
	return verbs, doors, err
}
