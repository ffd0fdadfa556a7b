package main

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
	"golau/modules"

	"golang.org/x/net/html"
)

// finalAt is the final assessment, below the language.
const finalAt = "/learn/" + courseSlug + "/assessment"

func hidden(name string) match { return func(n *html.Node) bool { return attr(n, "name") == name } }

// acceptForm is an acceptance as an administrator types it on a page.
func acceptForm(page *reply) url.Values {
	return url.Values{"print": {attr(find(page.doc(), hidden("print")), "value")}, "office": {"Head of Learning, Glannau"}, "reason": {"A first year, <until> a reviewer is found."}, "agreed": {"yes"}}
}

// A new edition that nobody has reviewed: people learn, the final assessment waits
// and says why, and the administrator meets it on the front page, at the end of the
// setting up and under health. What was open can be handed in once it is accepted.
func TestTheFinalWaitsUntilSomebodyAccepts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, who := range []string{"nia", "huw"} {
		h.learnt(h.id[who], folk[who].lang)
	}
	nia, huw, alun := h.as("nia"), h.as("huw"), h.as("alun")
	open := huw.begin(finalPath)
	for n := 1; n <= 25; n++ {
		huw.answer(open, n, true).want(http.StatusSeeOther)
	}
	h.school.Courses()[0].Edition = "2027.1"
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		why := []string{h.words.T(l, "acceptance.waits", "Edition", "2027.1"), h.words.T(l, "acceptance.who"), h.words.T(l, "acceptance.kept")}
		for _, page := range []*reply{nia.get(at + finalAt).want(http.StatusConflict), nia.post(at+finalAt, nil).want(http.StatusConflict), huw.get(at + "/attempts/" + open + "/review").want(http.StatusOK)} {
			page.has(why...).lacks(h.words.T(l, "assessment.start"), h.words.T(l, "review.submit"))
			sound(t, "waiting", page)
		}
		huw.get(at + finalAt).want(http.StatusOK).has(append(why, h.words.T(l, "assessment.resume"))...)
		huw.post(at+"/attempts/"+open+"/submit", nil).want(http.StatusConflict).has(h.words.T(l, "course.final_waits"))
		nia.get(at+"/learn").has(h.words.T(l, "acceptance.line"), h.words.T(l, "acceptance.why"))
		nia.get(at + "/learn/" + courseSlug).has(h.words.T(l, "acceptance.line"))
		alun.get(at + "/admin").has(h.words.T(l, "admin.todo.review"))
		alun.get(at + "/admin/health").has(h.words.T(l, "admin.health.review.waits", "Count", 2))
		for _, step := range []string{"boards", "agency", "contacts", "letters"} {
			alun.post(at+"/admin/setup/"+step, nil)
		}
		sound(t, "the end of setting up", alun.get(at+"/admin/setup").has(h.words.T(l, "admin.review.waits_text")))
	}
	if h.count("certificates_issued") != 0 || h.count("quiz_attempts WHERE open = 1") != 1 {
		t.Error("something was issued or closed")
	}
	page := alun.get("/cy/admin/review").want(http.StatusOK).has(h.words.T(i18n.CY, "admin.review.waiting", "Count", 2), h.words.T(i18n.CY, "acceptance.statement.later"))
	alun.post("/cy/admin/review", acceptForm(page)).leads("/cy/admin/review?done=review_accepted")
	huw.submit(i18n.CY, open)
	sheet := huw.get("/cy/certificates/" + huw.certificate())
	sheet.has("2027.1", h.words.T(i18n.CY, "certificates.sheet.unreviewed"))
	nia.sit(finalPath, true)
	for _, l := range i18n.Langs {
		alun.get("/" + string(l) + "/admin").lacks(h.words.T(l, "admin.todo.review"))
		sound(t, "accepted", alun.get("/"+string(l)+"/admin/review").has("Head of Learning, Glannau", "A first year, &lt;until&gt; a reviewer is found.", folk["alun"].name, h.words.T(i18n.CY, "acceptance.statement.facts")).
			lacks(h.words.T(l, "admin.review.accept")))
	}
}

// What is missing is said beside its field, with what was typed; what was read must
// be what stands there; and it is accepted once.
func TestAnAcceptanceIsWhole(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	h.school.Courses()[0].Edition = "2027.1"
	before := h.tables()
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/review"
		for field, key := range map[string]string{"office": "course.acceptance.office_missing", "reason": "course.acceptance.reason_missing", "agreed": "course.acceptance.not_agreed"} {
			form := acceptForm(alun.get(at))
			form.Del(field)
			page := alun.post(at, form).want(http.StatusUnprocessableEntity).has(h.words.T(l, key))
			sound(t, "without "+field, page)
			if typed := formValues(find(page.doc(), byID("accept"))); typed.Get("agreed") != form.Get("agreed") || strings.TrimSpace(typed.Get("reason")) != form.Get("reason") || typed.Get("office") != form.Get("office") {
				t.Errorf("what was typed is lost: %v", typed)
			}
		}
		form := acceptForm(alun.get(at))
		form.Set("reason", strings.Repeat("ŵ", 1001))
		alun.post(at, form).want(http.StatusUnprocessableEntity).has(h.words.T(l, "course.acceptance.reason_long", "MaxReason", 1000))
		form = acceptForm(alun.get("/" + string(l.Other()) + "/admin/review")) // read in the other language
		sound(t, "changed", alun.post(at, form).want(http.StatusConflict).has(h.words.T(l, "course.acceptance.changed")))
		switched := alun.post(at, switching(form)).want(http.StatusOK)
		if typed := formValues(find(switched.doc(), byID("accept"))); typed.Get("office") != form.Get("office") {
			t.Errorf("switching loses what was typed: %v", typed)
		}
	}
	h.unchanged(before)
	form := acceptForm(alun.get("/en/admin/review"))
	alun.post("/en/admin/review", form).want(http.StatusSeeOther)
	alun.post("/en/admin/review", form).want(http.StatusConflict).has(h.words.T(i18n.EN, "course.acceptance.over"))
	if h.count("course_acceptances") != 2 || h.count("audit_events WHERE verb = 'course.unreviewed_accepted'") != 2 {
		t.Error("it was not kept once")
	}
}

// reviewed has the course be as if somebody had reviewed it, and had signed all of
// its Welsh.
func reviewed(t *testing.T) func(*wiring) {
	made := fstest.MapFS{}
	texts := modules.Content()
	err := fs.WalkDir(texts, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		body, err := fs.ReadFile(texts, path)
		if strings.HasSuffix(path, ".yaml") {
			body = bytes.Replace(body, []byte("welsh: draft "), []byte("welsh: reviewed "), 1)
		}
		made[path] = &fstest.MapFile{Data: body}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	made["review.yaml"] = &fstest.MapFile{Data: []byte("edition: \"2026.2\"\nreviewed_on: 2026-12-01\nrole: {en: \"the Made-up Safeguarding Lead\", cy: \"yr Arweinydd Diogelu Ffug\"}\n")}
	lib, findings, err := modules.Load(made)
	if err = errors.Join(err, modules.Refuse(findings)); err != nil {
		t.Fatal(err)
	}
	return func(w *wiring) { w.material = &material{lib: lib, banks: w.material.banks} }
}

// Once a reviewer is named, the words go from every page and certificate, and
// nothing has to be accepted.
func TestAReviewTakesTheWordsAway(t *testing.T) {
	t.Parallel()
	h := newHouse(t, reviewed(t))
	h.learnt(h.id["nia"], i18n.EN)
	nia := h.as("nia")
	nia.sit(finalPath, true)
	for _, l := range i18n.Langs {
		at := "/" + string(l)
		role := map[i18n.Lang]string{i18n.EN: "the Made-up Safeguarding Lead", i18n.CY: "yr Arweinydd Diogelu Ffug"}[l]
		for _, path := range []string{"", "/learn", "/learn/" + courseSlug, "/glossary", "/sources", "/certificates/" + nia.certificate(), "/verify/" + nia.certificate()} {
			page := nia.get(at + path).want(http.StatusOK)
			page.has(role).lacks(h.words.T(l, "footer.not_reviewed"), h.words.T(l, "glossary.not_reviewed"), h.words.T(l, "review.none_yet"), h.words.T(l, "certificates.sheet.unreviewed"), h.words.T(l, "sources.not_reviewed"))
			sound(t, "reviewed", page)
		}
		if said := drawn(nia.get(at + "/certificates/" + nia.certificate() + "/pdf").Body); strings.Contains(flat(said), flat(h.words.T(l, "certificates.sheet.unreviewed"))) {
			t.Error("the PDF says that nobody has")
		}
		page := h.as("alun").get(at + "/admin/review").want(http.StatusOK).has(role)
		if find(page.doc(), byID("accept")) != nil {
			t.Error("there is something to accept")
		}
	}
}
