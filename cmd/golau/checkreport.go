package main

import (
	"fmt"
	"io"
	"strings"

	"golau/internal/i18n"
	"golau/modules"
	"golau/quiz"
)

// reportCourse writes what the content consists of as a table in Markdown:
// docs/course.md is what it wrote last.
func reportCourse(out io.Writer, lib *modules.Library, banks *quiz.Banks) {
	fmt.Fprint(out, `# What the course consists of

Written by `+"`golau check --report > docs/course.md`"+`, and held to the content by `+"`TestTheReportIsKept`"+`. Words are those of the lesson without its shorter versions; the grade is the Flesch-Kincaid school grade of the English, for no formula is known to mean anything for Welsh. Both languages have the same parts, headings, links, facts and questions: where they differ, `+"`golau check`"+` finds a fault and the program does not start.

| module | minutes | parts | words EN | words CY | grade | objectives | questions | in the final | cases | exercises | facts `)
	for _, c := range modules.Confidences() {
		fmt.Fprintf(out, "| %s ", c)
	}
	fmt.Fprint(out, "|\n"+strings.Repeat("|---", 12+len(modules.Confidences()))+"|\n")
	final := map[string]int{}
	if b := banks.Bank("final"); b != nil {
		for _, o := range b.Objectives() {
			final[o.Module] += o.Questions
		}
	}
	var total modules.Measured
	total.Words = map[i18n.Lang]int{}
	parts, minutes, questions, finals, cases, exercises, objectives := 0, 0, 0, 0, 0, 0, 0
	for _, d := range lib.Measure() {
		m, asked, facts := d.Module, 0, 0
		if b := banks.Bank(m.Slug); b != nil {
			for _, o := range b.Objectives() {
				asked += o.Questions
			}
		}
		for _, n := range d.Facts {
			facts += n
		}
		fmt.Fprintf(out, "| %d. %s | %d | %d | %d | %d | %.1f | %d | %d | %d | %d | %d | %d ", m.Number, m.Title.EN, m.Minutes.Total, len(m.Sections),
			d.Words[i18n.EN], d.Words[i18n.CY], d.Grade, len(m.Objectives), asked, final[m.Slug], len(m.Cases), len(m.Exercises), facts)
		for _, c := range modules.Confidences() {
			fmt.Fprintf(out, "| %d ", d.Facts[c])
		}
		fmt.Fprintln(out, "|")
		parts, minutes, questions, finals = parts+len(m.Sections), minutes+m.Minutes.Total, questions+asked, finals+final[m.Slug]
		cases, exercises, objectives = cases+len(m.Cases), exercises+len(m.Exercises), objectives+len(m.Objectives)
		for _, l := range i18n.Langs {
			total.Words[l] += d.Words[l]
		}
	}
	fmt.Fprintf(out, "| **together** | %d | %d | %d | %d | | %d | %d | %d | %d | %d |%s\n", minutes, parts, total.Words[i18n.EN], total.Words[i18n.CY],
		objectives, questions, finals, cases, exercises, strings.Repeat(" |", 1+len(modules.Confidences())))
	reviewed := 0
	for _, m := range lib.Modules {
		if m.Reviewed {
			reviewed++
		}
	}
	fmt.Fprintf(out, "\nFacts: V read in the source, V2 in a secondary source, K professional practice, SEED of 2009 to 2011, CHANGED told as past only. A fact may carry several modules. Reviewed by a translator and a practitioner: %d of %d modules.\n", reviewed, len(lib.Modules))
}
