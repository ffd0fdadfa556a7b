package main

import (
	"os"
	"strings"
	"testing"

	"golau/modules"
	"golau/quiz"
)

// docs/course.md says of the content what is so.
func TestTheReportIsKept(t *testing.T) {
	t.Parallel()
	lib, _, err := modules.Load(modules.Content())
	if err != nil {
		t.Fatal(err)
	}
	banks, _, err := quiz.Load(quiz.Content())
	if err != nil {
		t.Fatal(err)
	}
	var is strings.Builder
	reportCourse(&is, lib, banks)
	kept, err := os.ReadFile("../../docs/course.md")
	if err != nil {
		t.Fatal(err)
	}
	if is.String() != string(kept) {
		t.Error("docs/course.md is not what the course consists of: go run ./cmd/golau check --report > docs/course.md")
	}
}
