package people

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// CouncilForm is what an administrator says of a council: its numbers, the day
// on which somebody checked them, and its website.
type CouncilForm struct {
	DayNumber, OutOfHoursNumber string
	CheckedOn                   string // 2026-11-21
	Website                     string
}

// clean returns the form as it will be stored. The problem is Invalid, with the
// fields day_number, out_of_hours_number, checked_on, website.
func (f CouncilForm) clean(today string) (CouncilForm, error) {
	all := faults{}
	var err error
	f.DayNumber, err = CleanPhone("day_number", f.DayNumber)
	all.note(err)
	f.OutOfHoursNumber, err = CleanPhone("out_of_hours_number", f.OutOfHoursNumber)
	all.note(err)
	f.CheckedOn = strings.TrimSpace(f.CheckedOn)
	day, err := time.Parse(time.DateOnly, f.CheckedOn)
	switch {
	case f.CheckedOn == "" && f.DayNumber+f.OutOfHoursNumber != "":
		all.at("checked_on", "people.council.unchecked")
	case f.CheckedOn != "" && f.DayNumber+f.OutOfHoursNumber == "" && len(all) == 0:
		all.at("checked_on", "people.council.no_number")
	case f.CheckedOn != "" && (err != nil || day.Year() < 2000):
		all.at("checked_on", "people.council.day")
	case f.CheckedOn > today:
		all.at("checked_on", "people.council.future")
	}
	f.Website, err = cleanWebsite(f.Website)
	all.note(err)
	return f, all.err()
}

// dialable are numbers that a telephone in Wales can dial, without what stands
// between their digits: eleven digits from 0, ten from 05, 08 and 09 too (Ofcom's
// National Telephone Numbering Plan; the nine digits behind 01 of a few English
// towns are not taken, since here they are a slip of the finger), the same behind
// +44, six from 116, Europe's helplines, or another country's. That shuts out 999
// and 101, which are nobody's children's services and stand beside their numbers
// anyway, and a number without its area code: at night a wrong number is worse
// than none.
var dialable = regexp.MustCompile(`^(?:0[1-37][0-9]{9}|0[589][0-9]{8,9}|\+440?[1-37][0-9]{9}|\+440?[589][0-9]{8,9}|116[0-9]{3}|\+(?:[1-35-9][0-9]|4[0-35-9])[0-9]{6,13})$`)

// extension is what may stand behind a number, in either language: "ext. 12",
// "x12", "est. 12".
var extension = regexp.MustCompile(`(?i) ?(?:ext\.?|extension|est\.?|estyniad|x) ?([0-9]{1,6})$`)

// CleanPhone returns a telephone number with single spaces; "" stays "". An
// extension behind it is written as "ext. 12". What is no number is Invalid with
// the field.
func CleanPhone(field, s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	if m := extension.FindStringSubmatchIndex(s); m != nil {
		number, err := CleanPhone(field, s[:m[0]])
		if err == nil && (number == "" || extension.MatchString(number)) {
			err = problem.InvalidField(field, "people.phone.shape")
		}
		return number + " ext. " + s[m[2]:m[3]], err
	}
	digits := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(s)
	if s != "" && (len(s) > 30 || !dialable.MatchString(digits)) {
		return "", problem.InvalidField(field, "people.phone.shape")
	}
	return s, nil
}

// cleanWebsite returns an https address of a public host; "" stays "".
func cleanWebsite(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || len(s) > 300 || !emailDomain.MatchString(u.Hostname()) {
		return "", problem.InvalidField("website", "people.website.shape")
	}
	return u.String(), nil
}

// Today is the day in Wales, as checked_on is written.
func Today(rx store.Rx) string { return rx.Now().In(i18n.London()).Format(time.DateOnly) }

// Old says whether the council's numbers were checked more than a year before
// the day.
func (c Council) Old(today string) bool {
	day, err := time.Parse(time.DateOnly, today)
	return err == nil && c.CheckedOn != "" && c.CheckedOn < day.AddDate(-1, 0, 0).Format(time.DateOnly)
}

// Known says whether there is a number by day.
func (c Council) Known() bool { return c.DayNumber != "" }

// ChangeCouncil changes a council's numbers. The same again changes nothing. A
// number without the day on which it was checked, or a day that is still to
// come, is Invalid; no such council is NotFound.
func (d *Directory) ChangeCouncil(ctx context.Context, v Viewer, key string, f CouncilForm) error {
	return d.changeCouncil(ctx, v, key, func(tx store.Tx, c Council) (err error) {
		if f, err = f.clean(Today(tx.Rx)); err != nil {
			return err
		}
		if f == c.form() {
			return nil
		}
		return saveNumbers(tx, c, f, map[string]any{})
	})
}

// CouncilLine is a council as the administrator's list shows it.
type CouncilLine struct {
	Council
	Agencies int  // whose area it is
	Old      bool // checked more than a year ago
}

// CouncilLines returns every council that is in use, in the order of the language,
// those of agencies first.
func CouncilLines(rx store.Rx, l i18n.Lang) (ours, others []CouncilLine, err error) {
	all, err := Councils(rx)
	if err != nil {
		return nil, nil, err
	}
	var counts []struct {
		CouncilKey string
		Agencies   int
	}
	err = rx.Raw(`SELECT council_key, count(*) AS agencies FROM people_organisations
		WHERE council_key IS NOT NULL AND retired_at IS NULL GROUP BY council_key`).Scan(&counts).Error
	if err != nil {
		return nil, nil, store.Explain(err)
	}
	of := map[string]int{}
	for _, c := range counts {
		of[c.CouncilKey] = c.Agencies
	}
	sortCouncils(all, l)
	day := Today(rx)
	for _, c := range all {
		line := CouncilLine{c, of[c.Key], c.Old(day)}
		if c.Retired {
			continue
		}
		if line.Agencies > 0 {
			ours = append(ours, line)
		} else {
			others = append(others, line)
		}
	}
	return ours, others, nil
}
