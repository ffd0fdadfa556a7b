package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golau/certificates"
	"golau/cmd/golau/internal/seed"
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/quiz"
)

var (
	said       = regexp.MustCompile(`\bt "([^"]+)"`)                                                   // {{t "web.skip"}}
	saidOf     = regexp.MustCompile(`\bt \(print "([^"]+)"`)                                           // {{t (print "state." .State)}}
	inCode     = regexp.MustCompile(`"([a-z][a-z0-9_]*(?:\.[a-z0-9_-]+)+)"`)                           // "web.internal"
	inCodeOf   = regexp.MustCompile(`"([a-z][a-z0-9_]*\.(?:[a-z0-9_-]+\.)*(?:[a-z0-9_-]+[_.])?)" ?\+`) // "account.done_" + …
	mustBeSaid = regexp.MustCompile(`(?:\bc\.T\(|problem\.New\(problem\.\w+, |InvalidField\("\w+", |statusError\{[\w.]+, |Fields\[[^\]]+\] = |Fields = map\[string\]string\{"\w+": )"([^"]+)"( ?\+)?`)
	inLetters  = regexp.MustCompile(`\bv\.t\("([^"]+)"`) // where "letters." goes before
)

// sources reads the files of the whole module that end in suffix, tests and
// messages apart.
func sources(t *testing.T, suffix string) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && strings.HasPrefix(e.Name(), ".") && len(e.Name()) > 2 || e.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, suffix) && strings.HasSuffix(path, "_test.go") == (suffix == "_test.go") && !e.IsDir() {
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files[path] = string(raw)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Every message that a page or an error asks for is there, in both languages;
// every message that is there is asked for.
func TestMessagesAndPagesAgree(t *testing.T) {
	t.Parallel()
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	used, prefixes := map[string]bool{}, map[string]bool{}
	pages := sources(t, ".html")
	if len(pages) < 15 {
		t.Fatalf("only %d pages found", len(pages))
	}
	for file, page := range pages {
		for _, m := range said.FindAllStringSubmatch(page, -1) {
			used[m[1]] = true
			if !words.Has(m[1]) {
				t.Errorf("%s says %q, which is no message", file, m[1])
			}
		}
		for _, m := range saidOf.FindAllStringSubmatch(page, -1) {
			prefixes[m[1]] = true
		}
	}
	for file, code := range sources(t, ".go") {
		for _, m := range inCode.FindAllStringSubmatch(code, -1) {
			used[m[1]] = true
		}
		for _, m := range inCodeOf.FindAllStringSubmatch(code, -1) {
			if m[1] != "letters." {
				prefixes[m[1]] = true
			}
			if strings.Contains(file, "letters") {
				prefixes["letters."+m[1]] = true
			}
		}
		for _, m := range mustBeSaid.FindAllStringSubmatch(code, -1) {
			if !words.Has(m[1]) && m[2] == "" {
				t.Errorf("%s says %q, which is no message", file, m[1])
			}
		}
		for _, m := range inLetters.FindAllStringSubmatch(code, -1) {
			used["letters."+m[1]] = true
			if !words.Has("letters." + m[1]) {
				t.Errorf("%s says %q, which is no message", file, m[1])
			}
		}
	}
	for _, key := range words.Keys() {
		known := used[key]
		for p := range prefixes {
			known = known || strings.HasPrefix(key, p)
		}
		if !known {
			t.Errorf("nobody says %q: %s", key, words.T(i18n.EN, key))
		}
	}
}

// Where a page makes a message's name from a value, every value has its words.
func TestEveryValueHasItsWords(t *testing.T) {
	t.Parallel()
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	check := func(format string, value any) {
		if key := fmt.Sprintf(format, value); !words.Has(key) {
			t.Errorf("there is no message %s", key)
		}
	}
	for _, s := range []certificates.Status{certificates.Valid, certificates.Superseded, certificates.Revoked, certificates.Expired, certificates.Pending, certificates.Unknown, certificates.Damaged} {
		check("verify.title_%s", s)
		if s != certificates.Unknown && s != certificates.Damaged {
			check("verify.text_%s", s)
			check("verify.status_%s", s)
		}
	}
	for _, r := range people.Roles {
		check("people.role.%s", r)
	}
	for _, j := range people.JobRoles {
		check("people.job_role.%s", j)
	}
	for _, n := range people.Nations {
		check("people.nation.%s", n)
	}
	for _, n := range []people.Nation{people.Scotland, people.NorthernIreland} {
		check("nation.signpost.%s", n)
	}
	for _, v := range []quiz.Verdict{quiz.Right, quiz.Partly, quiz.NotYet} {
		check("verdict.%s", v)
	}
	for _, k := range []quiz.Kind{quiz.Single, quiz.Multiple, quiz.Ordering, quiz.Matching, quiz.Rewrite} {
		check("question.hint_%s", k)
	}
	for _, f := range []quiz.Feedback{quiz.Full, quiz.ByObjective} {
		check("assessment.feedback_%s", f)
	}
	for _, name := range web.FooterPages {
		check("footer.%s", name)
	}
	for _, m := range seed.Cast {
		check("demo.cast.%s", m.Key)
	}
	for _, l := range i18n.Langs {
		check("language.%s", l)
	}
	for _, what := range []string{"name", "language", "nation", "password"} {
		check("account.done_%s", what)
	}
}
