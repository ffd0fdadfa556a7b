package main

import (
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"golau/internal/people"
	"golau/internal/store"
)

// How long each door takes to answer, and by how much that differs between an
// address that has an account and one that has none, or one that opens nothing:
// the medians, asked by turns. What a test may count is counted elsewhere.
//
//	go test ./cmd/golau -run '^$' -bench Doors -benchtime 200x
func BenchmarkDoors(b *testing.B) {
	h := newHouse(b, realHashing, func(w *wiring) { w.log = slog.New(slog.DiscardHandler) })
	hash, err := people.Argon2id{}.Hash(password)
	if err != nil {
		b.Fatal(err)
	}
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE people_persons SET password_hash = ? WHERE password_hash <> ''", hash).Error
	})
	kinds := []string{"known", "unknown", "suspended", "two-steps"}
	address := map[string]string{"known": folk["huw"].email, "unknown": "nobody@shared.example", "suspended": folk["carys"].email, "two-steps": folk["lowri"].email}
	for door, field := range map[string]string{"/en/sign-in": "not the password", "/en/sign-in/letter": "", "/en/password": "", "/en/join": ""} {
		b.Run(door[len("/en/"):], func(b *testing.B) {
			took := map[string][]time.Duration{}
			for n := range b.N {
				h.clock.Advance(25 * time.Hour) // beyond every limit
				for i := range kinds {
					kind := kinds[(i+n)%len(kinds)]
					form := url.Values{"email": {address[kind]}}
					if field != "" {
						form.Set("password", field)
					}
					visitor := h.visitor()
					began := time.Now()
					r := visitor.post(door, form)
					took[kind] = append(took[kind], time.Since(began))
					if r.Status == http.StatusTooManyRequests {
						b.Fatal("there is a limit still")
					}
				}
				h.work()
			}
			for _, kind := range kinds {
				slices.Sort(took[kind])
				b.ReportMetric(float64(took[kind][len(took[kind])/2].Microseconds())/1000, kind+"-ms")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}
