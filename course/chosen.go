package course

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golau/internal/audit"
	"golau/internal/store"
)

// chosenCase is a row of course_case_choices, chosenLine one of
// course_exercise_choices: what somebody chose, and the seal that it bears. Turns
// are numbered in their keys; a line has its number and how many lines its run has
// at the head of its seal, so that one taken away leaves a gap.
type chosenCase struct {
	enrolment, module, scenario, decision, choice, job, edition, lang, seal string
	run, turn, at                                                           int64
}

type chosenLine struct {
	enrolment, module, exercise, line, choice, edition, lang, seal string
	run, at                                                        int64
}

func (c chosenCase) sealed() string {
	return audit.Seal(c.enrolment, c.module, c.scenario, c.run, c.turn, c.decision, c.choice, c.job, c.edition, c.lang, c.at)
}

func (l chosenLine) sealed(n, of int) string {
	return fmt.Sprintf("%d/%d.%s", n, of, audit.Seal(int64(n), int64(of), l.enrolment, l.module, l.exercise, l.run, l.line, l.choice, l.edition, l.lang, l.at))
}

// place reads which line of how many a seal is of.
func (l chosenLine) place() (n, of int) {
	head, _, _ := strings.Cut(l.seal, ".")
	first, all, _ := strings.Cut(head, "/")
	n, _ = strconv.Atoi(first) // what is no number seals nothing
	of, _ = strconv.Atoi(all)
	return n, of
}

// choicesHold holds what was chosen in cases and exercises to its seals, and counts
// rows that are older than seals: as many as there were when those began. It returns
// the enrolments that have such rows.
func choicesHold(rx store.Rx) (older map[string]bool, err error) {
	older = map[string]bool{}
	var found audit.Faults
	cases, lines := &choiceCheck{found: &found, older: older}, &choiceCheck{found: &found, older: older}
	if err := each(rx, `SELECT enrolment_id, module, scenario, run, turn, decision, choice, job, edition, lang, at, seal
		FROM course_case_choices ORDER BY enrolment_id, module, scenario, run, turn`, func(rows scanner) error {
		var c chosenCase
		err := rows.Scan(&c.enrolment, &c.module, &c.scenario, &c.run, &c.turn, &c.decision, &c.choice, &c.job, &c.edition, &c.lang, &c.at, &c.seal)
		cases.turn(c)
		return err
	}); err != nil {
		return nil, err
	}
	if err := each(rx, `SELECT enrolment_id, module, exercise, run, line, choice, edition, lang, at, seal
		FROM course_exercise_choices ORDER BY enrolment_id, module, exercise, run, line`, func(rows scanner) error {
		var l chosenLine
		err := rows.Scan(&l.enrolment, &l.module, &l.exercise, &l.run, &l.line, &l.choice, &l.edition, &l.lang, &l.at, &l.seal)
		lines.line(l)
		return err
	}); err != nil {
		return nil, err
	}
	lines.whole()
	for about, blank := range map[string]int{"cases": cases.blank, "exercises": lines.blank} {
		var before []int
		if err := rx.Raw("SELECT chosen FROM course_unsealed WHERE about = ?", about).Scan(&before).Error; err != nil {
			return nil, store.Explain(err)
		}
		if !slices.Equal(before, []int{blank}) {
			found.Add(fmt.Errorf("choices in %s: %d have no seal, and there were %d from before seals", about, blank, before))
		}
	}
	return older, found.Err()
}

// scanner is a row that is read.
type scanner interface{ Scan(into ...any) error }

func each(rx store.Rx, query string, row func(scanner) error) error {
	rows, err := rx.Query(query)
	if err != nil {
		return store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return store.Explain(err)
		}
	}
	return store.Explain(rows.Err())
}

// choiceCheck follows the rows of a table in the order of their keys.
type choiceCheck struct {
	found *audit.Faults
	older map[string]bool
	blank int // rows without a seal

	group     string // enrolment, module and what was taken
	run, last int64  // the newest run, and its newest turn
	lines     []chosenLine
}

// on goes on to a row, and says whether its run may come next: runs and turns have
// no gap.
func (k *choiceCheck) on(group string, run, turn int64) bool {
	was, ran, last := k.group, k.run, k.last
	k.group, k.run, k.last = group, run, turn
	switch {
	case group != was:
		return run == 1 && turn == 1
	case run != ran:
		return run == ran+1 && turn == 1
	}
	return turn == last+1
}

func (k *choiceCheck) turn(c chosenCase) {
	what := fmt.Sprintf("enrolment %s: the case %s of %s", c.enrolment, c.scenario, c.module)
	if !k.on(c.enrolment+"/"+c.module+"/"+c.scenario, c.run, c.turn) {
		k.found.Add(errors.New(what + ": a choice is gone"))
	}
	switch c.seal {
	case c.sealed():
	case "":
		k.blank++
		k.older[c.enrolment] = true
	default:
		k.found.Add(errors.New(what + ": a choice was changed"))
	}
}

func (k *choiceCheck) line(l chosenLine) {
	if group := l.enrolment + "/" + l.module + "/" + l.exercise; group != k.group || l.run != k.run {
		k.whole()
		if !k.on(group, l.run, 1) {
			k.found.Add(fmt.Errorf("enrolment %s: the exercise %s of %s: a run is gone", l.enrolment, l.exercise, l.module))
		}
	}
	k.lines = append(k.lines, l)
}

// whole holds all lines of a run to their seals, and wants none to be missing.
func (k *choiceCheck) whole() {
	var numbers []int
	for _, l := range k.lines {
		n, of := l.place()
		numbers = append(numbers, n)
		switch what := fmt.Sprintf("enrolment %s: the exercise %s of %s", l.enrolment, l.exercise, l.module); {
		case l.seal == "":
			k.blank++
			k.older[l.enrolment] = true
		case l.seal != l.sealed(n, of):
			k.found.Add(errors.New(what + ": a choice was changed"))
		case of != len(k.lines):
			k.found.Add(errors.New(what + ": a choice is gone"))
		}
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if l := k.lines[i]; n != 0 && n != i+1 {
			k.found.Add(fmt.Errorf("enrolment %s: the exercise %s of %s: a choice is gone", l.enrolment, l.exercise, l.module))
			break
		}
	}
	k.lines = k.lines[:0]
}
