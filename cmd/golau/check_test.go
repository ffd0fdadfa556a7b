package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// copyOut writes what golau teaches from into a folder, as GOLAU_CONTENT has it.
func copyOut(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	texts, banks := content(wiring{})
	for name, from := range map[string]fs.FS{"modules": texts, "bank": banks} {
		if err := os.CopyFS(filepath.Join(dir, name), from); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func edit(t *testing.T, file, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), from) {
		t.Fatalf("%s does not say %q", file, from)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(raw), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// golau check ends with 1 and names the fault, whatever it is; sound content
// ends with 0. The rooms test their own faults in full; here it is the command.
func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string)
		args  []string
		exit  int
		says  string
	}{
		"sound": {exit: exitDone, says: "0 faults"},
		"a Welsh section is missing": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/signs/cy.md", "{#older}", "{#elsewhere}")
		}, exit: exitNo, says: "older"},
		"an unknown fact": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/signs/en.md", "facts: X-05", "facts: X-99")
		}, exit: exitNo, says: "X-99"},
		"an objective tested by nothing": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/signs/module.yaml", "m2-q01,", "m2-q77,")
		}, exit: exitNo, says: "m2-q77"},
		"a question without Welsh": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/signs.yaml", "    cy: ", "    cw: ")
		}, exit: exitNo, says: "signs.yaml"},
		"a question about a section that is not there": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/signs.yaml", "section: age", "section: shoe-size")
		}, exit: exitNo, says: "shoe-size"},
		"a question that no paragraph of its section speaks of": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/my-plan/en.md", "CSE-05 D-09 D-10 D-17 R-04", "R-04")
			edit(t, dir+"/modules/my-plan/cy.md", "CSE-05 D-09 D-10 D-17 R-04", "R-04")
		}, exit: exitNo, says: "m8-q08 leads back to section final, of which no paragraph"},
		"a question that rests on an unknown fact": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/signs.yaml", "  facts: [", "  facts: [X-99, ")
		}, exit: exitNo, says: "m2-q01 rests on fact X-99"},
		"an option of the final that does": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/final.yaml", "    facts: [D-01, R-05]", "    facts: [D-01, X-99]")
		}, exit: exitNo, says: "f-q01 rests on fact X-99"},
		"a question of the final about a module that is not there": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/final.yaml", "  module: what-it-is", "  module: what-it-was")
		}, exit: exitNo, says: "question f-q01 is about module what-it-was"},
		"a question of the final for an objective that is not there": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/final.yaml", "  objective: recognise", "  objective: guess")
		}, exit: exitNo, says: "question f-q01 tests objective guess"},
		"a word that is not used": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/signs/en.md", "::: key\n", "::: key\nHe absconded. ")
		}, exit: exitNo, says: "“absconded” is not used: write “missing”"},
		"a word that is not used, in a question": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/final.yaml", "You teach at a college.", "You teach a promiscuous girl.")
		}, exit: exitNo, says: "bank/final.yaml:"},
		"a picture that is not there": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/own-streets/module.yaml", "case: next-street", "case: next-steet")
		}, exit: exitNo, says: `there is no picture "next-steet"`},
		"a picture that nothing describes": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/own-streets/module.yaml", "case: next-street", "case: spot-lamp")
		}, exit: exitNo, says: "add scene.spot-lamp"},
		"practice that is not listed": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/own-streets/module.yaml", "[I-10, X-01, ", "[I-10, ")
		}, exit: exitNo, says: "own-streets/module.yaml:60: rests_on_practice: X-01 is practice"},
		"practice of a question that is not listed": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/before-you-start.yaml", "facts: [T-11]", "facts: [P-24]")
		}, exit: exitNo, says: "before-you-start/module.yaml"},
		"an option that rests on what is no longer so": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/final.yaml", "    facts: [D-01, R-05]", "    facts: [D-01, H-01]")
		}, exit: exitNo, says: "f-q01: option a rests on H-01, which is no longer so"},
		"an option that names no facts": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/bank/final.yaml", "    facts: [D-01, R-05]\n", "")
		}, exit: exitNo, says: "f-q01: option a names no facts"},
		"too few questions": {spoil: func(t *testing.T, dir string) {
			raw, err := os.ReadFile(dir + "/bank/signs.yaml")
			if err != nil {
				t.Fatal(err)
			}
			half := strings.Index(string(raw), "- id: m2-q20")
			if err := os.WriteFile(dir+"/bank/signs.yaml", raw[:half], 0o644); err != nil {
				t.Fatal(err)
			}
		}, exit: exitNo, says: "19 questions; at least 30"},
		"no bank": {spoil: func(t *testing.T, dir string) {
			if err := os.Remove(dir + "/bank/signs.yaml"); err != nil {
				t.Fatal(err)
			}
		}, exit: exitNo, says: "signs"},
		"no content at all": {spoil: func(t *testing.T, dir string) {
			if err := os.RemoveAll(dir + "/modules"); err != nil {
				t.Fatal(err)
			}
		}, exit: exitNo, says: ""},
		"a review date has passed": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/facts.yaml", "  review_by:\n", "  review_by: 2020-01-31\n")
		}, exit: exitDone, says: "2020"},
		"and is asked for": {spoil: func(t *testing.T, dir string) {
			edit(t, dir+"/modules/facts.yaml", "  review_by:\n", "  review_by: 2020-01-31\n")
		}, args: []string{"--due"}, exit: exitNo, says: "2020"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := copyOut(t)
			if c.spoil != nil {
				c.spoil(t, dir)
			}
			var out, said bytes.Buffer
			exit := run(t.Context(), append([]string{"check", "--content", dir}, c.args...), &out, &said)
			if exit != c.exit || !strings.Contains(out.String()+said.String(), c.says) {
				t.Errorf("exit %d, want %d with %q:\n%s%s", exit, c.exit, c.says, out.String(), said.String())
			}
		})
	}
}

// Wrong use ends with 2 and says what to do.
func TestWrongUse(t *testing.T) {
	var out, said bytes.Buffer
	if exit := run(t.Context(), []string{"frobnicate"}, &out, &said); exit != exitWrongUse || !strings.Contains(said.String(), "golau --help") {
		t.Errorf("exit %d: %s", exit, said.String())
	}
}

// The version names all that a report of a fault needs.
func TestVersion(t *testing.T) {
	var out, said bytes.Buffer
	if exit := run(t.Context(), []string{"version"}, &out, &said); exit != exitDone {
		t.Errorf("exit %d: %s", exit, said.String())
	}
	for i, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		if name := []string{"golau ", "commit ", "go go1.", "sqlite 3."}[i]; !strings.HasPrefix(line, name) {
			t.Errorf("line %d is %q, want %s…", i+1, line, name)
		}
	}
}

// Settings are printed with their passwords masked, whatever is in them.
func TestConfigMasks(t *testing.T) {
	for _, address := range []string{"smtp://golau:s3cret@host:587?from=a@b.example", "smtp://golau:p@ss-s3cret@host:587?from=a@b.example", "smtp://golau:s3cret@h"} {
		var out, said bytes.Buffer
		run(t.Context(), []string{"config", "--smtp-url", address}, &out, &said)
		if strings.Contains(out.String()+said.String(), "s3cret") || !strings.Contains(out.String(), "****@") {
			t.Errorf("%s is printed as\n%s%s", address, out.String(), said.String())
		}
	}
	for address, want := range map[string]string{ // what is no secret is told
		"smtp://golau:s3cret@host:587?from=a@b.example":         "smtp://****@host:587?from=a@b.example",
		"smtp://golau:p@/s3cret@host?from=a@b.example":          "smtp://****@host?from=a@b.example",
		"smtp://golau:s3cret?from=x@host":                       "smtp://****@host",
		"smtp://golau:s3cret@host?tls=x&from=a@b.example":       "smtp://****@b.example",
		"smtp://a@b.example:s3cret@host:587?from=a@b.example":   "smtp://****@host:587?from=a@b.example",
		"smtp://token@host:587?from=a@b.example":                "smtp://****@host:587?from=a@b.example",
		"smtp://golau:s3cret two@ho st":                         "smtp://****@ho st",
		"smtp://golau:s3cret\ttwo\nthree@host?from=a@b.example": "smtp://****@b.example",
		"smtps://host:465?from=a@b.example":                     "smtps://host:465?from=a@b.example",
		"smtp://mail.b.example:2526?from=a@b.example":           "smtp://mail.b.example:2526?from=a@b.example",
		"smtp://localhost:1025?from=a@b.example":                "smtp://localhost:1025?from=a@b.example",
		"smtp://[::1]:1025?from=a@b.example":                    "smtp://[::1]:1025?from=a@b.example",
		"smtp://golau:12345?from=x@host":                        "smtp://****@host",
		"smtp://golau:s3cret@mail.b.example:2526?from=a@b.ex":   "smtp://****@mail.b.example:2526?from=a@b.ex",
		"https://golau.example.org":                             "https://golau.example.org",
	} {
		if got := mask(address); got != want {
			t.Errorf("%s is masked as %s, want %s", address, got, want)
		}
	}
}
