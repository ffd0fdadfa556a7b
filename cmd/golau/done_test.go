package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
)

// What was done is said after it was done, not where a link from elsewhere says so.
func TestALinkFromElsewhereSaysNothingWasDone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, l := range i18n.Langs {
		path, said := "/"+string(l)+"/account?done=password", h.words.T(l, "account.done_password")
		for _, from := range []string{"none", "cross-site", "same-site"} {
			h.as("nia").get(path, "Sec-Fetch-Site", from).want(http.StatusOK).lacks(said)
		}
		h.as("nia").get(path, "Sec-Fetch-Site", "same-origin").want(http.StatusOK).has(said)
	}
}
