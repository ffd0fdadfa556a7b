package web

import (
	"net/http"
	"time"
)

// longRead is how long a form with more room than others may take to come whole.
// Only those who may send it have that long (see door).
const longRead = 25 * time.Second

// NewServer returns a server that slow or greedy clients cannot hold up: Go's
// own has no time limit at all. Whoever is slow is sent away within ten seconds:
// nine for all of a request, since parting takes up to one more. The largest
// form, 64 KiB, needs 60 kilobits a second then.
func NewServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       9 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
}
