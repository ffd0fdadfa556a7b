package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golau/internal/testneeds"
)

// golau verify works in a folder where it may write nothing, as on a disk that
// was put away: of a site that was stopped, and of one that was killed. Nothing
// is shut to root, so the program then runs as somebody else.
func TestVerifyCommandInAReadOnlyFolder(t *testing.T) {
	t.Parallel()
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	const nobody = 65534
	root := os.Geteuid() == 0
	if root {
		if err := os.Chmod(filepath.Dir(program), 0o711); err != nil {
			t.Fatal(err)
		}
	}
	for name, stop := range map[string]bool{"stopped": true, "killed": false} {
		t.Run(name, func(t *testing.T) {
			h := livedIn(t)
			dir := filepath.Join(t.TempDir(), "disk")
			if stop {
				h.closeNow()
			} else { // what a kill leaves lies in the log
				h.write(again(h.did["nia"].certificate, h.id["nia"]))
			}
			copyFolder(t, dir, h.dir)
			shut(t, dir, root, nobody)
			before := inFolder(t, dir)
			cmd := exec.CommandContext(t.Context(), program, "verify", h.did["nia"].certificate, "--data", dir)
			cmd.Dir, cmd.Env = "/", []string{"TMPDIR=/nowhere"}
			if root {
				cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
				touch := exec.CommandContext(t.Context(), "/bin/sh", "-c", "echo x > "+filepath.Join(dir, "x"))
				touch.SysProcAttr = cmd.SysProcAttr
				var refused *exec.ExitError
				if err := touch.Run(); err == nil {
					t.Fatal("the folder can be written in")
				} else if !errors.As(err, &refused) {
					testneeds.Missing(t, "nothing can be started as somebody else: "+err.Error())
				}
			}
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "status: valid") {
				t.Errorf("%v: %s", err, out)
			}
			for path, was := range before {
				if now := inFolder(t, dir)[path]; now != was {
					t.Errorf("%s was %s and is %s", path, was, now)
				}
			}
		})
	}
}

// shut takes away every right to write below dir, and gives it away where the
// test is root's.
func shut(t *testing.T, dir string, give bool, to int) {
	t.Helper()
	var paths []string
	for path := range inFolder(t, dir) {
		paths = append(paths, path)
	}
	for _, path := range paths {
		mode := os.FileMode(0o400)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			mode = 0o500
		}
		if give {
			if err := os.Lchown(path, to, to); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700); _ = os.Chmod(filepath.Join(dir, "keys"), 0o700) })
	if give { // the way there
		for up := filepath.Dir(dir); up != os.TempDir() && up != "/"; up = filepath.Dir(up) {
			if err := os.Chmod(up, 0o711); err != nil {
				t.Fatal(err)
			}
		}
	}
}
