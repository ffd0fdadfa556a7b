package yamlfile

import (
	"errors"
	"strings"
	"testing"
)

type lamp struct {
	Name  string            `yaml:"name"`
	Watts int               `yaml:"watts"`
	Words map[string]string `yaml:"words"`
}

func TestDecode(t *testing.T) {
	var l lamp
	err := Decode([]byte("# a lamp\nname: no\nwatts: 7\nwords: {cy: golau}\n"), &l)
	if err != nil || l.Name != "no" || l.Watts != 7 || l.Words["cy"] != "golau" {
		t.Errorf("%v, %+v", err, l)
	}
	if err := Decode([]byte("# nothing\n"), &l); err != nil || l.Watts != 7 {
		t.Errorf("an empty file: %v, %+v", err, l)
	}
}

// Whoever wrote a file learns what is wrong with it, and in which line.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		line int
		what string
	}{
		"a misspelt key":     {"name: a\nwats: 7\n", 2, `unknown field "wats"`},
		"a key twice":        {"name: a\nwatts: 1\nname: b\n", 3, "already defined"},
		"another kind":       {"name: a\n\nwatts: many\n", 3, "cannot unmarshal"},
		"no YAML":            {"name: a\nwords: {cy: golau\n", 1, "did not find"},
		"a second document":  {"name: a\n---\nname: b\n", 2, "second document"},
		"a broken second":    {"name: a\n---\n{\n", 3, "did not find"},
		"a tab that indents": {"name: a\nwords:\n\tcy: golau\n", 3, "character"},
	} {
		var f *Fault
		if err := Decode([]byte(c.raw), &lamp{}); !errors.As(err, &f) {
			t.Errorf("%s: %v", name, err)
		} else if f.Line != c.line || !strings.Contains(f.What, c.what) {
			t.Errorf("%s: line %d: %s", name, f.Line, f.What)
		} else if !strings.Contains(err.Error(), c.what) || strings.Contains(f.What, "yamlfile") {
			t.Errorf("%s is said as %q", name, err)
		}
	}
}
