package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// T1-19, attack A18: as TestNothingTypedBecomesMarkup, for every form into which
// administrators and leads type, and the one of a passkey's name: the button of
// the other language brings back a page that shows what was typed, and no more.
// The lists of invitations, which are read before they are shown, are checked too.
func TestNothingStaffTypeBecomesMarkup(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	words := slices.Concat(hostile, sqlish)
	if testing.Short() { // each page many times
		words = append(words[:12:12], sqlish[:3]...)
	}
	same := func(what string, ask func(word string) *reply) {
		t.Helper()
		like := map[int]*reply{} // a harmless answer of so many lines, as a letter has a paragraph for each
		for _, word := range words {
			lines := strings.Count(word, "\n")
			if like[lines] == nil {
				like[lines] = ask(strings.Repeat("~\n", lines) + "~")
			}
			plain := like[lines]
			want := skeleton(plain.doc())
			got := ask(word + "~")
			if got.Status != plain.Status {
				t.Errorf("%s: %q answers %d, a harmless word %d", what, word, got.Status, plain.Status)
			} else if have := skeleton(got.doc()); have != want {
				t.Errorf("%s: %q changes the page\n%s", what, word, difference(want, have))
			}
		}
	}
	forms, fields := 0, 0
	for who, at := range map[string]string{"alun": "GET /admin", "lowri": "GET /lead", "nia": "GET /account/security"} {
		b := h.as(who)
		for _, r := range addresses() {
			if !strings.HasPrefix(r.address, at) {
				continue
			}
			page := b.get(r.at(h, i18n.EN, h.did["nia"]))
			if page.Status != http.StatusOK || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
				continue
			}
			form, typed := typedInto(page)
			if len(typed) == 0 {
				continue
			}
			forms, fields = forms+1, fields+len(typed)
			same(r.address+" "+form, func(word string) *reply {
				var changes []string
				for _, name := range typed {
					changes = append(changes, name, word)
				}
				return b.press(page, form, "switch=cy", changes...)
			})
		}
	}
	if forms < 12 || fields < 40 {
		t.Errorf("only %d fields of %d forms were typed into", fields, forms)
	}
	for who, at := range map[string]string{"alun": "/en/admin", "lowri": "/cy/lead"} {
		b := h.as(who)
		same("a list of "+who, func(word string) *reply {
			flat := strings.NewReplacer("\n", "", "\r", "", "\t", "", ",", "", ";", "", `"`, "").Replace(word) // else it has other columns
			return b.post(at+"/invitations/many", url.Values{"list": {flat + ",x" + flat}, "go": {"check"}})
		})
	}
}

// typedInto returns the form to which the button of the other language belongs,
// and its fields into which somebody types.
func typedInto(page *reply) (form string, fields []string) {
	doc := page.doc()
	button := find(doc, func(n *html.Node) bool { return tag("button")(n) && attr(n, "name") == "switch" })
	if button == nil || attr(button, "formmethod") == "get" {
		return "", nil
	}
	form = attr(button, "form")
	for _, n := range findAll(find(doc, both(tag("form"), byID(form))), isTyped) {
		fields = append(fields, attr(n, "name"))
	}
	return form, fields
}
