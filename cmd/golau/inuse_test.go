package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golau/internal/store"
)

// A second server on the same data refuses to start, by whatever path it comes
// there, and says which folder, who has it, and what to do. Looking and copying
// go on. When the first has ended, even by a kill, the next one starts.
func TestOneProgramServesAFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the built program several times")
	}
	top := t.TempDir()
	data, link, other := filepath.Join(top, "data"), filepath.Join(top, "link"), filepath.Join(top, "other")
	first, err := startServe(t, nil, "--data", data)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Symlink(data, link), os.Mkdir(other, 0o700)); err != nil {
		t.Fatal(err)
	}
	saved := filepath.Join(top, "saved.db")
	for _, args := range [][]string{{"backup", saved}, {"certcheck"}, {"config"}, {"keys", "list"}, {"retention"}, {"verify", strings.Repeat("7", 26)}} {
		code, said := ends(t, append(args, "--data", data)...)
		if want := map[bool]int{true: exitNo}[args[0] == "verify"]; code != want || strings.Contains(said, "in use") {
			t.Errorf("%v while it serves: %d %s", args, code, said)
		}
	}
	host, _ := os.Hostname()
	says := []string{"is in use by golau serve", fmt.Sprintf("process %d", first.cmd.Process.Pid), "--data"}
	refused := func(args ...string) {
		t.Helper()
		code, said := ends(t, args...)
		for _, says := range append(says, data) {
			if code != exitNo || !strings.Contains(said, says) || strings.Contains(said, " on "+host) || strings.Count(said, "\n") != 1 {
				t.Errorf("%v: %d, without %q: %s", args, code, says, said)
			}
		}
	}
	serve := []string{"serve", "--addr", "127.0.0.1:0"}
	refused(append(serve, "--data", data)...)
	refused(append(serve, "--data", link)...)
	refused(append(serve, "--data", data+"/.")...)
	refused(append(serve, "--data", other, "--database-url", "sqlite://"+link+"/golau.db")...)
	refused("restore", saved, "--data", data, "--database-url", "sqlite://"+other+"/elsewhere.db")
	if left, _ := filepath.Glob(filepath.Join(other, "*.db")); len(left) > 0 {
		t.Errorf("a refusal made %v", left)
	}
	if _, err := startDemo(t, data); err != nil {
		t.Errorf("the demonstration has a folder of its own: %v", err)
	}
	first.kill()
	if first, err = startServe(t, nil, "--data", data); err != nil {
		t.Fatal("after a kill:", err)
	}
	says[1] = fmt.Sprintf("process %d", first.cmd.Process.Pid)
	refused(append(serve, "--data", data)...)
	_ = first.cmd.Process.Signal(syscall.SIGTERM)
	<-first.ended
	if _, err = startServe(t, nil, "--data", data); err != nil {
		t.Fatal("after it was stopped:", err)
	}
}

// ends runs the built program and says how it ended, and what it said of that.
func ends(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	cmd := command(t, t.Context(), nil, args...)
	var errs strings.Builder
	cmd.Stderr = &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return code, errs.String()
}

// An upgrade by any command waits until nobody serves: the program that does
// knows the old tables. It is refused before the copy and the first change.
func TestNoUpgradeWhileItServes(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	path := filepath.Join(data, "golau.db")
	schemaAt(t, path, "../../internal/store/migrations", 6)
	mine, err := use("serve", data, path)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"seed", "--learners", "1"}, {"serve", "--addr", "127.0.0.1:0"}} {
		code, _, errs := golau(t, append(args, "--data", data)...)
		if code != exitNo || !strings.Contains(errs, "is in use by golau serve, process") {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
	left, _ := filepath.Glob(filepath.Join(data, "golau-before-*"))
	if c, err := store.Inspect(t.Context(), path); err != nil || c.Version != 6 || len(left) > 0 {
		t.Errorf("an upgrade began: %v, %v, %v", c.Version, left, err)
	}
	mine.release()
	if code, _, errs := golau(t, "seed", "--learners", "1", "--data", data); code != exitDone {
		t.Errorf("%d %s", code, errs)
	}
	if again, err := use("restore", data, path); err != nil {
		t.Errorf("the command kept it: %v", err)
	} else {
		again.release()
	}
}

// Who has a folder is named only as far as that is known.
func TestWhoHasIt(t *testing.T) {
	here, _ := os.Hostname()
	gone := exec.Command("true")
	if err := gone.Run(); err != nil {
		t.Skip(err)
	}
	since := "2026-11-21T09:15:00Z"
	for _, c := range []struct {
		holder
		want string
	}{
		{holder{}, "another golau"},
		{holder{"golau serve", "", here, since}, "another golau"},
		{holder{"golau serve", fmt.Sprint(gone.Process.Pid), here, since}, "another golau"}, // killed the moment before
		{holder{"golau serve", fmt.Sprint(os.Getpid()), here, since}, fmt.Sprintf("golau serve, process %d, since %s", os.Getpid(), since)},
		{holder{"golau restore", "7", here + "-2", since}, "golau restore, process 7 on " + here + "-2, since " + since},
	} {
		if got := c.holder.String(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.holder, got, c.want)
		}
	}
	if got := locks("/a/b", "/a/b/golau.db"); !slices.Equal(got, []string{"/a/b/golau.lock"}) {
		t.Errorf("%v", got)
	}
	if got := locks("/a/b", "/c/other.db"); !slices.Equal(got, []string{"/a/b/golau.lock", "/c/other.lock"}) {
		t.Errorf("%v", got)
	}
}
