package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// scrape reads the measurements as whoever monitors does.
func (h *house) scrape() string {
	h.t.Helper()
	rec := httptest.NewRecorder()
	h.meter.Handler(siteFlags{}.logger(h.log)).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if rec.Code != http.StatusOK {
		h.t.Fatalf("%d: %s", rec.Code, rec.Body)
	}
	return rec.Body.String()
}

// Whoever monitors learns how much, how fast and how old, and of nobody: labels
// hold patterns and classes, whatever was asked for.
func TestMeasurementsTellOnNobody(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, s := h.as("nia"), h.did["nia"]
	b.get("/en/certificates/" + s.certificate).want(http.StatusOK)
	b.get(questionPath(i18n.EN, s.open, 1)).want(http.StatusOK)
	b.get("/en/nia@shared.example/Rhydderch").want(http.StatusNotFound)
	b.get("/en?name=Rhydderch").want(http.StatusOK)
	b.send("RHYDDERCH", "/en", nil)
	b.get("/en", "Host", "rhydderch.example").want(http.StatusMisdirectedRequest)
	h.visitor().post("/en/sign-in", url.Values{"email": {"nia@shared.example"}, "password": {"wrong"}}).want(http.StatusUnprocessableEntity)
	text := h.scrape()
	for _, secret := range []string{"hydderch", "RHYDDERCH", "shared.example", s.certificate, s.open, h.id["nia"], b.token(), "127.0.0.1", h.dir} {
		if strings.Contains(text, secret) {
			t.Errorf("the measurements hold %q", secret)
		}
	}
	label := regexp.MustCompile(`(\w+)="([^"]*)"`)
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "golau_") {
			continue
		}
		for _, m := range label.FindAllStringSubmatch(line, -1) {
			switch m[1] {
			case "class", "le", "version":
			case "route":
				if m[2] != "other" && !h.isPattern(m[2]) {
					t.Errorf("a route that is no pattern: %s", line)
				}
			default:
				t.Errorf("a label of its own: %s", line)
			}
		}
	}
	for _, want := range []string{`golau_requests_total{class="2xx",route="/en/certificates/:certificate"} 1`, `golau_requests_total{class="4xx",route="other"}`,
		`golau_request_seconds_count{route="/en/sign-in"}`, "golau_writes_total ", "golau_commits_total ", "golau_outbox_waiting 0", "golau_outbox_failed 0",
		"golau_outbox_oldest_seconds 0", "golau_sessions ", "golau_worker_ok 1", "golau_backup_ok 1", "golau_disk_free_bytes ", "go_goroutines ", `golau_info{version="` + version} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%.4000s", want, text)
		}
	}
	if strings.Contains(text, "golau_backup_age_seconds ") {
		t.Error("there is no backup, and it has an age")
	}
}

func (h *house) isPattern(route string) bool {
	for _, r := range h.routes {
		path := strings.TrimSuffix(r.Path, "/")
		if r.Path == route || r.Page && (route == "/en"+path || route == "/cy"+path) {
			return true
		}
	}
	return false
}

// A mail that waits, a night's backup, and its age are seen.
func TestMeasurementsFollow(t *testing.T) {
	t.Parallel()
	h := livedIn(t, func(w *wiring) { w.run = runFlags{BackupKeep: 3} })
	h.write(again(h.did["nia"].certificate, h.id["nia"]))
	h.nightly.Tick(t.Context())
	if state := h.nightly.State(); state.Kept != 1 || filepath.Dir(state.File) != filepath.Join(h.dir, "backups") {
		t.Fatalf("%+v\n%s", state, h.log)
	}
	h.clock.Advance(90e9)
	text := h.scrape()
	for _, want := range []string{"golau_outbox_waiting 1", "golau_outbox_oldest_seconds 90", "golau_backup_age_seconds 90"} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("no %s in\n%.4000s", want, text)
		}
	}
}

// The site itself never shows them, and other machines see them only where that
// is said.
func TestMeasurementsAreApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.visitor().get("/metrics").want(http.StatusNotFound)
	for addr, says := range map[string]string{"0.0.0.0:9090": "GOLAU_METRICS_OPEN", ":9090": "GOLAU_METRICS_OPEN", "10.0.0.1:9090": "GOLAU_METRICS_OPEN", "9090": "must look like"} {
		if code, _, errs := golau(t, "config", "--metrics-addr", addr); code != exitNo || !strings.Contains(errs, says) {
			t.Errorf("%s: %d %s", addr, code, errs)
		}
	}
	for _, args := range [][]string{{"--metrics-addr", "127.0.0.1:9090"}, {"--metrics-addr", "[::1]:9090"}, {"--metrics-addr", "10.0.0.1:9090", "--metrics-open"}} {
		if code, _, errs := golau(t, append([]string{"config"}, args...)...); code != exitDone {
			t.Errorf("%v: %s", args, errs)
		}
	}
}
