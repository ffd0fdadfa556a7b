package main

import (
	"net/http"
	"regexp"
	"strings"
)

// shelved are pages of which there are many of one make: parts of a module in
// full or short, cases, exercises, cards and packs.
var shelved = regexp.MustCompile(`^(/../learn/[a-z-]+/[a-z-]+/(?:cases|exercises)|/../learn/[a-z-]+/[a-z-]+|/../cards|/../packs)/([a-z-]+)`)

// fewOfAMake is how many of a make a crawl looks at: they differ in their words
// alone, and golau check looks through those.
const fewOfAMake = 2

// crawl asks for every page of this site that can be reached by links from the
// given ones, with a redirect as a link, and returns them all; of each make only a
// few.
func (b *browser) crawl(from ...string) []*reply {
	b.t.Helper()
	var pages []*reply
	seen, shelves := map[string]bool{}, map[string]map[string]bool{}
	for len(from) > 0 {
		path := from[0]
		from = from[1:]
		path, _, _ = strings.Cut(strings.TrimPrefix(path, "https://"+site), "#")
		if seen[path] || !strings.HasPrefix(path, "/") {
			continue
		}
		seen[path] = true
		if m := shelved.FindStringSubmatch(path); m != nil && m[2] != "check" && m[2] != "cases" && m[2] != "exercises" {
			if shelves[m[1]] == nil {
				shelves[m[1]] = map[string]bool{}
			}
			if !shelves[m[1]][m[2]] && len(shelves[m[1]]) == fewOfAMake {
				continue
			}
			shelves[m[1]][m[2]] = true
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
