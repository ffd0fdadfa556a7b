package main

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/store"

	"golang.org/x/net/html"
)

var (
	missing = regexp.MustCompile(`\[[a-z_]+(\.[A-Za-z0-9_/ -]+)+\]`)
	ruined  = regexp.MustCompile(`<no value>|%!|\{\{|\}\}|<nil>|ZgotmplZ|0001-01-01|\(MISSING\)`)
)

// sound checks what every page must have, and says in which state it was met.
func sound(t *testing.T, state string, r *reply) {
	t.Helper()
	doc := r.doc()
	if doc == nil {
		t.Errorf("%s: %s (%d) is no page", state, r.path, r.Status)
		return
	}
	fault := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s: %s (%d): "+format, append([]any{state, r.path, r.Status}, args...)...)
	}
	lang := r.path[1:min(3, len(r.path))]
	root := find(doc, tag("html"))
	if got := attr(root, "lang"); (lang == "en" || lang == "cy") && got != lang || r.Header.Get("Content-Language") != got {
		fault("lang is %q, header %q", got, r.Header.Get("Content-Language"))
	}
	if h1 := findAll(doc, tag("h1")); len(h1) != 1 || textOf(h1[0]) == "" {
		fault("%d h1", len(h1))
	}
	if title := find(doc, tag("title")); title == nil || len(textOf(title)) < 9 || strings.HasPrefix(textOf(title), "–") {
		fault("no title")
	}
	if key := missing.FindString(r.Body); key != "" {
		fault("a message is missing: %s", key)
	}
	if ruin := ruined.FindString(r.Body); ruin != "" {
		fault("holds %q", ruin)
	}
	for _, name := range []string{"main", "header", "footer"} {
		if len(findAll(doc, tag(name))) != 1 {
			fault("%d %s", len(findAll(doc, tag(name))), name)
		}
	}
	named(fault, doc)
	labelled(fault, doc)
	marked(fault, doc)
	hideable(fault, doc)
	explained(fault, doc)
	framed(fault, doc)
	if forStaff.MatchString(r.path) {
		summarised(fault, doc)
	}
}

// forStaff are the pages of administrators, leads and officers: their forms are long.
var forStaff = regexp.MustCompile(`^/\w+/(admin|lead|board)\b[^-]`)

// summarised checks that the summary of what is wrong, which stands apart from the
// fields, says of each which it is, as its label or legend does.
func summarised(fault func(string, ...any), doc *html.Node) {
	list := find(doc, hasClass("govuk-error-summary__list"))
	if list == nil {
		return
	}
	for _, a := range findAll(list, tag("a")) {
		field := find(doc, byID(strings.TrimPrefix(attr(a, "href"), "#")))
		label := find(doc, both(tag("label"), with("for", attr(field, "id"))))
		if set := around(field, tag("fieldset")); set != nil {
			label = find(set, tag("legend"))
		}
		if name := strings.TrimRight(flat(textOf(label)), ".:"); !strings.HasPrefix(flat(textOf(a)), name) {
			fault("what is wrong with %q is summed up as %q", name, textOf(a))
		}
	}
}

// around is the nearest that stands around n and is so.
func around(n *html.Node, is func(*html.Node) bool) *html.Node {
	for ; n != nil; n = n.Parent {
		if is(n) {
			return n
		}
	}
	return nil
}

// named checks that ids are unique and that whatever points to one finds it.
func named(fault func(string, ...any), doc *html.Node) {
	ids := map[string]int{}
	for d := range doc.Descendants() {
		if id := attr(d, "id"); id != "" {
			if ids[id]++; ids[id] > 1 {
				fault("id %q stands twice", id)
			}
		}
	}
	for d := range doc.Descendants() {
		for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "form"} {
			for _, id := range strings.Fields(attr(d, name)) {
				if ids[id] == 0 {
					fault("%s points to %q, which is not there", name, id)
				}
			}
		}
		if to, ok := strings.CutPrefix(attr(d, "href"), "#"); ok && ids[to] == 0 {
			fault("a link leads to #%s, which is not there", to)
		}
		if hasAttr(d, "style") || strings.HasPrefix(firstHandler(d), "on") || tag("style")(d) || tag("script")(d) && d.FirstChild != nil {
			fault("<%s> has what the policy forbids", d.Data)
		}
	}
}

func firstHandler(n *html.Node) string {
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "on") {
			return a.Key
		}
	}
	return ""
}

// labelled checks that every field has a label, every group a legend, every
// button and link words, and every picture words or nothing to say.
func labelled(fault func(string, ...any), doc *html.Node) {
	for d := range doc.Descendants() {
		switch {
		case tag("input")(d) && attr(d, "type") != "hidden", tag("select")(d), tag("textarea")(d):
			id := attr(d, "id")
			if label := find(doc, both(tag("label"), with("for", id))); id == "" || label == nil || textOf(label) == "" {
				fault("the field %q has no label", attr(d, "name"))
			}
		case tag("fieldset")(d):
			if legend := find(d, tag("legend")); legend == nil || textOf(legend) == "" {
				fault("a group has no legend")
			}
		case tag("button")(d), tag("a")(d):
			if textOf(d) == "" && attr(d, "aria-label") == "" {
				fault("<%s %s> has no words", d.Data, attr(d, "href"))
			}
		case tag("img")(d) && !hasAttr(d, "alt"), tag("svg")(d) && attr(d, "aria-hidden") != "true" && attr(d, "aria-label") == "" && attr(d, "aria-labelledby") == "":
			fault("a picture has no words")
		case tag("nav")(d) && attr(d, "aria-label") == "" && attr(d, "aria-labelledby") == "":
			fault("a navigation has no name")
		case tag("form")(d) && (!slices.Contains([]string{"get", "post"}, attr(d, "method")) || !strings.HasPrefix(attr(d, "action"), "/")):
			fault("a form goes by %q to %q", attr(d, "method"), attr(d, "action"))
		}
	}
}

// Every page in every state of somebody's way through the course, in both
// languages, with real data.
func TestEveryPageIsSound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nia := h.as("nia")
	walk := func(state string) {
		t.Helper()
		seen := map[string]bool{}
		for _, l := range i18n.Langs {
			pages := nia.crawl("/"+string(l)+"/learn", in(l, finalPath), in(l, checkPath("what-it-is")), in(l, checkPath("signs")), "/"+string(l)+"/account")
			for _, r := range pages {
				if strings.HasPrefix(r.path, "/static/") || r.Header.Get("Content-Type") == "application/pdf" || r.Status == http.StatusSeeOther || r.path == "/" || seen[r.path] {
					continue
				}
				seen[r.path] = true
				// What may not begin yet was asked for without a link; no page may lead there.
				refused := r.Status == http.StatusConflict && (strings.Contains(r.path, "/check") || strings.Contains(r.path, "/assessment"))
				if refused && slices.ContainsFunc(pages, func(p *reply) bool { return p.Status == http.StatusOK && linksTo(p, r.path) }) || !refused && r.Status != http.StatusOK {
					t.Errorf("%s: a link leads to %s, which answers %d", state, r.path, r.Status)
				}
				sound(t, state, r)
			}
		}
	}
	walk("at the beginning")
	nia.readModule(i18n.CY, "what-it-is")
	failed := nia.sit(checkPath("what-it-is"), false)
	for _, l := range i18n.Langs {
		sound(t, "failed", nia.get("/"+string(l)+"/attempts/"+failed+"/result").want(http.StatusOK))
	}
	open := nia.begin(checkPath("what-it-is"))
	h.eachQuestion(t, nia, open)
	walk("with an open check")
	nia.submit(i18n.CY, open)
	walk("waiting for the third check")
	nia.post(checkPath("what-it-is"), nil).want(http.StatusTooManyRequests)
	sound(t, "too early", nia.post(in(i18n.CY, checkPath("what-it-is")), nil))
	h.clock.Advance(time.Hour)
	nia.sit(checkPath("what-it-is"), true)
	walk("half way")
	nia.readModule(i18n.EN, "signs")
	passed := nia.sit(in(i18n.CY, checkPath("signs")), true)
	walk("with several modules to choose from")
	h.learnt(h.id["nia"], i18n.EN)
	walk("before the assessment")
	nia.sit(finalPath, false)
	walk("after a failed assessment")
	h.clock.Advance(25 * time.Hour)
	nia.signIn("nia")
	final := nia.sit(in(i18n.CY, finalPath), true)
	for _, l := range i18n.Langs {
		sound(t, "passed", nia.get("/"+string(l)+"/attempts/"+passed+"/result").want(http.StatusOK))
		sound(t, "completed", nia.get("/"+string(l)+"/attempts/"+final+"/result").want(http.StatusOK))
	}
	walk("at the end")
}

// eachQuestion looks at every question and its errors, and goes on until each
// kind of question was met.
func (h *house) eachQuestion(t *testing.T, b *browser, attempt string) {
	t.Helper()
	for n := 1; n <= 10; n++ {
		for _, l := range i18n.Langs {
			path := questionPath(l, attempt, n)
			sound(t, "unanswered", b.get(path).want(http.StatusOK))
			for _, bad := range []url.Values{{"answer": {"zz"}}, {"step.1": {"a"}, "step.2": {"a"}}, {"pair.1": {"zz"}}, {"line.1": {"zz"}}, {"sure": {"perhaps"}}} {
				sound(t, "refused", b.post(path, bad).want(http.StatusUnprocessableEntity))
			}
		}
		b.answer(attempt, n, false)
		sound(t, "answered", b.get(questionPath(i18n.CY, attempt, n)).want(http.StatusOK))
		sound(t, "stale", b.post(questionPath(i18n.CY, attempt, n), url.Values{"version": {"0"}}).want(http.StatusConflict))
	}
	for _, l := range i18n.Langs {
		sound(t, "review", b.get("/"+string(l)+"/attempts/"+attempt+"/review").want(http.StatusOK))
	}
}

// The pages for everybody, and every page that says no.
func TestEveryOtherPageIsSound(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	nia, gone := h.as("nia"), h.as("nia")
	replaced, withdrawn := h.ended(t)
	for _, l := range i18n.Langs {
		at := func(path string) string { return "/" + string(l) + path }
		for _, r := range h.visitor().crawl(at("")) {
			if r.doc() != nil && r.path != "/" {
				sound(t, "a visitor", r.want(http.StatusOK))
			}
		}
		for _, c := range h.school.Library().Cards() { // of which a crawl looks at few
			sound(t, "a card", h.visitor().get(at("/cards/"+c.Slug)).want(http.StatusOK))
		}
		for state, r := range map[string]*reply{
			"asked to sign in": h.visitor().get(at("/sign-in?next=" + at("/account"))), "a wrong password": h.visitor().post(at("/sign-in"), url.Values{"email": {"x@y.example"}, "password": {"z"}}),
			"nothing typed": h.visitor().post(at("/sign-in"), nil), "not found": h.visitor().get(at("/nowhere")), "not found, signed in": nia.get(at("/nowhere")),
			"a wrong name": h.as("huw").post(at("/account/name"), url.Values{"name": {"1"}}), "a fixed name": nia.post(at("/account/name"), url.Values{"name": {"Somebody"}}),
			"no language": nia.post(at("/account/language"), nil), "no password": nia.post(at("/account/password"), nil), "an old password": nia.post(at("/account/password"), url.Values{"old": {"x"}, "new": {"pedair ffenest las olau"}}),
			"a wrong number": h.visitor().get(at("/verify?number=x")), "no certificate": h.visitor().get(at("/verify/" + nobodys.certificate)), "a certificate": h.visitor().get(at("/verify/" + h.did["nia"].certificate)),
			"a superseded certificate": h.visitor().get(at("/verify/" + replaced)).has(h.words.T(l, "verify.status_superseded")), "a revoked certificate": h.visitor().get(at("/verify/" + withdrawn)).has(h.words.T(l, "verify.status_revoked")),
			"its holder's superseded certificate": nia.get(at("/certificates/" + replaced)), "its holder's revoked certificate": h.as("beca").get(at("/certificates/" + withdrawn)), "a list with a superseded one": nia.get(at("/certificates")),
			"none yet": h.as("huw").get(at("/certificates")), "405": nia.send("PUT", at("/learn"), nil, "Sec-Fetch-Site", "same-origin"), "403": nia.post(at("/account/language"), nil, "Sec-Fetch-Site", "cross-site"),
			"413": nia.post(at("/account/name"), url.Values{"name": {strings.Repeat("x", 70_000)}}), "415": nia.post(at("/account/name"), nil, "Content-Type", "text/xml"), "421": nia.get(at("/learn"), "Host", "x.example"),
			"409": h.as("huw").post(in(l, finalPath), nil), "done": nia.post(in(l, finalPath), nil), "done name": nia.get(at("/account?done=name")), "closed": nia.post(questionPath(l, h.did["nia"].final, 1), nil),
			"400": nia.send("POST", at("/account/name"), strings.NewReader("%"), "Content-Type", formType, "Sec-Fetch-Site", "same-origin"), "an answer that waits": h.visitor().post(questionPath(l, h.did["nia"].open, 1), nil),
		} {
			if r.doc() == nil || r.Status == http.StatusSeeOther {
				t.Errorf("%s: %d", state, r.Status)
				continue
			}
			sound(t, state, r)
		}
	}
	// Somebody whose places of work have all ended still has a home and an account.
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_memberships SET ended_at = ? WHERE person_id = ?", tx.Now, h.id["nia"]).Error
	})
	for _, path := range []string{"/en/learn", "/cy/account", "/cy/certificates", "/en/certificates/" + h.did["nia"].certificate} {
		sound(t, "a leaver", gone.get(path).want(http.StatusOK))
	}
}
