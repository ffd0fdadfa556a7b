package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// leaks says where an answer holds the canary: in the body, in a header, in a
// file.
func leaks(r *reply) string {
	if found(r.Body) {
		return "the body"
	}
	for name, values := range r.Header {
		if found(name + strings.Join(values, " ")) {
			return "header " + name
		}
	}
	if r.Header.Get("Content-Type") == "application/pdf" && (found(inflate(r.Body)) || found(drawn(r.Body))) {
		return "the file"
	}
	return ""
}

// councilChoice are the councils from whose numbers anybody chooses.
var councilChoice = regexp.MustCompile(`(?s)<select [^>]*id="council".*?</select>`)

func found(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(canary)) }

// T1-14, attack A2: whoever works under board A meets nothing of board B: on no
// page of the table, with their own ids, Nia's or Beca's; on none that any page
// links to; in no header, JSON answer or file.
func TestNothingOfTheOtherBoardIsSeen(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, who := range boardA {
		b := h.as(who)
		check := func(r *reply) {
			if who == "alun" && (strings.HasPrefix(r.path, "/en/admin") || strings.HasPrefix(r.path, "/cy/admin")) {
				return
			}
			if strings.Contains(r.path, "/cards/") || strings.HasSuffix(r.path, "/plan") { // whose number is asked for is for anybody to choose
				open := *r
				open.Body = councilChoice.ReplaceAllString(r.Body, "")
				r = &open
			}
			if where := leaks(r); where != "" {
				t.Errorf("%s %s (%d) by %s: %s holds what is board B's", r.method, r.path, r.Status, who, where)
			}
		}
		for _, l := range i18n.Langs {
			for _, row := range addresses() {
				if row.admin() && who == "alun" {
					continue // the installation is shown to whoever runs it
				}
				for _, whose := range []string{"nia", "beca"} {
					if whose == "beca" && !row.foreign {
						continue // the same address; and whoever holds the link of a check may see it
					}
					if path := row.at(h, l, h.did[whose]); row.method() == http.MethodGet {
						check(b.get(path))
					} else if row.foreign && whose == "beca" {
						check(b.post(path, nil))
						check(b.post(path, nil, "Accept", "application/json"))
					}
				}
			}
		}
		for _, page := range b.crawl("/en/learn", "/cy/account") {
			check(page)
		}
	}
}

// The canary would be found if it were there: its owner meets it on pages, in
// the PDF, and behind links.
func TestTheCanarySings(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, s := h.as("beca"), h.did["beca"]
	for _, path := range []string{"/en/learn", "/cy/account", "/en/certificates/" + s.certificate, "/en/certificates/" + s.certificate + "/pdf", "/en/verify/" + s.certificate} {
		if leaks(b.get(path).want(http.StatusOK)) == "" {
			t.Errorf("%s has no canary: the test of leaks would see nothing", path)
		}
	}
	n := 0
	for _, page := range b.crawl("/en/learn") {
		if leaks(page) != "" {
			n++
		}
	}
	if n < 20 {
		t.Errorf("only %d pages with a canary: does the crawl follow links?", n)
	}
}
