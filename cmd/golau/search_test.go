package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// foundAt are the addresses to which a search leads.
func foundAt(r *reply) (ways []string) {
	if list := find(r.doc(), hasClass("golau-found")); list != nil {
		for _, a := range findAll(list, tag("a")) {
			ways = append(ways, attr(a, "href"))
		}
	}
	return ways
}

// A search finds terms, cards, pages and, for whoever has signed in, lessons, in
// the language of the page; everything found is there to read.
func TestASearchFinds(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, c := range []struct {
		who  string
		lang i18n.Lang
		q    string
		want string
		not  string
	}{
		{"", i18n.EN, "guardian", "/en/glossary#guardian", "/learn/"},
		{"", i18n.EN, "first hours", "/en/cards/first-hours", "/learn/"},
		{"nia", i18n.EN, "first hours", "/en/learn/child-trafficking/first-hours/why", "/cy/"},
		{"", i18n.CY, "fasnachu", "/cy/glossary#child-trafficking", "/en/"},
		{"nia", i18n.CY, "gwarcheidwad", "/cy/learn/child-trafficking/nrm-and-guardian/guardian", "/en/"},
		{"", i18n.EN, "cookies", "/en/cookies", "/learn/"},
		{"", i18n.EN, "home every night", "/en/packs/own-streets", "/learn/"},
		{"", i18n.EN, "practise NRM", "/en/practice/referral", "/learn/"},
		{"", i18n.CY, "nghynllun", "/cy/plan", "/learn/"},
		{"nia", i18n.EN, "back after two nights", "/en/learn/child-trafficking/first-hours/cases/rhys", "/cy/"},
		{"nia", i18n.CY, "sgwrs ffon", "/cy/learn/child-trafficking/signs/exercises/chat", "/en/"},
	} {
		page := h.as(c.who).get("/" + string(c.lang) + "/search?q=" + url.QueryEscape(c.q)).want(http.StatusOK)
		ways := foundAt(page)
		if !strings.Contains(strings.Join(ways, " ")+" ", c.want+" ") || strings.Contains(strings.Join(ways, " "), c.not) {
			t.Errorf("%q in %s by %q leads to %s", c.q, c.lang, c.who, ways)
		}
		if find(page.doc(), tag("mark")) == nil {
			t.Errorf("%q in %s: nothing is marked", c.q, c.lang)
		}
		for _, way := range ways {
			if status := h.as(c.who).get(strings.Split(way, "#")[0]).Status; status >= 400 && status != http.StatusConflict { // a part that is not open yet says so
				t.Errorf("%q leads to %s: %d", c.q, way, status)
			}
		}
	}
}

// Whoever is signed in and not in the course finds nothing that they could not
// open, and is not told of lessons to look through.
func TestASearchBesideTheCourse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(func(tx store.Tx) error { // works nowhere
		_, err := people.AddPerson(tx, people.NewPerson{Email: "nest@elsewhere.example", Name: "Nest Alaw", Language: i18n.CY})
		return err
	})
	b := h.visitor()
	page := b.post("/en/sign-in/letter", url.Values{"email": {"nest@elsewhere.example"}})
	b.press(page, "code-form", "", "code", codeIn(h.letterTo("nest@elsewhere.example"))).want(http.StatusSeeOther)
	for _, l := range i18n.Langs {
		for q, some := range map[string]bool{"rhys": false, "chat": true, "gwarcheidwad": true} {
			page := b.get("/" + string(l) + "/search?q=" + q).want(http.StatusOK).has(h.words.T(l, "search.hint_beside"))
			ways := foundAt(page)
			if len(ways) > 0 != some && l == i18n.EN || strings.Contains(strings.Join(ways, " "), "/learn/") {
				t.Errorf("%q in %s leads to %s", q, l, ways)
			}
			for _, way := range ways {
				b.get(strings.Split(way, "#")[0]).want(http.StatusOK)
			}
		}
	}
}

// Nothing typed is lost or shown as it is not: an empty search says what to do,
// one that finds nothing offers the other language, and the language button
// keeps the words.
func TestASearchThatFindsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.visitor()
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/search"
		if page := b.get(at).want(http.StatusOK); find(page.doc(), hasClass("govuk-error-summary")) != nil {
			t.Error("the empty page begins with a fault")
		}
		b.get(at + "?q=+").want(http.StatusUnprocessableEntity).has(h.words.T(l, "search.nothing_asked"))
		b.get(at+"?q=xylophone").want(http.StatusOK).has(h.words.T(l, "search.none"), h.words.T(l, "search.found", "Count", 0))
		page := b.get(at + "?q=" + url.QueryEscape(`"><script>x</script>`)).want(http.StatusOK).lacks("<script>x")
		if typed := find(page.doc(), with("id", "q")); attr(typed, "value") != `"><script>x</script>` {
			t.Errorf("what was typed came back as %q", attr(typed, "value"))
		}
		b.get(at + "?q=" + strings.Repeat("x", 5000)).want(http.StatusOK)
	}
	other := find(b.get("/en/search?q=warcheidwad").doc(), both(tag("a"), with("hreflang", "cy")))
	for _, a := range findAll(b.get("/en/search?q=warcheidwad").doc(), both(tag("a"), with("hreflang", "cy"))) {
		other = a
	}
	if attr(other, "href") != "/cy/search?q=warcheidwad" {
		t.Errorf("the other language is offered at %q", attr(other, "href"))
	}
	b.get("/cy/search?q=gwarcheidwad&switch=cy").want(http.StatusOK).has("/cy/glossary#guardian")
}

// What somebody looks for is in no log and no measurement, and the database is
// not asked.
func TestASearchIsNotedNowhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	before := h.tables()
	h.visitor().get("/en/search?q=unmistakable").want(http.StatusOK)
	h.visitor().get("/EN/search/?q=unmistakable")
	if said := h.log.String(); strings.Contains(said, "unmistakable") || strings.Contains(said, "/search") {
		t.Errorf("the log says: %s", said)
	}
	h.unchanged(before)
}

// The search is found from the foot of every page, and from a learner's menu.
func TestTheSearchIsFound(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, l := range i18n.Langs {
		for _, c := range []struct{ who, page, within string }{{"", "/support", "golau-footer"}, {"", "/cards", "golau-footer"}, {"nia", "/learn", "golau-header__nav"}} {
			part := find(h.as(c.who).get("/"+string(l)+c.page).want(http.StatusOK).doc(), hasClass(c.within))
			if find(part, both(tag("a"), with("href", "/"+string(l)+"/search"))) == nil {
				t.Errorf("%s: %s does not lead %q to the search", l, c.page, c.who)
			}
		}
	}
}
