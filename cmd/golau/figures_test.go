package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// Every figure says in words what it shows in bars: its numbers stand beside the
// bars, in the picture's description and in a table, with what it counts and what
// it does not, and its source is one that can be found.
func TestFiguresSayWhatTheyShow(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lib := h.school.Library()
	for _, l := range i18n.Langs {
		reply := h.visitor().get("/" + string(l) + "/figures").want(http.StatusOK)
		sound(t, "figures", reply)
		sources := h.visitor().get("/" + string(l) + "/sources").doc()
		page, _ := lib.Page("figures", l)
		shown := 0
		for _, part := range page.Parts {
			if part.Figure == nil {
				continue
			}
			shown++
			f := part.Figure
			figure := find(reply.doc(), with("id", "figure-"+f.Key))
			if figure == nil {
				t.Errorf("/%s/figures lacks %s", l, f.Key)
				continue
			}
			drawn, table, desc := find(figure, tag("svg")), find(figure, tag("table")), find(figure, tag("desc"))
			if attr(drawn, "role") != "img" || textOf(find(drawn, tag("title"))) != f.Title.In(l) || textOf(find(table, tag("caption"))) != f.Title.In(l) {
				t.Errorf("%s in %s has no name", f.Key, l)
			}
			if n := len(findAll(drawn, with("class", "gc-r4"))); n != len(f.Rows) {
				t.Errorf("%s has %d bars for %d rows", f.Key, n, len(f.Rows))
			}
			for _, r := range f.Rows {
				for where, in := range map[string]*html.Node{"picture": drawn, "description": desc, "table": table} {
					if text := textOf(in); !strings.Contains(text, f.Shown(r)) || !strings.Contains(text, r.Label.In(l)) {
						t.Errorf("the %s of %s in %s lacks %s %s: %s", where, f.Key, l, r.Label.In(l), f.Shown(r), text)
					}
				}
			}
			told := textOf(find(figure, tag("dl")))
			for _, want := range []string{f.Period.In(l), f.Counts.In(l), f.Not.In(l), h.words.T(l, "figures.unchecked")} {
				if !strings.Contains(told, want) {
					t.Errorf("%s in %s does not say: %s", f.Key, l, want)
				}
			}
			links := findAll(figure, tag("a"))
			for _, a := range links {
				if _, id, _ := strings.Cut(attr(a, "href"), "#"); find(sources, with("id", id)) == nil {
					t.Errorf("%s leads to %s, which is not there", f.Key, attr(a, "href"))
				}
			}
			if len(links) == 0 {
				t.Errorf("%s names no source", f.Key)
			}
		}
		if shown == 0 {
			t.Errorf("/%s/figures shows no figure", l)
		}
	}
}

// The pages beside the course are found from it, from the footer and from the
// page of sources, and count for nothing: no way to finish them is offered.
func TestWhatIsReadBesideTheCourse(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, l := range i18n.Langs {
		course := h.as("huw").get("/" + string(l) + "/learn/child-trafficking").want(http.StatusOK).doc()
		sources := h.visitor().get("/" + string(l) + "/sources").doc()
		for _, name := range []string{"history", "figures"} {
			to := with("href", "/"+string(l)+"/"+name)
			for where, in := range map[string]*html.Node{"course": find(course, tag("main")), "sources": find(sources, tag("main")), "footer": find(sources, tag("footer"))} {
				if find(in, to) == nil {
					t.Errorf("%s: the %s does not lead to %s", l, where, name)
				}
			}
			page := h.as("huw").get("/" + string(l) + "/" + name).want(http.StatusOK).doc()
			if find(find(page, tag("main")), tag("form")) != nil || find(find(page, tag("main")), tag("button")) != nil {
				t.Errorf("/%s/%s has something to send", l, name)
			}
		}
	}
}
