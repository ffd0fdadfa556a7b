package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"golau/course"
	"golau/internal/i18n"
	"golau/modules"
	"golau/quiz"
)

type checkCmd struct {
	Content  string `help:"Folder with modules/ and bank/ to check. Empty: what is compiled in." env:"GOLAU_CONTENT" placeholder:"DIR"`
	Due      bool   `help:"Also end with 1 when a review date has passed."`
	Warnings bool   `help:"List warnings too." default:"true" negatable:""`
	Report   bool   `help:"Print what the course consists of, as a table in Markdown, instead."`
}

// bankNeed is what a bank must hold: see docs/writing.md.
const (
	bankQuestions    = 30
	bankPerObjective = 6
)

// Run lists every fault of the content and ends with 1 if there is one.
func (c *checkCmd) Run(s *streams) error {
	faults, warnings := 0, 0
	said := map[string]bool{} // two of the checks may look at the same place
	say := func(text string, warning bool) {
		if said[text] {
			return
		}
		said[text] = true
		if warning {
			warnings++
			if !c.Warnings {
				return
			}
		} else {
			faults++
		}
		fmt.Fprintln(s.out, text)
	}
	if _, err := i18n.Load(i18n.Messages()); err != nil {
		say(err.Error(), false)
	}
	texts, questions := content(wiring{site: siteFlags{Content: c.Content}})
	lib, found, err := modules.Load(texts)
	if err != nil {
		return err
	}
	banks, asked, err := quiz.Load(questions)
	if err != nil {
		return err
	}
	if c.Report {
		reportCourse(s.out, lib, banks)
		return nil
	}
	held, err := heldTo(texts, questions, lib, banks)
	if err != nil {
		return err
	}
	found = slices.Concat(found, modules.CheckTested(lib, objectivesOf(banks)), held)
	for _, f := range found {
		say(f.String(), f.Warning)
	}
	due := lib.Due(time.Now())
	for _, f := range due {
		say(f.String(), true)
	}
	for _, f := range slices.Concat(asked, needs(lib, banks, asked)) {
		say(f.String(), f.Warning)
	}
	cases := 0
	for _, m := range lib.Modules {
		cases += len(m.Cases)
	}
	courses, err := course.Catalogue()
	if err != nil {
		return err
	}
	for _, misfit := range course.CrossCheck(courses, lib, banks) {
		if none := (course.NoBank{}); errors.As(misfit, &none) && noted(asked, lib, none.ID) {
			continue // needs has said so, or why its file cannot be read
		}
		say(misfit.Error(), false)
	}
	fmt.Fprintf(s.out, "%d modules, %d cases, %d question banks: %d faults, %d warnings\n", len(lib.Modules), cases, len(banks.IDs()), faults, warnings)
	if faults > 0 || c.Due && len(due) > 0 {
		return errNo
	}
	return nil
}

// objectivesOf lists the questions of each module with what they test.
func objectivesOf(banks *quiz.Banks) func(module string) map[string]string {
	return func(module string) map[string]string {
		b := banks.Bank(module)
		if b == nil {
			return nil
		}
		m := map[string]string{}
		for _, l := range b.Links() {
			m[l.ID] = l.Objective
		}
		return m
	}
}

// noted says whether it is said already that a bank is not there: its file cannot
// be read, or it is that of a module.
func noted(asked []quiz.Finding, lib *modules.Library, id string) bool {
	_, module := lib.Module(id)
	return module || slices.ContainsFunc(asked, func(f quiz.Finding) bool { return f.File == id+".yaml" })
}

// needs checks that every module's bank holds enough for each objective. asked is
// what was found when they were read.
func needs(lib *modules.Library, banks *quiz.Banks, asked []quiz.Finding) []quiz.Finding {
	var found []quiz.Finding
	for _, id := range banks.IDs() {
		found = append(found, banks.Bank(id).CheckFacts(quiz.Facts{Past: lib.Past, Practice: lib.Practice, Binding: modules.BindingWords})...)
	}
	for _, m := range lib.Modules {
		b := banks.Bank(m.Slug)
		if b == nil {
			if file := m.Slug + ".yaml"; !slices.ContainsFunc(asked, func(f quiz.Finding) bool { return f.File == file }) {
				found = append(found, quiz.Finding{File: file, Message: "module " + m.Slug + " has no question bank"})
			}
			continue
		}
		need := quiz.Need{Questions: bankQuestions, PerObjective: bankPerObjective, Feedback: true}
		for _, o := range m.Objectives {
			need.Objectives = append(need.Objectives, quiz.Target{Module: m.Slug, Objective: o.ID})
		}
		found = append(found, b.Check(need)...)
	}
	return found
}
