package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golau/cmd/golau/internal/web/learner"
	"golau/modules"
)

// author is what golau check says of the content, for the pages of serve --dev.
func (m *material) author() *learner.Author {
	a := &learner.Author{Questions: func(module string) int {
		if b := m.banks.Bank(module); b != nil {
			return b.Len()
		}
		return 0
	}}
	for _, f := range slices.Concat(m.found, modules.CheckTested(m.lib, objectivesOf(m.banks))) {
		a.Found = append(a.Found, learner.Note{File: f.File, Text: f.String(), Warning: f.Warning})
	}
	for _, f := range slices.Concat(m.asked, needs(m.lib, m.banks, m.asked)) {
		a.Found = append(a.Found, learner.Note{File: f.File, Text: f.String(), Warning: f.Warning})
	}
	return a
}

// inCheckout says what to do where the source is not that --dev reads.
func inCheckout() error {
	for _, name := range []string{"modules/content", "quiz/bank", "internal/i18n/messages", "cmd/golau/internal/web", "static"} {
		if _, err := os.Stat(filepath.FromSlash(name)); err == nil {
			continue
		}
		here, err := os.Getwd()
		return errors.Join(err, fmt.Errorf("--dev reads the source at each request, and there is no %s in %s: run it in the folder of the checkout, where go.mod lies, or leave out --dev and show lessons from a folder with --content DIR", name, here))
	}
	return nil
}

// mostTold is how many faults are told at once: the first are often the cause of
// the others.
const mostTold = 12

// toAuthors says what to mend, where faults of the content are why the site does
// not start: what failed because of them names neither file nor line.
func (c *serveCmd) toAuthors(s *streams, read func() (*material, error), failed error) error {
	m, err := read()
	if !c.Dev || err != nil {
		return failed
	}
	told := map[string]bool{}
	for _, f := range m.author().Found {
		if f.Warning || told[f.Text] {
			continue
		}
		if told[f.Text] = true; len(told) <= mostTold {
			fmt.Fprintln(s.err, f.Text)
		}
	}
	switch {
	case len(told) == 0:
		return failed
	case len(told) > mostTold:
		fmt.Fprintf(s.err, "and %d more\n", len(told)-mostTold)
	}
	return fmt.Errorf("the content has faults that keep the site from starting: mend what stands above, and start again (%w)", failed)
}
