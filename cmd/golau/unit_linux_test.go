package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golau/internal/testneeds"
)

// systemd understands every line of the unit that operators are given; that it
// serves under it is for the machine on which it is put in place to show.
func TestSystemdUnderstandsTheUnit(t *testing.T) {
	analyze := testneeds.Tool(t, "systemd-analyze", "systemd")
	given, err := os.ReadFile("../../docs/running/golau.service")
	if err != nil {
		t.Fatal(err)
	}
	here := strings.Replace(string(given), "/usr/local/bin/golau", "/bin/true", 1)
	for name, c := range map[string]struct {
		unit string
		says bool
	}{
		"as it is":     {here, false},
		"misspelt":     {strings.Replace(here, "NoNewPrivileges=", "NoNewPrivilege=", 1), true},
		"of no kind":   {strings.Replace(here, "Type=notify", "Type=notifi", 1), true},
		"no such call": {strings.Replace(here, "SystemCallFilter=", "SystemCallFilter=no_such_call ", 1), true},
	} {
		unit := filepath.Join(t.TempDir(), "golau.service")
		if err := os.WriteFile(unit, []byte(c.unit), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), analyze, "verify", unit).CombinedOutput()
		if says := strings.Contains(string(out), unit); says != c.says {
			t.Errorf("%s: it says %q (%v)", name, out, err)
		}
	}
}
