package main

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/modules/exercise"
)

// atExercises lets Huw into a module, and returns it with the address of its
// exercises: what stands before it is done for him.
func (h *house) atExercises(l i18n.Lang) (huw *browser, base string) {
	h.t.Helper()
	huw = h.visitor().signIn("huw")
	huw.readModule(l, "what-it-is")
	huw.sit(in(l, checkPath("what-it-is")), true)
	return huw, "/" + string(l) + "/learn/" + courseSlug + "/signs/exercises"
}

func (h *house) ofExercises() int { h.t.Helper(); return h.count("course_exercise_choices") }

// recommended is the form of an exercise filled in as experienced colleagues would.
func recommended(e *exercise.Exercise, run string) url.Values {
	form := url.Values{"run": {run}}
	for i := range e.Lines {
		if best := e.Recommended(&e.Lines[i]); best != exercise.Left {
			form.Set(e.Lines[i].Field(), best)
		}
	}
	return form
}

// Every exercise of the course is done without scripts, in both languages: each
// page is sound, nothing chosen is told beside its field, and looking back gives
// the reason for every line, and no score.
func TestEveryExerciseFromItsListToLookingBack(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, l := range i18n.Langs {
		nia := h.as("nia")
		kept := 0
		for _, m := range h.school.Library().Modules {
			for i, e := range m.Exercises {
				base := "/" + string(l) + "/learn/" + courseSlug + "/" + m.Slug + "/exercises"
				path := base + "/" + e.ID
				if i == 0 {
					sound(t, "the list of exercises", nia.get(base).want(http.StatusOK))
				}
				nia.get(base).has(`href="` + path + `"`)
				page := nia.get(path + "?again=1").want(http.StatusOK)
				sound(t, "an exercise", page)
				run := formValues(find(page.doc(), byID("exercise"))).Get("run")
				open := nia.post(path, url.Values{"run": {run}}).want(http.StatusUnprocessableEntity)
				sound(t, "an exercise without choices", open)
				first := attr(find(find(open.doc(), hasClass("govuk-error-summary")), tag("a")), "href")
				if control := find(open.doc(), byID(first[1:])); control == nil || attr(control, "name") == "" {
					t.Errorf("%s: the summary of errors leads to %s, which is no field", path, first)
				}
				before := h.ofExercises()
				nia.post(path, recommended(e, run)).leads(path)
				if n := h.ofExercises() - before; n != len(e.Lines) {
					t.Errorf("%s: %d of %d lines are kept", path, n, len(e.Lines))
				}
				back := nia.get(path).want(http.StatusOK)
				sound(t, "looking back on an exercise", back)
				back.lacks("golau-score")
				for j := range e.Lines {
					back.has(e.Lines[j].Why.In(l))
				}
				kept++
			}
		}
		if kept == 0 {
			t.Fatal("there is no exercise")
		}
	}
}

// A page sent twice is one run; one that is behind is told so, and changes nothing.
func TestATabThatIsBehindInAnExercise(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, base := h.atExercises(i18n.EN)
	m, _ := h.school.Library().Module("signs")
	e := m.Exercises[0]
	path := base + "/" + e.ID
	form := recommended(e, "1")
	for range 2 {
		huw.post(path, form).leads(path)
		if h.ofExercises() != len(e.Lines) {
			t.Fatalf("%d lines are kept", h.ofExercises())
		}
	}
	other := url.Values{"run": {"1"}, e.Lines[1].Field(): {exercise.Marked}}
	behind := huw.post(path, other).want(http.StatusConflict).has(h.words.T(i18n.EN, "exercise.stale_title"))
	sound(t, "an exercise done elsewhere", behind)
	for _, run := range []string{"0", "3", "x", ""} {
		other.Set("run", run)
		huw.post(path, other).want(http.StatusConflict)
	}
	if h.ofExercises() != len(e.Lines) {
		t.Errorf("%d lines are kept", h.ofExercises())
	}
	huw.post(base+"/none", other).want(http.StatusNotFound)
	huw.get(base + "/none").want(http.StatusNotFound)
	huw.get("/en/learn/" + courseSlug + "/what-it-is/exercises").want(http.StatusNotFound)
	if again := huw.get(path + "?again=1").want(http.StatusOK); formValues(find(again.doc(), byID("exercise"))).Get("run") != "2" {
		t.Error("it does not begin again")
	}
}

// The language button changes the language and nothing else.
func TestTheLanguageButtonInAnExercise(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, base := h.atExercises(i18n.EN)
	m, _ := h.school.Library().Module("signs")
	e := m.Exercises[0]
	field := e.Lines[2].Field()
	page := huw.get(base + "/" + e.ID).want(http.StatusOK)
	welsh := huw.press(page, "exercise", "switch=cy", field, exercise.Marked).want(http.StatusOK)
	sound(t, "an exercise in the other language", welsh)
	if got := formValues(find(welsh.doc(), byID("exercise"))); attr(find(welsh.doc(), tag("html")), "lang") != "cy" || got.Get(field) != exercise.Marked || got.Get("run") != "1" {
		t.Errorf("in Welsh it stands at %v", got)
	}
	if h.ofExercises() != 0 {
		t.Error("changing the language kept something")
	}
}

// What was sent after a session had ended is kept once its sender has signed in;
// what is not whole comes back with what is open; anybody else keeps nothing.
func TestAnExerciseSurvivesTheEndOfASession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, base := h.atExercises(i18n.CY)
	m, _ := h.school.Library().Module("signs")
	e := m.Exercises[0]
	path := base + "/" + e.ID
	h.clock.Advance(13 * time.Hour)
	nothing := huw.post(path, url.Values{"run": {"1"}}).want(http.StatusUnauthorized)
	to := huw.press(nothing, "sign-in", "", "email", folk["huw"].email, "password", password).tells(path, "refused")
	back := huw.get(to).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.CY, "waited.refused_shown"), h.words.T(i18n.CY, "course.exercise.nothing"))
	sound(t, "an exercise that came back", back)

	h.clock.Advance(13 * time.Hour)
	page := huw.post(path, recommended(e, "1")).want(http.StatusUnauthorized)
	pending := sealedIn(t, page)
	other := h.visitor()
	other.post("/cy/sign-in", url.Values{"email": {folk["nia"].email}, "password": {password}, "pending": {pending}}).tells("/cy/learn", "other")
	if h.ofExercises() != 0 {
		t.Fatal("it was kept although nobody whose it is was signed in")
	}
	huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).leads(path)
	h.visitor().post("/cy/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {pending}}).leads(path) // sent once more
	if h.ofExercises() != len(e.Lines) {
		t.Errorf("%d of %d lines are kept", h.ofExercises(), len(e.Lines))
	}
	late := h.visitor()
	behind := recommended(e, "1")
	behind.Set(e.Lines[1].Field(), exercise.Marked)
	h.clock.Advance(13 * time.Hour)
	page = huw.post(path, behind).want(http.StatusUnauthorized)
	to = late.post("/cy/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {sealedIn(t, page)}}).tells(path, "stale")
	late.get(to).want(http.StatusOK).has(h.words.T(i18n.CY, "exercise.stale_title"))
}
