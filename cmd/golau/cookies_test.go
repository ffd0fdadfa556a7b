package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
)

var (
	cookieSet   = regexp.MustCompile(`http\.Cookie\{([^}]*)`)
	cookieNamed = regexp.MustCompile(`\bName:\s*("[^"]+"|\w+)`)
	constant    = regexp.MustCompile(`(?m)^\s*(?:const\s+)?(\w+)\s*=\s*"([^"]+)"`)
	storesMore  = regexp.MustCompile(`document\.cookie|localStorage|sessionStorage|indexedDB|\bcaches\.open|serviceWorker`)
)

// cookiesOf lists the names of the cookies that the program's own code sets,
// and says where one has a name that cannot be told.
func cookiesOf(files map[string]string) (names, faults []string) {
	inPackage := map[string]string{}
	for path, code := range files {
		for _, m := range constant.FindAllStringSubmatch(code, -1) {
			inPackage[filepath.Dir(path)+"."+m[1]] = m[2]
		}
	}
	for path, code := range files {
		if strings.Contains(code, `"Set-Cookie"`) {
			faults = append(faults, path+" sets a cookie by hand")
		}
		for _, m := range cookieSet.FindAllStringSubmatch(code, -1) {
			name := ""
			if n := cookieNamed.FindStringSubmatch(m[1]); n != nil {
				name = strings.Trim(n[1], `"`)
				if name == n[1] {
					name = inPackage[filepath.Dir(path)+"."+n[1]]
				}
			}
			if name == "" {
				faults = append(faults, path+" sets a cookie whose name is no constant of its package")
				continue
			}
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), faults
}

// doorCode is the code that answers browsers.
func doorCode(t *testing.T) map[string]string {
	files := sources(t, ".go")
	for path := range files {
		if !strings.Contains(filepath.ToSlash(path), "cmd/golau/") && strings.Contains(path, "cmd") || strings.Contains(path, filepath.Join("internal", "robot")) {
			delete(files, path)
		}
	}
	return files
}

// The page says which cookies there are: all that the code sets, in both
// languages, and no others.
func TestEveryCookieIsNamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	names, faults := cookiesOf(doorCode(t))
	for _, f := range faults {
		t.Error(f)
	}
	if len(names) < 2 {
		t.Fatalf("only %q found", names)
	}
	said := regexp.MustCompile(`__(?:Host|Secure)-[a-z0-9-]+`)
	for _, l := range i18n.Langs {
		text := textOf(find(h.visitor().get("/"+string(l)+"/cookies").doc(), tag("main")))
		told := said.FindAllString(text, -1)
		slices.Sort(told)
		if told = slices.Compact(told); !slices.Equal(told, names) {
			t.Errorf("/%s/cookies names %q, the code sets %q", l, told, names)
		}
	}
	for path, script := range sources(t, ".js") {
		if strings.Contains(path, "static") {
			if m := storesMore.FindString(script); m != "" {
				t.Errorf("%s uses %s: the page of cookies says that nothing else is stored", path, m)
			}
		}
	}
}

// The search for cookies finds those that somebody tries to hide.
func TestCookiesOf(t *testing.T) {
	t.Parallel()
	names, faults := cookiesOf(map[string]string{
		"a/a.go": "const door = \"__Host-door\"\nvar k = &http.Cookie{Path: \"/\", Name: door}", "a/b.go": `http.Cookie{Name: "__Host-b"}`,
		"b/a.go": `http.Cookie{Name: door}`, "b/b.go": `h.Set("Set-Cookie", x)`, "b/c.go": `http.Cookie{Path: "/"}`,
	})
	if !slices.Equal(names, []string{"__Host-b", "__Host-door"}) || len(faults) != 3 {
		t.Errorf("%q, %q", names, faults)
	}
}
