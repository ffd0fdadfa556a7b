package main

import (
	"io/fs"
	"slices"

	"golau/internal/i18n"
	"golau/modules"
	"golau/quiz"
	"golau/static"
)

// heldTo is what golau check finds beside what would stop a start: words that are
// not used, pictures that are not there, practice that is not listed as such.
func heldTo(texts, questions fs.FS, lib *modules.Library, banks *quiz.Banks) ([]modules.Finding, error) {
	words, err := modules.CheckWords(texts, questions)
	if err != nil {
		return nil, err
	}
	look, err := static.Open(nil)
	if err != nil {
		return nil, err
	}
	said, err := i18n.Load(i18n.Messages())
	if err != nil {
		return nil, err
	}
	drawn := func(name string) bool { _, ok := look.Illustration(name); return ok }
	described := func(name string) bool { return said.Has("scene." + name) }
	return slices.Concat(words, modules.CheckPictures(texts, lib, drawn, described), modules.CheckPractice(texts, lib, factsOf(banks))), nil
}

// factsOf lists the facts on which the questions about each module rest.
func factsOf(banks *quiz.Banks) func(module string) []string {
	of := map[string][]string{}
	for _, id := range banks.IDs() {
		for _, l := range banks.Bank(id).Links() {
			of[l.Module] = append(of[l.Module], l.Facts...)
		}
	}
	return func(module string) []string { return of[module] }
}
