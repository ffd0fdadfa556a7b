package main

import "syscall"

// lower is how far a thread that hashes steps back: pages come first, and still
// a busy site does not keep people from signing in, as the lowest would.
const lower = 10

// stepBack lowers the priority of the thread it runs on. Where a sandbox forbids
// that, it stays as it is.
func stepBack() { _ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, lower) } // on Linux 0 is the calling thread alone
