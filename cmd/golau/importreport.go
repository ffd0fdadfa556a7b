package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

// report says what a list would do or did, in the words of the page.
func report(w io.Writer, words *i18n.Catalogue, l i18n.Lang, fed people.Fed) {
	say := func(key string, args ...any) { fmt.Fprintln(w, words.T(l, key, args...)) }
	column := func(c people.Column) string {
		return words.T(l, people.ColumnKey(c))
	}
	columns := func(cs []people.Column) string {
		names := make([]string, len(cs))
		for i, c := range cs {
			names[i] = column(c)
		}
		return strings.Join(names, ", ")
	}
	p := fed.Plan
	if len(p.Headings.Missing) > 0 {
		say("lead.import.missing_columns", "Columns", columns(p.Headings.Missing))
	}
	if len(p.Headings.Twice) > 0 {
		say("lead.import.twice_columns", "Columns", columns(p.Headings.Twice))
	}
	if len(p.Headings.Unknown) > 0 {
		say("lead.import.unknown_columns", "Columns", strings.Join(p.Headings.Unknown, ", "))
	}
	if !p.Headings.Fit() {
		return
	}
	say("lead.import.n_new", "Count", len(p.New))
	say("lead.import.n_changed", "Count", len(p.Changed))
	say("lead.import.n_unchanged", "Count", p.Unchanged)
	say("lead.import.n_missing", "Count", len(p.Missing)+len(p.Staying))
	say("lead.import.n_faults", "Count", len(p.Faults))
	for _, f := range slices.Concat(p.Faults, p.Notes) {
		fmt.Fprintf(w, "%s %d, %s: %s (%s)\n", words.T(l, "lead.import.row"), f.Row, column(f.Column), words.T(l, f.Key, "MaxName", 100), f.Typed)
	}
	if !fed.Begun {
		return
	}
	say("lead.import.done_title")
	for _, c := range fed.Counts {
		fmt.Fprintf(w, "%s: %d\n", words.T(l, "lead.import.verb."+c.Verb), c.Did())
	}
	if n := fed.Started.Uninvited; n > 0 {
		say("lead.import.n_uninvited", "Count", n)
	}
	if n := fed.Started.Stayed; n > 0 {
		say("lead.import.n_stayed", "Count", n)
	}
}

// fileTrouble says what is wrong with a file as a whole.
func fileTrouble(words *i18n.Catalogue, l i18n.Lang, err error) (texts []string) {
	p, ok := problem.As(err)
	if !ok || p.Kind == problem.Internal || p.Kind == problem.Unavailable {
		return []string{err.Error()}
	}
	for _, field := range slices.Sorted(maps.Keys(p.Fields)) {
		texts = append(texts, words.TArgs(l, p.Fields[field], p.Args))
	}
	if len(texts) == 0 {
		texts = []string{words.TArgs(l, p.Key, p.Args)}
	}
	return texts
}
