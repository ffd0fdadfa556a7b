package admin

import (
	"strings"

	"golau/internal/i18n"
	"golau/internal/people"
)

// readList reads a pasted list: a line each, with tabs (as a spreadsheet is
// copied), semicolons or commas between e-mail, name, agency, board, role, kind
// of work and language. A heading and empty lines are left out. numbers says
// where each stood.
func readList(words *i18n.Catalogue, text string) (list []people.NewInvitation, numbers []int) {
	for n, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		f := cells(line)
		if len(list) == 0 && isHeading(f[0]) {
			continue
		}
		list = append(list, people.NewInvitation{Email: f[0], Name: f[1], Organisation: f[2], Board: f[3],
			Role:     people.Role(keyOf(words, "people.role.", people.Roles, f[4])),
			JobRole:  people.JobRole(keyOf(words, "people.job_role.", people.JobRoles, f[5])),
			Language: languageOf(f[6])})
		numbers = append(numbers, n+1)
	}
	return list, numbers
}

// cells cuts a line at the first of its separators that it has, into seven.
// What stands in double quotes may hold one.
func cells(line string) [7]string {
	sep := ','
	for _, s := range []rune{'\t', ';'} {
		if strings.ContainsRune(line, s) {
			sep = s
			break
		}
	}
	var f [7]string
	var b strings.Builder
	quoted, n := false, 0
	put := func() {
		if n < len(f) {
			f[n] = strings.TrimSpace(b.String())
		}
		n++
		b.Reset()
	}
	for _, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == sep && !quoted:
			put()
		default:
			b.WriteRune(r)
		}
	}
	put()
	return f
}

// isHeading says whether the first line names its columns.
func isHeading(first string) bool {
	switch strings.ToLower(strings.ReplaceAll(first, "-", "")) {
	case "email", "email address", "ebost", "cyfeiriad ebost":
		return true
	}
	return false
}

// keyOf returns the key that somebody means by its word in either language, or
// by the key itself; what is none of them comes back as it is, to be refused.
func keyOf[K ~string](words *i18n.Catalogue, prefix string, keys []K, s string) string {
	for _, k := range keys {
		for _, l := range i18n.Langs {
			if strings.EqualFold(s, words.T(l, prefix+string(k))) {
				return string(k)
			}
		}
		if strings.EqualFold(s, string(k)) {
			return string(k)
		}
	}
	return s
}

// languageOf returns the language that a word means.
func languageOf(s string) i18n.Lang {
	if l, ok := people.LanguageNamed(s); ok {
		return l
	}
	return i18n.Lang(s)
}
