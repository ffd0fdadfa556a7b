package floors

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// foreign is a word that does not belong into the project. It is put together
// here, so that this file does not hold it either.
type foreign struct {
	words string // a regular expression for small letters
	why   string
}

// said joins the parts of a word that must not stand here whole.
func said(parts ...string) string { return strings.Join(parts, "") }

var foreigners = []foreign{
	// Where packages come from is the business of whoever builds.
	{said("registry", `\.`, "(npmjs", `\.`, "org|yarnpkg)"), "a download address"},
	{said("(proxy|sum)", `\.`, "golang", `\.`, "org"), "a download address"},
	{said("(pypi|pythonhosted|crates)", `\.`, "(org|io)"), "a download address"},
	{said(`"resolved"`, `\s*:\s*"`), "a download address in a lock file"},
	{said("(go", "proxy|go", "sumdb|npm_config_", "registry)"), "a setting of somebody's machine"},
	{said(`(^|\s)registry`, `\s*=`), "a setting of somebody's machine"},
	{said("_auth", "token|-begin (rsa|ec|open", "ssh) private"), "a secret"},
	// The project explains itself; how it came about is not part of it.
	{said(`(^|[\s"'(`, "`", `])/(wo`, "rk|ho", "me|ro", "ot)/"), "a path of somebody's machine"},
	{said(`\.\./sha`, "red"), "a path outside the project"},
	{said(`\b(cla`, "ude|anth", "ropic|chat", "gpt|open", `ai|copi`, `lot)\b`), "how it was written"},
	{said(`\b(sub-?`, `agents?|ai `, `agents?|language mo`, `dels?|ll`, `ms?)\b`), "how it was written"},
	{said(`\bfact[ -]`, `base\b`), "a paper outside the project"},
	{said(`\biss`, `ue #?\d`), "a number that means nothing here"},
	{said(`\blorem ip`, `sum\b`), "words that say nothing"},
}

// anyForeigner finds any of them, in small letters.
var anyForeigner = func() *regexp.Regexp {
	var all []string
	for _, f := range foreigners {
		all = append(all, f.words)
	}
	return regexp.MustCompile("(?m)" + strings.Join(all, "|"))
}()

// undone finds work that is left to do: that is said where work is planned.
var undone = regexp.MustCompile(said(`\b(TO`, "DO|FIX", "ME|XX", "X|HA", `CK)\b`))

// deny is the list of passwords that nobody may choose: all sorts of words.
const deny = "internal/people/common.txt"

// checkWords reads every text file of the project, line by line.
func checkWords(t tree) (faults []string) {
	for _, name := range slices.Sorted(maps.Keys(t.texts)) {
		if name == deny {
			continue
		}
		// Lower case once and a plain expression are ten times as fast as
		// ignoring case, and nearly every file is clean.
		text := t.texts[name]
		if !anyForeigner.MatchString(strings.ToLower(text)) && !undone.MatchString(text) {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			for _, f := range foreigners {
				if m := regexp.MustCompile(f.words).FindString(strings.ToLower(line)); m != "" {
					faults = append(faults, fmt.Sprintf("%s:%d says %q: %s", name, i+1, strings.TrimSpace(m), f.why))
				}
			}
			if m := undone.FindString(line); m != "" {
				faults = append(faults, fmt.Sprintf("%s:%d says %q: work left undone", name, i+1, m))
			}
		}
	}
	return faults
}

func TestWords(t *testing.T) { holds(t, checkWords) }

func TestWordsSeenToFail(t *testing.T) {
	for _, b := range []breaks{
		{"plain", map[string]string{"docs/a.md": "A person's session; the user agent; an issue with two sides; https://golau.example/work/"}, nil},
		{"a lock file", map[string]string{".ci/node/package-lock.json": said("{\n", `"resolved"`, `: "https://registry`, ".npm", `js.org/a.tgz"`)},
			[]string{"package-lock.json:2", "a download address in a lock file"}},
		{"a path", map[string]string{"docs/a.md": said("look into `/wo", "rk/main`")}, []string{"a path of somebody's machine"}},
		{"a neighbour", map[string]string{"quiz/q.go": said("// see ../sha", "red/design")}, []string{"outside the project"}},
		{"a number", map[string]string{"docs/a.md": said("as iss", "ue #12 says")}, []string{"a number that means nothing"}},
		{"work undone", map[string]string{"quiz/q.go": said("// TO", "DO: later")}, []string{"work left undone"}},
		{"where it is allowed", map[string]string{deny: said("chat", "gpt\n")}, nil},
		{"a writer's name", map[string]string{"LICENSE": said("by Cla", "ude")}, []string{"how it was written"}},
	} {
		b.check(t, checkWords)
	}
}
