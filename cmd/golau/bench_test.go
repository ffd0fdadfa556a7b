package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
)

// nowhere takes a page and keeps nothing of it.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (n nowhere) WriteHeader(int)             {}

// What a lesson costs its server, without the network.
func BenchmarkLesson(b *testing.B) {
	h := newHouse(b, func(w *wiring) { w.log = slog.New(slog.DiscardHandler) })
	m, _ := h.school.Library().Module("what-it-is")
	r := httptest.NewRequest(http.MethodGet, "https://"+site+"/en/learn/"+courseSlug+"/what-it-is/"+m.Sections[0].ID, nil)
	r.AddCookie(&http.Cookie{Name: "__Host-golau", Value: h.session["huw"]})
	b.ReportAllocs()
	for b.Loop() {
		h.handler.ServeHTTP(nowhere{http.Header{}}, r)
	}
}
