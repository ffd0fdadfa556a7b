package modules

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"path"
	"strings"

	"golau/modules/exercise"
)

// Exercise returns the exercise with that id.
func (m *Module) Exercise(id string) (*exercise.Exercise, bool) {
	for _, e := range m.Exercises {
		if e.ID == id {
			return e, true
		}
	}
	return nil, false
}

// loadExercises reads the exercises of a module, in the order of their files.
// They are offered beside the lesson, so the edition of the module, of which
// certificates tell, is not theirs: each has its own.
func (ld *loader) loadExercises(slug string, objectives []Objective) ([]*exercise.Exercise, error) {
	files, err := fs.Glob(ld.fsys, slug+"/exercises/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []*exercise.Exercise
	for _, file := range files {
		var found []Finding
		rep, e := report{file, &found}, &exercise.Exercise{}
		if err := readYAML(ld.fsys, rep, e); err != nil {
			return nil, err
		}
		if len(found) == 0 { // else half of it is missing, and all that is said of it idle
			ld.checkExercise(rep, e, objectives)
		}
		if len(found) > 0 {
			raw, err := fs.ReadFile(ld.fsys, file)
			if err != nil {
				return nil, err
			}
			findLines(found, raw)
		}
		*ld.out = append(*ld.out, found...)
		e.Edition = exerciseEdition(e)
		all = append(all, e)
	}
	return all, nil
}

// exerciseEdition hashes what somebody who does e is shown, in both languages.
func exerciseEdition(e *exercise.Exercise) string {
	h := sha256.New()
	put(h, e.ID, string(e.Kind))
	for where, said := range e.Everything() {
		put(h, where, said.Text.EN, said.Text.CY)
	}
	for i := range e.Lines {
		put(h, string(e.Lines[i].Means), e.Lines[i].Best)
	}
	return short(h)
}

// checkExercise holds an exercise to its form, to the register of facts and to the
// rules of style.
func (ld *loader) checkExercise(rep report, e *exercise.Exercise, objectives []Objective) {
	if id := strings.TrimSuffix(path.Base(rep.file), ".yaml"); e.ID != id || !slugShape.MatchString(id) {
		rep.fault(0, "id", "it is %q, the file %q; both are the same small letters, digits and dashes", e.ID, id)
	}
	if e.Welsh != "draft" && e.Welsh != "reviewed" {
		rep.fault(0, "welsh", "it is %q; write draft or reviewed", e.Welsh)
	}
	for _, f := range e.Faults() {
		rep.fault(0, f.Where, "%s", f.Message)
	}
	checkPractised(rep, e.Objectives, objectives)
	var english []string
	for where, said := range e.Everything() {
		ld.checkSaid(rep, where, said.Text, said.Facts, false)
		english = append(english, sentences(said.Text.EN)...)
	}
	if g := grade(english); g > highestGrade {
		rep.warn(0, "", "reading grade %.1f; aim for %.0f or below", g, highestGrade)
	}
}

// findLines gives the findings of an exercise their lines: a line or choice stands
// where its id does, all else where its key begins.
func findLines(found []Finding, raw []byte) {
	at := map[string]int{}
	for i, text := range bytes.Split(raw, []byte("\n")) {
		line := strings.TrimSpace(string(text))
		key, _, ok := strings.Cut(line, ":")
		if ok && !strings.HasPrefix(string(text), " ") && at[key] == 0 {
			at[key] = i + 1
		}
		_, id, ok := strings.Cut(line, "id: ")
		if !ok || !strings.HasPrefix(line, "- ") && !strings.HasPrefix(line, "{") {
			continue
		}
		id, _, _ = strings.Cut(id, ",")
		for _, of := range []string{"line ", "choice "} {
			if name := of + strings.TrimRight(id, "} "); at[name] == 0 {
				at[name] = i + 1
			}
		}
	}
	for i := range found {
		if found[i].Line == 0 {
			found[i].Line = max(1, at[found[i].Where])
		}
	}
}
