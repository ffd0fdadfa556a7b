package main

import (
	"net/http"
	"regexp"
	"strings"
)

// lessonPage is a part of a module, in full or short.
var lessonPage = regexp.MustCompile(`^(/../learn/[a-z-]+/[a-z-]+)/([a-z-]+)`)

// fewParts is how many parts of a module a crawl looks at: they differ in their
// words alone, and golau check looks through those.
const fewParts = 2

// crawl asks for every page of this site that can be reached by links from the
// given ones, with a redirect as a link, and returns them all; of the parts of a
// module only a few.
func (b *browser) crawl(from ...string) []*reply {
	b.t.Helper()
	var pages []*reply
	seen, parts := map[string]bool{}, map[string]map[string]bool{}
	for len(from) > 0 {
		path := from[0]
		from = from[1:]
		path, _, _ = strings.Cut(strings.TrimPrefix(path, "https://"+site), "#")
		if seen[path] || !strings.HasPrefix(path, "/") {
			continue
		}
		seen[path] = true
		if m := lessonPage.FindStringSubmatch(path); m != nil && m[2] != "check" {
			if parts[m[1]] == nil {
				parts[m[1]] = map[string]bool{}
			}
			if !parts[m[1]][m[2]] && len(parts[m[1]]) == fewParts {
				continue
			}
			parts[m[1]][m[2]] = true
		}
		r := b.get(path)
		pages = append(pages, r)
		if r.Status == http.StatusSeeOther {
			from = append(from, r.Header.Get("Location"))
		}
		if doc := r.doc(); doc != nil {
			for d := range doc.Descendants() {
				from = append(from, attr(d, "href"), attr(d, "src"))
			}
		}
	}
	return pages
}
