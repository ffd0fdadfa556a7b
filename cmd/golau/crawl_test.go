package main

import (
	"net/http"
	"strings"
)

// crawl asks for every page of this site that can be reached by links from the
// given ones, with a redirect as a link, and returns them all.
func (b *browser) crawl(from ...string) []*reply {
	b.t.Helper()
	var pages []*reply
	seen := map[string]bool{}
	for len(from) > 0 {
		path := from[0]
		from = from[1:]
		path, _, _ = strings.Cut(strings.TrimPrefix(path, "https://"+site), "#")
		if seen[path] || !strings.HasPrefix(path, "/") {
			continue
		}
		seen[path] = true
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
