package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"golau/internal/people"
)

// hashSlots is how many passwords are hashed at one time: each takes a processor
// for tens of milliseconds. It is told before makeRoom changes what it hangs on.
var hashSlots = max(1, runtime.GOMAXPROCS(0)/2)

// makeRoom sets the runtime so that pages do not wait for passwords. Whoever
// starts the program may set the same by GOGC and GOMEMLIMIT.
func makeRoom() {
	// Hashes occupy what schedules goroutines, each for as long as it takes. With
	// so many more, the pages keep as many as there are processors, and the system
	// divides the processors up, which knows of priorities (see apart).
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + hashSlots)
	// A hash leaves 19 MB of garbage, more than all that lives here. At the usual
	// 100 each would set off the collector, which then takes the processors that
	// the hashes leave.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(256 << 20)
	}
}

// aside hashes passwords where they are in nobody's way.
type aside struct{ people.Hasher }

// Hash implements people.Hasher.
func (a aside) Hash(password string) (hash string, err error) {
	broke := apart(func() { hash, err = a.Hasher.Hash(password) })
	return hash, errors.Join(broke, err)
}

// Matches implements people.Hasher.
func (a aside) Matches(password, stored string) (right bool, err error) {
	broke := apart(func() { right, err = a.Hasher.Matches(password, stored) })
	return right, errors.Join(broke, err)
}

// apart runs fn on a thread of its own, to which the system gives what the others
// leave, and waits for it. The thread ends with fn, since its priority could not
// be raised again. A panic of fn is an error, as it would be on a page's own
// goroutine.
func apart(fn func()) (err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		runtime.LockOSThread() // for good: a locked thread ends with its goroutine
		stepBack()
		fn()
	}()
	<-done
	return err
}
