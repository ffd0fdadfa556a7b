package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/mail"
	"golau/internal/mail/mailtest"
)

// The new leads of these journeys: one works in English with scripts, one in
// Welsh without.
var newLeads = map[string]string{"en": "mair@glannau.example", "cy": "eurgain@glannau.example"}

// TestLeadJourney has a real browser be a new training lead: from the invitation to
// a first assignment, by keyboard alone, in each language; then somebody moves to
// another team, and whoever is overdue is reminded. The clock moves only when the
// journey says so, so that reminders find working days.
func TestLeadJourney(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes minutes")
	}
	node := browserNeeds(t)
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	letters := mailtest.New(t)
	sender, err := mail.NewSMTP("smtp://"+letters.Addr()+"?from=golau@golau.example", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	before := newHouse(t)
	alun := before.as("alun")
	for lang, email := range newLeads {
		alun.press(alun.get("/en/admin/invitations/new").want(http.StatusOK), "invite", "", "email", email, "name", "Mair Eleri", "place", "school-a/board-a",
			"role", "lead", "job_role", "health", "language", lang, "proof", before.spare("alun")).want(http.StatusSeeOther)
	}
	before.closeNow()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := strings.Replace("http://"+l.Addr().String(), "127.0.0.1", "localhost", 1)
	h := open(t, before.dir, func(w *wiring) {
		w.site = siteFlags{Addr: l.Addr().String(), BaseURL: base, ExitURL: "https://www.bbc.co.uk/weather"}
		w.sender = sender
	})
	s := httptest.NewUnstartedServer(nil)
	s.Listener.Close()
	s.Listener, s.Config = l, web.NewServer(h.handler)
	s.Start()
	t.Cleanup(s.Close)
	drive(t, ctx, node, "lead", "GOLAU_LOOKED="+t.TempDir(), "GOLAU_BASE="+base, "GOLAU_LETTERS="+readable(t, letters), "GOLAU_CLOCK="+h.turned(t), "GOLAU_PASSWORD="+password)
	if n := h.count("course_assignments WHERE ended_at IS NOT NULL AND position_id IN (SELECT id FROM people_positions WHERE person_id = ?)", before.id["huw"]); n != 1 {
		t.Errorf("of what was asked of whoever moved, %d are kept as ended", n)
	}
}

// turned serves the clock of a house: asked, it lets some hours pass, has the
// program do what waits, and says what time it is, in milliseconds.
func (h *house) turned(t *testing.T) (url string) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		minutes, err := strconv.Atoi(r.FormValue("minutes"))
		h.clock.Advance(time.Duration(minutes) * time.Minute)
		err = errors.Join(err, h.school.Settle(r.Context()))
		for n := 1; err == nil && n > 0; {
			n, err = h.worker.Once(r.Context())
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(h.clock.Now().UnixMilli())
	}))
	t.Cleanup(s.Close)
	return s.URL
}
