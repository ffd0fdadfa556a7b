package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// One fault of a bank is one line of golau check, with its file and, where it can
// be read at all, its line.
func TestAFaultOfABankIsToldOnce(t *testing.T) {
	for name, c := range map[string]struct{ from, to, says string }{
		"no YAML":      {"- id: m2-q01\n", "- id: m2-q01\n  : : [\n", "signs.yaml: "},
		"unknown key":  {"  difficulty: ", "  dificulty: ", "signs.yaml: "},
		"no objective": {"  objective: ", "  objective: nowhere-", "signs.yaml:"},
		"no section":   {"  section: ", "  section: nowhere-", "signs.yaml:"},
		"no Welsh":     {"      cy: ", "      cy: \"\" #", "signs.yaml:"},
		"twice":        {"- id: m2-q02\n", "- id: m2-q01\n", "signs.yaml:"},
	} {
		dir := copyOut(t)
		edit(t, dir+"/bank/signs.yaml", c.from, c.to)
		var out, said bytes.Buffer
		exit := run(t.Context(), []string{"check", "--content", dir, "--no-warnings"}, &out, &said)
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		most := 2                                                    // itself, and how many there are
		if name == "twice" || name == "no Welsh" && len(lines) > 2 { // what it replaced is missing, and so is its feedback
			most = 3
		}
		if exit != exitNo || len(lines) > most || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: exit %d\n%s%s", name, exit, out.String(), said.String())
		}
		for i, line := range lines {
			for _, other := range lines[:i] {
				if line == other {
					t.Errorf("%s: twice %s", name, line)
				}
			}
		}
	}
}

// Where a bank has a fault, serve --demo --dev says which and where, and not what
// failed because of it; outside the checkout it says where to run.
func TestDevSaysWhatToMend(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"static", "modules/content", "quiz/bank", "internal/i18n/messages", "cmd/golau/internal/web"} {
		copyFolder(t, filepath.Join(root, dir), filepath.Join("..", "..", dir))
	}
	serve := func() (int, string) {
		var out, said bytes.Buffer
		exit := run(t.Context(), []string{"serve", "--demo", "--dev", "--addr", "127.0.0.1:0", "--data", t.TempDir()}, &out, &said)
		return exit, out.String() + said.String()
	}
	t.Chdir(t.TempDir()) // this test runs by itself
	if exit, said := serve(); exit == exitDone || !strings.Contains(said, "run it in the folder of the checkout") {
		t.Errorf("outside the checkout: %d %s", exit, said)
	}
	t.Chdir(root)
	for name, c := range map[string]struct{ from, to, says string }{
		"no YAML":      {"- id: m2-q01\n", "- id: m2-q01\n  : : [\n", "\nsigns.yaml: line "},
		"no objective": {"  objective: ", "  objective: nowhere-", "signs.yaml:"},
		"no kind":      {"  type: single\n", "  type: singel\n", "m2-q01: type \"singel\" is not single, multiple"},
	} {
		was, err := os.ReadFile("quiz/bank/signs.yaml")
		if err != nil {
			t.Fatal(err)
		}
		edit(t, "quiz/bank/signs.yaml", c.from, c.to)
		if name == "no kind" { // all of them, so that nobody of the cast can answer
			changed := strings.ReplaceAll(string(was), c.from, c.to)
			if err := os.WriteFile("quiz/bank/signs.yaml", []byte(changed), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if exit, said := serve(); exit == exitDone || !strings.Contains("\n"+said, c.says) {
			t.Errorf("%s: %d %s", name, exit, said)
		}
		if err := os.WriteFile("quiz/bank/signs.yaml", was, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
