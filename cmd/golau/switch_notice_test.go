package main

import (
	"net/http"
	"strings"
	"testing"
)

// What a page says of the page before it is said in the other language too, by
// the link and by the button of pages with a form.
func TestTheLanguageLinkKeepsTheNotice(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	attempt := h.did["nia"].open
	for _, c := range []struct{ who, path, key string }{
		{"alun", "/admin/people?done=erased", "admin.done.erased"},
		{"alun", "/admin/people/" + h.id["huw"] + "?done=email_changed", "admin.done.email_changed"},
		{"alun", "/admin/boards?done=board_added", "admin.done.board_added"},
		{"alun", "/admin/invitations?done=withdrawn", "admin.done.withdrawn"},
		{"huw", "/account?done=name", "account.done_name"},
		{"huw", "/account/security?done=session", "second.done_session"},
		{"nia", "/attempts/" + attempt + "/questions/3?open=2", ""},
	} {
		b := h.as(c.who)
		page := b.get("/en" + c.path).want(http.StatusOK)
		if c.key != "" && h.words.Has(c.key) {
			page.has(h.words.T("en", c.key))
		}
		to := "/cy" + c.path
		var welsh *reply
		if link := find(page.doc(), both(tag("a"), with("rel", "alternate"))); link != nil {
			if welsh = b.get(attr(link, "href")); welsh.Status == http.StatusSeeOther {
				welsh.leads(to)
				welsh = b.get(to)
			}
		} else {
			button := find(page.doc(), with("name", "switch"))
			if got := attr(button, "formaction"); !strings.Contains(got, c.path[strings.Index(c.path, "?"):]) {
				t.Errorf("%s: the button leads to %s", c.path, got)
			}
			welsh = b.press(page, attr(button, "form"), "switch=cy")
			if welsh.Status == http.StatusSeeOther {
				if got := welsh.Header.Get("Location"); got != to {
					t.Errorf("%s: leads to %s", c.path, got)
				}
				welsh = b.get(to)
			}
		}
		if welsh.want(http.StatusOK); c.key != "" && h.words.Has(c.key) {
			welsh.has(h.words.T("cy", c.key))
		}
	}
}
