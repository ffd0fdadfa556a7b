package main

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"golau/internal/i18n"
)

// explained checks that a page which tells anybody's status says what each status
// means: every page that any test looks through, whosever it is.
func explained(fault func(string, ...any), doc *html.Node) {
	told := find(doc, func(n *html.Node) bool { return n.Type == html.ElementNode && hasAttr(n, "data-status") })
	if told == nil {
		return
	}
	words, _ := i18n.Embedded()
	lang := i18n.Lang(attr(find(doc, tag("html")), "lang"))
	if meaning := words.T(lang, "status.meaning"); !strings.Contains(textOf(find(doc, tag("main"))), meaning) {
		fault("tells the status %q, and not what it means", attr(told, "data-status"))
	}
}

// What is asked of somebody stands first on their page, and nothing is listed that they
// have not finished.
func TestWhatIsAskedStandsFirst(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	asks(lowri, ruleForm("days", "9"))
	h.settle()
	for who, finished := range map[string]bool{"huw": false, "nia": true} {
		page := lowri.get("/cy/lead/people/" + h.position(who)).want(200)
		sound(t, "a person", page)
		asked, modules := find(page.doc(), with("id", "asked")), find(page.doc(), with("id", "modules"))
		if asked == nil || finished != (modules != nil) || finished && strings.Index(page.Body, `id="asked"`) > strings.Index(page.Body, `id="modules"`) {
			t.Errorf("%s: what is asked does not stand first", who)
		}
		if strings.Contains(page.Body, ">–<") {
			t.Errorf("%s: a line says nothing", who)
		}
	}
}

// Every place where a status is told: the pages say what it means, the learner's own
// among them, and so does the letter of the week; whoever takes the lists out does it
// from a page that says so.
func TestWhereverAStatusStandsItsMeaningStands(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.manage()
	lowri := h.as("lowri")
	asks(lowri, ruleForm("days", "9"))
	h.settle()
	huw := h.as("huw")
	for _, l := range i18n.Langs {
		base := "/" + string(l)
		for path, who := range map[string]*browser{"/lead": lowri, "/lead/people": lowri, "/lead/people/" + h.position("huw"): lowri, "/manager": lowri,
			"/lead/rules/plan?basis=after_start&days=9": lowri, "/lead/people/" + h.position("huw") + "/same/" + h.position("nia"): lowri,
			"/learn": huw, "/learn/child-trafficking": huw} {
			page := who.get(base + path).want(200)
			if !strings.Contains(page.Body, "data-status=") {
				t.Errorf("%s%s tells no status", base, path)
			}
			sound(t, "a status", page)
		}
	}
}
