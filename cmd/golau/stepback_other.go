//go:build !linux

package main

// stepBack does nothing: elsewhere a thread has no priority of its own that can
// be set without more.
func stepBack() {}
