package main

import (
	"testing"
	"time"
)

func TestSmoke(t *testing.T) {
	b := time.Now()
	h := newHouse(t)
	t.Log("fresh", time.Since(b))
	b = time.Now()
	h = newHouse(t)
	t.Log("fresh again", time.Since(b))
	b = time.Now()
	h = livedIn(t)
	t.Log("lived", time.Since(b), h.did)
	b = time.Now()
	h = livedIn(t)
	t.Log("lived again", time.Since(b), len(h.mail.Sent()))
}
