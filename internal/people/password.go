package people

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golau/internal/problem"

	"golang.org/x/text/unicode/norm"
)

// Lengths of a password: characters at least, bytes at most. The upper bound is
// what one form may make the server hash.
const (
	minPassword = 12
	maxPassword = 128
)

// cleanGuess returns a password as it is hashed: composed (NFC), so that ŵ
// typed on one keyboard is the ŵ of another. Nothing else is changed.
func cleanGuess(field, s string) (string, error) {
	switch {
	case s == "":
		return "", problem.InvalidField(field, "people.password.required")
	case len(s) > maxPassword:
		return "", problem.InvalidField(field, "people.password.long", "MaxPassword", maxPassword)
	}
	if s = norm.NFC.String(s); len(s) > maxPassword {
		return "", problem.InvalidField(field, "people.password.long", "MaxPassword", maxPassword)
	}
	return s, nil
}

// checkPassword returns a new password as it is hashed. There are no rules of
// composition: it must be long, and not what an attacker tries first. context
// is what they would know of the person: name, address, agency.
func checkPassword(field, s string, context ...string) (string, error) {
	s, err := cleanGuess(field, s)
	switch {
	case err != nil:
		return "", err
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		return "", problem.InvalidField(field, "people.password.characters")
	case utf8.RuneCountInString(s) < minPassword:
		return "", problem.InvalidField(field, "people.password.short", "MinPassword", minPassword)
	case isCommon(s):
		return "", problem.InvalidField(field, "people.password.common")
	case isAboutContext(s, context):
		return "", problem.InvalidField(field, "people.password.context")
	}
	return s, nil
}

// isCommon says whether s, or what is left of it when the usual decorations
// are taken off, is among the first an attacker tries.
func isCommon(s string) bool {
	s = strings.ToLower(s)
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	core, ending := strings.TrimFunc(s, notLetter), strings.TrimRightFunc(s, notLetter)
	// A sign may be a decoration or stand for a letter: both are tried.
	for _, try := range []string{s, core, leet.Replace(s), leet.Replace(core), leet.Replace(ending)} {
		if inCommon(try) {
			return true
		}
	}
	return isRepeated(s) || isRun(s)
}

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

//go:embed common.txt
var commonList string

// common holds the first ten hexadecimal digits of the SHA-256 of each of the
// commonest passwords; see the head of the file.
var common = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool, 16384)
	for l := range strings.Lines(commonList) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			m[l] = true
		}
	}
	return m
})

func inCommon(s string) bool {
	h := sha256.Sum256([]byte(s))
	return s != "" && common()[hex.EncodeToString(h[:])[:10]]
}

// isRepeated says whether s is something short said again and again.
func isRepeated(s string) bool {
	r := []rune(s)
	for p := 1; p < minPassword && p <= len(r)/2; p++ {
		same := true
		for i := p; i < len(r) && same; i++ {
			same = r[i] == r[i-p]
		}
		if same {
			return true
		}
	}
	return false
}

// rows are neighbours on a keyboard.
var rows = []string{"`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/"}

// isRun says whether most steps of s go to the same, the next or the
// neighbouring key: aaaa, 12345, qwerty, zyxw.
func isRun(s string) bool {
	r := []rune(s)
	steps := 0
	for i := 1; i < len(r); i++ {
		d := r[i] - r[i-1]
		pair, back := string(r[i-1:i+1]), string([]rune{r[i], r[i-1]})
		if d >= -1 && d <= 1 || slices.ContainsFunc(rows, func(row string) bool {
			return strings.Contains(row, pair) || strings.Contains(row, back)
		}) {
			steps++
		}
	}
	return steps*10 >= (len(r)-1)*7
}

//go:embed reference/words.txt
var contextList string

// contextWords are what everybody here would think of first.
var contextWords = sync.OnceValue(func() []string {
	var ws []string
	for sc := bufio.NewScanner(strings.NewReader(contextList)); sc.Scan(); {
		if w := strings.TrimSpace(sc.Text()); w != "" && w[0] != '#' {
			ws = append(ws, w)
		}
	}
	return ws
})

// isAboutContext says whether fewer than six characters are left of s without
// the words of this place and person and the digits and signs at its ends.
func isAboutContext(s string, context []string) bool {
	words := slices.Clone(contextWords())
	for _, c := range context {
		for _, w := range strings.FieldsFunc(strings.ToLower(norm.NFC.String(c)), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(w) >= 3 {
				words = append(words, w)
			}
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	left := strings.ToLower(s)
	found := false
	for _, w := range words {
		if strings.Contains(left, w) {
			found = true
			left = strings.ReplaceAll(left, w, " ")
		}
	}
	left = strings.TrimFunc(left, func(r rune) bool { return !unicode.IsLetter(r) })
	n := 0
	for _, r := range left {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return found && n < 6
}
