package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// How often each sitter answers while lists are brought in: some hundred answers a
// second, as of a county in which two thousand people sit an assessment at once.
const answerEvery = 600 * time.Millisecond

// into is the agency, and its board, into which the list is brought; the cast's
// lead leads it.
const into = "arian-council/dyffryn-arian"

// imports measures how long a list of people takes who are all new, each invited
// with a place, from the sending of the file to the last that is written; and how
// much longer answers take meanwhile.
func (b *bench) imports(ctx context.Context) error {
	folder, err := b.agencyOf(ctx, b.people)
	if err != nil {
		return err
	}
	s, err := b.serveIn(ctx, folder)
	if err != nil {
		return err
	}
	defer s.stop()
	desks, err := sitDown(ctx, s)
	if err != nil {
		return err
	}
	calm, _, err := sat(ctx, s, desks, func() error {
		wait(ctx, 5*b.each)
		return nil
	})
	if err != nil {
		return err
	}
	rough, took, err := sat(ctx, s, desks, func() error { return b.bringIn(ctx, s, folder) })
	if err != nil {
		return err
	}
	b.add(row{what: fmt.Sprintf("a list of %d new people brought in", b.people), figure: seconds(took), aim: "≤ 60 s", met: took <= time.Minute})
	b.add(row{what: fmt.Sprintf("slowest hundredth of %d answers meanwhile", len(rough)), figure: fmt.Sprintf("%.1f ms", worst(rough)),
		floor: fmt.Sprintf("in peace %.1f ms", worst(calm)), ratio: fmt.Sprintf("%.2f", worst(rough)/worst(calm)), aim: "≤ 2", met: worst(rough) <= 2*worst(calm)})
	return nil
}

// bringIn sends the list as a lead does, has it carried out, and waits for the end.
func (b *bench) bringIn(ctx context.Context, s *server, folder string) error {
	v, err := signIn(ctx, s, "sian")
	if err != nil {
		return err
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if err := form.WriteField("at", into); err != nil {
		return err
	}
	file, err := form.CreateFormFile("file", "list.csv")
	if err != nil {
		return err
	}
	newPeople(file, b.people)
	if err := form.Close(); err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.base+"/en/lead/import", &body)
	if err != nil {
		return err
	}
	r.Header = http.Header{"Content-Type": {form.FormDataContentType()}, "Cookie": {v.Cookies()}, "Origin": {s.base}}
	sent, err := browsers.RoundTrip(r)
	if err != nil {
		return err
	}
	sent.Body.Close()
	at := sent.Header.Get("Location")
	p, err := v.Get(ctx, at)
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(p.Body, `name="plan" value="`)
	plan, _, found := strings.Cut(rest, `"`)
	if !found {
		return fmt.Errorf("the list was answered with %d, and the page of its plan with %d", sent.StatusCode, p.Status)
	}
	if p, err = v.Post(ctx, at, url.Values{"plan": {plan}, "invite": {"yes"}}); err != nil {
		return err
	}
	return done(ctx, folder)
}

// done waits until no list is being brought in.
func done(ctx context.Context, folder string) error {
	db, err := openFile(folder)
	if err != nil {
		return err
	}
	defer db.Close()
	for left := 1; left > 0 && ctx.Err() == nil; wait(ctx, 50*time.Millisecond) {
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM people_imports WHERE done_at IS NULL").Scan(&left); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// newPeople writes a list of so many who were never there.
func newPeople(w io.Writer, people int) {
	domain := fmt.Sprintf("listed-%d.example", time.Now().Unix())
	fmt.Fprint(w, "Name,E-mail address,Kind of work,Team,Safeguarding group,Works here since,Staff number,Line manager\n")
	for i := range people {
		fmt.Fprintf(w, "Gwen Ifan,p%d@%s,Health,Ardal %d / Ward %d,%c,2024-09-%02d,L%d,\n", i, domain, i%5, i%30, 'A'+rune(i%3), i%28+1, time.Now().UnixNano())
	}
}

// sat lets people answer, each now and then, until something is done, and returns
// how long their answers took, and the whole.
func sat(ctx context.Context, s *server, desks []*desk, do func() error) ([]time.Duration, time.Duration, error) {
	began := time.Now()
	var took time.Duration
	var failed error
	over := make(chan struct{})
	go func() {
		defer close(over)
		failed = do()
		took = time.Since(began)
	}()
	all, errs := make([][]time.Duration, len(desks)), make([]error, len(desks))
	var sitting sync.WaitGroup
	for i, d := range desks {
		sitting.Go(func() {
			wait(ctx, answerEvery*time.Duration(i)/time.Duration(len(desks)))
			d.close() // the first to sit down have been silent for too long
			if d.client, errs[i] = dial(s.base); errs[i] != nil {
				return
			}
			for next := time.Now(); errs[i] == nil; {
				asked := time.Now()
				errs[i] = d.answer()
				all[i] = append(all[i], time.Since(asked))
				next = next.Add(answerEvery)
				select {
				case <-over:
					return
				case <-time.After(time.Until(next)):
				}
			}
		})
	}
	sitting.Wait()
	<-over
	return slices.Concat(all...), took, errors.Join(slices.Concat(errs, []error{failed, ctx.Err()})...)
}
