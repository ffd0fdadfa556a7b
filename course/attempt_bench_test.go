package course

import (
	"context"
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
	"golau/quiz"
)

// together is how many people sit a check at one moment.
const together = 64

// What a check of ten questions costs its server without pages and network:
// start, ten answers, review, submission and result, each answer durable before
// it is acknowledged, by 64 people at once. The processor's time is that of the
// whole process, which does nothing else.
func BenchmarkAttempt(b *testing.B) {
	h := open(b)
	class := h.class(b)
	b.ReportAllocs()
	groups, writes := h.db.Work()
	began, sat := processor(b), 0
	for b.Loop() {
		h.clock.Advance(time.Hour) // after two attempts one must wait
		var sitting sync.WaitGroup
		for _, v := range class {
			sitting.Go(func() {
				if err := h.check(b.Context(), v); err != nil {
					b.Error(err)
				}
			})
		}
		sitting.Wait()
		sat += len(class)
	}
	took := processor(b) - began
	more, all := h.db.Work()
	b.ReportMetric(float64(took.Microseconds())/1000/float64(sat), "cpu-ms/attempt")
	b.ReportMetric(float64(all-writes)/float64(more-groups), "writes/flush")
}

// processor is the time this process has spent on processors.
func processor(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// check takes the check of the first module from start to result.
func (h *house) check(ctx context.Context, v people.Viewer) error {
	id, err := h.school.StartAttempt(ctx, v, i18n.CY, slug, "what-it-is")
	if err != nil {
		return err
	}
	for n := 1; n <= 10; n++ {
		asked, err := h.school.Asked(ctx, v, id, n)
		if err != nil {
			return err
		}
		in := quiz.AnswerInput{Question: n, Asked: &asked.Question, Response: first(asked.Question), Sure: quiz.Certain, Lang: i18n.CY}
		if _, err := h.school.Answer(ctx, v, id, in); err != nil {
			return err
		}
	}
	if _, _, _, _, err := h.school.Review(ctx, v, id); err != nil {
		return err
	}
	if _, err := h.school.Submit(ctx, v, i18n.CY, id); err != nil {
		return err
	}
	_, err = h.school.Result(ctx, v, id)
	return err
}

// class makes people who have read the first module.
func (h *house) class(b *testing.B) (all []people.Viewer) {
	err := h.db.Write(b.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error {
		m, _ := h.school.lib.Module("what-it-is")
		org, err := people.OrganisationByKey(tx.Rx, "ysgol")
		if err != nil {
			return err
		}
		board, err := people.BoardByKey(tx.Rx, "bro")
		if err != nil {
			return err
		}
		for i := range together {
			v := people.Viewer{Name: "Rhian Morgan"}
			if v.Person, err = people.AddPerson(tx, people.NewPerson{Email: fmt.Sprintf("rhian%d@demo.example", i), Name: v.Name, Language: i18n.CY}); err != nil {
				return err
			}
			member, err := people.AddMembership(tx, people.NewMembership{PersonID: v.Person, OrganisationID: org.ID, BoardID: board.ID, Role: people.Learner, JobRole: people.Education})
			if err != nil {
				return err
			}
			if _, err := Enrol(tx, v.Person, member, slug); err != nil {
				return err
			}
			for _, s := range m.Sections {
				if err := h.school.ReadIn(tx, v.Person, i18n.CY, slug, m, s.ID); err != nil {
					return err
				}
			}
			all = append(all, v)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return all
}
