package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golau/internal/i18n"
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
		if strings.HasSuffix(path, suffix) && !strings.HasSuffix(path, "_test.go") && !e.IsDir() {
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
	any := map[string]bool{}
	for _, key := range words.Keys() {
		known := used[key]
		for p := range prefixes {
			if strings.HasPrefix(key, p) {
				known, any[p] = true, true
			}
		}
		if !known {
			t.Errorf("nobody says %q: %s", key, words.T(i18n.EN, key))
		}
	}
	for p := range prefixes {
		if !any[p] && strings.Contains(p, ".") {
			t.Logf("no message begins with %q", p)
		}
	}
}
