package audit_test

import (
	"errors"
	"strings"
	"testing"

	"golau/internal/audit"
)

// Rows and lines are held to each other, whatever is missing, strange or older
// than prints.
func TestAgree(t *testing.T) {
	const verb = "test.done"
	line := func(print string) audit.Event { return audit.Event{Verb: verb, Print: print} }
	row := func(name string, prints ...string) audit.Row { return audit.Row{Name: name, Prints: prints} }
	for what, c := range map[string]struct {
		lines []audit.Event
		rows  []audit.Row
		older int
		says  string
	}{
		"nothing":                        {},
		"alike":                          {lines: []audit.Event{line("a"), line("b")}, rows: []audit.Row{row("B", "b"), row("A", "a")}},
		"one of two prints":              {lines: []audit.Event{line("a")}, rows: []audit.Row{row("A", "x", "a")}},
		"of another verb":                {lines: []audit.Event{{Verb: "test.other", Print: "z"}, line("a")}, rows: []audit.Row{row("A", "a")}},
		"older than prints":              {lines: []audit.Event{line(""), line("b")}, rows: []audit.Row{row("A", "a"), row("B", "b")}, older: 1},
		"changed":                        {lines: []audit.Event{line("a")}, rows: []audit.Row{row("A", "x")}, says: "A was changed"},
		"changed, beside one that holds": {lines: []audit.Event{line("a"), line("b")}, rows: []audit.Row{row("A", "a"), row("B", "x")}, says: "B was changed"},
		"changed, beside an older one":   {lines: []audit.Event{line(""), line("b")}, rows: []audit.Row{row("A", "a"), row("B", "x")}, says: "or another of its rows, was changed"},
		"gone":                           {lines: []audit.Event{line("a")}, says: "a row is gone"},
		"gone, and older":                {lines: []audit.Event{line("")}, says: "a row is gone"},
		"a line for two":                 {lines: []audit.Event{line("a")}, rows: []audit.Row{row("A", "a"), row("A again", "a")}, says: "knows nothing of A again"},
		"put in":                         {rows: []audit.Row{row("A", "a")}, says: "knows nothing of A"},
	} {
		older, err := audit.Agree(c.lines, verb, c.rows)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) || older != c.older {
			t.Errorf("%s: %d, %v", what, older, err)
		}
	}
}

// No fault hides another, and a thousand of them are no thousand lines.
func TestFaults(t *testing.T) {
	var f audit.Faults
	f.Add(nil)
	if f.Err() != nil {
		t.Error(f.Err())
	}
	for range 57 {
		f.Add(errors.New("a fault"))
	}
	if s := f.Err().Error(); strings.Count(s, "a fault") != 50 || !strings.HasSuffix(s, "and 7 more faults") {
		t.Error(s)
	}
}
