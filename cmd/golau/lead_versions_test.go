package main

import (
	"net/http"
	"net/url"
	"testing"

	"golau/internal/i18n"
)

// Two windows with one person: what the first changed, the second does not overwrite
// unseen; nothing typed is lost, and pressing once more does it.
func TestAPersonIsNotOverwrittenUnseen(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, at := h.as("lowri"), "/en/lead/people/"+h.position("huw")
	seen := attr(find(lowri.get(at).want(http.StatusOK).doc(), with("name", "version")), "value")
	first := url.Values{"job_role": {"health"}, "staff_number": {"777"}, "version": {seen}}
	lowri.post(at, first).leads(at + "?done=changed")
	second := url.Values{"job_role": {"education"}, "group": {"E"}, "version": {seen}}
	stale := lowri.post(at, second).want(http.StatusConflict).has(h.words.T(i18n.EN, "people.position.other_version"))
	sound(t, "a person who was changed meanwhile", stale)
	if n := h.count("people_positions WHERE id = ? AND staff_number = '777' AND job_role = 'health'", h.position("huw")); n != 1 {
		t.Error("what the first window said is gone")
	}
	second.Set("version", attr(find(stale.doc(), with("name", "version")), "value"))
	lowri.post(at, second).leads(at + "?done=changed")
}
