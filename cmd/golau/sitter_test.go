package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"syscall"

	"golau/internal/robot"
	"golau/quiz"
)

// sitter is somebody who sits a check and changes their mind without end. What
// the program has said was saved, they never forget.
type sitter struct {
	key     string
	dice    *rand.Rand
	visitor *robot.Visitor
	signed  bool
	attempt string // address
	asked   []*asked
	saved   []savedAnswer
	cut     int // answers that were sent and never replied to
	again   int // of those, sent once more without looking
}

// asked is a question as the sitter has it before them.
type asked struct {
	robot.Question
	number int
	last   url.Values // what was sent last, whether or not a reply came
	fresh  bool       // the page has been seen since the last cut
}

// savedAnswer is an answer that was acknowledged.
type savedAnswer struct {
	question, version int
	response          quiz.Response
}

// paperLength is how many questions a module's check asks.
const paperLength = 10

func newSitter(key string, dice *rand.Rand) *sitter { return &sitter{key: key, dice: dice} }

// sit goes on where it was until the program is gone. An error is a fault of the
// program, not its end.
func (s *sitter) sit(ctx context.Context, base string, via http.RoundTripper) error {
	if s.visitor == nil {
		s.visitor = robot.New(base, via)
	}
	s.visitor.Move(base, via)
	for _, q := range s.asked {
		q.fresh = false
	}
	err := s.work(ctx)
	if gone(err) {
		return nil
	}
	return fmt.Errorf("%s: %w", s.key, err)
}

func (s *sitter) work(ctx context.Context) error {
	if !s.signed {
		if err := s.visitor.SignInAs(ctx, s.key); err != nil {
			return err
		}
		s.signed = true // and never again: a session that was given outlives the program
	}
	if s.attempt == "" {
		check, err := s.visitor.ReadModule(ctx, courseSlug, "what-it-is")
		if err != nil {
			return err
		}
		if s.attempt, err = s.visitor.Start(ctx, check); err != nil {
			return err
		}
	}
	for n := len(s.asked) + 1; n <= paperLength; n++ {
		q, err := s.visitor.Question(ctx, s.attempt, n)
		if err != nil {
			return err
		}
		s.asked = append(s.asked, &asked{Question: q, number: n, fresh: true})
	}
	for {
		if err := s.answer(ctx, s.asked[s.dice.IntN(len(s.asked))]); err != nil {
			return err
		}
	}
}

// answer changes one answer into another. After a cut half of them look at the
// page first, as anybody would: it shows whether the last answer arrived. The
// others send it once more as it was, as the page's script does: whether or not
// it arrived before, it is saved now, once.
func (s *sitter) answer(ctx context.Context, q *asked) error {
	if unsure := q.last != nil && !reflect.DeepEqual(q.last, q.Given); !q.fresh && unsure && s.dice.IntN(2) == 0 {
		s.again++
		return s.send(ctx, q, q.last)
	}
	if !q.fresh {
		now, err := s.visitor.Question(ctx, s.attempt, q.number)
		if err != nil {
			return err
		}
		if now.Version < q.Version || now.Version > q.Version+1 {
			return fmt.Errorf("question %d stands at version %d; %d was saved", q.number, now.Version, q.Version)
		}
		if now.Version > q.Version && !reflect.DeepEqual(now.Given, q.last) {
			return fmt.Errorf("question %d shows %v; %v was sent", q.number, now.Given, q.last)
		}
		q.Question, q.fresh = now, true
	}
	form := q.Choose(s.dice.IntN(len(q.Fields[0].Values)))
	if reflect.DeepEqual(form, q.last) || reflect.DeepEqual(form, q.Given) {
		return nil // the same again would be no new version
	}
	return s.send(ctx, q, form)
}

// send sends an answer at the version that was last seen.
func (s *sitter) send(ctx context.Context, q *asked, form url.Values) error {
	q.last, q.fresh = form, false
	saved, err := s.visitor.Save(ctx, q.Question, form)
	if err != nil {
		s.cut++
		return err
	}
	if saved.Status != http.StatusOK || saved.Version != q.Version+1 {
		return fmt.Errorf("question %d, version %d: answered %+v", q.number, q.Version, saved)
	}
	q.Version, q.Given, q.fresh = saved.Version, form, true
	s.saved = append(s.saved, savedAnswer{q.number, saved.Version, response(form)})
	return nil
}

// response is what a form answers, in the words of the record.
func response(form url.Values) quiz.Response {
	var r quiz.Response
	for name, values := range form {
		kind, rest, _ := strings.Cut(name, ".")
		switch kind {
		case "answer":
			r.Choices = values
		case "step":
			var n int
			_, _ = fmt.Sscan(rest, &n)
			for len(r.Order) < n {
				r.Order = append(r.Order, "")
			}
			r.Order[n-1] = values[0]
		default:
			if r.Rows == nil {
				r.Rows = map[string]string{}
			}
			r.Rows[rest] = values[0]
		}
	}
	return r
}

// gone says whether err means that nobody is there any more.
func gone(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || err != nil && strings.Contains(err.Error(), "server closed idle connection")
}
