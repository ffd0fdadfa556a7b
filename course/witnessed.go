package course

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golau/internal/audit"
	"golau/internal/store"
)

// CheckAll holds every enrolment to the record of what happened, with the parts
// that were read, what was chosen and what was completed, and returns how many hold, and how many
// of them have rows that are older than the prints that the record bears. The
// error names those of which something was changed or taken away (see
// audit.Faults). rx must see one moment. It tells how far it is, and stops when
// ctx ends.
func CheckAll(ctx context.Context, rx store.Rx, progress func(done, of int)) (hold, older int, err error) {
	var found audit.Faults
	for _, e := range Evidence {
		found.Add(e.Orphans(rx))
	}
	found.Add(acceptancesHold(rx))
	unsealed, err := choicesHold(rx)
	found.Add(err)
	seen, hold, older, err := audit.Each{Name: "enrolment", All: "SELECT count(*) FROM course_enrolments", After: "SELECT id FROM course_enrolments WHERE id > ? ORDER BY id LIMIT ?",
		One: func(id string) (bool, error) {
			before, err := checkOne(rx, id)
			return before || unsealed[id], err
		}}.Check(ctx, rx, progress, &found)
	if err != nil {
		return hold, older, err
	}
	found.Add(nothingGone(rx, seen))
	return hold, older, found.Err()
}

// part is a row of course_sections_read.
type part struct {
	module, section, edition, lang, seal string
	at, number                           int64
}

// checkOne returns how an enrolment disagrees with the record, or whether part of
// it is older than prints.
func checkOne(rx store.Rx, id string) (older bool, err error) {
	lines, err := audit.About(rx, subject(id))
	if err != nil {
		return false, err
	}
	enrolled, err := printOf(rx, id, enrolmentRow)
	if err != nil {
		return false, err
	}
	before, err := audit.Agree(lines, enrolledVerb, []audit.Row{{Name: "its row", Prints: []string{enrolled}}})
	if err != nil {
		return false, err
	}
	parts, err := partsOf(rx, id)
	if err == nil {
		err = sealsHold(id, parts, before > 0)
	}
	if err != nil {
		return false, err
	}
	done, err := modulesDone(rx, id, parts, lines)
	if err != nil {
		return false, err
	}
	modules, err := audit.Agree(lines, moduleDoneVerb, done)
	if err != nil {
		return false, err
	}
	var whole []audit.Row
	if print, err := printOf(rx, id, completionRow); err != nil {
		return false, err
	} else if print != "" {
		whole = []audit.Row{{Name: "its completion", Prints: []string{print}}}
	}
	course, err := audit.Agree(lines, completedVerb, whole)
	if err != nil {
		return false, err
	}
	anew, err := assessedRows(rx, id)
	if err != nil {
		return false, err
	}
	assessed, err := audit.Agree(lines, assessedVerb, anew)
	return before+modules+course+assessed > 0, err
}

func partsOf(rx store.Rx, enrolment string) (all []part, err error) {
	rows, err := rx.Query("SELECT module, section, edition, lang, at, seal FROM course_sections_read WHERE enrolment_id = ?", enrolment)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var p part
		if err := rows.Scan(&p.module, &p.section, &p.edition, &p.lang, &p.at, &p.seal); err != nil {
			return nil, err
		}
		number, _, _ := strings.Cut(p.seal, ".")
		p.number, _ = strconv.ParseInt(number, 10, 64) // one that is no number seals nothing
		all = append(all, p)
	}
	return all, store.Explain(rows.Err())
}

// sealsHold wants the seal of every part to be that of its row, and their numbers
// to be the last ones up to how many there are: only parts of an enrolment that is
// older than seals may have none, and they came first.
func sealsHold(enrolment string, parts []part, older bool) error {
	var numbers []int64
	for _, p := range parts {
		if p.seal == "" && older {
			continue
		}
		if p.seal != sealOf(p.number, enrolment, p.module, p.section, p.edition, p.lang, p.at) {
			return fmt.Errorf("that part %s of %s was read was changed", p.section, p.module)
		}
		numbers = append(numbers, p.number)
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if n != int64(len(parts)-len(numbers)+i+1) {
			return errors.New("that a part was read is gone")
		}
	}
	return nil
}

// modulesDone returns the completed modules, each as it may have been printed:
// with the parts that were read by then. That is all of them, unless the module
// grew later.
func modulesDone(rx store.Rx, enrolment string, parts []part, lines []audit.Event) (rows []audit.Row, err error) {
	var modules []string
	if err := rx.Raw("SELECT module FROM course_module_completions WHERE enrolment_id = ? ORDER BY module", enrolment).Scan(&modules).Error; err != nil {
		return nil, store.Explain(err)
	}
	printed := func(p string) bool {
		return slices.ContainsFunc(lines, func(l audit.Event) bool { return l.Verb == moduleDoneVerb && l.Print == p })
	}
	for _, m := range modules {
		row := audit.Row{Name: "the completion of " + m + ", or a part of it"}
		numbers := []int64{allParts, 0}
		for _, p := range parts {
			if p.module == m {
				numbers = append(numbers, p.number)
			}
		}
		for _, n := range numbers {
			print, err := printOfModule(rx, enrolment, m, n)
			if err != nil {
				return nil, err
			}
			row.Prints = append(row.Prints, print)
			if printed(print) {
				break
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// nothingGone wants a row for each enrolment that the record knows.
func nothingGone(rx store.Rx, have int) error {
	known, err := audit.Count(rx, enrolledVerb)
	if err != nil || known == have {
		return err
	}
	var found audit.Faults
	err = audit.Subjects(rx, enrolledVerb, func(about string) error {
		id := strings.TrimPrefix(about, subject(""))
		if _, err := enrolmentByID(rx, id); isNotEnrolled(err) {
			found.Add(fmt.Errorf("enrolment %s: its row was removed", id))
		} else if err != nil {
			return err
		}
		return nil
	})
	return errors.Join(err, found.Err())
}
