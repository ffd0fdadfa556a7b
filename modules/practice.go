package modules

import "strings"

// A question that the reader answers for themselves may have an answer to compare
// with, folded away until they have thought; and lines are for a pen, since the
// site keeps nothing that a reader writes about their work.

// answersAt says whether blocks[i] is the answer to the question before it.
func answersAt(blocks []block, i int) bool {
	return blocks[i].kind == "answer" && i > 0 && (blocks[i-1].kind == "think" || blocks[i-1].kind == "recall")
}

// answerOf returns the answer that follows blocks[i], nil if there is none.
func answerOf(blocks []block, i int) *block {
	if i+1 < len(blocks) && answersAt(blocks, i+1) {
		return &blocks[i+1]
	}
	return nil
}

// answer writes what stands folded within a question. It has a number as other
// blocks have, but feedback does not lead there: a link should arrive at a
// sentence that can be seen.
func (c *canvas) answer(b block) *dress {
	body, plain := c.convert(b, c.where, bodyClasses)
	c.prose = append(c.prose, prose{b.kind, b.line, plain})
	return &dress{ID: c.number(b), Label: c.labels.Parts[b.kind].In(c.lang), Body: body}
}

// checkPractice looks at the last of blocks: an answer needs its question, and
// lines are labels to write beside, no more.
func checkPractice(rep report, where string, blocks []block) {
	i := len(blocks) - 1
	b := blocks[i]
	switch {
	case b.kind == "answer" && !answersAt(blocks, i):
		rep.fault(b.line, where, "::: answer stands only directly after ::: think or ::: recall")
	case b.kind == "lines" && !onlyItems(b.text):
		rep.fault(b.line, where, "::: lines holds a list alone, one label a line: - Name of our safeguarding person")
	}
}

// onlyItems says whether text is a list of items of one line each, and nothing
// beside.
func onlyItems(text string) bool {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if !itemLine.MatchString(line) {
			return false
		}
	}
	return true
}
