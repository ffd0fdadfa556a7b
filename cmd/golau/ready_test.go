package main

import (
	"net/http"
	"testing"
	"time"
)

// Whoever balances load asks /readyz: a worker that stands still and a database
// that does not answer are each a no, and what serves beside them goes on.
func TestReadyzAsksBoth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	balancer := h.visitor()
	balancer.get("/readyz").want(http.StatusOK)
	h.clock.Advance(time.Hour)
	balancer.get("/readyz").want(http.StatusServiceUnavailable)
	h.work()
	balancer.get("/readyz").want(http.StatusOK)
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	balancer.get("/readyz").want(http.StatusServiceUnavailable)
	balancer.get("/healthz").want(http.StatusOK)
}
