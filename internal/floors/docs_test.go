package floors

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	mdLink    = regexp.MustCompile(`[^!]\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)`)
	testName  = regexp.MustCompile("`(Test[A-Za-z0-9_]+)`")
	mdFence   = regexp.MustCompile("(?s)```.*?```")
	directDep = regexp.MustCompile(`(?m)^\s*(?:require )?([a-z0-9.]+\.[a-z]+/\S+) v\S+$`)
)

// dependencies is the document that has a line for every direct dependency.
const dependencies = "docs/adr/0009-dependencies.md"

// checkDocuments holds the documents to what is there: links, the tests that
// they name, and the dependencies.
func checkDocuments(t tree) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	tests := map[string]bool{}
	for _, s := range t.files {
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(t.texts[s.path], -1) {
			tests[m[1]] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.texts)) {
		if path.Ext(name) != ".md" || strings.HasPrefix(name, "modules/content/") {
			continue
		}
		text := mdFence.ReplaceAllString("\n"+t.texts[name], "")
		for _, m := range mdLink.FindAllStringSubmatch(text, -1) {
			to := path.Join(path.Dir(name), m[1])
			if !strings.Contains(m[1], ":") && !t.has(to) {
				fault("%s links to %s, which is not there", name, m[1])
			}
		}
		for _, m := range testName.FindAllStringSubmatch(text, -1) {
			if !tests[m[1]] {
				fault("%s names %s, which is no test", name, m[1])
			}
		}
	}
	for _, m := range directDep.FindAllStringSubmatch(t.texts["go.mod"], -1) {
		if !strings.Contains(t.texts[dependencies], "`"+m[1]+"`") {
			fault("%s does not say why there is %s", dependencies, m[1])
		}
	}
	return faults
}

// has says whether a path is a text file, or a folder that holds one.
func (t tree) has(p string) bool {
	if _, ok := t.texts[p]; ok {
		return true
	}
	for name := range t.texts {
		if strings.HasPrefix(name, p+"/") {
			return true
		}
	}
	return false
}

func TestDocuments(t *testing.T) { holds(t, checkDocuments) }

func TestDocumentsSeenToFail(t *testing.T) {
	for _, b := range []breaks{
		{"true", map[string]string{"docs/a.md": "see [b](b.md#x), [there](../quiz), [out](https://example.org) and `TestX`", "docs/b.md": "",
			"quiz/q_test.go": "func TestX(t T) {}"}, nil},
		{"a dead link", map[string]string{"docs/a.md": "[b](b.md)"}, []string{"docs/a.md links to b.md"}},
		{"no such test", map[string]string{"docs/a.md": "`TestGone`"}, []string{"docs/a.md names TestGone"}},
		{"a silent dependency", map[string]string{"go.mod": "require (\n\texample.org/a v1.0.0\n\texample.org/b v1.0.0 // indirect\n)\n", dependencies: "about others"},
			[]string{"why there is example.org/a"}},
	} {
		b.check(t, checkDocuments)
	}
}
