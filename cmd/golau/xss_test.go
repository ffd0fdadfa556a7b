package main

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/store"

	"golang.org/x/net/html"
)

// hostile is what attackers type, to break out of text, of an attribute, of an
// address, of a script, of a comment, or of the parser's expectations.
var hostile = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`, `<script/src=data:,alert(1)>`, `<script>`, `</script><script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`, `<img src=x onerror="alert(1)"//`, `<IMG SRC="jav&#x09;ascript:alert(1);">`, `<img/src="x"/onerror=alert(1)>`, `<svg onload=alert(1)>`, `<svg/onload=alert(1)//`, `<svg><script>alert(1)</script></svg>`,
	`<svg><animate onbegin=alert(1) attributeName=x>`, `<math><a xlink:href="javascript:alert(1)">x</a></math>`, `<body onload=alert(1)>`, `<iframe src=javascript:alert(1)>`, `<iframe srcdoc="<script>alert(1)</script>">`,
	`<object data=javascript:alert(1)>`, `<embed src=javascript:alert(1)>`, `<base href=//evil.example/>`, `<link rel=stylesheet href=//evil.example/x.css>`, `<meta http-equiv=refresh content="0;url=//evil.example">`,
	`<form action=//evil.example><button>x</button></form>`, `<button formaction=javascript:alert(1)>x`, `<input autofocus onfocus=alert(1)>`, `<details open ontoggle=alert(1)>`, `<video><source onerror=alert(1)>`, `<marquee onstart=alert(1)>`,
	`<a href="javascript:alert(1)">x</a>`, `<a href=" javascript:alert(1)">x</a>`, `<template><script>alert(1)</script></template>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<style>@import '//evil.example/x.css';</style>`,
	`"><script>alert(1)</script>`, `'><script>alert(1)</script>`, `" onmouseover="alert(1)`, `' onmouseover='alert(1)`, `" autofocus onfocus=alert(1) x="`, "` onmouseover=alert(1) `", `x onmouseover=alert(1)`, `"/><svg onload=alert(1)>`, `">`, `'>`, `"`, `'`, `<`, `>`, `&`,
	`</title><script>alert(1)</script>`, `</textarea><script>alert(1)</script>`, `--><script>alert(1)</script><!--`, `<!--`, `]]><script>alert(1)</script>`, `<![CDATA[<script>alert(1)</script>]]>`, `<?xml version="1.0"?>`, `<!DOCTYPE x>`,
	`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, `data:text/html,<script>alert(1)</script>`, `vbscript:msgbox(1)`, `{{7*7}}`, `{{.}}`, `${7*7}`, `#{7*7}`, `<%= 7*7 %>`, `{{constructor.constructor('alert(1)')()}}`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;`, `&#x3C;img src=x onerror=alert(1)&#x3E;`, `%3Cscript%3Ealert(1)%3C/script%3E`, `\u003cscript\u003e`, `\x3cscript\x3e`, "<img src=x\nonerror=alert(1)>", "<\x00script>alert(1)</script>", "\x80<script>", "<scr\u0131pt>", "\uff1cscript\uff1e",
}

// skeleton is a page without its words: the elements and the names of their
// attributes, and where its addresses lead when they lead away or into a script.
func skeleton(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch d.Type {
		case html.CommentNode, html.DoctypeNode:
			b.WriteString("<!" + d.Data[:min(4, len(d.Data))] + ">")
		case html.ElementNode:
			b.WriteString("<" + d.Data)
			for _, a := range d.Attr {
				b.WriteString(" " + a.Key)
				if v := strings.ToLower(strings.TrimSpace(a.Val)); strings.HasPrefix(v, "javascript:") || strings.HasPrefix(v, "data:") || strings.HasPrefix(v, "vbscript:") || strings.HasPrefix(v, "//") {
					if a.Key != "value" && a.Key != "content" {
						b.WriteString("=" + v)
					}
				}
			}
			b.WriteString(">")
		}
	}
	return b.String()
}

// door is a place where a stranger's words come in, and the page they come back
// on. A word that is refused but harmless shows what the page should look like.
type door struct {
	name     string
	harmless string
	ask      func(word string) *reply
}

// T1-19, attack A18: whatever is typed anywhere, the page has the elements and
// attributes that it has for a harmless word, and no more.
func TestNothingTypedBecomesMarkup(t *testing.T) {
	t.Parallel()
	if len(hostile) < 60 || len(sqlish) < 40 {
		t.Fatalf("only %d and %d", len(hostile), len(sqlish))
	}
	h := livedIn(t)
	token, _, err := emptyToken(t)
	if err != nil {
		t.Fatal(err)
	}
	nia, huw, s := h.as("nia"), h.as("huw"), h.did["nia"]
	for _, d := range []door{
		{"number=", "~", func(w string) *reply { return h.visitor().get("/en/verify?number=" + url.QueryEscape(w)) }},
		{"verify by path", "~", func(w string) *reply { return h.visitor().get("/cy/verify/" + url.PathEscape(w)) }},
		{"next=", "~", func(w string) *reply { return h.visitor().get("/en/sign-in?next=" + url.QueryEscape(w)) }},
		{"done=", "~", func(w string) *reply { return nia.get("/en/account?done=" + url.QueryEscape(w)) }},
		{"version=", "~", func(w string) *reply {
			return nia.get("/en/learn/" + courseSlug + "/what-it-is/act-purpose?version=" + url.QueryEscape(w))
		}},
		{"e-mail", "~", func(w string) *reply {
			return h.visitor().post("/en/sign-in", url.Values{"email": {w}, "password": {"x"}, "next": {w}, "pending": {w}})
		}},
		{"name", "~", func(w string) *reply { return huw.post("/cy/account/name", url.Values{"name": {w + "~"}}) }},
		{"everything on the account page", "~", func(w string) *reply {
			return huw.post("/cy/account/name", url.Values{"name": {w}, "old": {w}, "new": {w}, "language": {w}, "switch": {w + "~"}})
		}},
		{"setup", "~", func(w string) *reply {
			w += "~" // which no name may hold
			return token(url.Values{"name": {w}, "email": {w}, "organisation_en": {w}, "organisation_cy": {w}, "kind": {w}, "board_en": {w}, "board_cy": {w}, "job_role": {w}})
		}},
		{"an answer", "~", func(w string) *reply {
			return nia.post(questionPath(i18n.EN, s.open, 2), url.Values{"answer": {w + "~"}, "sure": {w}, "version": {w}, w: {w}})
		}},
		{"course", "~", func(w string) *reply { return nia.get("/en/learn/" + url.PathEscape(w) + "~") }},
		{"section", "~", func(w string) *reply {
			return nia.get("/en/learn/" + courseSlug + "/" + url.PathEscape(w) + "~/" + url.PathEscape(w))
		}},
		{"attempt", "~", func(w string) *reply { return nia.get("/en/attempts/" + url.PathEscape(w) + "~/review") }},
		{"nowhere", "~", func(w string) *reply { return h.visitor().get("/en/x" + url.PathEscape(w) + "~?" + url.QueryEscape(w)) }},
		{"headers", "~", func(w string) *reply {
			w = strings.Map(func(r rune) rune {
				if r < ' ' {
					return -1
				}
				return r
			}, w)
			return h.visitor().get("/en/sign-in", "User-Agent", w, "Referer", w, "Accept-Language", w, "X-Request-Id", w, "X-Forwarded-For", w, "Cookie", "__Host-lang="+w+"; __Host-golau="+w)
		}},
	} {
		plain := d.ask(d.harmless)
		want := skeleton(plain.doc())
		for _, word := range slices.Concat(hostile, sqlish) {
			got := d.ask(word)
			if got.Status != plain.Status {
				t.Errorf("%s: %q answers %d, a harmless word %d", d.name, word, got.Status, plain.Status)
				continue
			}
			if have := skeleton(got.doc()); have != want {
				t.Errorf("%s: %q changes the page\n%s", d.name, word, difference(want, have))
			}
			for name, values := range got.Header {
				if strings.ContainsAny(strings.Join(values, ""), "<>\r\n") {
					t.Errorf("%s: %q stands in the header %s: %q", d.name, word, name, values)
				}
			}
		}
	}
}

// emptyToken opens a house at its first start and returns how to send its form.
func emptyToken(t *testing.T) (send func(url.Values) *reply, h *house, err error) {
	h = emptyHouse(t)
	token, _, err := h.people.SetupToken(t.Context())
	b := h.visitor()
	return func(form url.Values) *reply { return b.post("/cy/setup/"+token, form) }, h, err
}

// difference is where two skeletons part.
func difference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-60)
	return "  … " + a[from:min(len(a), i+80)] + "\n  … " + b[from:min(len(b), i+80)]
}

// T1-19: what somehow came to stand in the database, past every check, is shown
// as words as well: names of people, agencies, boards and councils, on every
// page, the administrator's too, in the public check, in the PDF and in the letter.
func TestNothingStoredBecomesMarkup(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, alun, s := h.as("nia"), h.as("alun"), h.did["nia"]
	certificate := s.certificate
	look := func(words ...string) map[string]string {
		word := strings.Join(words, " ")
		h.write(func(tx store.Tx) error {
			for _, sql := range []string{
				"UPDATE people_persons SET name = ?", "UPDATE people_organisations SET name_en = ?1, name_cy = ?1", "UPDATE people_boards SET name_en = ?1, name_cy = ?1",
				"UPDATE people_councils SET name_en = ?1, name_cy = ?1, day_number = ?1, out_of_hours_number = ?1, checked_on = '9999' || ?1",
			} {
				if err := tx.Exec(sql, word).Error; err != nil {
					return err
				}
			}
			// A certificate keeps the words of its day: so one with these words takes the place of the last.
			old, err := certificates.ByID(tx.Rx, h.id["nia"], certificate)
			if err != nil {
				return err
			}
			award := old.Award
			text := func(i int) i18n.Text {
				return i18n.Text{EN: printable(words[i%len(words)]), CY: printable(words[i%len(words)])}
			}
			award.Board.Name, award.Course.Title, award.Objectives = text(0), text(1), []i18n.Text{text(2), text(3), text(4), text(5)}
			new, err := certificates.Reissue(tx, certificate, award)
			if err != nil {
				return err
			}
			certificate = new.ID
			return again(certificate, h.id["nia"])(tx)
		})
		h.clock.Advance(2 * 60e9) // the councils are kept for a minute
		h.work()
		pages := map[string]string{}
		for _, path := range []string{"/en/learn", "/cy/account", "/en/learn/" + courseSlug, questionPath(i18n.CY, s.open, 1), "/en/attempts/" + s.open + "/review", "/cy/attempts/" + s.final + "/result", "/en/nowhere"} {
			pages[path] = skeleton(b.get(path).doc())
		}
		for _, path := range []string{"/en/admin", "/cy/admin/boards", "/en/admin/boards/board-a", "/cy/admin/agencies", "/en/admin/agency/school-a", "/cy/admin/councils", "/en/admin/councils/council-a",
			"/cy/admin/people", "/en/admin/people/" + h.id["nia"]} {
			pages[path] = skeleton(alun.get(path).want(http.StatusOK).doc())
		}
		list := map[string]bool{} // which gets longer with each: so what kinds of lines it has
		for _, line := range findAll(find(b.get("/cy/certificates").doc(), tag("main")), tag("li")) {
			list[skeleton(line)] = true
		}
		pages["the list"] = strings.Join(slices.Sorted(maps.Keys(list)), "\n")
		pages["the certificate"] = skeleton(b.get("/en/certificates/" + certificate).want(http.StatusOK).doc())
		for _, l := range i18n.Langs {
			check := h.visitor().get("/" + string(l) + "/verify/" + certificate).want(http.StatusOK).has(h.words.T(l, "verify.status_valid"))
			pages["the check in "+string(l)] = skeleton(check.doc())
		}
		sheet := b.get("/cy/certificates/" + certificate + "/pdf").want(http.StatusOK).Body
		pages["the PDF"] = bones(t, sheet)
		if said := drawn(sheet); word == "Enw" && strings.Count(said, word) < 4 {
			t.Errorf("the PDF does not show the words: %s", said)
		}
		sent := h.mail.Sent()
		letter, err := html.Parse(strings.NewReader(sent[len(sent)-1].HTML))
		if err != nil {
			t.Fatal(err)
		}
		pages["the letter"] = skeleton(letter)
		return pages
	}
	want, otherwise := look("Enw"), look("Nguyễn")                      // which the PDF prints otherwise, and the page says so
	for some := range slices.Chunk(slices.Concat(hostile, sqlish), 6) { // several at a time: each change is a flush of the disk
		var words []string
		for _, word := range some {
			words = append(words, strings.NewReplacer("\x00", "", "\x80", "").Replace(word)) // SQLite keeps no such text
		}
		for path, have := range look(words...) {
			if have != want[path] && have != otherwise[path] {
				t.Errorf("%s: the stored names %q change the page\n%s", path, words, difference(want[path], have))
			}
		}
	}
	if b.get("/en/learn").Status != http.StatusOK {
		t.Error("the page broke")
	}
}
