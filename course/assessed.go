package course

import (
	"fmt"
	"slices"
	"strings"

	"golau/course/due"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/store"
	"golau/quiz"
)

// AssessmentPart stands among the parts of a rule, in place of modules, where it asks
// for the final assessment alone: whoever has finished the course is asked what they
// know and reads no lesson again; whoever has not finishes it first, as its assessment
// opens to nobody else. Passing it anew leads to no certificate ([ADR 17]).
//
// [ADR 17]: docs/adr/0017-the-assessment-alone.md
const AssessmentPart = "assessment"

const assessedVerb = "course.assessed"

// alone is the final assessment as somebody who has finished the course may sit it
// anew; its name is "" where they may not.
type alone struct {
	name     string // of the assessment, another each time it was passed
	standing quiz.Standing
}

// spent says whether no try is left: then the course is begun anew.
func (a alone) spent() bool {
	return a.name != "" && a.standing.Left == 0 && a.standing.OpenAttempt == ""
}

const aloneName = "alone:"

func isAlone(assessment string) bool { return strings.HasPrefix(assessment, aloneName) }

// aloneOf looks whether an agency asks somebody for the assessment of a course alone,
// from today on. Whoever has begun the course anew takes it in the course.
func (s *School) aloneOf(rx store.Rx, c *Course, p *Progress, asked []Asked) (a alone, err error) {
	today := due.DayOf(rx.Now().Time)
	wanted := slices.ContainsFunc(asked, func(a Asked) bool {
		return slices.Contains(a.Rule.Parts, AssessmentPart) && a.Status != due.Exempt && (a.Done == "" || a.Opens != "" && a.Opens <= today)
	})
	if p.Done == nil || !wanted {
		return a, nil
	}
	var passed int
	if err := rx.Raw("SELECT count(*) FROM course_assessed WHERE enrolment_id = ?", p.Enrolment).Scan(&passed).Error; err != nil {
		return a, store.Explain(err)
	}
	a.name = fmt.Sprint(aloneName, c.Slug, ":", passed+1)
	a.standing, err = quiz.StandingOf(rx, p.Enrolment, a.name, c.Final.Rules)
	return a, err
}

// aloneOfPerson is aloneOf for whoever may have no place in the course.
func (s *School) aloneOfPerson(rx store.Rx, person, course string, asked []Asked) (alone, error) {
	c, err := s.Course(course)
	if err != nil {
		return alone{}, err
	}
	p, err := progressOf(rx, person, course)
	if isNotEnrolled(err) {
		return alone{}, nil
	}
	if err != nil {
		return alone{}, err
	}
	return s.aloneOf(rx, c, p, asked)
}

// sitAlone makes of the final assessment of a course that is finished the one that is
// sat anew, where that is asked for.
func (s *School) sitAlone(rx store.Rx, person string, p *Progress, a *Assessment) error {
	asked, _, err := s.askedOfPerson(rx, person, a.Course.Slug)
	if err != nil {
		return err
	}
	of, err := s.aloneOf(rx, a.Course, p, asked)
	if err == nil && of.name != "" {
		a.Alone, a.Done, a.sitting = true, false, of.name
	}
	return err
}

// passedAlone notes that the assessment was passed anew.
func passedAlone(tx store.Tx, a quiz.Attempt, c *Course, mark quiz.Mark) error {
	err := tx.Exec("INSERT INTO course_assessed (attempt_id, enrolment_id, edition, lang, at) VALUES (?, ?, ?, ?, ?)",
		a.ID, a.EnrolmentID, mark.Edition, mark.Lang, tx.Now).Error
	if err != nil {
		return err
	}
	print, err := audit.PrintOf(tx.Rx, []any{a.ID}, assessedRow)
	if err != nil {
		return err
	}
	return audit.RecordOf(tx, assessedVerb, subject(a.EnrolmentID), print,
		map[string]any{"course": c.Slug, "attempt": a.ID, "edition": mark.Edition, "lang": mark.Lang, "percent": mark.Percent})
}

// assessedRows are those of an enrolment as the record prints them.
func assessedRows(rx store.Rx, enrolment string) (rows []audit.Row, err error) {
	var attempts []string
	if err := rx.Raw("SELECT attempt_id FROM course_assessed WHERE enrolment_id = ? ORDER BY attempt_id", enrolment).Scan(&attempts).Error; err != nil {
		return nil, store.Explain(err)
	}
	for _, id := range attempts {
		print, err := audit.PrintOf(rx, []any{id}, assessedRow)
		if err != nil {
			return nil, err
		}
		rows = append(rows, audit.Row{Name: "the assessment passed anew by attempt " + id, Prints: []string{print}})
	}
	return rows, nil
}

// partTitle is how a part of a rule is called; "" where there is none such.
func (s *School) partTitle(part string) i18n.Text {
	if part == AssessmentPart {
		return s.courses[0].Final.Title
	}
	if m, ok := s.lib.Module(part); ok {
		return m.Title
	}
	return i18n.Text{}
}

// TitleOf is the title of a course or, where a module is named, of that; empty where
// there is none any more.
func (s *School) TitleOf(course, module string) i18n.Text {
	if module != "" {
		return s.partTitle(module)
	}
	c, _ := s.Course(course)
	return c.Title
}
