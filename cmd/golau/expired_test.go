package main

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// sealedIn is the sealed answer in a sign-in form.
func sealedIn(t *testing.T, page *reply) string {
	t.Helper()
	in := find(page.doc(), with("name", "pending"))
	if in == nil {
		t.Fatalf("the sign-in form carries no answer\n%s", page.gist())
	}
	return attr(in, "value")
}

// midQuestion lets Huw begin a check, fill in question 3, and wait until his
// session has ended before he sends it. It returns the page he gets then.
func midQuestion(t *testing.T, h *house) (huw *browser, attempt string, sent url.Values, page *reply) {
	t.Helper()
	huw = h.visitor().signIn("huw")
	huw.readModule(i18n.CY, "what-it-is")
	attempt = huw.begin(in(i18n.CY, checkPath("what-it-is")))
	path := questionPath(i18n.CY, attempt, 3)
	sent = huw.fill(huw.get(path).want(http.StatusOK), true)
	sent.Set("sure", "fairly")
	sent.Set("go", "next")
	h.clock.Advance(13 * time.Hour)
	page = huw.post(path, sent).want(http.StatusUnauthorized)
	return huw, attempt, sent, page
}

// answers counts what is stored of an attempt.
func (h *house) answers(attempt string) int {
	h.t.Helper()
	return h.count("quiz_answers WHERE attempt_id = ?", attempt)
}

// T1-08, WCAG 2.2.5: a session that ended in the middle of a question costs
// nothing. The answer waits in the sign-in form; whoever gave it signs in, it is
// stored in its place, and the same question is shown, in the language of the page on which they signed in.
func TestAnAnswerSurvivesTheEndOfASession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, attempt, sent, page := midQuestion(t, h)
	page.has(h.words.T(i18n.CY, "sign_in.waiting_title"))
	if got := attr(find(page.doc(), tag("html")), "lang"); got != "cy" {
		t.Errorf("the sign-in page is in %q", got)
	}
	if h.answers(attempt) != 0 {
		t.Fatal("an answer was stored although nobody was signed in")
	}
	// A typing error and a change of language on the way lose nothing.
	page = huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", "anghywir").want(http.StatusUnprocessableEntity)
	page = huw.press(page, "sign-in", "switch=en").want(http.StatusOK).has(h.words.T(i18n.EN, "sign_in.waiting_title"))
	huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).leads(questionPath(i18n.EN, attempt, 3))

	shown := huw.get(questionPath(i18n.CY, attempt, 3)).want(http.StatusOK)
	got := formValues(find(shown.doc(), byID("question")))
	sent.Del("go")
	sent.Set("version", "1")
	if got.Encode() != sent.Encode() {
		t.Errorf("after signing in the question shows %v, sent was %v", got, sent)
	}
}

// T1-08: anybody else who signs in on that form stores nothing, and is not led
// to a stranger's question.
func TestSomebodyElseStoresNoAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw, attempt, _, page := midQuestion(t, h)
	to := huw.press(page, "sign-in", "", "email", folk["nia"].email, "password", password).tells("/cy/learn", "other")
	huw.get(to).want(http.StatusOK).has(h.words.T(i18n.CY, "learn.not_kept_title"), h.words.T(i18n.CY, "learn.not_kept"))
	huw.get(in(i18n.EN, to)).want(http.StatusOK).has(h.words.T(i18n.EN, "learn.not_kept_title"))
	// The address says it to her alone, and only as it is.
	for _, not := range []struct{ who, path string }{{"huw", to}, {"nia", "/cy/learn?answer=other"}, {"nia", "/cy/learn?answer=other."}, {"nia", to[:len(to)-1]}, {"nia", strings.Replace(to, "other", "stale", 1)}} {
		h.visitor().signIn(not.who).get(not.path).want(http.StatusOK).lacks(h.words.T(i18n.CY, "learn.not_kept_title"))
	}
	if h.answers(attempt) != 0 {
		t.Error("somebody else's sign-in stored the answer")
	}
	// The owner can still store it: it was not used up.
	h.visitor().post("/cy/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {sealedIn(t, page)}}).
		leads(questionPath(i18n.CY, attempt, 3))
	if h.answers(attempt) != 1 {
		t.Error("the owner's answer was not stored")
	}
}

// T1-08: a seal that was changed, made up or is too old is passed over politely:
// the person is signed in and nothing is stored.
func TestABrokenSealStoresNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, attempt, _, page := midQuestion(t, h)
	whole := sealedIn(t, page)
	raw, err := base64.RawURLEncoding.DecodeString(whole)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(whole, attempt) || strings.Contains(string(raw), attempt) {
		t.Error("the seal can be read")
	}
	bent := append([]byte(nil), raw...)
	bent[len(bent)/2] ^= 1
	for name, seal := range map[string]string{
		"one bit changed": base64.RawURLEncoding.EncodeToString(bent), "cut off": whole[:len(whole)-9], "made up": "AAAA",
		"no base64": "%%%<b>", "padded": whole + "==",
	} {
		form := url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {seal}}
		r := h.visitor().post("/cy/sign-in", form)
		if r.Status != http.StatusSeeOther || r.Header.Get("Location") != "/cy/learn" {
			t.Errorf("%s: %d to %q", name, r.Status, r.Header.Get("Location"))
		}
	}
	h.clock.Advance(25 * time.Hour)
	h.visitor().post("/cy/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {whole}}).leads("/cy/learn")
	if h.answers(attempt) != 0 {
		t.Error("a broken or old seal stored an answer")
	}
}

// T1-08: a newer answer, given on another device meanwhile, is not undone by the
// one that waited; an attempt that is closed stays closed.
func TestAWaitingAnswerUndoesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, attempt, _, page := midQuestion(t, h)
	form := url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {sealedIn(t, page)}}
	phone := h.visitor().signIn("huw")
	phone.answerIn(i18n.CY, attempt, 3, false).want(http.StatusSeeOther)
	newer := formValues(find(phone.get(questionPath(i18n.CY, attempt, 3)).doc(), byID("question")))

	b := h.visitor()
	to := b.post("/cy/sign-in", form).tells(questionPath(i18n.CY, attempt, 3), "stale")
	b.get(to).want(http.StatusOK).has(h.words.T(i18n.CY, "question.stale_title"))
	_, sealed, _ := strings.Cut(to, "?")
	for _, not := range []string{questionPath(i18n.CY, attempt, 3) + "?answer=stale", questionPath(i18n.CY, attempt, 4) + "?" + sealed} {
		b.get(not).want(http.StatusOK).lacks(h.words.T(i18n.CY, "question.stale_title"))
	}
	if got := formValues(find(b.get(questionPath(i18n.CY, attempt, 3)).doc(), byID("question"))); got.Encode() != newer.Encode() {
		t.Errorf("the newer answer %v became %v", newer, got)
	}
	phone.submit(i18n.CY, attempt)
	b = h.visitor()
	last := b.follow(b.post("/cy/sign-in", form)).want(http.StatusOK)
	if !strings.Contains(last.path, "/result?answer=late.") || h.answers(attempt) != 1 {
		t.Errorf("a waiting answer to a closed attempt leads to %s, %d answers", last.path, h.answers(attempt))
	}
}

// The script is told 401 and gets no form; what else was sent without a session
// is not kept.
func TestOnlyAnswersAreKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.visitor()
	path := questionPath(i18n.EN, strings.Repeat("7", 26), 1)
	r := b.post(path, url.Values{"answer": {"a"}}, "Accept", "application/json").want(http.StatusUnauthorized)
	if r.Header.Get("Content-Type") != "application/problem+json" || strings.Contains(r.Body, "pending") {
		t.Errorf("JSON is answered with %q %s", r.Header.Get("Content-Type"), r.Body)
	}
	for _, path := range []string{"/en/account/name", "/en/account/password", finalPath, "/en/attempts/" + strings.Repeat("7", 26) + "/submit"} {
		r := b.post(path, url.Values{"name": {"X"}, "old": {password}}).want(http.StatusUnauthorized)
		if find(r.doc(), with("name", "pending")) != nil {
			t.Errorf("%s is sealed into the sign-in form", path)
		}
	}
}
