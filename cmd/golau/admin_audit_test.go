package main

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"

	"golang.org/x/net/html"
)

var recorded = regexp.MustCompile(`audit\.Record(?:Of)?\(.*?, "([a-z_]+\.[a-z_]+)", `)

// Every verb that is recorded is said in words, in both languages.
func TestVerbsHaveWords(t *testing.T) {
	t.Parallel()
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for file, code := range sources(t, ".go") {
		for _, m := range recorded.FindAllStringSubmatch(code, -1) {
			if n++; !words.Has("admin.audit.verb." + m[1]) {
				t.Errorf("%s records %q, and admin.audit.verb.%s has no words", file, m[1], m[1])
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d verbs were found", n)
	}
	h := livedIn(t)
	var verbs []string
	if err := h.db.Read(t.Context()).Raw("SELECT DISTINCT verb FROM audit_events").Scan(&verbs).Error; err != nil {
		t.Fatal(err)
	}
	for _, v := range verbs {
		if !words.Has("admin.audit.verb." + v) {
			t.Errorf("admin.audit.verb.%s has no words", v)
		}
	}
}

// The administrator's reader of the record: filters, what is wrong with them,
// and the sheet, with nothing in it that a spreadsheet would work out.
func TestTheRecordIsRead(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.write(func(tx store.Tx) error { return people.Rename(tx, h.id["huw"], "Huw Penri Ŵyn") })
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/audit"
		for state, r := range map[string]*reply{
			"all": alun.get(at), "one person": alun.get(at + "?person=" + url.QueryEscape(folk["huw"].email)), "older": alun.get(at + "?before=20"),
			"asked": alun.get(at + "?done=check"), "none": alun.get(at + "?from=2030-01-01"),
		} {
			sound(t, "record, "+state, r.want(http.StatusOK))
		}
		sound(t, "record, wrong", alun.get(at+"?person=x&subject=5&from=1&to=2").want(http.StatusUnprocessableEntity))
		page := alun.get(at + "?verb=people.name_changed").want(http.StatusOK)
		page.has(h.words.T(l, "admin.audit.verb.people.name_changed"), "Huw Penri Ŵyn")
		page.lacks(h.did["nia"].certificate)

		if err := h.steward.CheckRecord(t.Context()); err != nil {
			t.Fatal(err)
		}
		alun.get(at).want(http.StatusOK).has(h.words.T(l, "admin.audit.whole_tag"))
		newest := alun.get(at)
		older := findAll(newest.doc(), func(n *html.Node) bool { return tag("a")(n) && textOf(n) == h.words.T(l, "admin.older") })
		if len(older) != 1 || alun.get(attr(older[0], "href")).want(http.StatusOK).Body == newest.Body || !strings.Contains(attr(older[0], "href"), "?before=") {
			t.Errorf("%s: what is older is not led to: %v", l, older)
		}

		since := h.count("audit_events")
		file := alun.post(at+"/export", url.Values{"person": {folk["huw"].email}}).want(http.StatusOK)
		if got := h.lately(since); got != "audit.exported" {
			t.Errorf("an export records %q", got)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff"))).ReadAll()
		if err != nil || len(rows) < 3 || rows[0][4] != h.words.T(l, "admin.audit.sheet.what") {
			t.Fatalf("%v %v", rows, err)
		}
		if !strings.Contains(file.Body, h.words.T(l, "admin.audit.verb.people.name_changed")) || !strings.HasPrefix(file.Header.Get("Content-Type"), "text/csv") ||
			!strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s\n%v", file.Body, file.Header)
		}
		alun.post(at+"/check", nil).leads(at + "?done=check")
	}
	h.as("gwen").post("/en/admin/audit/export", nil).want(http.StatusForbidden)
}
