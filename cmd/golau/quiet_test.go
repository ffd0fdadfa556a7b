package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// What is noted nowhere leaves no line in the log and moves no measurement, for
// whoever asks, however they ask, and though they go away before it is there.
func TestQuietRoutesReachNobody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nia, anybody := h.as("nia"), h.visitor()
	requests := func() (lines string) {
		for line := range strings.Lines(h.scrape()) {
			if strings.HasPrefix(line, "golau_request") {
				lines += line
			}
		}
		return lines
	}
	anybody.get("/en").want(http.StatusOK)
	log, counted, quiet := h.log.String(), requests(), 0
	for _, r := range h.routes {
		if !r.Quiet {
			continue
		}
		quiet++
		for _, l := range i18n.Langs {
			path := "/" + string(l) + strings.Replace(r.Path, ":card", "what-to-do-now", 1) + "?council=council-a"
			for _, b := range []*browser{nia, anybody} {
				b.get(path).want(http.StatusOK)
				b.send(http.MethodHead, path, nil)
			}
			gone, leave := context.WithCancel(t.Context())
			leave()
			req := httptest.NewRequestWithContext(gone, http.MethodGet, path, nil)
			req.Host = site
			nia.exchange(req)
		}
	}
	if quiet == 0 {
		t.Error("no way is quiet")
	}
	if since := strings.TrimPrefix(h.log.String(), log); since != "" {
		t.Errorf("the log says\n%s", since)
	}
	if now := requests(); counted == "" || now != counted {
		t.Errorf("the measurements were\n%s\nand are\n%s", counted, now)
	}
	// What fails is said, for somebody must mend it; not where it was.
	log = h.log.String()
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	nia.get("/en/support").want(http.StatusInternalServerError)
	if since := strings.TrimPrefix(h.log.String(), log); !strings.Contains(since, "request failed") || strings.Contains(since, "support") {
		t.Errorf("of a failure the log says\n%s", since)
	}
	anybody.get("/en").want(http.StatusOK)
	if requests() == counted {
		t.Error("nothing is measured at all")
	}
}
