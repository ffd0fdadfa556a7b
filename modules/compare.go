package modules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// comparePair reports where the Welsh text is not built as the English one:
// sections, blocks, ids and fact ids must match one to one, sentences need not.
func comparePair(rep report, en, cy *document) {
	compareBlocks(rep, "", en.head, cy.head)
	var enIDs, cyIDs []string
	for _, s := range en.sections {
		enIDs = append(enIDs, s.id)
	}
	for _, s := range cy.sections {
		cyIDs = append(cyIDs, s.id)
	}
	if !slices.Equal(enIDs, cyIDs) {
		rep.fault(0, "", "the sections are %s, in English %s", strings.Join(cyIDs, " "), strings.Join(enIDs, " "))
	}
	for _, s := range en.sections {
		if i := slices.Index(cyIDs, s.id); i >= 0 {
			compareBlocks(rep, "section "+s.id, s.blocks, cy.sections[i].blocks)
		}
	}
}

func compareBlocks(rep report, where string, en, cy []block) {
	for i := range min(len(en), len(cy)) {
		e, c := en[i], cy[i]
		if shape(e) != shape(c) {
			// From here on nothing lines up; one finding says more than fifty.
			rep.fault(c.line, where, "here stands %s, in English (line %d) %s", shape(c), e.line, shape(e))
			return
		}
		if a, b := sorted(e.facts), sorted(c.facts); !slices.Equal(a, b) {
			rep.fault(c.line, where, "the facts are %s, in English (line %d) %s",
				strings.Join(b, " "), e.line, strings.Join(a, " "))
		}
		if a, b := sorted(factKeys(e.text)), sorted(factKeys(c.text)); !slices.Equal(a, b) {
			rep.fault(c.line, where, "it calls {{fact}} %s, in English (line %d) %s",
				strings.Join(b, " "), e.line, strings.Join(a, " "))
		}
		if a, b := linksOf(e.text), linksOf(c.text); !slices.Equal(a, b) {
			rep.fault(c.line, where, "the links are %s, in English (line %d) %s: give both languages the same",
				said(b), e.line, said(a))
		}
	}
	if len(en) != len(cy) {
		rep.fault(0, where, "there are %d blocks, in English %d", len(cy), len(en))
	}
}

// shape is all that must be alike of a block.
func shape(b block) string {
	s := "::: " + b.kind
	switch b.kind {
	case "role", "nation", "here", "figure":
		s += " " + b.arg
	case "diagram":
		form, _, _ := strings.Cut(b.arg, " ")
		s += " " + form
	case "example":
		if b.arg != "" {
			s += " with a title"
		}
	case "paragraph":
		s = "a paragraph"
	case "list":
		s = "a list"
	case "heading":
		s = fmt.Sprintf("a heading {#%s} of rank %d", b.id, b.level)
	}
	if n := items(b.text); n > 0 {
		s += fmt.Sprintf(" of %d items", n)
	}
	return s
}

var linkTo = regexp.MustCompile(`\]\(([^)\s]*)\)`)

// linksOf lists where the links of a block lead, sorted. Another site may have a
// page of its own in each language, so that of it only the link counts; words in
// the other language are no link.
func linksOf(text string) []string {
	var to []string
	for _, m := range linkTo.FindAllStringSubmatch(text, -1) {
		switch scheme, _, _ := strings.Cut(m[1], ":"); scheme {
		case "lang":
		case "https":
			to = append(to, "https://…")
		default:
			to = append(to, m[1])
		}
	}
	slices.Sort(to)
	return to
}

// said lists what there is, or says that there is none.
func said(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, " ")
}

func items(text string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if itemLine.MatchString(line) {
			n++
		}
	}
	return n
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}
