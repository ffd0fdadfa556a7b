package main

import (
	"bufio"
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golau/internal/robot"
	"golau/internal/testneeds"
)

// What the program asks of the system from its first start to its end is what the
// unit lets it ask: no call is outside SystemCallFilter, no memory is writable and
// run, no socket is of another family.
func TestTheUnitLetsTheProgramWork(t *testing.T) {
	if testing.Short() {
		t.Skip("serves under strace")
	}
	unit, err := os.ReadFile("../../docs/running/golau.service")
	if err != nil {
		t.Fatal(err)
	}
	allowed := allowedCalls(t, string(unit))
	for name, want := range map[string]bool{"pwrite64": true, "setpriority": true, "mount": false, "reboot": false, "setrlimit": false, "ptrace": false} {
		if allowed[name] != want {
			t.Errorf("the unit allows %s: %v", name, allowed[name])
		}
	}
	_, families, _ := strings.Cut(string(unit), "\nRestrictAddressFamilies=")
	families, _, _ = strings.Cut(families, "\n")
	seen := map[string]bool{}
	for call := range callsOfADay(t) {
		name, args, _ := strings.Cut(call, "(")
		seen[name] = true
		if name == "fchown" && os.Geteuid() == 0 {
			continue // SQLite gives its files their owner back, when root runs it; the unit runs it as golau
		}
		if !allowed[name] {
			t.Errorf("the unit refuses %s", call)
		}
		family, _, _ := strings.Cut(args, ",")
		if name == "socket" && !slices.Contains(strings.Fields(families), family) {
			t.Errorf("the unit refuses %s", call)
		}
		if strings.Contains(args, "PROT_EXEC") && (name == "mprotect" || name == "mmap" && strings.Contains(args, "PROT_WRITE")) {
			t.Errorf("the unit refuses %s", call)
		}
	}
	// A trace without these is not one of a day.
	for _, name := range []string{"socket", "accept4", "pwrite64", "fsync", "renameat", "setpriority"} {
		if !seen[name] {
			t.Errorf("in what strace wrote down there is no %s", name)
		}
	}
}

// allowedCalls are the system calls that a unit allows: the first line of its filter
// is what it allows, a later one adds, or with a tilde takes away.
func allowedCalls(t *testing.T, unit string) map[string]bool {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), testneeds.Tool(t, "systemd-analyze", "systemd"), "syscall-filter").Output()
	if err != nil {
		t.Fatal(err)
	}
	sets, set := map[string][]string{}, ""
	for line := range strings.Lines(string(out)) {
		name := strings.TrimSpace(line)
		switch {
		case name == "" || strings.HasPrefix(name, "#"):
		case strings.HasPrefix(line, "@"):
			set = name
		default:
			sets[set] = append(sets[set], name)
		}
	}
	allowed := map[string]bool{}
	var put func(name string, to bool)
	put = func(name string, to bool) {
		if !strings.HasPrefix(name, "@") {
			allowed[name] = to
			return
		}
		if len(sets[name]) == 0 {
			t.Fatalf("systemd knows no set %s", name)
		}
		for _, inner := range sets[name] {
			put(inner, to)
		}
	}
	put("@default", true)
	for line := range strings.Lines(unit) {
		if filter, ok := strings.CutPrefix(line, "SystemCallFilter="); ok {
			names, refused := strings.CutPrefix(strings.TrimSpace(filter), "~")
			for _, name := range strings.Fields(names) {
				put(name, !refused)
			}
		}
	}
	return allowed
}

// called is a line of strace that tells a call, not a signal or an end.
var called = regexp.MustCompile(`^\d+ +([a-z0-9_]+\(.*)`)

// callsOfADay are the calls, with their arguments, of a program that starts in an
// empty place, lets somebody in, hashes a password, takes answers, and is asked to
// end, and of one that starts again.
func callsOfADay(t *testing.T) map[string]bool {
	t.Helper()
	strace := testneeds.Tool(t, "strace", "strace")
	data := t.TempDir()
	calls := map[string]bool{}
	for range 2 {
		trace := filepath.Join(t.TempDir(), "trace")
		serve := command(t, context.Background(), nil, "serve", "--addr", "127.0.0.1:0", "--demo", "--data", data)
		watched := exec.Command(strace, append([]string{"-f", "-s", "0", "-e", "signal=none", "-o", trace}, serve.Args...)...)
		watched.Env, watched.Dir = serve.Env, serve.Dir
		p, err := startAs(t, watched)
		if err != nil {
			if strings.Contains(err.Error(), "ptrace") {
				testneeds.Missing(t, "strace may not trace here: "+err.Error())
			}
			t.Fatal(err)
		}
		t.Cleanup(func() { signalChild(p, syscall.SIGKILL) })
		v := robot.New(p.base, nil)
		if _, err := v.Post(t.Context(), "/en/sign-in", url.Values{"email": {"nobody@demo.example"}, "password": {"not-the-password"}}); err != nil {
			t.Fatal(err)
		}
		answersOne(t, robot.New(p.base, nil))
		signalChild(p, syscall.SIGTERM)
		<-p.ended
		if code := p.cmd.ProcessState.ExitCode(); code != 0 {
			t.Fatalf("ended with %d: %s", code, tail(p.errors.String()))
		}
		f, err := os.Open(trace)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if m := called.FindStringSubmatch(lines.Text()); m != nil {
				calls[m[1]] = true
			}
		}
		if err := errors.Join(lines.Err(), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return calls
}

// answersOne begins a check, or goes on with it, and keeps an answer.
func answersOne(t *testing.T, v *robot.Visitor) {
	t.Helper()
	attempt := begins(t, v, "rhian")
	q, err := v.Question(t.Context(), attempt, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Save(t.Context(), q, q.Choose(1)); err != nil {
		t.Fatal(err)
	}
}
