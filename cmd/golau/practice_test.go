package main

import (
	"encoding/base64"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// ownWords is what somebody writes for themselves alone.
const ownWords = "Ffinnantgelyn-4417"

// pagesWrittenOn are the pages on which one writes, each with a box, what makes
// its answer, and the name of what is too long for it.
var pagesWrittenOn = []struct{ path, form, box, button string }{
	{"/practice/referral", "practice", "said", "go=compare"},
	{"/plan", "plan", "two", "go=make"},
	{"/plan", "plan", "deputy", "go=make"},
}

// What is written to practise is nowhere afterwards: in no row, no file of the
// installation, no line of the log, no cookie, no address, and in nothing that
// waits for whoever signs in again; whoever writes, and whatever becomes of it.
func TestWhatIsWrittenForOneselfIsKeptNowhere(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	late := h.as("huw")
	h.clock.Advance(13 * time.Hour) // past the end of every session of the template
	browsers := map[string]*browser{"nobody": h.visitor(), "too late": late, "half": h.visitor().firstStepOf("lowri"), "nia": h.visitor().signIn("nia")}
	before := h.tables()
	for _, who := range slices.Sorted(maps.Keys(browsers)) {
		b := browsers[who]
		held := maps.Clone(b.cookies)
		for _, l := range i18n.Langs {
			for _, p := range pagesWrittenOn {
				path := "/" + string(l) + p.path
				key, value, _ := strings.Cut(p.button, "=")
				for state, form := range map[string]url.Values{
					"answered":  {p.box: {ownWords}, key: {value}},
					"switched":  {p.box: {ownWords}, "switch": {string(l)}},
					"again":     {p.box: {ownWords}, "go": {"edit"}},
					"too long":  {p.box: {ownWords + strings.Repeat(" ŵ", 400)}, key: {value}},
					"no button": {p.box: {ownWords}},
				} {
					r := b.post(path, form)
					want := map[bool]int{true: http.StatusUnprocessableEntity, false: http.StatusOK}[state == "too long"]
					if who == "half" { // shut, like all else
						want = http.StatusUnauthorized
					}
					if r.Status != want {
						t.Errorf("%s %s by %s: %d, want %d", path, state, who, r.Status, want)
					}
					if strings.Contains(r.Body, ownWords) == (who == "half") {
						t.Errorf("%s %s by %s: what was written comes back: %v", path, state, who, who == "half")
					}
					if find(r.doc(), with("name", "pending")) != nil || r.Header.Get("Location") != "" || r.Header.Get("Cache-Control") != "no-store" {
						t.Errorf("%s %s by %s: it waits, goes on or may be kept", path, state, who)
					}
				}
			}
		}
		held["__Host-lang"] = b.cookies["__Host-lang"]
		if !maps.Equal(held, b.cookies) && !(who == "nobody" && len(b.cookies) <= 1) {
			t.Errorf("%s: the browser holds %v, before %v", who, b.cookies, held)
		}
		b.get("/en/send-again").lacks(ownWords)
	}
	h.work()
	h.unchanged(before)
	if written(h.log.String()) {
		t.Error("the log holds it")
	}
	files := 0
	err := filepath.WalkDir(h.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		raw, err := os.ReadFile(path)
		if written(string(raw)) {
			t.Errorf("%s holds it", e.Name())
		}
		return err
	})
	if err != nil || files < 3 {
		t.Fatalf("%d files: %v", files, err)
	}
}

// written says whether s holds what was written, plain or as the usual codes
// have it.
func written(s string) bool {
	return slices.ContainsFunc([]string{ownWords, base64.RawStdEncoding.EncodeToString([]byte(ownWords))[:20], url.QueryEscape(ownWords)}, func(w string) bool {
		return strings.Contains(strings.ToLower(s), strings.ToLower(w))
	})
}

// firstStepOf is a browser after the first of two steps.
func (b *browser) firstStepOf(who string) *browser {
	b.t.Helper()
	b.firstStep(who)
	return b
}

// No script and no browser is asked to keep what is written: the page has no
// script but the site's own, and its forms ask to be forgotten.
func TestPagesWrittenOnAreForgotten(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, l := range i18n.Langs {
		for _, p := range pagesWrittenOn {
			path := "/" + string(l) + p.path
			key, value, _ := strings.Cut(p.button, "=")
			for _, r := range []*reply{h.visitor().get(path), h.visitor().post(path, url.Values{p.box: {ownWords}, key: {value}})} {
				doc := r.want(http.StatusOK).doc()
				form := find(doc, byID(p.form))
				if form == nil || attr(form, "autocomplete") != "off" || attr(form, "method") != "post" {
					t.Fatalf("%s: the form may be kept", path)
				}
				for n := range doc.Descendants() {
					if tag("script")(n) && !strings.Contains(attr(n, "src"), "/golau.") || attr(n, "data-autosave") != "" {
						t.Errorf("%s: a script of its own, or one that saves: %s", path, attr(n, "src"))
					}
					if tag("textarea")(n) && attr(n, "autocomplete") != "off" {
						t.Errorf("%s: the browser may keep %s", path, attr(n, "name"))
					}
				}
			}
		}
	}
}

// The referral: what was written stands beside the model answer to the same
// question, line by line, and what a decision-maker would ask; empty boxes say
// so. The page says in each of its states that it sends nothing.
func TestAPracticeReferralIsCompared(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	f := h.school.Library().Referral()
	for _, l := range i18n.Langs {
		b, path := h.visitor(), "/"+string(l)+"/practice/referral"
		practice := func(r *reply) *reply { return r.has(h.words.T(l, "referral.practice")) }
		page := practice(b.get(path).want(http.StatusOK))
		sound(t, "practice referral", page)
		for _, p := range f.Papers {
			page.has(p.Heading.In(l), p.Lines[0].In(l))
		}
		page.lacks(f.Fields[0].Model[0].In(l))

		page = practice(b.press(page, "practice", "go=compare").want(http.StatusUnprocessableEntity))
		sound(t, "practice referral, empty", page)
		page.has(h.words.T(l, "referral.empty"))
		page = practice(b.press(page, "practice", "go=skip").want(http.StatusOK)).has(h.words.T(l, "referral.nothing"))
		page = b.press(page, "practice", "go=edit").want(http.StatusOK)

		page = practice(b.press(page, "practice", "go=compare", "said", "First line\r\n\r\n<b>second</b> ŷ", "age", strings.Repeat("ŵ", 601)).want(http.StatusUnprocessableEntity))
		page.has(h.words.T(l, "practice.too_long", "Most", 600))
		if at := find(page.doc(), byID("age-error")); at == nil {
			t.Error("the fault does not stand beside its box")
		}
		page = practice(b.press(page, "practice", "go=compare", "age", strings.Repeat("ŵ", 600)).want(http.StatusOK))
		sound(t, "practice referral, compared", page)
		for _, x := range f.Fields {
			part := find(page.doc(), both(tag("section"), with("aria-labelledby", "f-"+x.ID)))
			said := textOf(part)
			for _, want := range slices.Concat(x.Model, x.Asks) {
				if !strings.Contains(flat(said), flat(want.In(l))) {
					t.Errorf("%s: %s lacks %q", path, x.ID, want.In(l))
				}
			}
			yours := find(part, hasClass("golau-path__yours"))
			var lines []string
			for _, p := range findAll(yours, tag("p")) {
				lines = append(lines, textOf(p))
			}
			want := []string{h.words.T(l, "referral.nothing")}
			switch x.ID {
			case "said":
				want = []string{"First line", "<b>second</b> ŷ"}
			case "age":
				want = []string{strings.Repeat("ŵ", 600)}
			}
			if !slices.Equal(lines, want) {
				t.Errorf("%s: beside %s stands %q", path, x.ID, lines)
			}
		}
	}
}

// The other language keeps everything, on the form and beside the model.
func TestAPracticeReferralChangesItsLanguage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.visitor()
	page := b.get("/en/practice/referral")
	switched := func(page *reply, changes ...string) *reply {
		t.Helper()
		button := find(page.doc(), both(tag("button"), with("name", "switch")))
		form := formValues(find(page.doc(), byID("practice")))
		for i := 0; i < len(changes); i += 2 {
			form.Set(changes[i], changes[i+1])
		}
		form.Set("switch", attr(button, "value"))
		return b.post(attr(button, "formaction"), form).want(http.StatusOK)
	}
	page = switched(page, "told", "Phoned 999", "gaps", "Dim enw")
	if page.path != "/cy/practice/referral" || formValues(find(page.doc(), byID("practice"))).Get("gaps") != "Dim enw" {
		t.Errorf("%s does not keep what was written", page.path)
	}
	page = b.press(page, "practice", "go=compare").want(http.StatusOK).has(h.words.T(i18n.CY, "referral.compared"))
	page = switched(page).has(h.words.T(i18n.EN, "referral.compared"))
	var yours *html.Node
	if yours = find(page.doc(), hasClass("golau-path__yours")); !strings.Contains(textOf(yours), "Phoned 999") {
		t.Errorf("beside the model stands %q", textOf(yours))
	}
	page = b.press(page, "practice", "go=edit").want(http.StatusOK)
	if formValues(find(page.doc(), byID("practice"))).Get("told") != "Phoned 999" {
		t.Error("going back loses what was written")
	}
	b.get("/en/practice/referral?told=planted").want(http.StatusOK).lacks("planted")
}

// The form is found: on the course’s page, on the last part of its module, and on
// the module’s card.
func TestPracticeIsFound(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	m := h.school.Library().Referral().Module
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		to := both(tag("a"), with("href", at+"/practice/referral"))
		course := at + "/learn/" + courseSlug
		for _, page := range []string{course, course + "/" + m.Slug + "/" + m.Sections[len(m.Sections)-1].ID, at + "/cards/" + m.Slug} {
			if find(h.as("nia").get(page).want(http.StatusOK).doc(), to) == nil {
				t.Errorf("%s does not lead to the form", page)
			}
		}
		for _, page := range []string{course + "/" + m.Slug + "/" + m.Sections[0].ID, at + "/cards/signs"} {
			if find(h.as("nia").get(page).want(http.StatusOK).doc(), to) != nil {
				t.Errorf("%s leads to the form of another module, or before its time", page)
			}
		}
	}
}
