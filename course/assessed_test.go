package course

import (
	"testing"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// worksHere has the viewer work in the agency of the crowd, and returns their position.
func (c *crowd) worksHere(t *testing.T) string {
	t.Helper()
	c.write(t, func(tx store.Tx) error {
		_, err := people.AddMembership(tx, people.NewMembership{PersonID: c.viewer.Person, OrganisationID: c.scope.Organisation(), BoardID: c.scope.Board(), Role: people.Learner, JobRole: "border"})
		return err
	})
	c.settle(t)
	return c.positions(t, "person_id = ?", c.viewer.Person)[0]
}

func (c *crowd) duties(t *testing.T) Duties {
	t.Helper()
	d, err := c.school.DutiesOf(t.Context(), c.viewer, slug)
	if err != nil || len(d.Asked) != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	return d
}

func (c *crowd) final(t *testing.T) Assessment {
	t.Helper()
	a, err := c.school.Assessment(t.Context(), c.viewer, slug, "")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A rule that asks for the assessment alone is done with the course the first time;
// then without a lesson, as often as it is asked again, and no certificate comes of
// it. Who uses up the tries begins the course anew.
func TestTheAssessmentAlone(t *testing.T) {
	c := newCrowd(t, 0, 1)
	me := c.worksHere(t)
	c.put(t, Rule{Parts: []string{AssessmentPart}, Job: "border", Schedule: due.Schedule{Basis: due.AfterStart, Days: 90, EveryMonths: 12}})
	if a := c.final(t); a.Alone || a.Missing == nil || c.duties(t).Alone || c.status(t, me) != due.NotStarted {
		t.Fatalf("before the course: %+v", a)
	}
	attempt := c.upToFinal(t)
	if c.status(t, me) != due.InProgress {
		t.Error("the modules are not all")
	}
	c.submits(t, attempt)
	if a, d := c.final(t), c.duties(t); a.Alone || !a.Done || d.Alone || d.Again || c.status(t, me) != due.InDate {
		t.Fatalf("when it was finished: %+v, %+v", a, d)
	}
	if _, err := c.school.StartAttempt(t.Context(), c.viewer, i18n.CY, slug, ""); problem.KindOf(err) != problem.Conflict {
		t.Errorf("before it is asked again: %v", err)
	}
	done := due.DayOf(c.clock.Now())
	c.at(t, done.Plus(12, -due.ExpiringDays), 12)
	if d := c.duties(t); !d.Alone || d.Again || c.status(t, me) != due.Expiring || d.Asked[0].Until != done.Plus(12, 0) {
		t.Fatalf("when it opens: %+v", d)
	}
	attempt = c.sit(t, "")
	if c.status(t, me) != due.Expiring {
		t.Error("it was not handed in")
	}
	c.submits(t, attempt)
	c.submits(t, attempt) // twice is once
	today := due.DayOf(c.clock.Now())
	o, err := c.school.Result(t.Context(), c.viewer, attempt)
	if d := c.duties(t); err != nil || !o.Alone || d.Alone || c.status(t, me) != due.InDate || d.Asked[0].Done != today {
		t.Fatalf("passed anew: %+v, %v", d, err)
	}
	if n := c.count(t, "SELECT count(*) FROM certificates_issued"); n != 1 || c.count(t, "SELECT count(*) FROM course_completions") != 1 || c.count(t, "SELECT count(*) FROM course_assessed") != 1 {
		t.Errorf("%d certificates", n)
	}
	if c.overview(t).ModulesDone != len(c.school.courses[0].Entries) {
		t.Error("the modules are to be done anew")
	}

	c.at(t, today.Plus(13, 0), 12)
	if c.status(t, me) != due.Expired || !c.duties(t).Alone {
		t.Fatal("a year later it is asked again")
	}
	final := &c.school.courses[0].Final
	final.PassPercent = 100
	for n := range final.MaxAttempts {
		if d := c.duties(t); !d.Alone || d.Again {
			t.Fatalf("before try %d: %+v", n+1, d)
		}
		if mark, err := c.school.Submit(t.Context(), c.viewer, i18n.CY, c.sit(t, "")); err != nil || mark.Passed {
			t.Fatalf("passed %v, %v", mark.Passed, err)
		}
		c.clock.Advance(final.Wait)
	}
	if d := c.duties(t); d.Alone || !d.Again {
		t.Fatalf("with no try left: %+v", d)
	}
	if err := c.school.TakeAgain(t.Context(), c.viewer, slug); err != nil {
		t.Fatal(err)
	}
	if a := c.final(t); a.Alone || a.Missing == nil || c.status(t, me) != due.Expired {
		t.Errorf("begun anew: %+v", a)
	}
	final.PassPercent = 1
	c.submits(t, c.upToFinal(t))
	if d := c.duties(t); d.Alone || c.status(t, me) != due.InDate || c.count(t, "SELECT count(*) FROM certificates_issued") != 2 {
		t.Errorf("finished anew: %+v", d)
	}
}

// Whoever finished the course before the days that a rule counts sits the assessment at
// once; who has left the modules of it out of a rule is not asked for them.
func TestTheAssessmentAloneOfSomethingOld(t *testing.T) {
	c := newCrowd(t, 0, 1)
	me := c.worksHere(t)
	c.finishes(t, me)
	c.at(t, due.DayOf(c.clock.Now()).Plus(30, 0), 12)
	c.put(t, Rule{Parts: []string{AssessmentPart}, Job: "border", Schedule: due.Schedule{Basis: due.AfterStart, Days: 28, EveryMonths: 24}})
	if d := c.duties(t); !d.Alone || d.Again || d.Asked[0].Done != "" {
		t.Fatalf("%+v", d)
	}
	c.submits(t, c.sit(t, ""))
	if d := c.duties(t); d.Alone || c.status(t, me) != due.InDate {
		t.Errorf("%+v", d)
	}
	_, err := c.school.Plan(t.Context(), c.scope, Rule{Course: slug, Parts: []string{"signs", AssessmentPart}, Schedule: due.Schedule{Basis: due.AfterStart, Days: 28}}, i18n.EN, "")
	if fieldsOf(err)["parts"] != "course.rule.parts_alone" {
		t.Errorf("beside a module: %v", err)
	}
}

// The record knows of every assessment that was passed anew: one that is changed, put
// in or taken away is noticed.
func TestAssessedAnewIsWitnessed(t *testing.T) {
	c := newCrowd(t, 0, 1)
	c.worksHere(t)
	c.put(t, Rule{Parts: []string{AssessmentPart}, Job: "border", Schedule: due.Schedule{Basis: due.AfterStart, Days: 90, EveryMonths: 12}})
	c.submits(t, c.upToFinal(t))
	c.at(t, due.DayOf(c.clock.Now()).Plus(12, 0), 12)
	c.submits(t, c.sit(t, ""))
	holds := func() error {
		_, _, err := CheckAll(t.Context(), c.db.Read(t.Context()), nil)
		return err
	}
	if err := holds(); err != nil {
		t.Fatal(err)
	}
	c.sql(t, "DROP TRIGGER course_assessed_no_update")
	c.sql(t, "UPDATE course_assessed SET at = at + 1")
	if holds() == nil {
		t.Error("another time is not noticed")
	}
	c.sql(t, "UPDATE course_assessed SET at = at - 1")
	c.sql(t, "DROP TRIGGER course_assessed_no_delete")
	c.sql(t, "DELETE FROM course_assessed")
	if holds() == nil {
		t.Error("that it is gone is not noticed")
	}
}

// Whoever's certificate had run out when the assessment alone was asked has not done it;
// and who was asked once is asked again when the certificate runs out.
func TestTheAssessmentAloneOfSomethingExpired(t *testing.T) {
	for name, every := range map[string]int{"once": 0, "every five years": 60} {
		t.Run(name, func(t *testing.T) {
			c := newCrowd(t, 0, 1)
			me := c.worksHere(t)
			c.finishes(t, me)
			c.at(t, due.DayOf(c.clock.Now()).Plus(48, 0), 12)
			if s := c.status(t, me); s != due.Expired {
				t.Fatalf("before it is asked: %s", s)
			}
			c.put(t, Rule{Parts: []string{AssessmentPart}, Job: "border", Schedule: due.Schedule{Basis: due.AfterStart, Days: 28, EveryMonths: every}})
			if d := c.duties(t); !d.Alone || d.Asked[0].Done != "" || c.status(t, me) == due.InDate {
				t.Fatalf("%s, %+v", c.status(t, me), d)
			}
			c.submits(t, c.sit(t, ""))
			if s := c.status(t, me); s != due.InDate {
				t.Errorf("passed anew: %s", s)
			}
		})
	}
	c := newCrowd(t, 0, 1)
	me := c.worksHere(t)
	c.put(t, Rule{Parts: []string{AssessmentPart}, Job: "border", Schedule: due.Schedule{Basis: due.AfterStart, Days: 28}})
	c.finishes(t, me)
	c.at(t, due.DayOf(c.clock.Now()).Plus(36, 1), 12)
	if s := c.status(t, me); s != due.Expired || !c.duties(t).Alone {
		t.Errorf("asked once, and the certificate ran out: %s", s)
	}
}

// Whoever is let off is not led to the assessment; and it waits for nobody's acceptance,
// as no certificate comes of it.
func TestTheAssessmentAloneOfTheExempt(t *testing.T) {
	c := newCrowd(t, 0, 1)
	me := c.worksHere(t)
	c.put(t, Rule{Parts: []string{AssessmentPart}, Job: "border", Schedule: due.Schedule{Basis: due.AfterStart, Days: 28, EveryMonths: 12}})
	c.submits(t, c.upToFinal(t))
	today := due.DayOf(c.clock.Now()).Plus(12, 0)
	c.at(t, today, 12)
	c.exempts(t, me, today.Plus(0, 5))
	if d := c.duties(t); d.Alone || c.status(t, me) != due.Exempt {
		t.Fatalf("let off: %+v", d)
	}
	c.at(t, today.Plus(0, 6), 12)
	c.sql(t, "DROP TRIGGER course_acceptances_no_delete")
	c.sql(t, "DELETE FROM course_acceptances")
	if a := c.final(t); !a.Alone || a.Unaccepted {
		t.Fatalf("%+v", a)
	}
	c.submits(t, c.sit(t, ""))
}
