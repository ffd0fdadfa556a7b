package letters

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/mail"
	"golau/internal/mail/mailtest"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
	"golau/internal/store/storetest"
	"golau/modules"
	"golau/quiz"
)

func ysgol() people.Organisation {
	return people.Organisation{Name: i18n.Text{EN: "Ysgol Bro Cletwr", CY: "Ysgol Bro Cletwr"}}
}

// The letters of the school, whole, in both languages: what is asked and by when;
// to a manager who is late, and nothing of answers. No subject tells what is taught,
// and none names anybody.
func TestRemindedGolden(t *testing.T) {
	whole := course.LetterItem{Course: award(sian()).Course.Title, Due: "2026-12-21", Status: due.DueSoon}
	part := course.LetterItem{Course: whole.Course, Parts: []i18n.Text{{EN: "Recognising the signs", CY: "Adnabod yr arwyddion"}, {EN: "What to do", CY: "Beth i’w wneud"}}, Due: "2026-11-14", Status: due.Overdue}
	rhys := part
	rhys.Person = "Rhys Ifan"
	o := Office{Words: words(t), Base: base}
	for what, n := range map[string]course.Letter{
		"reminded":      {Kind: course.ToLearner, Items: []course.LetterItem{whole}},
		"nudge":         {Kind: course.Nudge, Items: []course.LetterItem{whole}},
		"reminded-late": {Kind: course.ToLearner, Items: []course.LetterItem{part, whole}},
		"digest": {Kind: course.ToLead, Items: []course.LetterItem{rhys}, Counts: map[due.Status]int{due.Overdue: 3, due.InDate: 40},
			Place: people.Place{Organisation: people.Organisation{Key: "ysgol"}, Board: people.Board{Key: "bro"}}},
		"digest-part": {Kind: course.ToLead, Part: true, Counts: map[due.Status]int{due.Expiring: 2},
			Place: people.Place{Organisation: people.Organisation{Key: "ysgol"}, Board: people.Board{Key: "bro"}}},
		"overdue":      {Kind: course.ToManager, Items: []course.LetterItem{rhys}},
		"overdue-many": {Kind: course.ToManager, Items: []course.LetterItem{rhys}, More: 40},
	} {
		n.Organisation = ysgol()
		for _, l := range i18n.Langs {
			p := sian()
			p.Language = l
			m, err := o.message("reminded-1", p, o.reminded(p, n))
			if err != nil {
				t.Fatal(err)
			}
			golden(t, what+"."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			for _, word := range []string{"[letters.", "{{", "%!"} {
				if strings.Contains(m.Text+m.HTML+m.Subject, word) {
					t.Errorf("%s %s: %s is in it", what, l, word)
				}
			}
			for _, word := range []string{"child", "traffick", "plant", "masnach", "Siân", "Rhys"} {
				if strings.Contains(m.Subject, word) {
					t.Errorf("%s %s: the subject %q tells %q", what, l, m.Subject, word)
				}
			}
			for _, i := range n.Items {
				if day := i18n.Date(l, i.Due.Begin()); !strings.Contains(m.HTML, day) || !strings.Contains(said(m.Text), day) {
					t.Errorf("%s %s: %s is not in both parts", what, l, day)
				}
			}
		}
	}
}

// asked is a school that asks the whole course of Siân by a day, with a mail server.
type asked struct {
	*house
	clock  *storetest.Clock
	school *course.School
	sink   *mailtest.Sink
	worker *outbox.Worker
	scope  people.OrganisationScope
}

func openAsked(t *testing.T, day due.Day) *asked {
	t.Helper()
	db, clock := storetest.Open(t)
	a := &asked{house: &house{t: t, db: db}, clock: clock, sink: mailtest.New(t)}
	lib, _, err := modules.Load(modules.Content())
	if err != nil {
		t.Fatal(err)
	}
	banks, _, err := quiz.Load(quiz.Content())
	if err != nil {
		t.Fatal(err)
	}
	keys, err := certificates.OpenKeys(t.TempDir(), db.Chance())
	if err != nil {
		t.Fatal(err)
	}
	if a.school, err = course.New(db, lib, banks, keys, course.Options{}); err != nil {
		t.Fatal(err)
	}
	a.write(func(tx store.Tx) error {
		b, err := people.AddBoard(tx, people.NewBoard{Key: "bro", Name: i18n.Text{EN: "Bro Board", CY: "Bwrdd Bro"}})
		if err != nil {
			return err
		}
		o, err := people.AddOrganisation(tx, people.NewOrganisation{Key: "ysgol", Name: ysgol().Name})
		if err != nil {
			return err
		}
		if err := people.LinkBoard(tx, o, b); err != nil {
			return err
		}
		p := sian()
		id, err := people.AddPerson(tx, people.NewPerson{Email: p.Email, Name: p.Name, Language: p.Language})
		if err != nil {
			return err
		}
		a.fact.Person = id
		if _, err := people.AddMembership(tx, people.NewMembership{PersonID: id, OrganisationID: o, BoardID: b, Role: people.Learner, JobRole: "education"}); err != nil {
			return err
		}
		lead := people.Viewer{Person: "lead", Memberships: []people.Membership{{Role: people.Lead, Leads: people.Whole, Organisation: people.Organisation{ID: o}, Board: people.Board{ID: b}}}}
		a.scope, err = lead.OrganisationScope("")
		return err
	})
	if err := a.school.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.write(func(tx store.Tx) error {
		_, err := a.school.AddRuleIn(tx, a.scope, course.Rule{Course: a.school.Courses()[0].Slug, Schedule: due.Schedule{Basis: due.OnDay, Day: day}}, 1, 0)
		return err
	})
	post, err := mail.NewSMTP("smtp://"+a.sink.Addr()+"?from=golau@golau.example", clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	a.work(post)
	return a
}

// work starts the worker anew, as after a restart.
func (a *asked) work(post mail.Sender) {
	o := Office{DB: a.db, School: a.school, Words: words(a.t), Mail: post, Base: base}
	a.worker = outbox.NewWorker(a.db, slog.New(slog.DiscardHandler), map[string]outbox.Handler{course.Reminded: o.Reminded})
}

// at has the program do its work at a moment: settle, remind, send.
func (a *asked) at(moment string) {
	a.t.Helper()
	at, err := time.Parse(time.DateTime, moment)
	if err != nil {
		a.t.Fatal(err)
	}
	a.clock.Set(at)
	for _, do := range []func() error{func() error { return a.school.Settle(a.t.Context()) }, func() error { return a.school.Remind(a.t.Context()) },
		func() error { _, err := a.worker.Once(a.t.Context()); return err }} {
		if err := do(); err != nil {
			a.t.Fatal(err)
		}
	}
}

// A reminder goes over the wire once: through a server that refuses it for a while,
// a program that was killed after putting it down, and a weekend on which it waits.
func TestARemindersWay(t *testing.T) {
	a := openAsked(t, "2026-12-11") // the week before is a Friday
	a.at("2026-11-23 07:00:00")
	a.at("2026-12-04 07:59:00")
	a.sink.Refuse("451 later")
	a.at("2026-12-04 08:00:00")
	a.at("2026-12-04 12:00:00")
	a.sink.Refuse("")
	a.at("2026-12-05 09:00:00") // a Saturday
	a.at("2026-12-06 09:00:00")
	if got := a.sink.Letters(); len(got) != 0 {
		t.Fatalf("%d letters came on a quiet day", len(got))
	}
	a.at("2026-12-07 07:00:00")
	if got := a.sink.Letters(); len(got) != 0 {
		t.Fatalf("%d letters came before eight", len(got))
	}
	post, err := mail.NewSMTP("smtp://"+a.sink.Addr()+"?from=golau@golau.example", a.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	a.work(post) // it was killed, and started again
	for range 3 {
		a.at("2026-12-07 08:00:00")
	}
	got := a.sink.Letters()
	if len(got) != 1 || got[0].To[0] != "sian@demo.example" || !strings.Contains(got[0].Data, "Content-Language: cy") && !strings.Contains(got[0].Data, "nodyn") {
		t.Fatalf("%d letters: %+v", len(got), got)
	}
	a.at("2026-12-08 08:00:00")
	a.at("2026-12-10 08:00:00") // the day before
	if n := len(a.sink.Letters()); n != 2 {
		t.Errorf("%d letters, want one more the day before", n)
	}
}

// Whoever was suspended between putting down and sending gets nothing, and it is
// noted that nothing was said.
func TestNoReminderToWhoMayNotComeIn(t *testing.T) {
	a := openAsked(t, "2026-12-11")
	a.at("2026-11-24 07:00:00")
	a.clock.Set(time.Date(2026, 12, 4, 9, 0, 0, 0, time.UTC))
	if err := a.school.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET suspended_at = ?, suspended_reason = 'x' WHERE id = ?", tx.Now, a.fact.Person).Error
	})
	a.at("2026-12-04 09:01:00")
	var outcome string
	if err := a.db.Read(t.Context()).Raw("SELECT outcome FROM course_letters").Scan(&outcome).Error; err != nil || outcome != "silent" || len(a.sink.Letters()) != 0 {
		t.Errorf("%q, %d letters, %v", outcome, len(a.sink.Letters()), err)
	}
}
