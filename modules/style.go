package modules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/i18n"
)

// Limits of the writing standard.
const (
	fewestWords     = 120
	mostWords       = 220
	longestSentence = 28
	highestGrade    = 9.0
	wordsAMinute    = 200 // read with care: adults read plain words silently at about 240
)

// checkProse looks at the style of one section: warnings for an author, never a
// reason not to start. The words of a section are counted in English.
func checkProse(rep report, lang i18n.Lang, raw rawSection, r rendered) {
	where := "section " + raw.id
	for _, p := range r.prose {
		straightAt(rep, p.line, where, p.text)
	}
	straightAt(rep, raw.line, where, raw.title)
	if n := readerWords(r.prose); lang == i18n.EN && (n < fewestWords || n > mostWords) {
		rep.warn(raw.line, where, "%d words as one reader sees it; aim for %d to %d", n, fewestWords, mostWords)
	}
	checkSentences(rep, lang, raw.line, where, r.prose)
}

// checkLong warns of sentences that are too long to be taken in.
func checkLong(rep report, line int, where, text string) {
	if words(text) <= longestSentence {
		return
	}
	for _, s := range sentences(text) {
		if n := words(s); n > longestSentence {
			rep.warn(line, where, "a sentence of %d words (at most %d): %s", n, longestSentence, s)
		}
	}
}

// checkBoth looks at both languages of a text that rests on facts.
func (r references) checkBoth(rep report, where string, text i18n.Text, facts []string) {
	for _, lang := range i18n.Langs {
		checkLong(rep, 0, where, text.In(lang))
		r.checkWorded(rep, 0, where, lang, text.In(lang), facts)
	}
}

// checkSentences warns of long sentences, and of a text that is hard to read: in
// English, for no formula is known to mean anything for Welsh.
func checkSentences(rep report, lang i18n.Lang, line int, where string, text []prose) {
	var all []string
	for _, p := range text {
		checkLong(rep, p.line, where, p.text)
		if lang == i18n.EN {
			all = append(all, sentences(p.text)...)
		}
	}
	if g := grade(all); g > highestGrade {
		rep.warn(line, where, "reading grade %.1f; aim for %.0f or below", g, highestGrade)
	}
}

// readerWords counts what one reader in Wales sees: not the shorter version, not
// the content note, and of the role parts only the longest.
func readerWords(text []prose) int {
	total, role := 0, 0
	for _, p := range text {
		switch n := words(p.text); p.kind {
		case "short", "note", "nation":
		case "role":
			role = max(role, n)
		default:
			total += n
		}
	}
	return total + role
}

// paced gives each of some sections, by their words, the minutes it takes to read
// it; at least one. What is rounded away from one is carried on to the next, so
// that together they are as long as the whole.
func paced(words []int) []int {
	minutes := make([]int, len(words))
	read, told := 0, 0
	for i, n := range words {
		read += n
		minutes[i] = max(1, (read+wordsAMinute/2)/wordsAMinute-told)
		told += minutes[i]
	}
	return minutes
}

// checkPace compares what the author says of the lesson with its parts: whoever
// reads on sees both.
func checkPace(rep report, m *Module) {
	parts := 0
	for _, s := range m.Sections {
		parts += s.Minutes
	}
	if parts != m.Minutes.Lesson {
		rep.warn(0, "", "the parts take %d minutes to read, the lesson says %d", parts, m.Minutes.Lesson)
	}
}

// sentences cuts text, one paragraph or item a line, into sentences. A time like
// 4.40 has no space after its point and stays whole.
func sentences(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		for line = strings.TrimSpace(line); line != ""; {
			end := sentenceEnd(line)
			if s := strings.TrimSpace(line[:end]); words(s) > 0 {
				out = append(out, s)
			}
			line = line[end:]
		}
	}
	return out
}

// sentenceEnd is where the first sentence of a line ends: after its mark, what it
// closes, and the space behind. By hand, since all of the course goes through it at
// every start.
func sentenceEnd(line string) int {
	for i, r := range line {
		if !strings.ContainsRune(".!?…", r) {
			continue
		}
		rest := strings.TrimLeft(line[i+utf8.RuneLen(r):], "”’)")
		after := strings.TrimLeft(rest, " \t\r\f")
		if after == "" || len(after) < len(rest) {
			return len(line) - len(after)
		}
	}
	return len(line)
}

// words counts the words of s as a reader does: a dash alone is none.
func words(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(w, isWordRune) {
			n++
		}
	}
	return n
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// grade is the Flesch-Kincaid school grade of English sentences.
func grade(sentences []string) float64 {
	wordCount, syllableCount := 0, 0
	for _, s := range sentences {
		for w := range strings.FieldsSeq(s) {
			if strings.ContainsFunc(w, isWordRune) {
				wordCount++
				syllableCount += syllables(w)
			}
		}
	}
	if wordCount == 0 {
		return 0
	}
	perSentence := float64(wordCount) / float64(len(sentences))
	perWord := float64(syllableCount) / float64(wordCount)
	return 0.39*perSentence + 11.8*perWord - 15.59
}

// syllables estimates the syllables of an English word: groups of vowels, less a
// silent e. Numbers count as one.
func syllables(word string) int {
	word = strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !isWordRune(r) }))
	word = strings.TrimSuffix(word, "’s")
	n, before := 0, false
	for _, r := range word {
		vowel := strings.ContainsRune("aeiouy", r)
		if vowel && !before {
			n++
		}
		before = vowel
	}
	switch {
	case strings.HasSuffix(word, "le") && len(word) > 2 && !strings.ContainsRune("aeiouy", rune(word[len(word)-3])):
		// ta-ble keeps its last syllable
	case strings.HasSuffix(word, "es") && !endsAny(word, "ses", "xes", "zes", "ches", "shes", "ces", "ges"),
		strings.HasSuffix(word, "ed") && !endsAny(word, "ted", "ded"),
		strings.HasSuffix(word, "e"):
		n--
	}
	return max(1, n)
}

func endsAny(word string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

// straight warns of typewriter quotes in a file without line numbers.
func straight(rep report, where, text string) { straightAt(rep, 0, where, text) }

func straightAt(rep report, line int, where, text string) {
	if strings.ContainsAny(text, `'"`) {
		rep.warn(line, where, "straight quotes; write ’ “ ”")
	}
}
