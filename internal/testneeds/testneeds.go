// Package testneeds says what a test needs from the machine. Where it is not
// there the test skips with the command that would bring it; where everything
// must be tested (GOLAU_TEST_ALL=1), it fails instead.
//
// It installs nothing and knows no test.
package testneeds

import (
	"os"
	"os/exec"
	"testing"
)

// Tool returns the path of a program that the Debian package pkg brings.
func Tool(t testing.TB, name, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	Missing(t, name+" is not installed: apt-get install -y "+pkg)
	return ""
}

// Missing ends a test that lacks something: it skips, or fails when everything
// must be tested.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("GOLAU_TEST_ALL") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}
