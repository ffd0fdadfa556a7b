package people

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/i18n"
	"golau/internal/problem"

	"golang.org/x/text/unicode/norm"
)

// maxBodyName is the longest name of a board or agency, in characters: what
// still fits the certificate.
const maxBodyName = 120

// cleanText returns the name of a body in both languages, composed and with
// single spaces. It has letters that the certificate can draw: those of our own
// script, and nothing that is not seen. The problem is Invalid with the fields
// <field>_en, <field>_cy.
func cleanText(field string, t i18n.Text) (i18n.Text, error) {
	bad := problem.New(problem.Invalid, "people.invalid", "MaxText", maxBodyName)
	bad.Fields = map[string]string{}
	for _, w := range []struct {
		s    *string
		lang string
	}{{&t.EN, "_en"}, {&t.CY, "_cy"}} {
		*w.s = strings.Join(strings.Fields(norm.NFC.String(*w.s)), " ")
		switch {
		case *w.s == "":
			bad.Fields[field+w.lang] = "people.text.required"
		case utf8.RuneCountInString(*w.s) > maxBodyName:
			bad.Fields[field+w.lang] = "people.text.long"
		case !utf8.ValidString(*w.s), strings.ContainsFunc(*w.s, func(r rune) bool { return !bodyRune(r) }):
			bad.Fields[field+w.lang] = "people.text.characters"
		}
	}
	if len(bad.Fields) > 0 {
		return t, bad
	}
	return t, nil
}

// bodyRune says whether r may stand in the name of a body.
func bodyRune(r rune) bool {
	switch {
	case r == ' ':
		return true
	case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return false
	case unicode.IsLetter(r):
		return unicode.Is(unicode.Latin, r)
	}
	return unicode.In(r, unicode.Mn, unicode.Mc, unicode.N, unicode.P)
}

var keyShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// maxKey is the longest key of a board or organisation, in bytes.
const maxKey = 60

func isKey(s string) bool { return len(s) <= maxKey && keyShape.MatchString(s) }

// keyOf makes a key of a name: "Bwrdd Diogelu’r Glannau" is
// "bwrdd-diogelu-r-glannau". A name without a letter of ours is "body".
func keyOf(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r):
			return -1
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return ' '
	}, norm.NFD.String(strings.ToLower(name)))
	key := strings.Join(strings.Fields(plain), "-")
	if len(key) > maxKey {
		key = strings.TrimRight(key[:maxKey], "-")
	}
	if key == "" {
		return "body"
	}
	return key
}

func checkRole(r Role) error {
	if !slices.Contains(Roles, r) {
		return problem.InvalidField("role", "people.role.unknown")
	}
	return nil
}

func checkJobRole(j JobRole) error {
	if !slices.Contains(JobRoles, j) {
		return problem.InvalidField("job_role", "people.job_role.unknown")
	}
	return nil
}
