package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
)

// Who went away before the answer was ready is no fault of ours: no 500, and
// nothing in the log that wakes anybody.
func TestAClientThatWentAwayIsNoFault(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withRoutes(
		web.Get("/gone", web.Public, func(c *web.Context, _ people.Viewer) error {
			ctx, leave := context.WithCancel(c.Request().Context())
			leave()
			c.SetRequest(c.Request().WithContext(ctx))
			_, err := h.school.Overview(ctx, people.Viewer{Person: h.cast.id["huw"]}, courseSlug)
			return err
		}),
		web.Get("/ours", web.Public, func(*web.Context, people.Viewer) error { return context.Canceled }),
	)
	ask := func(path string) int {
		w := httptest.NewRecorder()
		h.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "https://"+site+"/"+string(i18n.EN)+path, nil))
		return w.Code
	}
	if status := ask("/gone"); status != 499 || strings.Contains(h.log.String(), "request failed") || !strings.Contains(h.log.String(), "client went away") {
		t.Errorf("%d\n%s", status, h.log)
	}
	// Something of ours that was given up is one, as long as somebody waits.
	if status := ask("/ours"); status != http.StatusInternalServerError || !strings.Contains(h.log.String(), "request failed") {
		t.Errorf("%d\n%s", status, h.log)
	}
}
