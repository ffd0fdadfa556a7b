package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"

	"golang.org/x/net/html"
)

// Whoever reads a module by its shorter versions alone is credited as whoever
// read all of it: the same parts are read, the same minutes are left, the check
// opens, and passing it is the module.
func TestTheShorterVersionCountsTheSame(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Langs {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			full, short := h.as("nia"), h.as("huw")
			module := "what-it-is"
			full.readModule(l, module)
			check := in(l, checkPath(module))
			m, _ := h.school.Library().Module(module)
			if n := short.readShort(l, module); n != len(m.Sections) {
				t.Fatalf("%d shorter versions led to the check, the module has %d parts", n, len(m.Sections))
			}
			same := func() {
				t.Helper()
				for _, page := range []string{"/" + string(l) + "/learn", "/" + string(l) + "/learn/" + courseSlug, check} {
					one, other := find(full.get(page).want(http.StatusOK).doc(), tag("main")), find(short.get(page).want(http.StatusOK).doc(), tag("main"))
					if a, b := textOf(one), strings.ReplaceAll(textOf(other), folk["huw"].name, folk["nia"].name); a != b {
						t.Errorf("%s says to one who read in full\n%s\nand to one who read the shorter versions\n%s", page, a, b)
					}
				}
				const credit = "SELECT group_concat(of || module || part || edition || lang, ' ') FROM (" +
					"SELECT 'read ' AS of, module, section AS part, edition, lang, enrolment_id FROM course_sections_read UNION ALL " +
					"SELECT 'done ', module, '', edition, lang, enrolment_id FROM course_module_completions ORDER BY 1, 2, 3) " +
					"WHERE enrolment_id IN (SELECT id FROM course_enrolments WHERE person_id = ?)"
				var got [2]string
				for i, who := range []string{"nia", "huw"} {
					if err := h.db.Read(t.Context()).Raw(credit, h.id[who]).Scan(&got[i]).Error; err != nil {
						t.Fatal(err)
					}
				}
				if got[0] == "" || got[0] != got[1] {
					t.Errorf("read in full: %s\nby the shorter versions: %s", got[0], got[1])
				}
			}
			same()
			full.sit(check, true)
			short.sit(check, true)
			same()
			if n := h.count("course_module_completions"); n != 2 {
				t.Errorf("%d completions", n)
			}
		})
	}
}

// readShort reads a module by the shorter versions alone, through the links and
// buttons of its pages, up to the check, and counts them.
func (b *browser) readShort(l i18n.Lang, module string) (n int) {
	b.t.Helper()
	r := b.get("/" + string(l) + "/learn/" + courseSlug + "/" + module)
	for r.want(http.StatusSeeOther).Header.Get("Location") != in(l, checkPath(module)) {
		page := b.follow(r).want(http.StatusOK)
		to := find(find(page.doc(), tag("article")), func(a *html.Node) bool { return strings.HasSuffix(attr(a, "href"), "?version=short") })
		if to == nil || n > 50 {
			b.t.Fatalf("%s has no shorter version", page.path)
		}
		page = b.get(attr(to, "href")).want(http.StatusOK)
		page.has(b.h.words.T(l, "section.short_title"))
		r = b.press(page, "", "")
		n++
	}
	return n
}
