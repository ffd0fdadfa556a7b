package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"golau/internal/i18n"
)

// What a learner does, page by page.

const (
	courseSlug = "child-trafficking"
	finalPath  = "/en/learn/" + courseSlug + "/assessment"
)

func checkPath(module string) string { return "/en/learn/" + courseSlug + "/" + module + "/check" }

// in puts a page's path into another language.
func in(l i18n.Lang, path string) string { return "/" + string(l) + path[3:] }

// readModule reads what is left of a module and returns the last reply, which
// leads to the check.
func (b *browser) readModule(l i18n.Lang, module string) *reply {
	b.t.Helper()
	check := in(l, checkPath(module))
	r := b.get("/" + string(l) + "/learn/" + courseSlug + "/" + module)
	for range 50 {
		to := r.want(http.StatusSeeOther).Header.Get("Location")
		if to == check {
			return r
		}
		b.get(to).want(http.StatusOK)
		r = b.post(to, nil)
	}
	b.t.Fatalf("module %s has no end", module)
	return nil
}

var attemptIn = regexp.MustCompile(`/attempts/([0-9a-z]{26})/`)

// begin presses Start on the page of a check or assessment and returns the
// attempt's id.
func (b *browser) begin(path string) string {
	b.t.Helper()
	r := b.post(path, nil).want(http.StatusSeeOther)
	m := attemptIn.FindStringSubmatch(r.Header.Get("Location"))
	if m == nil {
		b.t.Fatalf("%s leads to %q", path, r.Header.Get("Location"))
	}
	return m[1]
}

func questionPath(l i18n.Lang, attempt string, n int) string {
	return fmt.Sprintf("/%s/attempts/%s/questions/%d", l, attempt, n)
}

// fill gives the form of a question's page with an answer in it.
func (b *browser) fill(page *reply, right bool) url.Values {
	b.t.Helper()
	v := formValues(find(page.doc(), both(tag("form"), byID("question"))))
	for name, values := range respond(b.t, page, right) {
		v[name] = values
	}
	return v
}

// answer answers question n in English and goes on.
func (b *browser) answer(attempt string, n int, right bool) *reply {
	b.t.Helper()
	return b.answerIn(i18n.EN, attempt, n, right)
}

func (b *browser) answerIn(l i18n.Lang, attempt string, n int, right bool) *reply {
	b.t.Helper()
	page := b.get(questionPath(l, attempt, n)).want(http.StatusOK)
	v := b.fill(page, right)
	v.Set("go", "next")
	return b.post(questionPath(l, attempt, n), v)
}

// sit takes a check or an assessment from start to submission and returns the
// attempt's id.
func (b *browser) sit(path string, right bool) string {
	b.t.Helper()
	lang := i18n.Lang(path[1:3])
	attempt := b.begin(path)
	for n := 1; ; n++ {
		r := b.answerIn(lang, attempt, n, right).want(http.StatusSeeOther)
		if strings.Contains(r.Header.Get("Location"), "/review") {
			break
		}
	}
	b.submit(lang, attempt)
	return attempt
}

// submit finishes an attempt.
func (b *browser) submit(l i18n.Lang, attempt string) *reply {
	b.t.Helper()
	base := "/" + string(l) + "/attempts/" + attempt
	return b.post(base+"/submit", nil).leads(base + "/result")
}

var certificateIn = regexp.MustCompile(`/certificates/([0-9a-z]{26})`)

// certificate returns the id of the browser's one certificate.
func (b *browser) certificate() string {
	b.t.Helper()
	page := b.get("/en/certificates").want(http.StatusOK)
	m := certificateIn.FindStringSubmatch(page.Body)
	if m == nil {
		b.t.Fatalf("there is no certificate\n%s", page.gist())
	}
	return m[1]
}
