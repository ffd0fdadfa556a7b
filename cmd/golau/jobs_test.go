package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// A job that nobody handles is a letter that never comes: every kind that a
// room puts into the outbox has its handler in the wired program.
func TestEveryJobIsHandled(t *testing.T) {
	wired, err := os.ReadFile("build.go")
	if err != nil {
		t.Fatal(err)
	}
	puts := regexp.MustCompile(`outbox\.Put\(\w+, (?:\w+\.)?(\w+),`)
	each := regexp.MustCompile(`outbox\.Put\(`)
	found := 0
	for file, code := range sources(t, ".go") {
		named := puts.FindAllStringSubmatch(code, -1)
		if len(named) != len(each.FindAllString(code, -1)) {
			t.Errorf("%s puts a job whose kind has no name", file)
		}
		for _, m := range named {
			found++
			if !strings.Contains(string(wired), "."+m[1]+":") {
				t.Errorf("%s puts jobs of the kind %s, and nobody handles them", file, m[1])
			}
		}
	}
	if found < 7 {
		t.Errorf("only %d jobs found", found)
	}
}
