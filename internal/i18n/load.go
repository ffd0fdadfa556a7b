package i18n

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"golau/internal/yamlfile"
)

// Plural categories (CLDR) that a message with a count must have.
var pluralForms = map[Lang][]string{
	EN: {"one", "other"},
	CY: {"zero", "one", "two", "few", "many", "other"},
}

var placeholder = regexp.MustCompile(`\{\{\s*\.([A-Za-z][A-Za-z0-9]*)\s*\}\}`)

// entry is one message in one language: its forms by plural category. A message
// without a count has the form "other" alone.
type entry struct {
	file   string
	forms  map[string]string
	plural bool
}

func (e entry) isPlain() bool { return !e.plural && !strings.Contains(e.forms["other"], "{{") }

// Load reads en.yaml and cy.yaml and every rooms/*.{en,cy}.yaml in fsys and
// returns the catalogue. It fails, naming every fault, when a key stands twice,
// a key or a placeholder is missing in either language, or a plural form is
// missing: a program that could say only half a sentence does not start.
func Load(fsys fs.FS) (*Catalogue, error) {
	entries := map[Lang]map[string]entry{}
	var faults []error
	for _, l := range Langs {
		entries[l] = map[string]entry{}
		files, err := messageFiles(fsys, l)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			faults = append(faults, readMessages(fsys, file, entries[l])...)
		}
	}
	faults = append(faults, checkEntries(entries)...)
	if len(faults) > 0 {
		sort.Slice(faults, func(i, j int) bool { return faults[i].Error() < faults[j].Error() })
		return nil, errors.Join(faults...)
	}
	return newCatalogue(entries)
}

// messageFiles lists the files of one language.
func messageFiles(fsys fs.FS, l Lang) ([]string, error) {
	files, err := fs.Glob(fsys, "rooms/*."+string(l)+".yaml")
	if err != nil {
		return nil, err
	}
	main := string(l) + ".yaml"
	if _, err := fs.Stat(fsys, main); err == nil {
		files = append(files, main)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no message files for %s", l)
	}
	return files, nil
}

// readMessages adds the messages of one file to into.
func readMessages(fsys fs.FS, file string, into map[string]entry) []error {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return []error{err}
	}
	var messages map[string]any
	if err := yamlfile.Decode(raw, &messages); err != nil {
		return []error{fmt.Errorf("%s: %w", file, err)}
	}
	var faults []error
	for key, value := range messages {
		e, err := newEntry(file, value)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %s: %w", file, key, err))
			continue
		}
		if before, twice := into[key]; twice {
			faults = append(faults, fmt.Errorf("%s: %s stands already in %s", file, key, before.file))
			continue
		}
		into[key] = e
	}
	return faults
}

func newEntry(file string, value any) (entry, error) {
	e := entry{file: path.Clean(file), forms: map[string]string{}}
	switch v := value.(type) {
	case string:
		e.forms["other"] = v
	case map[string]any:
		e.plural = true
		for form, text := range v {
			s, ok := text.(string)
			if !ok {
				return e, fmt.Errorf("form %q is not text (put it in quotes)", form)
			}
			e.forms[form] = s
		}
	default:
		return e, errors.New("is not text (put it in quotes) and not a set of plural forms")
	}
	for form, text := range e.forms {
		if strings.TrimSpace(text) == "" {
			return e, fmt.Errorf("form %q is empty", form)
		}
		// A message is a sentence with gaps, not a program: {{if}} would hide words
		// from the comparison of the two languages.
		if strings.Contains(placeholder.ReplaceAllString(text, ""), "{{") {
			return e, fmt.Errorf("form %q has a placeholder that is not of the shape {{.Name}}", form)
		}
	}
	return e, nil
}

// checkEntries compares the two languages and the plural forms.
func checkEntries(entries map[Lang]map[string]entry) []error {
	var faults []error
	for _, l := range Langs {
		for key, e := range entries[l] {
			faults = append(faults, checkForms(l, key, e)...)
			other, ok := entries[l.Other()][key]
			switch {
			case !ok:
				faults = append(faults, fmt.Errorf("%s: %s has no words in %s", e.file, key, l.Other()))
			case l == EN && e.plural != other.plural:
				faults = append(faults, fmt.Errorf("%s: %s has plural forms in one language only", e.file, key))
			case l == EN && !slices.Equal(e.placeholders(), other.placeholders()):
				faults = append(faults, fmt.Errorf("%s: %s has the placeholders %v in en and %v in cy",
					e.file, key, e.placeholders(), other.placeholders()))
			}
		}
	}
	return faults
}

func checkForms(l Lang, key string, e entry) []error {
	if !e.plural {
		return nil
	}
	var faults []error
	for _, form := range pluralForms[l] {
		text, ok := e.forms[form]
		if !ok {
			faults = append(faults, fmt.Errorf("%s: %s lacks the plural form %q", e.file, key, form))
			continue
		}
		if got := names(text); !slices.Equal(got, e.placeholders()) {
			faults = append(faults, fmt.Errorf("%s: %s: form %q has the placeholders %v, the message has %v",
				e.file, key, form, got, e.placeholders()))
		}
	}
	for form := range e.forms {
		if !slices.Contains(pluralForms[l], form) {
			faults = append(faults, fmt.Errorf("%s: %s has the form %q, which %s does not use", e.file, key, form, l))
		}
	}
	return faults
}

// placeholders returns the names used in any form, sorted, without Count: "one
// module" and "dau fodiwl" say the number in words.
func (e entry) placeholders() []string {
	var all []string
	for _, text := range e.forms {
		all = append(all, names(text)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func names(text string) []string {
	var found []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if m[1] != "Count" {
			found = append(found, m[1])
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
