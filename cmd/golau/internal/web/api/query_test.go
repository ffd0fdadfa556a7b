package api

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/course"
	"golau/internal/store"
)

// A cursor leads back to the place that it was made of, and what is none is said
// to be none.
func TestACursorIsAPlace(t *testing.T) {
	at := store.At(time.Date(2026, 11, 23, 9, 0, 0, 123000, time.UTC))
	want := course.AchievedPlace{At: at, Position: strings.Repeat("0", 26), Enrolment: strings.Repeat("1", 26)}
	q := read(url.Values{"cursor": {cursor(&want)}}, "cursor")
	if got := q.place(); got != want || q.err() != nil {
		t.Errorf("%+v, not %+v: %v", got, want, q.err())
	}
	if cursor(nil) != "" {
		t.Error("behind the last there is something")
	}
	for _, s := range []string{"", "x", "MQ", cursor(&want) + "=", cursor(&course.AchievedPlace{At: at, Position: "x", Enrolment: want.Enrolment})} {
		q := read(url.Values{"cursor": {s}}, "cursor")
		if q.place(); q.err() == nil {
			t.Errorf("%q is a cursor", s)
		}
	}
}

// Days begin in London, and moments are taken in any zone.
func TestSince(t *testing.T) {
	for s, want := range map[string]string{"2026-07-01": "2026-06-30T23:00:00Z", "2026-11-23": "2026-11-23T00:00:00Z", "2026-07-01T00:00:00+01:00": "2026-06-30T23:00:00Z",
		"2026-11-23T09:00:00Z": "2026-11-23T09:00:00Z", "yesterday": "", "0001-01-01T00:00:00Z": "", "2026-13-01": "", "": ""} {
		q := read(url.Values{"since": {s}}, "since")
		at := q.since()
		if (q.err() == nil) != (want != "") || want != "" && at.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q is %s, %v", s, at, q.err())
		}
	}
}
