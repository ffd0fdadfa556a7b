package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Whoever writes sees what they have written at the next request: pages, words,
// look and lessons, in either language. A file that cannot be used is told.
func TestDevReadsEverythingAgain(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"static", "modules/content", "quiz/bank", "internal/i18n/messages", "cmd/golau/internal/web"} {
		copyFolder(t, filepath.Join(root, dir), filepath.Join("..", "..", dir))
	}
	var w wiring
	h := newHouse(t, func(given *wiring) { w = *given })
	w.dev, w.material, w.pages = true, nil, nil
	t.Chdir(root) // this test runs by itself
	ask := func(path string) (int, string) {
		rec := httptest.NewRecorder()
		req := httptest.NewRequest(http.MethodGet, "https://"+site+path, nil)
		req.AddCookie(&http.Cookie{Name: "__Host-golau", Value: h.session["nia"]})
		h.fresh(rec, req, w)
		return rec.Code, rec.Body.String()
	}
	module, _ := h.school.Library().Module("what-it-is")
	lesson := "/cy/learn/" + courseSlug + "/what-it-is/" + module.Sections[0].ID
	for _, c := range []struct{ file, from, to, path string }{
		{"internal/i18n/messages/en.yaml", "web.skip: \"", "web.skip: \"Straight on. ", "/en"},
		{"internal/i18n/messages/cy.yaml", "web.skip: \"", "web.skip: \"Yn syth. ", "/cy"},
		{"internal/i18n/messages/rooms/people.cy.yaml", "people.role.learner: \"", "people.role.learner: \"Yn wir, ", "/cy/account"},
		{"cmd/golau/internal/web/public/pages/home.html", "</h1>", " indeed</h1>", "/en"},
		{"static/images/spot-lamp.svg", "</svg>", "<path class=\"gi-sun\"/></svg>", "/en"},
		{"modules/content/what-it-is/cy.md", "::: key\n", "::: key\nYn wir: ", lesson},
	} {
		_, before := ask(c.path)
		raw, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.ReplaceAll(string(raw), c.from, c.to)
		if err := os.WriteFile(c.file, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		added := strings.TrimSpace(strings.Replace(c.to, c.from, "", 1))
		if status, after := ask(c.path); status != http.StatusOK || strings.Contains(before, added) || !strings.Contains(after, added) {
			t.Errorf("%s: %d, and %s does not show %q", c.file, status, c.path, added)
		}
	}
	_, before := ask(lesson)
	if !strings.Contains(before, h.words.T(i18n.CY, "author.title")) || !strings.Contains(before, h.words.T(i18n.CY, "author.alike")) {
		t.Error("the foot of a lesson does not say how it stands")
	}
	// A heading in one language alone is shown at once, and so is the fault.
	const file = "modules/content/what-it-is/cy.md"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitAfterN(string(raw), "\n## ", 3)
	parts[1] = strings.TrimSuffix(parts[1], "## ") + "### Pennawd newydd {#newydd}\n\n## "
	if err := os.WriteFile(file, []byte(strings.Join(parts, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	status, after := ask(lesson)
	for _, want := range []string{"Pennawd newydd", h.words.T(i18n.CY, "author.differ"), h.words.T(i18n.CY, "author.check"), "what-it-is/cy.md", "section " + module.Sections[0].ID + ": "} {
		if status != http.StatusOK || !strings.Contains(after, want) {
			t.Errorf("%d: after an edit the page does not show %q", status, want)
		}
	}
	if _, page := ask("/en/learn/" + courseSlug); !strings.Contains(page, h.words.T(i18n.EN, "author.differ")) || !strings.Contains(page, "what-it-is/cy.md") {
		t.Error("the page of the course does not name the fault")
	}
	if page := h.as("nia").get(lesson); strings.Contains(page.Body, h.words.T(i18n.CY, "author.title")) {
		t.Error("a learner is shown what is for the author")
	}
	if err := os.WriteFile("internal/i18n/messages/cy.yaml", []byte("web.skip: \"Neidio\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, said := ask("/cy"); status != http.StatusInternalServerError || !strings.Contains(said, "web.menu has no words in cy") {
		t.Errorf("a gap in the words is answered with %d %.80q", status, said)
	}
}
