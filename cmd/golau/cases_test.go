package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/modules/scenario"

	"golang.org/x/net/html"
)

// atCase is Huw, who has done nothing of the course, with a case and its address.
func (h *house) atCase(l i18n.Lang) (huw *browser, path string, s *scenario.Scenario) {
	h.t.Helper()
	m, _ := h.school.Library().Module("signs")
	s = m.Cases[0]
	return h.visitor().signIn("huw"), "/" + string(l) + "/learn/" + courseSlug + "/signs/cases/" + s.ID, s
}

// choosing is the form of a turn with an option chosen: the recommended one, or
// one that is not.
func choosing(t *testing.T, page *reply, s *scenario.Scenario, l i18n.Lang, best bool) url.Values {
	t.Helper()
	return picking(t, page, s, l, func(_ scenario.Decision, o scenario.Option) bool { return (o.Path == scenario.Recommended) == best })
}

// picking is the form of a turn with an option chosen that is wanted.
func picking(t *testing.T, page *reply, s *scenario.Scenario, l i18n.Lang, wanted func(scenario.Decision, scenario.Option) bool) url.Values {
	t.Helper()
	doc := page.doc()
	form := find(doc, both(tag("form"), byID("case")))
	if form == nil {
		t.Fatalf("%s has no turn\n%s", page.path, page.gist())
	}
	values := formValues(form)
	for _, label := range findAll(form, tag("label")) {
		for _, d := range s.Decisions {
			for _, o := range d.Options {
				if o.Text.In(l) == textOf(label) && wanted(d, o) {
					values.Set("choice", attr(find(form, byID(attr(label, "for"))), "value"))
				}
			}
		}
	}
	return values
}

// turnOf is the step at which a page stands, from 1; 0 is the end.
func turnOf(page *reply) string {
	form := find(page.doc(), both(tag("form"), byID("case")))
	if form == nil {
		return "0"
	}
	return formValues(form).Get("turn")
}

func (h *house) choices() int { h.t.Helper(); return h.count("course_case_choices") }

// A case is taken without scripts from its list to looking back, in both
// languages: each page is sound and says what followed; then the list shows it as
// played, and it may be played again.
func TestACaseFromItsListToLookingBack(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Langs {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			huw, path, s := h.atCase(l)
			base := "/" + string(l) + "/learn/" + courseSlug
			list := huw.get(base + "/cases").want(http.StatusOK).has(`href="` + path + `"`).lacks("govuk-tag")
			sound(t, "the list of cases", list)
			huw.get(base).want(http.StatusOK).has(`href="` + base + `/cases"`)
			huw.get("/" + string(l) + "/learn").want(http.StatusOK).has(`href="` + base + `/cases"`)
			page := huw.get(path).want(http.StatusOK).has(s.Note.In(l), h.words.T(l, "case.rules"))
			for turn := 1; turnOf(page) != "0"; turn++ {
				sound(t, "a turn of a case", page)
				sent := choosing(t, page, s, l, turn%2 == 1)
				for _, giveaway := range []string{"recommended", "costly", `"open"`} {
					page.lacks(giveaway)
				}
				huw.post(path, sent).leads(path)
				page = huw.get(path).want(http.StatusOK)
				if h.choices() != turn {
					t.Fatalf("%d choices are kept after turn %d", h.choices(), turn)
				}
			}
			sound(t, "looking back", page)
			page.has(s.Debrief.Opening.In(l), s.Debrief.Key.In(l), h.words.T(l, "case.you_and_recommended"), h.words.T(l, "case.recommended"), `href="`+path+`?again=1"`, `href="`+base+`/cases"`)
			if n := len(findAll(find(page.doc(), hasClass("golau-timeline")), tag("h3"))); n != h.choices() {
				t.Errorf("it looks back on %d of %d turns", n, h.choices())
			}
			huw.get(base + "/cases").want(http.StatusOK).has(h.words.T(l, "case.done"))
			huw.get(base + "/signs/cases/none").want(http.StatusNotFound)
			sound(t, "the case as text", huw.get(path+"?version=text").want(http.StatusOK))
		})
	}
}

// The last part of a lesson and the result of its check offer the module's cases,
// what was played marked as such; the way to the check leads past them.
func TestWhereCasesAreOffered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, path, s := h.atCase(i18n.EN)
	huw.readModule(i18n.EN, "what-it-is")
	huw.sit(checkPath("what-it-is"), true)
	offer := `href="` + path + `"`
	m, _ := h.school.Library().Module("signs")
	base := "/en/learn/" + courseSlug + "/signs/"
	for i, part := range m.Sections {
		page := huw.get(base + part.ID).want(http.StatusOK).has(`href="/en/learn/` + courseSlug + `/cases"`)
		if i < len(m.Sections)-1 {
			page.lacks(offer)
			huw.post(base+part.ID, nil)
			continue
		}
		sound(t, "the last part", page.has(offer, h.words.T(i18n.EN, "case.try")).lacks(h.words.T(i18n.EN, "case.done")+"<"))
		huw.press(huw.get(path+"?version=text").want(http.StatusOK), "", "").leads("/en/learn/" + courseSlug + "/cases")
		huw.get(base+part.ID).want(http.StatusOK).has(offer, h.words.T(i18n.EN, "case.done")+"<")
		huw.post(base+part.ID, nil).leads(base + "check")
	}
	result := "/en/attempts/" + huw.sit(base+"check", true) + "/result"
	sound(t, "a result with a case", huw.get(result).want(http.StatusOK).has(offer, s.Title.EN))
	if h.choices() != 0 || h.count("course_sections_read WHERE section LIKE 'case:%'") != 1 {
		t.Error("reading is not kept as what it is")
	}
}

// A tab that is behind, a page sent twice and nothing chosen: nothing is lost,
// nothing is kept twice, and the page says where the case stands.
func TestATabThatIsBehindInACase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, path, s := h.atCase(i18n.EN)
	first := huw.get(path).want(http.StatusOK)
	nothing := huw.press(first, "case", "").want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "course.case.none"))
	sound(t, "nothing chosen", nothing)
	if e := find(nothing.doc(), hasClass("govuk-error-summary")); e == nil || attr(find(e, tag("a")), "href") != "#choice-0" {
		t.Error("the summary of errors does not lead to the first choice")
	}
	sent := choosing(t, first, s, i18n.EN, true)
	huw.post(path, sent).leads(path)
	huw.post(path, sent).leads(path) // pressed twice, or back and again
	second := huw.get(path).want(http.StatusOK)
	if turnOf(second) != "2" || h.choices() != 1 {
		t.Fatalf("turn %s with %d choices", turnOf(second), h.choices())
	}
	behind := huw.post(path, choosing(t, first, s, i18n.EN, false)).want(http.StatusConflict).has(h.words.T(i18n.EN, "case.stale_title"))
	sound(t, "a tab that is behind", behind)
	if turnOf(behind) != "2" || h.choices() != 1 {
		t.Errorf("turn %s with %d choices", turnOf(behind), h.choices())
	}
	for turnOf(second) != "0" {
		huw.post(path, choosing(t, second, s, i18n.EN, true)).leads(path)
		second = huw.get(path).want(http.StatusOK)
	}
	all := h.choices()
	end := huw.post(path, choosing(t, first, s, i18n.EN, false)).want(http.StatusConflict).has(h.words.T(i18n.EN, "case.stale_title"))
	sound(t, "behind at the end", end)
	// Once more from the start: looking changes nothing, the first choice begins the second run.
	again := huw.get(path + "?again=1").want(http.StatusOK)
	if turnOf(again) != "1" || h.choices() != all {
		t.Errorf("turn %s with %d choices", turnOf(again), h.choices())
	}
	huw.press(again, "case", "").want(http.StatusUnprocessableEntity)
	huw.post(path, choosing(t, again, s, i18n.EN, false)).leads(path)
	if page := huw.get(path); turnOf(page) != "2" || h.count("course_case_choices WHERE run = 2") != 1 {
		t.Error("the second time does not begin")
	}
}

// The language button changes the language and nothing else: what was chosen
// stays chosen, also the second time through.
func TestTheLanguageButtonInACase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, path, s := h.atCase(i18n.EN)
	turn := func(page *reply, kept int) {
		t.Helper()
		sent := choosing(t, page, s, i18n.EN, true)
		to := huw.press(page, "case", "switch=cy", "choice", sent.Get("choice")).want(http.StatusOK)
		sound(t, "a case in the other language", to)
		if got := formValues(find(to.doc(), byID("case"))); attr(find(to.doc(), tag("html")), "lang") != "cy" || got.Encode() != sent.Encode() || h.choices() != kept {
			t.Errorf("in Welsh it stands at %v with %d choices, in English at %v", got, h.choices(), sent)
		}
	}
	page := huw.get(path).want(http.StatusOK)
	turn(page, 0)
	for turnOf(page) != "0" {
		huw.post(path, choosing(t, page, s, i18n.EN, true)).leads(path)
		page = huw.get(path).want(http.StatusOK)
	}
	again := huw.get(path + "?again=1").want(http.StatusOK)
	if turnOf(again) != "1" {
		t.Fatal("it does not begin again")
	}
	turn(again, h.choices())
}

// A choice that was sent after the session had ended is kept once its sender has
// signed in; anybody else keeps nothing.
func TestAChoiceSurvivesTheEndOfASession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, path, s := h.atCase(i18n.CY)
	sent := choosing(t, huw.get(path).want(http.StatusOK), s, i18n.CY, true)
	h.clock.Advance(13 * time.Hour)
	page := huw.post(path, sent).want(http.StatusUnauthorized)
	if h.choices() != 0 {
		t.Fatal("a choice was kept although nobody was signed in")
	}
	other := h.visitor()
	to := other.post("/cy/sign-in", url.Values{"email": {folk["nia"].email}, "password": {password}, "pending": {sealedIn(t, page)}}).tells("/cy/learn", "other")
	other.get(to).want(http.StatusOK).has(h.words.T(i18n.CY, "learn.not_kept_title"))
	if h.choices() != 0 {
		t.Fatal("somebody else kept the choice")
	}
	huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).leads(path)
	if turnOf(huw.get(path).want(http.StatusOK)) != "2" || h.choices() != 1 {
		t.Error("the choice is lost")
	}
	for _, n := range []int{1, 2} { // sent once more from the same page: at the same turn
		h.visitor().post("/cy/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {sealedIn(t, page)}}).leads(path)
		if h.choices() != 1 {
			t.Errorf("after %d more there are %d choices", n, h.choices())
		}
	}
}

// Reading a case as text counts the same as taking it.
func TestACaseReadAsText(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, path, s := h.atCase(i18n.CY)
	page := huw.get(path+"?version=text").want(http.StatusOK).has(s.Note.CY, s.Debrief.Key.CY)
	for _, turn := range s.Model().Turns {
		page.has(html.EscapeString(turn.Chosen.Text.CY), html.EscapeString(turn.Then.CY))
	}
	huw.press(page, "", "").leads("/cy/learn/" + courseSlug + "/cases")
	if h.choices() != 0 || h.count("course_sections_read WHERE section LIKE 'case:%'") != 1 {
		t.Error("reading is not kept as what it is")
	}
}

// Looking back on the first morning says who knew and what closed, with the times
// of one's own way beside those of the recommended one.
func TestTheFirstHours(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, _ := h.school.Library().Module("first-hours")
	semi, ok := m.Case("semi")
	if !ok || len(semi.Marks) == 0 {
		t.Fatal("the first morning gives no times")
	}
	for _, l := range i18n.Langs {
		huw, path := h.visitor().signIn("huw"), "/"+string(l)+"/learn/"+courseSlug+"/first-hours/cases/semi"
		page := huw.get(path + "?again=1").want(http.StatusOK)
		for turnOf(page) != "0" { // at first the key is turned and nobody is told
			huw.post(path, picking(t, page, semi, l, func(d scenario.Decision, o scenario.Option) bool {
				return d.ID == "d1" && o.ID == "d" || d.ID != "d1" && o.Path == scenario.Recommended
			})).leads(path)
			page = huw.get(path).want(http.StatusOK)
		}
		sound(t, "the first morning, looked back on", page)
		at := func(minutes int) string {
			return i18n.Clock(l, time.Date(2026, 1, 1, 0, minutes, 0, 0, i18n.London()))
		}
		// The key was turned at 06:05; what was then done as recommended was done at 06:10, not 06:15,
		// and where the recommended way never comes it has no time.
		page.has(h.words.T(l, "case.you_chose")+" "+at(6*60+10)+" · "+h.words.T(l, "case.recommended_way")+" "+at(6*60+15),
			h.words.T(l, "case.you_as_recommended")+", "+at(6*60+15)).
			lacks(h.words.T(l, "case.you_and_recommended"))
		rows := findAll(find(page.doc(), tag("tbody")), tag("tr"))
		if len(rows) < 4 {
			t.Fatalf("%d things came about", len(rows))
		}
		for _, row := range rows {
			cells := findAll(row, tag("td"))
			if len(cells) != 2 || textOf(cells[0]) == "" || textOf(cells[1]) == "" {
				t.Errorf("no times beside %q", textOf(row))
			}
			if strings.HasPrefix(textOf(row), semi.Marks[0].Text.In(l)) && textOf(cells[0]) == textOf(cells[1]) {
				t.Errorf("who was told later stands with the same time: %q", textOf(row))
			}
		}
	}
}
