package course

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/modules"
	"golau/modules/scenario"
)

// signs is the second module, which has cases; nothing of the course is done.
func (h *house) signs() *modules.Module {
	m, _ := h.school.lib.Module("signs")
	return m
}

func (h *house) story(t *testing.T, m *modules.Module, id string) Case {
	t.Helper()
	k, err := h.school.Case(t.Context(), h.viewer, slug, m.Slug, id)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// chooses sends a choice of the present turn: the option that pick names.
func (h *house) chooses(t *testing.T, k Case, pick func(*scenario.Turn) *scenario.Option) Chosen {
	t.Helper()
	what := Chosen{Run: k.Run, Turn: len(k.Play.Turns) + 1, Token: tokenOf(k, pick(k.Play.Now))}
	if err := h.school.Choose(t.Context(), h.viewer, i18n.CY, slug, k.Module.Slug, k.ID, what); err != nil {
		t.Fatal(err)
	}
	return what
}

func tokenOf(k Case, o *scenario.Option) string {
	offers := k.Offers()
	return offers[slices.IndexFunc(offers, func(x Offer) bool { return x.Option == o })].Token
}

func recommended(t *scenario.Turn) *scenario.Option { return t.Recommended() }

func other(t *scenario.Turn) *scenario.Option {
	return &t.Options[slices.IndexFunc(t.Options, func(o scenario.Option) bool { return o.Path != scenario.Recommended })]
}

// A case may be taken at any time, and moves nothing in the course; each choice is
// kept as it is made, and the last one ends it.
func TestACaseIsTakenTurnByTurn(t *testing.T) {
	h := open(t)
	_, err := h.school.Case(t.Context(), h.viewer, slug, "signs", "any")
	if problem.KindOf(err) != problem.NotFound {
		t.Errorf("no such case: %v", err)
	}
	m := h.signs()
	id := m.Cases[0].ID
	before, err := h.school.Home(t.Context(), h.viewer)
	if err != nil {
		t.Fatal(err)
	}
	turns := 0
	for k := h.story(t, m, id); k.Play.Now != nil; k = h.story(t, m, id) {
		if k.Done || len(k.Play.Turns) != turns || k.Run != 1 {
			t.Fatalf("turn %d: run %d, done %v", len(k.Play.Turns), k.Run, k.Done)
		}
		h.chooses(t, k, other)
		turns++
		if n := h.count(t, "SELECT count(*) FROM course_case_choices"); n != turns {
			t.Fatalf("%d choices are kept of %d", n, turns)
		}
	}
	if k := h.story(t, m, id); !k.Done || k.Play.Ending == nil {
		t.Errorf("the end is not kept: %+v", k.Play)
	}
	o, err := h.school.Home(t.Context(), h.viewer)
	if err != nil || o.Next != before.Next || o.MinutesLeft != before.MinutesLeft || fmt.Sprint(o.Modules) != fmt.Sprint(before.Modules) {
		t.Errorf("a case has moved the course from %+v to %+v, %v", before, o, err)
	}
	if n := h.count(t, "SELECT count(*) FROM course_case_choices WHERE lang = 'cy' AND job = 'education' AND edition = '"+m.Cases[0].Edition+"'"); n != turns {
		t.Errorf("%d of %d choices know their language, work and edition", n, turns)
	}
}

// A page that was sent twice is one choice; one that is behind changes nothing and
// is told so.
func TestPagesThatAreBehind(t *testing.T) {
	h := open(t)
	m := h.signs()
	k := h.story(t, m, m.Cases[0].ID)
	send := func(what Chosen) error {
		return h.school.Choose(t.Context(), h.viewer, i18n.EN, slug, m.Slug, k.ID, what)
	}
	kept := func(want int) {
		t.Helper()
		if n := h.count(t, "SELECT count(*) FROM course_case_choices"); n != want {
			t.Errorf("%d choices are kept, want %d", n, want)
		}
	}
	behind := func(name string, what Chosen) {
		t.Helper()
		if p, ok := problem.As(send(what)); !ok || p.Kind != problem.Conflict || p.Key != "course.case.elsewhere" {
			t.Errorf("%s: %v", name, p)
		}
	}
	first := h.chooses(t, k, recommended)
	if err := send(first); err != nil {
		t.Errorf("the same page again: %v", err)
	}
	kept(1)
	behind("another choice of a turn that was taken", Chosen{1, 1, tokenOf(k, other(k.Play.Now))})
	behind("a turn that is not yet there", Chosen{1, 3, first.Token})
	behind("a choice of another turn", Chosen{1, 2, first.Token})
	behind("a run that was never begun", Chosen{3, 1, first.Token})
	behind("the case anew, on the way", Chosen{2, 1, first.Token})
	behind("no run and no turn", Chosen{0, 0, first.Token})
	if p, ok := problem.As(send(Chosen{1, 2, ""})); !ok || p.Kind != problem.Invalid {
		t.Errorf("nothing chosen: %v", p)
	}
	kept(1)
}

// Whoever has come to an end may take the case again: the first run stays as it
// was, and the second begins with its first choice.
func TestACaseIsTakenAgain(t *testing.T) {
	h := open(t)
	m := h.signs()
	id := m.Cases[0].ID
	for k := h.story(t, m, id); k.Play.Now != nil; k = h.story(t, m, id) {
		if again, err := k.Again(); err != nil || again.Run != 1 || len(again.Play.Turns) != len(k.Play.Turns) {
			t.Fatalf("on the way it begins again: %+v, %v", again.Play, err)
		}
		h.chooses(t, k, recommended)
	}
	ended := h.story(t, m, id)
	again, err := ended.Again()
	if err != nil || again.Run != 2 || again.Play.Now == nil || len(again.Play.Turns) != 0 {
		t.Fatalf("%+v, %v", again, err)
	}
	if k := h.story(t, m, id); k.Run != 1 || k.Play.Ending == nil {
		t.Error("looking at the start again has changed what is kept")
	}
	h.chooses(t, again, other)
	k := h.story(t, m, id)
	if k.Run != 2 || len(k.Play.Turns) != 1 || !k.Done {
		t.Errorf("run %d with %d turns, done %v", k.Run, len(k.Play.Turns), k.Done)
	}
	if n := h.count(t, "SELECT count(*) FROM course_case_choices WHERE run = 1"); n != len(ended.Play.Turns) {
		t.Errorf("%d choices are left of the first run", n)
	}
}

// A run that does not lead along the case as it is now is left behind, and the
// case begins again; what was done stays done.
func TestACaseThatWasRewritten(t *testing.T) {
	h := open(t)
	m := h.signs()
	x := m.Cases[0]
	h.chooses(t, h.story(t, m, x.ID), recommended)
	kept := x.Decisions[0].ID
	x.Decisions[0].ID = "renamed"
	defer func() { x.Decisions[0].ID = kept }()
	k := h.story(t, m, x.ID)
	if !k.Anew || k.Run != 2 || len(k.Play.Turns) != 0 {
		t.Fatalf("%+v", k)
	}
	h.chooses(t, k, recommended)
	if k := h.story(t, m, x.ID); k.Anew || k.Run != 2 || len(k.Play.Turns) != 1 {
		t.Errorf("after the first choice: %+v", k)
	}
	if n := h.count(t, "SELECT count(*) FROM course_case_choices"); n != 2 {
		t.Errorf("%d choices", n)
	}
}

// Reading a case as text counts the same, and what is offered stands in an order
// that does not tell, the same each time.
func TestACaseAsText(t *testing.T) {
	h := open(t)
	m := h.signs()
	x := m.Cases[0]
	if err := h.school.ReadCase(t.Context(), h.viewer, i18n.EN, slug, m.Slug, x.ID); err != nil {
		t.Fatal(err)
	}
	k := h.story(t, m, x.ID)
	if !k.Done || len(k.Play.Turns) != 0 {
		t.Errorf("%+v", k.Play)
	}
	places := map[int]bool{}
	for run := range 40 {
		k.Run = run
		order := k.Offers()
		if fmt.Sprint(order) != fmt.Sprint(k.Offers()) {
			t.Fatal("the same page offers otherwise the second time")
		}
		places[slices.IndexFunc(order, func(o Offer) bool { return o.Path == scenario.Recommended })] = true
		for _, o := range order {
			if strings.Contains(o.Token, string(o.Path)) {
				t.Errorf("the token %q tells", o.Token)
			}
		}
	}
	if len(places) != len(k.Play.Now.Options) {
		t.Errorf("in 40 runs the recommended option stood only at %v", places)
	}
}

// All cases are offered, those of one's own work first, with what was played; the
// last part of a module and a check that is passed offer those of the module.
// Whoever is not enrolled finds none.
func TestCasesAreOffered(t *testing.T) {
	h := open(t)
	m := h.signs()
	x := m.CasesFor("education")[0]
	if err := h.school.ReadCase(t.Context(), h.viewer, i18n.EN, slug, m.Slug, x.ID); err != nil {
		t.Fatal(err)
	}
	_, own, others, err := h.school.Cases(t.Context(), h.viewer, slug)
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, e := range h.school.courses[0].Entries {
		m, _ := h.school.lib.Module(e.Slug)
		all += len(m.Cases)
	}
	if len(own)+len(others) != all {
		t.Errorf("%d and %d of %d cases are offered", len(own), len(others), all)
	}
	for i, o := range append(own, others...) {
		if mine := o.For("education"); mine != (i < len(own)) || o.Own != mine || o.Done != (o.Scenario == x) {
			t.Errorf("%s stands at %d: %+v", o.ID, i, o)
		}
	}
	h.read(t, "what-it-is")
	passed := h.sit(t, "what-it-is")
	if _, err := h.school.Submit(t.Context(), h.viewer, i18n.EN, passed); err != nil {
		t.Fatal(err)
	}
	for i, s := range m.Sections {
		l, err := h.school.Lesson(t.Context(), h.viewer, slug, m.Slug, s.ID)
		if last := i == len(m.Sections)-1; err != nil || last != (len(l.Offers) == len(m.Cases)) || last && (!l.Offers[0].Done || l.Offers[0].Scenario != x) {
			t.Errorf("%s offers %+v, %v", s.ID, l.Offers, err)
		}
	}
	h.read(t, m.Slug)
	passed = h.sit(t, m.Slug)
	if _, err := h.school.Submit(t.Context(), h.viewer, i18n.EN, passed); err != nil {
		t.Fatal(err)
	}
	if o, err := h.school.Result(t.Context(), h.viewer, passed); err != nil || len(o.Offers) != len(m.Cases) {
		t.Errorf("the check that is passed offers %+v, %v", o.Offers, err)
	}
	stranger := h.viewer
	stranger.Person = "0123456789abcdefghjkmnpqrs"
	if _, _, _, err := h.school.Cases(t.Context(), stranger, slug); problem.KindOf(err) != problem.NotFound {
		t.Errorf("a stranger: %v", err)
	}
	for name, err := range map[string]error{
		"chooses": h.school.Choose(t.Context(), stranger, i18n.EN, slug, m.Slug, x.ID, Chosen{1, 1, "x"}),
		"reads":   h.school.ReadCase(t.Context(), stranger, i18n.EN, slug, m.Slug, x.ID),
	} {
		if problem.KindOf(err) != problem.NotFound {
			t.Errorf("a stranger %s: %v", name, err)
		}
	}
}
