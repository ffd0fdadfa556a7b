package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golau/cmd/golau/internal/seed"
	"golau/internal/audit"
	"golau/internal/store"
	"golau/internal/store/powercut"
	"golau/internal/testneeds"
	"golau/quiz"
)

// T1-03 over HTTP: the built program serves eight people at once, who change their
// answers; all that it asks of the disk and all that it answers is written down.
// Then the power is cut at any moment of that, twice: losing all that was not
// flushed, and keeping any of it, torn. Every answer that had been acknowledged by
// a 200 before that moment must be there. GOLAU_POWER_CUTS sets at how many
// moments; two hundred, which are four hundred cuts, are the named drill:
//
//	GOLAU_POWER_CUTS=200 go test ./cmd/golau -run TestPowerCutsOverHTTP -timeout 60m -v
func TestPowerCutsOverHTTP(t *testing.T) {
	if testing.Short() {
		t.Skip("serves under strace, and opens a database at every cut")
	}
	cuts := number(t, "GOLAU_POWER_CUTS", 10)
	seedling := uint64(number(t, "GOLAU_POWER_SEED", time.Now().Nanosecond()))
	dice := rand.New(rand.NewPCG(seedling, 3))
	ops, begun, acks := servedUnderStrace(t, seedling)
	first := slices.MinFunc(acks, func(a, b ack) int { return a.at - b.at }).at
	lost := func(disk *powercut.Disk, moment int, torn powercut.Dice, say bool) int {
		var said []ack
		for _, a := range acks {
			if a.at < moment {
				said = append(said, a)
			}
		}
		n, err := lostAfter(t, disk.Cut(torn), said)
		if say && (err != nil || n > 0) {
			t.Errorf("cut after %d of %d calls (torn: %v, GOLAU_POWER_SEED=%d): %d of %d answers lost, %v", moment, len(ops), torn != nil, seedling, n, len(said), err)
		}
		return n
	}
	moments := []int{len(ops)}
	for len(moments) < cuts {
		moments = append(moments, first+1+dice.IntN(len(ops)-first))
	}
	slices.Sort(moments)
	disk, done := powercut.NewDisk(begun), 0
	for _, moment := range moments {
		for ; done < moment; done++ {
			disk.Do(ops[done])
		}
		lost(disk, moment, nil, true)
		lost(disk, moment, dice.IntN, true)
	}
	// And it is seen to fail: without the flushes of the log, as SQLite does at
	// synchronous=NORMAL, answers would be lost.
	unflushed := powercut.NewDisk(begun)
	for _, op := range ops {
		if !(strings.HasSuffix(op.File, "-wal") && strings.HasSuffix(op.Call, "sync")) {
			unflushed.Do(op)
		}
	}
	if lost(unflushed, len(ops), nil, false) == 0 {
		t.Error("nothing was lost without a flush")
	}
	t.Logf("%d cuts, %d answers acknowledged by HTTP, none lost, GOLAU_POWER_SEED=%d", 2*len(moments), len(acks), seedling)
}

// ack is an answer that was acknowledged, and at which call.
type ack struct {
	attempt string
	savedAnswer
	at int
}

// servedUnderStrace lets the cast answer, and returns what the program asked of the
// disk and said, the file that was there before, and what was acknowledged.
func servedUnderStrace(t *testing.T, seedling uint64) (ops []powercut.Op, begun map[string][]byte, acks []ack) {
	t.Helper()
	strace := testneeds.Tool(t, "strace", "strace")
	data, trace := t.TempDir(), filepath.Join(t.TempDir(), "trace")
	p, err := startDemo(t, data)
	if err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	<-p.ended
	folder := filepath.Join(data, "demo")
	whole, err := os.ReadFile(filepath.Join(folder, "golau.db"))
	if err != nil {
		t.Fatal(err)
	}
	serve := command(t, context.Background(), nil, "serve", "--addr", "127.0.0.1:0", "--demo", "--data", data)
	watched := exec.Command(strace, append([]string{"-f", "--seccomp-bpf", "-y", "-xx", "-s", "9999999", "-o", trace, "-e", powercut.Calls}, serve.Args...)...)
	watched.Env, watched.Dir = serve.Env, serve.Dir
	if p, err = startAs(t, watched); err != nil {
		if strings.Contains(err.Error(), "ptrace") {
			testneeds.Missing(t, "strace may not trace here: "+err.Error())
		}
		t.Fatal(err)
	}
	t.Cleanup(func() { endChild(p) })
	sitters, replied := sitTogether(t, p, seedling)
	endChild(p) // and strace with it
	<-p.ended
	f, err := os.Open(trace)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if ops, err = powercut.ReadTrace(f, folder); err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, op := range ops {
		head, _, _ := bytes.Cut(op.Data, []byte("\r\n\r\n"))
		if op.File != "" || !bytes.HasPrefix(head, []byte("HTTP/1.1 200 ")) {
			continue
		}
		for line := range strings.Lines(string(head)) {
			if id, ok := strings.CutPrefix(line, "X-Request-Id: "); ok {
				at[strings.TrimSpace(id)] = i
			}
		}
	}
	for i, s := range sitters {
		for n, saved := range s.saved {
			call, ok := at[replied[i].ids[n]]
			if !ok {
				t.Fatalf("the reply %s is not in what strace wrote down", replied[i].ids[n])
			}
			acks = append(acks, ack{s.attempt[strings.LastIndexByte(s.attempt, '/')+1:], saved, call})
		}
	}
	if len(acks) < 50 {
		t.Fatalf("%d answers were acknowledged: too few to lose", len(acks))
	}
	return ops, map[string][]byte{"golau.db": whole}, acks
}

// sitTogether lets each of the cast answer until enough has been replied to.
func sitTogether(t *testing.T, p *process, seedling uint64) (sitters []*sitter, replied []*replies) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	via := &http.Transport{MaxIdleConnsPerHost: len(seed.Cast)}
	defer via.CloseIdleConnections()
	enough := &countdown{next: via, over: make(chan struct{})}
	enough.left.Store(600)
	var sitting sync.WaitGroup
	faults := make([]error, len(seed.Cast))
	for i, m := range seed.Cast {
		s, r := newSitter(m.Key, rand.New(rand.NewPCG(seedling, uint64(i+2)))), &replies{next: enough}
		sitters, replied = append(sitters, s), append(replied, r)
		sitting.Go(func() { faults[i] = s.sit(ctx, p.base, r) })
	}
	go func() { sitting.Wait(); enough.end() }()
	<-enough.over
	cancel()
	sitting.Wait()
	for _, err := range faults {
		if err != nil && !errors.Is(err, context.Canceled) && !strings.Contains(err.Error(), "context canceled") {
			t.Fatal(err)
		}
	}
	return sitters, replied
}

// replies notes the numbers of the requests by which answers were saved.
type replies struct {
	next http.RoundTripper
	ids  []string
}

// RoundTrip implements http.RoundTripper.
func (r *replies) RoundTrip(q *http.Request) (*http.Response, error) {
	resp, err := r.next.RoundTrip(q)
	if err == nil && q.Method == http.MethodPost && strings.Contains(q.URL.Path, "/questions/") && resp.StatusCode == http.StatusOK {
		r.ids = append(r.ids, resp.Header.Get("X-Request-Id"))
	}
	return resp, err
}

// endChild kills the program that strace watches; strace ends with it.
func endChild(p *process) { signalChild(p, syscall.SIGKILL) }

// signalChild sends a signal to the program that strace watches.
func signalChild(p *process, s syscall.Signal) {
	children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", p.cmd.Process.Pid))
	for _, child := range strings.Fields(string(children)) {
		if pid, err := strconv.Atoi(child); err == nil {
			_ = syscall.Kill(pid, s)
		}
	}
}

// lostAfter starts on what a cut left and counts which acknowledged answers are not
// there; the file must be whole, and so must the record.
func lostAfter(t *testing.T, left map[string][]byte, said []ack) (lost int, err error) {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	for name, b := range left {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			return 0, err
		}
	}
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(dir, "golau.db")})
	if err != nil {
		return len(said), err
	}
	defer db.Close()
	rx := db.Read(t.Context())
	type row struct {
		Question, Version int
		Response          quiz.Response
	}
	there := map[string][]row{}
	for _, a := range said {
		kept, read := there[a.attempt]
		if !read {
			if err := rx.Raw("SELECT question, version, response FROM quiz_answers WHERE attempt_id = ?", a.attempt).Scan(&kept).Error; err != nil {
				return lost, err
			}
			there[a.attempt] = kept
		}
		if !slices.ContainsFunc(kept, func(k row) bool {
			return k.Question == a.question && k.Version == a.version && reflect.DeepEqual(k.Response, a.response)
		}) {
			lost++
		}
	}
	var whole string
	if err := rx.Raw("PRAGMA integrity_check").Row().Scan(&whole); err != nil {
		return lost, err
	}
	if whole != "ok" {
		return lost, fmt.Errorf("the file is damaged: %s", whole)
	}
	_, err = audit.Verify(rx)
	return lost, err
}
