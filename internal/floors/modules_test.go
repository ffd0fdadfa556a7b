package floors

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
)

var (
	requirement   = regexp.MustCompile(`(?m)^\s*(?:require )?([a-z0-9.]+\.[a-z]+/\S+) v\S+( // indirect)?$`)
	toolDirective = regexp.MustCompile(`(?m)^tool (\S+)$`)
	dependencyRow = regexp.MustCompile("(?m)^\\| `([a-z0-9.]+\\.[a-z]+/\\S+)` \\|")
)

// checkModules: go.mod says which modules we use ourselves, tests too, and the
// page of dependencies explains those and no others. It asks nobody outside.
func checkModules(t tree) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	var paths []string
	indirect := map[string]bool{}
	for _, m := range requirement.FindAllStringSubmatch(t.texts["go.mod"], -1) {
		paths, indirect[m[1]] = append(paths, m[1]), m[2] != ""
	}
	// The module that a package belongs to is the longest that begins its path.
	slices.SortFunc(paths, func(a, b string) int { return len(b) - len(a) })
	of := func(pkg string) string {
		i := slices.IndexFunc(paths, func(p string) bool { return below(pkg, p) })
		if i < 0 {
			return ""
		}
		return paths[i]
	}
	used := map[string]bool{}
	for _, s := range t.files {
		for _, im := range s.imports {
			used[of(im)] = true
		}
	}
	slices.Sort(paths)
	for _, p := range paths {
		switch {
		case used[p] && indirect[p]:
			fault("go.mod marks %s as indirect, and we import it: go mod tidy", p)
		case !used[p] && !indirect[p]:
			fault("go.mod requires %s, and nobody imports it: go mod tidy", p)
		}
	}
	for _, m := range toolDirective.FindAllStringSubmatch(t.texts["go.mod"], -1) {
		used[of(m[1])] = true
	}
	for _, m := range dependencyRow.FindAllStringSubmatch(t.texts[dependencies], -1) {
		if !used[m[1]] {
			fault("%s explains %s, which we do not use", dependencies, m[1])
		}
	}
	return faults
}

func TestModules(t *testing.T) { holds(t, checkModules) }

func TestModulesSeenToFail(t *testing.T) {
	const head = "module golau\n\nrequire (\n\texample.org/a v1.0.0\n\texample.org/a/v2 v2.0.0 // indirect\n\texample.org/b v1.0.0 // indirect\n)\n\n" +
		"tool example.org/b/cmd/b\n"
	const page = "| `example.org/a` | words |\n| `example.org/b` | a tool |\n"
	for _, b := range []breaks{
		{"as written", map[string]string{"go.mod": head, dependencies: page, "quiz/q_test.go": `import _ "example.org/a/x"`}, nil},
		{"used in silence", map[string]string{"go.mod": head, dependencies: page, "quiz/q.go": `import (_ "example.org/a"; _ "example.org/a/v2/x")`},
			[]string{"marks example.org/a/v2 as indirect"}},
		{"not used", map[string]string{"go.mod": head, "quiz/q.go": ""}, []string{"requires example.org/a, and nobody"}},
		{"explained in vain", map[string]string{"go.mod": head, dependencies: page + "| `example.org/c` | – |\n", "quiz/q.go": `import _ "example.org/a"`},
			[]string{"explains example.org/c"}},
	} {
		b.check(t, checkModules)
	}
}
