package course

import (
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/problem"
)

// small makes the course the one of two modules that it once was, and returns
// what lets it grow.
func (h *house) small(t *testing.T) (grow func()) {
	t.Helper()
	c := h.school.courses[0]
	now, edition, minutes := *c, h.school.editions[slug], h.school.Minutes(c)
	c.Edition, c.Entries, c.Final.Draw = "2026.1", []Entry{{Slug: "what-it-is"}, {Slug: "signs", Needs: []string{"what-it-is"}}}, 20
	h.school.editions[slug] = "of-two-mods"
	h.accept(t)
	if before := h.school.Minutes(c); before >= minutes {
		t.Fatalf("two modules take %d minutes, nine %d", before, minutes)
	}
	return func() { *c, h.school.editions[slug] = now, edition }
}

func (h *house) submits(t *testing.T, attempt string) {
	t.Helper()
	if mark, err := h.school.Submit(t.Context(), h.viewer, i18n.CY, attempt); err != nil || !mark.Passed {
		t.Fatalf("passed %v, %v", mark.Passed, err)
	}
}

func (h *house) overview(t *testing.T) Overview {
	t.Helper()
	o, err := h.school.Overview(t.Context(), h.viewer, slug)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Whoever finished the course before it grew has finished it: the certificate
// stays, of the edition that they took, and nothing is asked of them again; what
// is new they may read.
func TestACertificateOutlivesItsEdition(t *testing.T) {
	h := open(t)
	grow := h.small(t)
	took, minutes := h.school.editions[slug], h.school.Minutes(h.school.courses[0])
	h.submits(t, h.upToFinal(t))
	grow()
	all, err := h.school.Certificates(t.Context(), h.viewer)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d certificates, %v", len(all), err)
	}
	v, err := certificates.Verify(h.db.Read(t.Context()), h.school.keys, all[0].Number())
	if c := v.Certificate; err != nil || v.Status != certificates.Valid || c.Course.Edition != "2026.1" || c.EditionHash != took || c.Course.Minutes != minutes {
		t.Errorf("verified as %s of edition %s (%s, %d minutes), %v", v.Status, c.Course.Edition, c.EditionHash, c.Course.Minutes, err)
	}
	o := h.overview(t)
	if o.Next.Kind != StepDone || o.Progress.Done == nil || o.Held == nil || o.ModulesDone != 2 || len(o.Modules) != 9 || o.MinutesLeft != 0 {
		t.Errorf("next %+v, done %+v, held %v, %d of %d modules, %d minutes left", o.Next, o.Progress.Done, o.Held != nil, o.ModulesDone, len(o.Modules), o.MinutesLeft)
	}
	if a, err := h.school.Assessment(t.Context(), h.viewer, slug, ""); err != nil || !a.Done || a.Missing != nil {
		t.Errorf("the assessment is %+v, %v", a, err)
	}
	_, err = h.school.StartAttempt(t.Context(), h.viewer, i18n.CY, slug, "")
	if p, ok := problem.As(err); !ok || p.Key != "course.completed_already" {
		t.Errorf("another assessment: %v", err)
	}
	h.read(t, "before-you-start")
	h.submits(t, h.sit(t, "before-you-start"))
	if o := h.overview(t); o.ModulesDone != 3 || o.Next.Kind != StepDone {
		t.Errorf("after a new module %d are done, and next is %+v", o.ModulesDone, o.Next)
	}
}

// Whoever was on the way keeps what they did, and goes on where they were.
func TestWhoeverWasOnTheWayGoesOnWhereTheyWere(t *testing.T) {
	h := open(t)
	grow := h.small(t)
	h.read(t, "what-it-is")
	h.submits(t, h.sit(t, "what-it-is"))
	signs, _ := h.school.lib.Module("signs")
	for _, s := range signs.Sections[:2] {
		if _, err := h.school.Continue(t.Context(), h.viewer, i18n.CY, slug, "signs", s.ID); err != nil {
			t.Fatal(err)
		}
	}
	grow()
	o := h.overview(t)
	if want := (Step{StepSection, slug, "signs", signs.Sections[2].ID}); o.Next != want || o.ModulesDone != 1 {
		t.Errorf("next is %+v, want %+v; %d modules done", o.Next, want, o.ModulesDone)
	}
	for _, m := range o.Modules {
		if want := map[string]State{"before-you-start": NotStarted, "what-it-is": Finished, "signs": InProgress}[m.Module.Slug]; m.State != want && want != "" || want == "" && m.State != Locked {
			t.Errorf("%s is %s", m.Module.Slug, m.State)
		}
	}
	h.read(t, "signs")
	h.submits(t, h.sit(t, "signs"))
	if o := h.overview(t); o.Next.Module != "before-you-start" || o.ModulesDone != 2 {
		t.Errorf("after it next is %+v", o.Next)
	}
}

// An assessment that began before the course grew is marked by what it asked, but
// does not finish a course of which modules are missing: the certificate would
// say that they were done. Whoever does them takes it again, and is awarded then.
func TestAnAssessmentOfBeforeDoesNotFinishWhatGrew(t *testing.T) {
	h := open(t)
	grow := h.small(t)
	attempt := h.upToFinal(t)
	grow()
	h.submits(t, attempt)
	r, err := h.school.Result(t.Context(), h.viewer, attempt)
	if err != nil || !r.Grown || r.Certificate != "" || r.Attempt.Questions != 20 || r.Next.Module != "before-you-start" {
		t.Errorf("grown %v, certificate %q, %d questions, next %+v, %v", r.Grown, r.Certificate, r.Attempt.Questions, r.Next, err)
	}
	for _, table := range []string{"course_completions", "certificates_issued", "outbox_jobs"} {
		if n := h.count(t, "SELECT count(*) FROM "+table); n != 0 {
			t.Errorf("%d rows in %s", n, table)
		}
	}
	for _, e := range h.school.courses[0].Entries {
		if _, done := h.overview(t).Progress.ModuleDone(e.Slug); !done {
			h.read(t, e.Slug)
			h.submits(t, h.sit(t, e.Slug))
		}
	}
	h.clock.Advance(h.school.courses[0].Final.Wait)
	again := h.sit(t, "")
	h.submits(t, again)
	r, err = h.school.Result(t.Context(), h.viewer, again)
	if err != nil || r.Grown || r.Certificate == "" || r.Attempt.Number != 2 || r.Attempt.Questions != 25 {
		t.Errorf("grown %v, certificate %q, attempt %d of %d questions, %v", r.Grown, r.Certificate, r.Attempt.Number, r.Attempt.Questions, err)
	}
	all, err := h.school.Certificates(t.Context(), h.viewer)
	if err != nil || len(all) != 1 || all[0].Course.Edition != h.school.courses[0].Edition || all[0].EditionHash != h.school.editions[slug] {
		t.Errorf("%d certificates, %+v, %v", len(all), all, err)
	}
	if r, err := h.school.Result(t.Context(), h.viewer, attempt); err != nil || r.Grown {
		t.Errorf("the first result still sends back: %v, %v", r.Grown, err)
	}
}
