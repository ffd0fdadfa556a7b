package main

import (
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
	for _, f := range slices.Concat(m.asked, needs(m.lib, m.banks)) {
		a.Found = append(a.Found, learner.Note{File: f.File, Text: f.String(), Warning: f.Warning})
	}
	return a
}
