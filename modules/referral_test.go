package modules

import (
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
)

// aReferral is a small form to practise on, of the module lamp.
const aReferral = `module: lamp
welsh: draft
title: {en: "Practise", cy: "Ymarfer"}
lead: {facts: [task], en: "Read it.", cy: "Darllenwch."}
papers:
- id: call
  heading: {en: "A call", cy: "Galwad"}
  lines:
  - {facts: [case], en: "He said so.", cy: "Dywedodd hynny."}
fields:
- id: age
  label: {en: "How old?", cy: "Pa oedran?"}
  help: {facts: [D-01], en: "{{fact child-age}}", cy: "{{fact child-age}}"}
  model:
  - {facts: [case, R-01], en: "He is 16.", cy: "Mae’n 16."}
  asks:
  - {facts: [R-01], en: "Who says so?", cy: "Pwy sy’n dweud?"}
reader: {facts: [task], en: "Read as another.", cy: "Darllenwch fel rhywun arall."}
key: {facts: [task], en: "Write it down.", cy: "Ysgrifennwch."}
rests_on_practice: [R-01]
`

func withReferral(t *testing.T) fstest.MapFS {
	files := good(t)
	files["lamp/referral.yaml"] = &fstest.MapFile{Data: []byte(aReferral)}
	return files
}

func TestReferral(t *testing.T) {
	lib, findings := mustLoad(t, withReferral(t))
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	f := lib.Referral()
	if f == nil || f.Module != lib.Modules[0] || f.Papers[0].Lines[0].CY != "Dywedodd hynny." || f.Fields[0].Asks[0].EN != "Who says so?" || f.Fields[0].Model[0].CY != "Mae’n 16." {
		t.Fatalf("the form is %+v", f)
	}
	if help := f.Fields[0].Help; help.EN != "The Act of 2015 says 18." || help.CY != "18 yw’r oedran yn Neddf 2015." {
		t.Errorf("the help is %+v", help)
	}
	if got := strings.Join(f.Facts, " "); got != "D-01 R-01" {
		t.Errorf("its facts are %s", got)
	}
	if without, _ := mustLoad(t, good(t)); without.Referral() != nil {
		t.Error("a form that is not there was found")
	}
}

func TestFaultsOfAReferralAreFound(t *testing.T) {
	for name, tc := range map[string]struct {
		from, to, want string
		warning        bool
	}{
		"of another module":    {from: "module: lamp", to: "module: lump", want: `the module is "lump", the folder "lamp"`},
		"welsh neither":        {from: "welsh: draft", to: "welsh: done", want: `welsh is "done"`},
		"Welsh missing":        {from: `, cy: "Mae’n 16."`, want: "field age model: words are missing"},
		"heading missing":      {from: `, cy: "Galwad"`, want: "paper call: the heading is missing"},
		"label missing":        {from: `, cy: "Pa oedran?"`, want: "field age: the heading is missing"},
		"no facts":             {from: `{facts: [R-01], en: "Who`, to: `{en: "Who`, want: "a line names no facts"},
		"unknown fact":         {from: "facts: [D-01]", to: "facts: [Z-99]", want: "the fact id Z-99 is not in fact-ids.yaml"},
		"no longer so":         {from: "facts: [D-01]", to: "facts: [H-01]", want: "it stands on no form"},
		"fact call differs":    {from: `cy: "{{fact child-age}}"`, to: `cy: "Deunaw."`, want: "the Welsh calls {{fact}}"},
		"no asks":              {from: "  asks:\n  - {facts: [R-01], en: \"Who says so?\", cy: \"Pwy sy’n dweud?\"}\n", want: "field age asks: it has no line"},
		"bad id":               {from: "id: age", to: "id: Age 1", want: "the id is not of small letters"},
		"no papers":            {from: "papers:\n- id: call\n  heading: {en: \"A call\", cy: \"Galwad\"}\n  lines:\n  - {facts: [case], en: \"He said so.\", cy: \"Dywedodd hynny.\"}\n", want: "no papers"},
		"practice too many":    {from: "practice: [R-01]", to: "practice: [R-01, H-01]", want: "H-01 is listed, and nothing rests on it"},
		"practice not listed":  {from: "practice: [R-01]", to: "practice: []", want: "R-01 is practice and is not listed"},
		"unknown word":         {from: "reader:", to: "readers:", want: `unknown field "readers"`},
		"straight quotes":      {from: "He is 16.", to: "He's 16.", want: "straight quotes", warning: true},
		"hard to read":         {from: "He is 16.", to: strings.Repeat("Organisational prioritisation necessitates interdisciplinary collaboration. ", 8), want: "reading grade", warning: true},
		"a very long sentence": {from: "He is 16.", to: strings.Repeat("one two three four five ", 6) + ".", want: "a sentence of 30 words", warning: true},
	} {
		t.Run(name, func(t *testing.T) {
			files := withReferral(t)
			replace(t, files, "lamp/referral.yaml", tc.from, tc.to)
			_, findings := mustLoad(t, files)
			for _, f := range findings {
				if f.File == "lamp/referral.yaml" && strings.Contains(f.String(), tc.want) && f.Warning == tc.warning {
					return
				}
			}
			t.Errorf("not found: %s, warning %v; found\n%s", tc.want, tc.warning, list(findings))
		})
	}
}

// The course has one, without a finding, and in words that anybody reads: what
// rests on practice is listed.
func TestReferralOfTheCourse(t *testing.T) {
	lib, findings := product(t)
	for _, f := range findings {
		if strings.Contains(f.File, "referral") {
			t.Error(f)
		}
	}
	f := lib.Referral()
	if f == nil || f.Module.Slug != "nrm-and-guardian" || len(f.Fields) != 8 {
		t.Fatalf("the form is %+v", f)
	}
	for _, x := range f.Fields {
		for _, l := range i18n.Langs {
			if words(x.Model[0].In(l)) < 8 {
				t.Errorf("%s: the model answer %q is hardly one", x.ID, x.Model[0].In(l))
			}
		}
	}
}
