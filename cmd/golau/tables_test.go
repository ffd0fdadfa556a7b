package main

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"testing"

	"golau/internal/store"
)

// tables is a fingerprint of every table's rows.
func (h *house) tables() map[string]string {
	h.t.Helper()
	return fingerprints(h.t, h.db.Read(h.t.Context()))
}

// fingerprints is tables for whatever rx sees.
func fingerprints(t testing.TB, rx store.Rx) map[string]string {
	t.Helper()
	var names []string
	if err := rx.Raw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").Scan(&names).Error; err != nil {
		t.Fatal(err)
	}
	if len(names) < 20 {
		t.Fatalf("only %d tables: %v", len(names), names)
	}
	prints := map[string]string{}
	for _, name := range names {
		var rows []map[string]any
		if err := rx.Raw("SELECT * FROM " + name).Scan(&rows).Error; err != nil {
			t.Fatal(err)
		}
		lines := make([]string, len(rows))
		for i, row := range rows {
			for _, column := range slices.Sorted(maps.Keys(row)) {
				lines[i] += fmt.Sprintf("%s=%v\x00", column, row[column])
			}
		}
		slices.Sort(lines)
		prints[name] = fmt.Sprintf("%d rows, %x", len(rows), sha256.Sum256([]byte(fmt.Sprint(lines))))
	}
	return prints
}

// unchanged fails the test when a row of any table is not what it was.
func (h *house) unchanged(before map[string]string) {
	h.t.Helper()
	now := h.tables()
	for name, print := range before {
		if now[name] != print {
			h.t.Errorf("table %s changed: %s, before %s", name, now[name], print)
		}
	}
}
