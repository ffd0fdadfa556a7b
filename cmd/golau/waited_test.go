package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/store"

	"golang.org/x/net/html"
)

// waitsCookie holds an answer that waits with the browser.
const waitsCookie = "__Host-golau-waits"

// tells is leads for an address that tells what became of an answer; it returns it.
func (r *reply) tells(path, what string) string {
	r.t.Helper()
	to := r.want(http.StatusSeeOther).Header.Get("Location")
	if !strings.HasPrefix(to, path+"?answer="+what+".") {
		r.t.Fatalf("%s %s leads to %q, want %q and %s", r.method, r.path, to, path, what)
	}
	return to
}

// toOrder returns the number of a question of a check that asks for an order, and
// its page; where none was drawn, of one that asks for a choice.
func (b *browser) toOrder(attempt string) (int, *reply) {
	b.t.Helper()
	for _, field := range []string{"step.1", "answer"} {
		for n := range 10 {
			page := b.get(questionPath(i18n.EN, attempt, n+1)).want(http.StatusOK)
			if find(page.doc(), with("name", field)) != nil {
				return n + 1, page
			}
		}
	}
	b.t.Fatal("nothing asks for an order or a choice")
	return 0, nil
}

// twice lets Huw give the same step or choice twice and send it after his session
// ended. It returns the sign-in page that he gets, and what he sent.
func twice(t *testing.T, h *house) (huw *browser, attempt string, n int, sent url.Values, page *reply) {
	t.Helper()
	huw = h.visitor().signIn("huw")
	huw.readModule(i18n.EN, "what-it-is")
	attempt = huw.begin(checkPath("what-it-is"))
	n, page = huw.toOrder(attempt)
	sent = huw.fill(page, true)
	if step := sent.Get("step.1"); step != "" {
		sent.Set("step.2", step)
	} else {
		sent["answer"] = []string{sent.Get("answer"), sent.Get("answer")}
	}
	sent.Set("sure", "guessing")
	h.clock.Advance(13 * time.Hour)
	page = huw.post(questionPath(i18n.EN, attempt, n), sent).want(http.StatusUnauthorized)
	return huw, attempt, n, sent, page
}

// T1-08: an answer that waited and that the paper refuses comes back with what is
// wrong, in both languages, until the question is answered; nobody else sees it.
func TestAWaitingAnswerThatIsRefusedComesBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, attempt, n, sent, page := twice(t, h)
	path := questionPath(i18n.EN, attempt, n)
	to := huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).tells(path, "refused")
	for _, l := range i18n.Langs {
		page = huw.get(in(l, to)).want(http.StatusUnprocessableEntity).
			has(h.words.T(l, "waited.refused_shown"), h.words.T(l, "quiz.field.twice")).lacks(h.words.T(l, "waited.refused"))
		got := formValues(find(page.doc(), byID("question")))
		for _, name := range []string{"answer", "step.1", "step.2", "step.3", "sure"} {
			if !slices.Equal(got[name], slices.Compact(slices.Clone(sent[name]))) {
				t.Errorf("%s: %s shows %v, sent was %v", l, name, got[name], sent[name])
			}
		}
	}
	// Another question shows nothing of it.
	huw.get(questionPath(i18n.EN, attempt, n%10+1) + "?answer=refused").want(http.StatusOK).lacks(h.words.T(i18n.EN, "waited.refused"))
	// Put right, it is kept and gone from the browser.
	form := huw.fill(page, true)
	form.Set("go", "next")
	huw.post(path, form).want(http.StatusSeeOther)
	if h.answers(attempt) != 1 || huw.cookies[waitsCookie] != "" {
		t.Errorf("%d answers, the browser still holds %q", h.answers(attempt), huw.cookies[waitsCookie])
	}
	huw.get(to).want(http.StatusOK).has(h.words.T(i18n.EN, "waited.refused"))
}

// T1-08: a waiting answer to an attempt that was handed in meanwhile leads to the
// result, which says that it is not counted; so does one that the paper refuses.
func TestAWaitingAnswerThatIsTooLateIsNamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, attempt, _, _, page := twice(t, h)
	h.visitor().signIn("huw").submit(i18n.EN, attempt)
	b := h.visitor()
	result := "/cy/attempts/" + attempt + "/result"
	to := b.post("/cy/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {sealedIn(t, page)}}).tells(result, "late")
	b.get(to).want(http.StatusOK).has(h.words.T(i18n.CY, "waited.late"))
	b.get(result + "?answer=late").want(http.StatusOK).lacks(h.words.T(i18n.CY, "waited.late"))
}

// carried lets Huw's answer wait in his browser while he goes to his agency's
// sign-in, to which his account is connected. It returns the way there.
func carried(t *testing.T, h *house, huw *browser, page *reply) string {
	t.Helper()
	page = huw.post("/cy/sign-in/work", url.Values{"email": {"a@shared.example"}, "pending": {sealedIn(t, page)}}).want(http.StatusOK)
	if huw.cookies[waitsCookie] == "" {
		t.Fatal("the answer does not wait in the browser")
	}
	return page.way()
}

// T1-08: on the way through an agency's sign-in the browser holds the only copy
// of an answer. It goes when the answer is stored, and not before: not when
// storing fails, not when somebody else comes in.
func TestTheCopyInTheBrowserOutlivesWhatGoesWrong(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	connect := func(who, subject string) {
		idp.Person["email"], idp.Person["sub"] = folk[who].email, subject
		b := h.visitor()
		b.there(idp, "/en/sign-in/with/school-a").leads("/en/sign-in/arrival")
		b.press(b.get("/en/sign-in?next=/en/account/connections"), "sign-in", "", "email", folk[who].email, "password", password)
		b.press(b.get("/en/account/connections"), "connect", "", "connect-proof", password).leads("/en/account/connections?done=connected")
	}
	connect("nia", "n-1")
	connect("huw", "h-1")
	huw, attempt, _, page := midQuestion(t, h)
	to := carried(t, h, huw, page)

	// Somebody else comes in on the same machine.
	idp.Person["email"], idp.Person["sub"] = folk["nia"].email, "n-1"
	huw.there(idp, to).tells("/cy/learn", "other")
	huw.post("/cy/sign-out", nil)
	huw.get("/cy/sign-in").want(http.StatusOK).has(h.words.T(i18n.CY, "sign_in.waiting_title"))

	// The answer cannot be stored at this moment.
	h.write(func(tx store.Tx) error {
		return tx.Exec("CREATE TRIGGER full BEFORE INSERT ON quiz_answers BEGIN SELECT RAISE(ABORT, 'full'); END").Error
	})
	idp.Person["email"], idp.Person["sub"] = folk["huw"].email, "h-1"
	failed := huw.there(idp, to)
	if failed.Status < 500 || h.answers(attempt) != 0 {
		t.Fatalf("%d, %d answers", failed.Status, h.answers(attempt))
	}
	h.write(func(tx store.Tx) error { return tx.Exec("DROP TRIGGER full").Error })
	again := huw.get(failed.path).want(http.StatusConflict) // the page loaded once more
	link := find(again.doc(), func(n *html.Node) bool { return strings.HasSuffix(attr(n, "href"), "/sign-in/with/school-a?waits=1") })
	if link == nil {
		t.Fatalf("the way to try again leaves the answer behind\n%s", again.Body)
	}
	huw.there(idp, attr(link, "href")).want(http.StatusSeeOther)
	if h.answers(attempt) != 1 || huw.cookies[waitsCookie] != "" {
		t.Errorf("%d answers, the browser still holds %q", h.answers(attempt), huw.cookies[waitsCookie])
	}
}
