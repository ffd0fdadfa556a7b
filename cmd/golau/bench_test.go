package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"golau/internal/i18n"
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

// What an answer costs, from the request to the disk.
func BenchmarkAnswer(b *testing.B) {
	h := newHouse(b, func(w *wiring) { w.log = slog.New(slog.DiscardHandler) })
	huw := h.as("huw")
	huw.readModule(i18n.EN, "what-it-is")
	path := questionPath(i18n.EN, huw.begin(checkPath("what-it-is")), 1)
	sure := []string{"sure", "fairly"}
	b.ReportAllocs()
	for version := 0; b.Loop(); version++ {
		form := url.Values{"version": {strconv.Itoa(version)}, "sure": {sure[version%2]}}
		r := httptest.NewRequest(http.MethodPost, "https://"+site+path, strings.NewReader(form.Encode()))
		r.AddCookie(&http.Cookie{Name: "__Host-golau", Value: h.session["huw"]})
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "application/json")
		w := httptest.NewRecorder()
		if h.handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatal(w.Code, w.Body)
		}
	}
}
