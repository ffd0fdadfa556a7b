package main

import (
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golau/internal/people"
)

// nice is the priority of the thread that calls it: 0 as usual, 19 the lowest.
func nice(t *testing.T) int {
	p, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	if err != nil {
		t.Fatal(err)
	}
	return 20 - p // so the system call has it
}

// watched notes on what thread passwords are hashed.
type watched struct {
	people.Hasher
	seen func()
}

func (w watched) Matches(password, stored string) (bool, error) {
	w.seen()
	return w.Hasher.Matches(password, stored)
}

// A password is hashed on a thread that yields to all others, which stay as they
// were; what the hash says is passed on.
func TestPasswordsAreHashedAside(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before, while := nice(t), -1
	places, then := runtime.GOMAXPROCS(0), 0
	h := aside{watched{cheap, func() { while, then = nice(t), runtime.GOMAXPROCS(0) }}}
	stored, err := h.Hash(password)
	if err != nil {
		t.Fatal(err)
	}
	for guess, want := range map[string]bool{password: true, "not the password": false} {
		if right, err := h.Matches(guess, stored); err != nil || right != want {
			t.Errorf("%q: %v, %v", guess, right, err)
		}
	}
	if while != lower || nice(t) != before {
		t.Errorf("hashed at %d, and the rest of the program runs at %d after %d", while, nice(t), before)
	}
	if now := runtime.GOMAXPROCS(0); then != places+hashSlots || now != places {
		t.Errorf("goroutines had %d places, %d while a hash ran, and have %d after it", places, then, now)
	}
	h = aside{watched{cheap, func() { panic("spoilt") }}}
	if right, err := h.Matches(password, stored); right || err == nil || !strings.Contains(err.Error(), "spoilt") {
		t.Errorf("a panic: %v, %v", right, err)
	}
	if _, err := (aside{cheap}).Matches(password, "no hash"); err == nil {
		t.Error("a stored hash that is none is passed over")
	}
}
