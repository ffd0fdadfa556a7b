package quiz

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func TestLoad(t *testing.T) {
	banks, findings, err := Load(os.DirFS("testdata/banks"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !f.Warning {
			t.Error(f)
		}
	}
	if got := banks.IDs(); !reflect.DeepEqual(got, []string{"final", "lamps"}) {
		t.Fatal(got)
	}
	b := banks.Bank("lamps")
	if b.Len() != 5 || b.Module != "lamps" || b.Final {
		t.Errorf("%+v", b)
	}
	want := []ObjectiveCount{{Target{"lamps", "light"}, 2}, {Target{"lamps", "steps"}, 3}}
	if got := b.Objectives(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	final := banks.Bank("final")
	if !final.Final || len(final.Objectives()) != 2 {
		t.Errorf("an objective of two modules counts as one: %v", final.Objectives())
	}
	if got := b.Links()[0]; got.Line < 2 || !reflect.DeepEqual(got, Link{"secret-q01", "lamps", "light", "secret-wick", []string{"L-01", "L-02"}, b.File, b.lines["secret-q01"]}) {
		t.Errorf("%+v", got)
	}
	if banks.Bank("nothing") != nil {
		t.Error("a bank that is not there")
	}
}

// load reads one bank from text.
func load(t *testing.T, name, text string) (*Bank, []Finding) {
	t.Helper()
	banks, findings, err := Load(fstest.MapFS{name: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return banks.Bank(strings.TrimSuffix(name, ".yaml")), findings
}

func fixture(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/banks/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestEditionIsOfWhatIsAsked(t *testing.T) {
	text := fixture(t, "lamps.yaml")
	b, _ := load(t, "lamps.yaml", text)
	if len(b.Edition) != 12 {
		t.Fatalf("edition %q", b.Edition)
	}
	if c, _ := load(t, "lamps.yaml", "# another comment\n"+text); c.Edition != b.Edition {
		t.Error("a comment changes the edition")
	}
	for _, change := range [][2]string{
		{"Light the lamp", "Light a lamp"}, {"worth: 0.5", "worth: 0"}, {"Cynnau’r lamp", "Cynnau lamp"},
		{"she waits in the dark", "she waits"}, {"difficulty: 1", "difficulty: 2"},
	} {
		if c, _ := load(t, "lamps.yaml", strings.Replace(text, change[0], change[1], 1)); c.Edition == b.Edition {
			t.Errorf("%s: the edition stays", change[1])
		}
	}
}

// Every fault an author can make is named, with its place.
func TestFindings(t *testing.T) {
	long := strings.Repeat("word ", 56)
	for _, c := range []struct {
		name, file, from, to string
		where, says          string
		warning              bool
	}{
		{"unreadable", "lamps.yaml", "questions:", "questions: [", "", "", false},
		{"a misspelt key", "lamps.yaml", "stem:", "stam:", "", "stam", false},
		{"neither module nor final", "lamps.yaml", "module: lamps", "", "", "either module", false},
		{"another file name", "lamps.yaml", "module: lamps", "module: torches", "", "torches.yaml", false},
		{"another assessment", "final.yaml", "assessment: final", "assessment: last", "", "last", false},
		{"no id", "lamps.yaml", "- id: secret-q01\n  type", "- type", "question 1", "no id", false},
		{"an id twice", "lamps.yaml", "id: secret-q02", "id: secret-q01", "secret-q01", "twice", false},
		{"unknown type", "lamps.yaml", "type: single", "type: essay", "secret-q01", "essay", false},
		{"no objective", "lamps.yaml", "objective: light", "objective: ''", "secret-q01", "no objective", false},
		{"another module", "lamps.yaml", "- id: secret-q01\n", "- id: secret-q01\n  module: torches\n", "secret-q01", "belongs to module torches, the file to lamps", false},
		{"a part without id", "lamps.yaml", "id: secret-half", "id: ''", "secret-q01", "a part has no id", false},
		{"no section", "lamps.yaml", "section: secret-wick", "section: ''", "secret-q01", "no section", false},
		{"difficulty", "lamps.yaml", "difficulty: 1", "difficulty: 4", "secret-q01", "difficulty is 4", false},
		{"no mistake", "lamps.yaml", "mistake: secret-mistake-dark", "mistake: ''", "secret-q01", "mistake", true},
		{"stem in one language", "lamps.yaml", "It is dark. What do you do first?", "", "secret-q01", "stem", false},
		{"long stem", "lamps.yaml", "It is dark.", long, "secret-q01", "words in en", true},
		{"option in one language", "lamps.yaml", "Cynnau’r lamp", "", "secret-q01", "option secret-best is missing", false},
		{"no feedback", "lamps.yaml", "secret-feedback: now she sees the way.", "", "secret-q01", "option secret-best has no feedback", false},
		{"a question without facts", "lamps.yaml", "  facts: [L-01]\n  stem", "  stem", "secret-q01", "the question names no facts: add those", false},
		{"an option without facts", "lamps.yaml", "    facts: [L-01, L-02]\n", "", "secret-q01", "option secret-best names no facts", false},
		{"a step without facts", "lamps.yaml", "}, facts: [L-01]}\n  - {id: secret-s2", "}}\n  - {id: secret-s2", "secret-q03", "step secret-s1 names no facts", false},
		{"a pair without facts", "lamps.yaml", "}, facts: [L-01]}\n  - {id: secret-p2", "}}\n  - {id: secret-p2", "secret-q04", "pair secret-p1 names no facts", false},
		{"a wording without facts", "lamps.yaml", "}, facts: [L-01]}\n    - {id: secret-b, worth: 0.5", "}}\n    - {id: secret-b, worth: 0.5", "secret-q05", "line secret-l1 option secret-a names no facts", false},
		{"no best", "lamps.yaml", "worth: 1", "worth: 0", "secret-q01", "0 options are worth 1", false},
		{"two best", "lamps.yaml", "worth: 0.5", "worth: 1", "secret-q01", "2 options are worth 1", false},
		{"two halves", "lamps.yaml", "worth: 0\n    text: {en: \"Sit", "worth: 0.5\n    text: {en: \"Sit", "secret-q01", "2 options are worth 0.5", false},
		{"another worth", "lamps.yaml", "worth: 0.5", "worth: 0.25", "secret-q01", `"0.25"`, false},
		{"no worth", "lamps.yaml", "    worth: 0.5\n", "", "secret-q01", `worth ""`, false},
		{"long option", "lamps.yaml", "Fetch a match", "Fetch a match from the kitchen, and look for the lamp", "secret-q01", "1.4 times", true},
		{"an option id twice", "lamps.yaml", "id: secret-half", "id: secret-best", "secret-q01", "secret-best stands twice", false},
		{"all right", "lamps.yaml", "worth: 0\n    text: {en: \"A spoon", "worth: 1\n    text: {en: \"A spoon", "", "", false},
		{"half of a multiple", "lamps.yaml", "worth: 0\n    text: {en: \"A spoon", "worth: 0.5\n    text: {en: \"A spoon", "secret-q02", "is 1 or 0", false},
		{"parts of another type", "lamps.yaml", "type: ordering", "type: matching", "secret-q03", "has no steps", false},
		{"step in one language", "lamps.yaml", "Taro", "", "secret-q03", "step secret-s1", false},
		{"pair in one language", "lamps.yaml", "Porthor", "", "secret-q04", "pair secret-p1", false},
		{"all rights alike", "lamps.yaml", "the lamp\", cy: \"y lamp", "the oil\", cy: \"yr olew", "secret-q04", "same right", false},
		{"label in one language", "lamps.yaml", "What you saw", "", "secret-q05", "line secret-l1", false},
		{"line without a best", "lamps.yaml", "{id: secret-a, worth: 1, text: {en: \"The", "{id: secret-a, worth: 0, text: {en: \"The", "secret-q05", "line secret-l1: 0 options", false},
		{"no module in the final", "final.yaml", "module: roads", "module: ''", "secret-f02", "no module", false},
		{"feedback in the final", "final.yaml", "cy: \"Ei chynnau eto\"}", "cy: \"Ei chynnau eto\"}, feedback: {en: a, cy: b}", "secret-f01", "never shows", true},
	} {
		text := fixture(t, c.file)
		changed := strings.Replace(text, c.from, c.to, 1)
		if changed == text {
			t.Errorf("%s: the fixture has no %q", c.name, c.from)
		}
		_, findings := load(t, c.file, changed)
		if c.name == "all right" { // two right of one wrong is still a question
			for _, f := range findings {
				t.Error(f)
			}
			continue
		}
		found := false
		for _, f := range findings {
			found = found || f.Where == c.where && strings.Contains(f.Message, c.says) && f.Warning == c.warning && f.File == c.file
		}
		if !found {
			t.Errorf("%s: not found in %v", c.name, findings)
		}
	}
}

func TestMoreFindings(t *testing.T) {
	text := fixture(t, "lamps.yaml")
	noWrong := strings.NewReplacer(
		"worth: 0\n    text: {en: \"A spoon", "worth: 1\n    text: {en: \"A spoon",
		"worth: 0\n    text: {en: \"A chair", "worth: 1\n    text: {en: \"A chair").Replace(text)
	_, findings := load(t, "lamps.yaml", noWrong)
	if len(findings) != 1 || !strings.Contains(findings[0].String(), "lamps.yaml:30: secret-q02: 4 right and 0 wrong") {
		t.Errorf("%v", findings)
	}
	_, findings = load(t, "lamps.yaml", "module: lamps\nwelsh: draft\nquestions: []\n")
	if len(findings) != 1 || findings[0].Message != "there are no questions" {
		t.Errorf("%v", findings)
	}
	_, findings, err := Load(fstest.MapFS{
		"lamps.yaml": {Data: []byte(text)},
		"final.yaml": {Data: []byte(strings.Replace(fixture(t, "final.yaml"), "secret-f01", "secret-q01", 1))},
	})
	if err != nil || len(findings) != 1 || !strings.Contains(findings[0].String(), "lamps.yaml:6: secret-q01: the id stands also in final.yaml") {
		t.Errorf("%v, %v", findings, err)
	}
	if _, _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder is accepted")
	}
	var many question
	many.ID, many.Type, many.Objective, many.Section, many.Difficulty, many.Stem = "q", Ordering, "o", "s", 1, both("stem")
	for i := range 11 {
		many.Steps = append(many.Steps, step{ID: choiceID(i), Text: both("step"), Feedback: both("why")})
	}
	r := &reporter{}
	many.checkShape(r)
	if len(r.found) != 1 || !strings.Contains(r.found[0].Message, "11 steps") {
		t.Errorf("%v", r.found)
	}
}

func TestBestIsNotTheLongest(t *testing.T) {
	b := manyQuestions(2, 4)
	for i := range b.questions {
		b.questions[i].Options[0].Text.CY = "a much longer best option"
	}
	warned := 0
	for _, f := range b.check() {
		if strings.Contains(f.Message, "in cy the best option is the longest in 8 of 8") && f.Warning {
			warned++
		}
		if strings.Contains(f.Message, "in en the best") {
			t.Error(f)
		}
	}
	if warned != 1 {
		t.Error("not noticed")
	}
}

func TestCheckAgainstACourse(t *testing.T) {
	b := manyQuestions(2, 6)
	o0, o1 := Target{"many", "o0"}, Target{"many", "o1"}
	for _, c := range []struct {
		name string
		need Need
		says []string
	}{
		{"enough", Need{Questions: 12, PerObjective: 6, Objectives: []Target{o0, o1}, Feedback: true}, nil},
		{"enough of what it names", Need{Questions: 12, PerObjective: 6}, nil},
		{"too few", Need{Questions: 13}, []string{"12 questions; at least 13"}},
		{"too few of each", Need{PerObjective: 7}, []string{"o0 of module many has 6", "o1 of module many has 6"}},
		{"an objective not tested", Need{PerObjective: 6, Objectives: []Target{o0, o1, {"many", "o2"}}}, []string{"o2 of module many has 0"}},
		{"an objective the module has not is the course’s to say", Need{Objectives: []Target{o0}}, nil},
	} {
		findings := b.Check(c.need)
		if len(findings) != len(c.says) {
			t.Errorf("%s: %v", c.name, findings)
			continue
		}
		for i, says := range c.says {
			if !strings.Contains(findings[i].Message, says) {
				t.Errorf("%s: %v", c.name, findings)
			}
		}
	}
	b.questions[3].Options[1].Feedback.CY = ""
	if f := b.Check(Need{Feedback: true}); len(f) != 1 || f[0].Where != "o0-q3" {
		t.Errorf("missing feedback: %v", f)
	}
}

func TestRulesCheck(t *testing.T) {
	good := Rules{Draw: 10, PassPercent: 80, MaxAttempts: 3, WaitAfter: 1, Wait: 1, Feedback: ByObjective}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Rules){
		"draw":     func(r *Rules) { r.Draw = 0 },
		"pass":     func(r *Rules) { r.PassPercent = 101 },
		"no pass":  func(r *Rules) { r.PassPercent = 0 },
		"attempts": func(r *Rules) { r.MaxAttempts = -1 },
		"wait":     func(r *Rules) { r.Wait = 0 },
		"feedback": func(r *Rules) { r.Feedback = "none" },
	} {
		r := good
		spoil(&r)
		if r.Check() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
