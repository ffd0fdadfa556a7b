package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"golau/internal/people"
)

// hashSlots is how many passwords are hashed at one time: each takes a processor
// for tens of milliseconds. It is told before makeWay changes what it hangs on.
var hashSlots = max(1, runtime.GOMAXPROCS(0)/2)

// collectLate has the collector of garbage wait until there is five times what
// lives. A hash leaves 19 MB behind, more than all that lives here: at the usual
// 100 each would set off the collector, which takes the processors that hashes
// leave. Whoever starts the program may say otherwise by GOGC and GOMEMLIMIT.
func collectLate() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(256 << 20)
	}
}

// collectSeldom lets rubbish pile up while the program starts: of all that is read
// then most is rubbish, and to look for it each time that the heap has doubled
// takes a fifth of the start. To leave it all would scatter what stays over twice
// the memory, which is never given back: of 100 MB that the start asks for 12 live
// on. At 150 they lie in 21, at 300 they lay in 25, for a twentieth less of the
// start. It returns what to go back to.
func collectSeldom() (percent int) {
	if os.Getenv("GOGC") != "" {
		percent = debug.SetGCPercent(100)
		debug.SetGCPercent(percent)
		return percent
	}
	return debug.SetGCPercent(150)
}

// hashing counts the hashes under way.
var hashing struct {
	sync.Mutex
	n int
}

// makeWay notes that a hash begins or, with -1, has ended. While there are any,
// the runtime has so many more places in which goroutines run: hashes occupy
// theirs for as long as they take, and the pages keep as many as there are
// processors. To keep them always would cost each page a sixth more.
func makeWay(change int) {
	hashing.Lock()
	defer hashing.Unlock()
	before := hashing.n
	if hashing.n += change; before == 0 || hashing.n == 0 {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + change*hashSlots)
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
	makeWay(1)
	defer makeWay(-1)
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
