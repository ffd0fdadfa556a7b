package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// linksTo says whether a page leads to an address.
func linksTo(r *reply, path string) bool {
	return r.doc() != nil && find(r.doc(), both(tag("a"), with("href", path))) != nil
}

// Attack A5: whoever jumps to the check before the sections, or to the
// assessment before the modules, is refused with 409 and shown what is missing,
// by its address, in both languages; nothing begins.
func TestNobodySkipsAStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	m, _ := h.school.Library().Module("what-it-is")
	before, _ := h.school.Library().Module("before-you-start") // comes first of all, but shuts no other module
	first := func(l i18n.Lang, path string) string {
		if path == finalPath {
			return "/" + string(l) + "/learn/" + courseSlug + "/before-you-start/" + before.Sections[0].ID
		}
		return "/" + string(l) + "/learn/" + courseSlug + "/what-it-is/" + m.Sections[0].ID
	}
	for _, l := range i18n.Langs {
		for _, path := range []string{checkPath("what-it-is"), checkPath("signs"), finalPath} {
			if r := b.post(in(l, path), nil).want(http.StatusConflict); !linksTo(r, first(l, path)) {
				t.Errorf("%s does not lead to %s\n%s", r.path, first(l, path), r.gist())
			}
			if page := b.get(in(l, path)).want(http.StatusConflict); page.buttonsTo(first(l, path)) != 1 || find(page.doc(), both(tag("form"), with("action", in(l, path)))) != nil {
				t.Errorf("%s offers to start, or does not say what is missing", page.path)
			}
		}
	}
	// Half way: the check is missing now, then the second module.
	b.readModule(i18n.EN, "what-it-is")
	if r := b.post(finalPath, nil).want(http.StatusConflict); !linksTo(r, checkPath("what-it-is")) {
		t.Errorf("the assessment does not lead to the check\n%s", r.gist())
	}
	if n := h.count("quiz_attempts"); n != 0 {
		t.Errorf("%d attempts began", n)
	}
}

// Attack A5: a locked module can be neither read nor ticked off.
func TestALockedModuleStaysShut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	m, _ := h.school.Library().Module("signs")
	path := "/en/learn/" + courseSlug + "/signs/" + m.Sections[0].ID
	b.get(path).want(http.StatusConflict).has("module 1")
	// It says why, which step is missing, and leads there; nothing is broken.
	need, _ := h.school.Library().Module("what-it-is")
	for _, l := range i18n.Langs {
		page := b.get(in(l, path)).want(http.StatusConflict).has(h.words.T(l, "step.section", "Number", 1, "Part", need.Sections[0].Title.In(l))).
			lacks(h.words.T(l, "web.go_contact"), h.words.T(l, "web.go_verify"))
		if n := page.buttonsTo("/" + string(l) + "/learn/" + courseSlug + "/what-it-is/" + need.Sections[0].ID); n != 1 {
			t.Errorf("%d buttons lead to the missing step\n%s", n, page.gist())
		}
	}
	b.post(path, nil).want(http.StatusConflict)
	if n := h.count("course_sections_read"); n != 0 {
		t.Errorf("%d sections were ticked off", n)
	}
	for _, nowhere := range []string{"/en/learn/no-course", "/en/learn/" + courseSlug + "/no-module", "/en/learn/" + courseSlug + "/what-it-is/no-section",
		"/en/learn/" + courseSlug + "/no-module/check"} {
		b.get(nowhere).want(http.StatusNotFound)
		b.post(nowhere, nil).want(statusOfPost(nowhere))
	}
}

// Attack A5: parts sent out of order are refused with 409, which names the part
// that is missing and leads there; nothing is ticked off.
func TestNoPartIsSkipped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	m, _ := h.school.Library().Module("what-it-is")
	part := func(l i18n.Lang, i int) string {
		return "/" + string(l) + "/learn/" + courseSlug + "/what-it-is/" + m.Sections[i].ID
	}
	for done := range 2 {
		for _, l := range i18n.Langs {
			for _, i := range []int{done + 1, len(m.Sections) - 1} {
				page := b.post(part(l, i), nil).want(http.StatusConflict).has(h.words.T(l, "course.part_skipped", "Part", m.Sections[done].Title.In(l)))
				if page.buttonsTo(part(l, done)) != 1 {
					t.Errorf("nothing leads to the missing part\n%s", page.gist())
				}
				b.get(part(l, i)).want(http.StatusOK)
			}
		}
		if n := h.count("course_sections_read"); n != done {
			t.Errorf("%d parts are ticked off, want %d", n, done)
		}
		b.post(part(i18n.EN, done), nil).leads(part(i18n.EN, done+1))
	}
	b.post(part(i18n.EN, 0), nil).leads(part(i18n.EN, 1)) // again changes nothing
}

// statusOfPost is 405 where the address takes no form at all.
func statusOfPost(path string) int {
	if strings.Count(path, "/") < 5 {
		return http.StatusMethodNotAllowed
	}
	return http.StatusNotFound
}

// Attack A6: nobody's certificate is nowhere, and asking for it gives none.
func TestThereIsNoCertificateForNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.as("huw")
	for _, id := range []string{nobodys.certificate, "x", "' OR 1=1", strings.Repeat("z", 400)} {
		for _, path := range []string{"/en/certificates/" + url.PathEscape(id), "/cy/certificates/" + url.PathEscape(id) + "/pdf", "/en/verify/" + url.PathEscape(id)} {
			b.get(path).want(http.StatusNotFound)
		}
	}
	b.post("/en/certificates", nil).want(http.StatusMethodNotAllowed)
	if h.count("certificates_issued") != 0 {
		t.Error("there is a certificate")
	}
}

// Attack A4: what is not on the paper is refused with 422, and what is not an
// answer at all with 404; nothing of it is stored.
func TestWhatIsNotOnThePaperIsRefused(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, s := h.as("nia"), h.did["nia"]
	before := h.answers(s.open)
	for n := 1; n <= 10; n++ {
		path := questionPath(i18n.EN, s.open, n)
		version := b.fill(b.get(path).want(http.StatusOK), true).Get("version")
		for _, bad := range []url.Values{
			{"answer": {"99"}}, {"answer": {"-1"}}, {"answer": {"zz", "a"}}, {"answer": {"a", "a"}}, {"step.1": {"zz"}}, {"step.99": {"a"}}, {"step.01": {"a"}},
			{"pair.99": {"a"}}, {"line.99": {"a"}}, {"pair.1": {"zz"}}, {"line.1": {"zz"}}, {"answer": {"\x00"}}, {"sure": {"perhaps"}},
		} {
			bad.Set("version", version)
			if r := b.post(path, bad); r.Status != http.StatusUnprocessableEntity {
				t.Errorf("question %d, %v: %d\n%s", n, bad, r.Status, r.gist())
			}
			if r := b.post(path, bad, "Accept", "application/json"); r.Status != http.StatusUnprocessableEntity || r.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("question %d, %v as JSON: %d %s", n, bad, r.Status, r.Body)
			}
		}
	}
	for _, n := range []string{"0", "11", "-1", "999", "1e1", "x", "9223372036854775808", "1%00"} {
		path := "/en/attempts/" + s.open + "/questions/" + n
		b.get(path).want(http.StatusNotFound)
		b.post(path, url.Values{"answer": {"a"}}).want(http.StatusNotFound)
	}
	if got := h.answers(s.open); got != before {
		t.Errorf("%d answers became %d", before, got)
	}
}

// Attack A4: an answer after the submission is refused with 409, and the result
// stays as it is. A second submission changes nothing and shows the same result.
func TestNothingChangesAfterTheSubmission(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, s := h.as("nia"), h.did["nia"]
	b.submit(i18n.EN, s.open)
	result := b.get("/en/attempts/" + s.open + "/result").want(http.StatusOK)
	before := h.tables()
	for _, more := range [][]string{nil, {"Accept", "application/json"}} {
		for _, late := range []url.Values{{"version": {"1"}}, {"answer": {"a"}}, {"pair.1": {"a"}}, {"answer": {"zz"}, "sure": {"perhaps"}}} {
			b.post(questionPath(i18n.EN, s.open, 1), late, more...).want(http.StatusConflict)
		}
	}
	b.submit(i18n.CY, s.open)
	b.get(questionPath(i18n.EN, s.open, 1)).leads("/en/attempts/" + s.open + "/result")
	b.get("/en/attempts/" + s.open + "/review").leads("/en/attempts/" + s.open + "/result")
	if got := b.get("/en/attempts/" + s.open + "/result"); got.Body != result.Body {
		t.Error("the result changed")
	}
	h.unchanged(before)
}

// The result of an attempt that is still open is refused: it would tell.
func TestAnOpenAttemptHasNoResult(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.as("nia").get("/en/attempts/" + h.did["nia"].open + "/result").want(http.StatusConflict)
}
