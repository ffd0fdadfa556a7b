package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"golau/internal/i18n"
)

// atOnce does the same n times at one moment and returns what came back.
func atOnce(n int, do func(i int) *reply) []*reply {
	replies := make([]*reply, n)
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			<-start
			replies[i] = do(i)
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return replies
}

// T1-06: fifty copies of one answer at once, as a form and by the script, are
// one row, and everybody is told the same.
func TestFiftyCopiesOfAnAnswerAreOne(t *testing.T) {
	t.Parallel()
	for name, header := range map[string][]string{"form": nil, "script": {"Accept", "application/json"}} {
		t.Run(name, func(t *testing.T) {
			h := livedIn(t)
			b, attempt := h.as("nia"), h.did["nia"].open
			path := questionPath(i18n.EN, attempt, 4)
			form := b.fill(b.get(path).want(http.StatusOK), true)
			form.Set("sure", "sure")
			form.Set("go", "next")
			replies := atOnce(50, func(int) *reply { return b.post(path, form, header...) })
			for _, r := range replies {
				if r.Status != replies[0].Status || r.Body != replies[0].Body || r.Header.Get("Location") != replies[0].Header.Get("Location") {
					t.Fatalf("two copies are told different things: %d %s, %d %s", replies[0].Status, replies[0].Body, r.Status, r.Body)
				}
			}
			if n := h.count("quiz_answers WHERE attempt_id = ? AND question = 4", attempt); n != 1 {
				t.Errorf("%d rows, want 1", n)
			}
			if name == "form" {
				replies[0].leads(questionPath(i18n.EN, attempt, 5) + "?saved=4")
				return
			}
			var said struct {
				Saved, Message string
				Version        int
			}
			if err := json.Unmarshal([]byte(replies[0].want(http.StatusOK).Body), &said); err != nil || said.Version != 1 || said.Saved != "9:00am" && said.Saved != "09:00" || !strings.Contains(said.Message, said.Saved) {
				t.Errorf("the script is told %s (%v)", replies[0].Body, err)
			}
		})
	}
}

// T1-06, a lost reply: the same answer sent again, with the version it had, is
// the same row.
func TestARetryIsNoSecondAnswer(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, attempt := h.as("nia"), h.did["nia"].open
	path := questionPath(i18n.EN, attempt, 2)
	form := b.fill(b.get(path), true)
	first := b.post(path, form, "Accept", "application/json").want(http.StatusOK)
	again := b.post(path, form, "Accept", "application/json").want(http.StatusOK)
	if first.Body != again.Body || h.count("quiz_answers WHERE attempt_id = ? AND question = 2", attempt) != 1 {
		t.Errorf("%s, then %s", first.Body, again.Body)
	}
}

// T1-06: a tab that was forgotten cannot overwrite a newer answer. It is told so
// with 409 and shown the newer one; the script gets the words and the address of
// the newer page.
func TestAForgottenTabOverwritesNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	laptop, attempt := h.as("nia"), h.did["nia"].open
	path := questionPath(i18n.EN, attempt, 5)
	page := laptop.get(path).want(http.StatusOK)
	stale := laptop.fill(page, false)
	phone := h.as("nia")
	phone.answer(attempt, 5, true).want(http.StatusSeeOther)
	newer := formValues(find(phone.get(path).doc(), byID("question")))

	r := laptop.post(path, stale).want(http.StatusConflict).has(h.words.T(i18n.EN, "question.stale_title"), h.words.T(i18n.EN, "question.stale"))
	if got := formValues(find(r.doc(), byID("question"))); got.Encode() != newer.Encode() {
		t.Errorf("the forgotten tab is shown %v, the newer answer is %v", got, newer)
	}
	script := laptop.post(in(i18n.CY, path), stale, "Accept", "application/json").want(http.StatusConflict)
	var said map[string]string
	if err := json.Unmarshal([]byte(script.Body), &said); err != nil || said["message"] != h.words.T(i18n.CY, "quiz.stale") || said["reload"] != in(i18n.CY, path) {
		t.Errorf("the script is told %s (%v)", script.Body, err)
	}
	if got := formValues(find(phone.get(path).doc(), byID("question"))); got.Encode() != newer.Encode() {
		t.Errorf("the newer answer became %v", got)
	}
	// From the page it is shown now, the person can change it.
	laptop.post(path, laptop.fill(r, false)).want(http.StatusSeeOther)
}

// T1-06: where the reply to an answer was lost, the page that gave it may give
// another, also after the session ended; a second tab may not.
func TestALostReplyMakesNoTabStale(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, attempt := h.as("nia"), h.did["nia"].open
	path := questionPath(i18n.EN, attempt, 5)
	page := b.get(path).want(http.StatusOK)
	lost, newer := b.fill(page, true), b.fill(page, false)
	b.post(path, lost, "Accept", "application/json").want(http.StatusOK)
	b.post(path, newer, "Accept", "application/json").want(http.StatusConflict)
	newer.Set("sent", lost.Encode())
	b.post(path, newer).want(http.StatusSeeOther)
	b.post(path, lost).want(http.StatusConflict)
	if n := h.count("quiz_answers WHERE attempt_id = ? AND question = 5", attempt); n != 2 {
		t.Errorf("%d versions, want 2", n)
	}
}

// T1-07: a hundred starts at once are one attempt, a hundred submissions one
// mark, one completion, one certificate, one letter.
func TestAHundredAtOnceAreOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("nia")
	b.readModule(i18n.EN, "what-it-is")
	starts := atOnce(100, func(int) *reply { return b.post(checkPath("what-it-is"), nil) })
	for _, r := range starts {
		if r.Status != http.StatusSeeOther || r.Header.Get("Location") != starts[0].Header.Get("Location") {
			t.Fatalf("a start leads to %d %q, another to %q", r.Status, r.Header.Get("Location"), starts[0].Header.Get("Location"))
		}
	}
	if n := h.count("quiz_attempts"); n != 1 {
		t.Fatalf("%d attempts, want 1", n)
	}
	b.sit(checkPath("what-it-is"), true)
	h.learnt(h.id["nia"], i18n.EN)
	final := b.begin(finalPath)
	for n := 1; n <= 25; n++ {
		b.answer(final, n, true).want(http.StatusSeeOther)
	}
	for _, r := range atOnce(100, func(int) *reply { return b.post("/en/attempts/"+final+"/submit", url.Values{}) }) {
		r.leads("/en/attempts/" + final + "/result")
	}
	h.work()
	for from, want := range map[string]int{
		"quiz_marks WHERE attempt_id = '" + final + "'": 1, "course_completions": 1, "certificates_issued": 1, "certificates_register": 1,
		"certificates_signatures": 1, "audit_events WHERE verb = 'certificates.issued'": 1, "audit_events WHERE verb = 'course.completed'": 1,
	} {
		if n := h.count(from); n != want {
			t.Errorf("%s: %d rows, want %d", from, n, want)
		}
	}
	if n := len(h.mail.Sent()); n != 1 {
		t.Errorf("%d letters, want 1", n)
	}
}
