package main

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	commented   = regexp.MustCompile(`((?:(?m:^)//[^\n]*\n)+)func ((?:Test|Fuzz)\w+)\(`)
	proofNumber = regexp.MustCompile(`\b(?:T[123]-\d\d|A\d{1,2})\b`)
	testName    = regexp.MustCompile("`((?:Test|Fuzz)\\w+)`")
)

// Whoever assesses the program finds by its number which tests prove a thing: the
// table of docs/proofs.md and the comments of the tests say the same.
func TestNumbersLeadToTests(t *testing.T) {
	t.Parallel()
	proofs, err := os.ReadFile("../../docs/proofs.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(proofs), "\n## By number\n")
	if !found {
		t.Fatal("docs/proofs.md has no table by number")
	}
	told := map[string][]string{}
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		if len(cells) < 4 || !proofNumber.MatchString(cells[1]) {
			continue
		}
		for _, m := range testName.FindAllStringSubmatch(cells[3], -1) {
			id := strings.TrimSpace(cells[1])
			told[id] = append(told[id], m[1])
		}
	}
	tests := map[string][]string{}
	for path, code := range sources(t, "_test.go") {
		if strings.HasSuffix(path, "proofs_test.go") {
			continue
		}
		for _, m := range commented.FindAllStringSubmatch(code, -1) {
			for _, id := range proofNumber.FindAllString(m[1], -1) {
				if !slices.Contains(tests[id], m[2]) {
					tests[id] = append(tests[id], m[2])
				}
			}
		}
	}
	if len(tests) < 40 {
		t.Fatalf("only %d numbers stand above tests", len(tests))
	}
	for _, id := range slices.Sorted(maps.Keys(tests)) {
		slices.Sort(tests[id])
		slices.Sort(told[id])
		if !slices.Equal(tests[id], told[id]) {
			t.Errorf("%s: the tests are %s, docs/proofs.md tells of %s", id, tests[id], told[id])
		}
	}
	for id := range told {
		if tests[id] == nil {
			t.Errorf("docs/proofs.md tells of %s, and no test does", id)
		}
	}
}
