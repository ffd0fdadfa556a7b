package main

import (
	"archive/zip"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/modules"

	"golang.org/x/net/html"
)

// nationBlocks are what a lesson sets apart for a nation: how many there are, and
// how many are open.
func nationBlocks(page *reply, nation string) (all, open int) {
	for n := range page.doc().Descendants() {
		if tag("details")(n) && attr(n, "data-nation") == nation {
			all++
			if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "open" }) {
				open++
			}
		}
	}
	return all, open
}

// Whoever works in England finds what is so there open, and everybody else finds
// it folded, also when both look at the same part one after the other. Choosing
// it in a lesson leads back to the same part, in full or shorter.
func TestANationOpensItsOwn(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	nia, beca := h.as("nia"), h.as("beca")
	met := 0
	for _, l := range i18n.Langs {
		for _, m := range h.school.Library().Modules {
			for _, s := range m.Sections {
				if len(s.Nations) == 0 {
					continue
				}
				path := in(l, "/en/learn/"+courseSlug+"/"+m.Slug+"/"+s.ID)
				page := nia.get(path)
				if page.Status != http.StatusOK {
					continue // a module that was not there when she took the course
				}
				met++
				all, open := nationBlocks(page, "england")
				if all == 0 || open > 0 {
					t.Errorf("%s: of %d blocks %d are open to a reader in Wales", path, all, open)
				}
				nia.press(page, "nation-form", "", "nation", "england").leads(path + "#where")
				if n, open := nationBlocks(nia.get(path), "england"); n != all || open != all {
					t.Errorf("%s: of %d blocks %d are open to a reader in England", path, n, open)
				}
				if _, open := nationBlocks(beca.get(path).want(http.StatusOK), "england"); open > 0 {
					t.Errorf("%s: what one reader chose is open to another", path)
				}
				short := nia.get(path + "?version=short").want(http.StatusOK)
				nia.press(short, "nation-form", "", "nation", "wales").leads(path + "?version=short#where")
			}
		}
	}
	if met == 0 {
		t.Error("no part has words for England")
	}
	part := "/learn/" + courseSlug + "/what-it-is/" + firstPart(h, "what-it-is").ID
	nia.post("/en"+part+"/nation", url.Values{"nation": {"narnia"}}).want(http.StatusUnprocessableEntity)
	nia.post("/en/learn/"+courseSlug+"/what-it-is/nowhere/nation", url.Values{"nation": {"england"}}).want(http.StatusNotFound)
}

func firstPart(h *house, module string) modules.Section {
	m, _ := h.school.Library().Module(module)
	return m.Sections[0]
}

// A reader in Scotland or Northern Ireland is shown on the first part of a module
// where to ask; nobody else is, and no other part says it again.
func TestTheSignpostStandsOnTheFirstPart(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	nia := h.as("nia")
	m, _ := h.school.Library().Module("what-it-is")
	for _, l := range i18n.Langs {
		for _, n := range people.Nations {
			nia.post(in(l, "/en/account/nation"), url.Values{"nation": {string(n)}}).leads(in(l, "/en/account?done=nation"))
			for i, s := range m.Sections {
				page := nia.get(in(l, "/en/learn/"+courseSlug+"/what-it-is/"+s.ID)).want(http.StatusOK)
				to := find(find(page.doc(), tag("article")), func(a *html.Node) bool { return attr(a, "href") == in(l, "/en/nations") })
				if want := i == 0 && (n == people.Scotland || n == people.NorthernIreland); (to != nil) != want {
					t.Errorf("%s, %s, part %d: signpost %v, want %v", l, n, i+1, to != nil, want)
				}
			}
			account := nia.get(in(l, "/en/account")).want(http.StatusOK)
			if got := formValues(find(account.doc(), byID("nation-form"))).Get("nation"); got != string(n) {
				t.Errorf("the account says %s, and %s was chosen", got, n)
			}
		}
	}
	wrongly(t, "no nation", nia.post("/en/account/nation", nil), "nation")
	r := nia.post("/en/account/data", nil).want(http.StatusOK)
	z, err := zip.NewReader(strings.NewReader(r.Body), int64(len(r.Body)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("csv/people_persons.csv")
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := io.ReadAll(f); err != nil || !strings.Contains(string(raw), "northern-ireland") {
		t.Errorf("where she works is not among her own data: %v\n%s", err, raw)
	}
}

// What people can choose, what modules are held to and what a block is called are
// one list.
func TestNationsAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	for _, m := range h.school.Library().Modules {
		all := slices.Concat([]string{m.Nations.Default}, m.Nations.Switch, m.Nations.Signpost)
		for _, n := range people.Nations {
			if !slices.Contains(all, string(n)) {
				t.Errorf("%s says nothing to whoever works in %s", m.Slug, n)
			}
		}
		if len(all) != len(people.Nations) {
			t.Errorf("%s names %v, and people choose among %v", m.Slug, all, people.Nations)
		}
	}
	for _, l := range i18n.Langs {
		page := h.visitor().get(in(l, "/en/nations")).want(http.StatusOK)
		for _, id := range []string{"england", "scotland", "northern-ireland"} {
			if find(page.doc(), byID(id)) == nil {
				t.Errorf("%s: nothing stands there about %s", page.path, id)
			}
		}
		if find(find(page.doc(), tag("main")), func(a *html.Node) bool { return attr(a, "href") == "tel:999" }) == nil {
			t.Errorf("%s does not say whom to call in an emergency", page.path)
		}
	}
}
