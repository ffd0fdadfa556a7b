package main

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
)

// lookedAlone are the pages that journeys of their own look at, each by its
// address and the file in journeys/real.
var lookedAlone = map[string]string{
	"/setup/:token":         "first-run",
	"/account/security":     "second-step",
	"/second-factor":        "second-step",
	"/second-factor/set-up": "second-step",
}

// unlooked are the addresses behind which there is nothing to look at, and why.
var unlooked = map[string]string{
	"/board":                               "leads on to /board/completions",
	"/board/certificates.zip":              "a file of files: TestAnOfficerReceivesCertificates",
	"/board/certificates/:certificate/pdf": "a PDF: TestAnOfficerReceivesCertificates",
	"/board/completions.csv":               "a sheet: TestAnOfficerSeesCompletions",
	"/board/completions.xlsx":              "a sheet: TestAnOfficerSeesCompletions",
	"/board/exemptions/:board/:exemption":  "nothing waits in the journeys: TestABoardCountersigns",
	"/cards/:card/pdf":                     "a PDF: the tests of certificates/pdf",
	"/certificates/:certificate/pdf":       "a PDF: TestTheIssuedPDF",
	"/lead/figures":                        "a sheet: TestTheOverviewAgrees",
	"/learn/:course/:module":               "leads on to the part to go on with",
	"/sign-in/with/:provider":              "leads on to the agency's own sign-in",
}

// lookedIn reads what the journeys looked at: paths, a line each, in files.
func lookedIn(t *testing.T, folder string) (paths []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, strings.Fields(string(b))...)
	}
	return paths
}

// lookedAt is which addresses of pages, with their language, were looked at by paths.
// A path is of the address with the fewest words left open, as the router has it.
func lookedAt(routes []web.Route, paths []string) map[string]bool {
	addresses := map[string]*regexp.Regexp{}
	for address, r := range web.Table(routes) {
		if path, get := strings.CutPrefix(address, http.MethodGet+" "); get && r.Page {
			addresses[path] = regexp.MustCompile("^" + regexp.MustCompile(`:\w+`).ReplaceAllString(path, "[^/]+") + "$")
		}
	}
	order := slices.SortedFunc(maps.Keys(addresses), func(a, b string) int { return strings.Count(a, ":") - strings.Count(b, ":") })
	there := map[string]bool{}
	for _, path := range paths {
		if i := slices.IndexFunc(order, func(a string) bool { return addresses[a].MatchString(path) }); i >= 0 {
			there[order[i]] = true
		}
	}
	return there
}

// unseen are the pages that nobody looked at, in whichever language, but for those
// of which another journey or a reason is known.
func unseen(routes []web.Route, paths []string) (missing []string) {
	there := lookedAt(routes, paths)
	for _, r := range routes {
		if r.Method != http.MethodGet || !r.Page || lookedAlone[r.Path] != "" || unlooked[r.Path] != "" {
			continue
		}
		for _, l := range i18n.Langs {
			if path := "/" + string(l) + strings.TrimSuffix(r.Path, "/"); !there[path] {
				missing = append(missing, path)
			}
		}
	}
	slices.Sort(missing)
	return missing
}

// Whatever page is missing is missed, in each language, and what is left out is an
// address that there is.
func TestPagesNobodyLooksAtAreMissed(t *testing.T) {
	t.Parallel()
	routes := newHouse(t).routes
	var all []string
	for _, r := range routes {
		if r.Method == http.MethodGet && r.Page {
			for _, l := range i18n.Langs {
				all = append(all, "/"+string(l)+strings.TrimSuffix(strings.ReplaceAll(r.Path, ":", "some-"), "/"))
			}
		}
	}
	if missing := unseen(routes, all); len(missing) > 0 {
		t.Errorf("looked at and missed: %v", missing)
	}
	for _, path := range []string{"/en", "/cy/admin/boards", "/en/admin/boards/some-board", "/cy/learn/some-course/cases", "/en/lead/joining"} {
		without := slices.DeleteFunc(slices.Clone(all), func(p string) bool { return p == path })
		if got := unseen(routes, without); len(got) != 1 {
			t.Errorf("without %s missed are %v", path, got)
		}
	}
	table := web.Table(routes)
	for path := range maps.Keys(lookedAlone) {
		if _, there := table["GET /en"+path]; !there {
			t.Errorf("%s is looked at alone and there is no such page", path)
		}
	}
	for path := range maps.Keys(unlooked) {
		if _, there := table["GET /en"+path]; !there {
			t.Errorf("%s is left out and there is no such page", path)
		}
	}
}
