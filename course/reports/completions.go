package reports

import (
	"slices"
	"strings"

	"golau/certificates"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Completion is a course, or a module of it, that somebody finished. It belongs to the
// agency in which it was begun, and is one however many agencies they work for.
type Completion struct {
	At                        store.Time
	Enrolment, Course, Module string // Module is empty for the course as a whole
	Edition                   string
	Language                  i18n.Lang
	Until                     store.Time // zero where it counts for ever
	Job                       people.JobRole
	Group                     people.Group
	Name                      string // empty once its learner was erased
	Agency                    string // key
	AgencyName                i18n.Text
	// Number is that of the newest certificate, State its status; both are empty where
	// there is none.
	Number string
	State  certificates.Status
}

// Filter says which completions are wanted; what is empty asks for nothing.
type Filter struct {
	Agency   string // key
	Job      people.JobRole
	Course   string
	Module   string // the course as a whole where it is empty
	Language i18n.Lang
	From, To due.Day // finished on these days or between them
	State    certificates.Status
}

// States are the statuses of certificates that a filter may ask for.
var States = []certificates.Status{certificates.Valid, certificates.Expired, certificates.Revoked}

// Place is a place in the order of completions.
type Place struct {
	At        store.Time
	Enrolment string
}

const columns = `at, enrolment_id, module, edition, lang, valid_until, course, job_role, training_group, name,
	agency_key, agency_en, agency_cy, certificate_id, revoked, signed`

// query is what a filter asks for, and from which view.
func (f Filter) query(o Of, now store.Time) (from string, args []any) {
	o.granted()
	from, args = "reports_completions WHERE "+o.where, slices.Clone(o.args)
	if f.Module != "" {
		from, args = "reports_module_completions WHERE module = ? AND "+o.where, append([]any{f.Module}, args...)
	}
	and := func(asked bool, condition string, with ...any) {
		if asked {
			from, args = from+" AND "+condition, append(args, with...)
		}
	}
	and(f.Course != "", "course = ?", f.Course)
	and(f.Agency != "", "agency_key = ?", f.Agency)
	and(f.Job != "", "job_role = ?", f.Job)
	and(f.Language != "", "lang = ?", f.Language)
	if f.From != "" {
		and(true, "at >= ?", store.At(f.From.Begin()))
	}
	if f.To != "" {
		and(true, "at < ?", store.At(f.To.Plus(0, 1).Begin()))
	}
	today := store.At(due.DayOf(now.Time).Begin())
	and(f.State == certificates.Revoked, "revoked")
	and(f.State == certificates.Expired, "certificate_id <> '' AND NOT revoked AND valid_until < ?", today)
	and(f.State == certificates.Valid, "certificate_id <> '' AND NOT revoked AND (valid_until IS NULL OR valid_until >= ?)", today)
	return from, args
}

// EachCompletion calls do for every completion that a filter wants, the oldest first.
// Nothing is held but the one under way.
func EachCompletion(rx store.Rx, o Of, f Filter, do func(Completion) error) error {
	from, args := f.query(o, rx.Now())
	return read(rx, from+" ORDER BY at, enrolment_id", args, do)
}

// Completions returns up to limit completions that a filter wants, the newest first,
// behind a place (the zero place: from the newest), and the place of the last where
// there are more.
func Completions(rx store.Rx, o Of, f Filter, after Place, limit int) (all []Completion, next *Place, err error) {
	from, args := f.query(o, rx.Now())
	if !after.At.IsZero() {
		from, args = from+" AND (at, enrolment_id) < (?, ?)", append(args, after.At, after.Enrolment)
	}
	err = read(rx, from+" ORDER BY at DESC, enrolment_id DESC LIMIT ?", append(args, limit+1), func(c Completion) error {
		all = append(all, c)
		return nil
	})
	if len(all) > limit {
		all = all[:limit]
		next = &Place{all[limit-1].At, all[limit-1].Enrolment}
	}
	return all, next, err
}

func read(rx store.Rx, rest string, args []any, do func(Completion) error) error {
	now := rx.Now()
	rows, err := rx.Query("SELECT "+columns+" FROM "+rest, args...)
	if err != nil {
		return store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Completion
		var certificate string
		var revoked, signed bool
		err := rows.Scan(&c.At, &c.Enrolment, &c.Module, &c.Edition, &c.Language, &c.Until, &c.Course, &c.Job, &c.Group, &c.Name,
			&c.Agency, &c.AgencyName.EN, &c.AgencyName.CY, &certificate, &revoked, &signed)
		if err != nil {
			return store.Explain(err)
		}
		if certificate != "" {
			c.Number = certificates.Number(certificate)
			c.State = certificates.Certificate{Revoked: revoked, Erased: signed, Award: certificates.Award{ValidUntil: c.Until}}.StatusAt(now)
		}
		if err := do(c); err != nil {
			return err
		}
	}
	return store.Explain(rows.Err())
}

// Days reads the first and last day that somebody typed; what was left empty stays so.
// What is no day is problem.Invalid with the fields from and to.
func Days(from, to string) (first, last due.Day, err error) {
	bad := &problem.Error{Kind: problem.Invalid, Key: "form.problem", Fields: map[string]string{}}
	read := func(typed, field string) (d due.Day) {
		if typed = strings.TrimSpace(typed); typed == "" {
			return ""
		}
		iso, _ := i18n.ParseDay(typed)
		d, ok := due.ParseDay(iso)
		if !ok || d < "1970-01-01" || d > "2200-12-31" {
			bad.Fields[field] = "reports.no_day"
		}
		return d
	}
	first, last = read(from, "from"), read(to, "to")
	if first != "" && last != "" && last < first && len(bad.Fields) == 0 {
		bad.Fields["to"] = "reports.backwards"
	}
	if len(bad.Fields) > 0 {
		return "", "", bad
	}
	return first, last, nil
}
