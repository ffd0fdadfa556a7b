package main

import "syscall"

// stepBack gives the thread it runs on the lowest priority. Where a sandbox
// forbids that, it stays as it is.
func stepBack() { _ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 19) } // on Linux 0 is the calling thread alone
