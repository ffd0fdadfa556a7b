package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"
)

// How many clients hold the program up: as many that never finish their headers
// as never finish their bodies, and more that are connected and say nothing.
const slowEach, silent = 500, 5000

// held measures what a page takes at worst, and what the program holds, while
// slow clients do; and how soon it has sent the last of them away. The floor is
// the same page in peace.
func (b *bench) held(ctx context.Context) error {
	s, path, cookie, err := b.reading(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	var calm, rough, ratios, grown []float64
	longest := time.Duration(0)
	for range 3 {
		still, err := b.calls(ctx, s, path, cookie)
		if err != nil {
			return err
		}
		wild, memory, gone, err := b.holding(ctx, s, path, cookie)
		if err != nil {
			return err
		}
		calm, rough, ratios = append(calm, worst(still)), append(rough, worst(wild)), append(ratios, worst(wild)/worst(still))
		grown, longest = append(grown, memory), max(longest, gone)
	}
	b.add(row{what: "slowest hundredth of a lesson, 500 slow headers, 500 slow bodies, 5,000 silent", figure: fmt.Sprintf("%.2f ms", median(rough)),
		floor: fmt.Sprintf("in peace %.2f ms", median(calm)), ratio: fmt.Sprintf("%.1f", median(ratios)), aim: "≤ 2", met: median(ratios) <= 2})
	b.add(row{what: "memory meanwhile", figure: fmt.Sprintf("%.0f MB", median(grown)), aim: "≤ 256 MB", met: median(grown) <= 256})
	b.add(row{what: "until the last slow one is sent away", figure: fmt.Sprintf("%.1f s", longest.Seconds()), aim: "≤ 10 s", met: longest <= 10*time.Second})
	return nil
}

// holding has the clients hold on, asks for pages meanwhile, and returns how long
// each took, how many megabytes the program held, and how long the slow client
// that was borne with longest was.
func (b *bench) holding(ctx context.Context, s *server, path, cookie string) (took []time.Duration, memory float64, longest time.Duration, err error) {
	host := strings.TrimPrefix(s.base, "http://")
	var all []net.Conn
	defer func() {
		for _, c := range all {
			c.Close()
		}
		wait(ctx, 300*time.Millisecond) // until the program has noticed that they are gone
	}()
	open := func(says string) (net.Conn, error) {
		c, err := net.Dial("tcp", host)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
		_, err = io.WriteString(c, says)
		return c, err
	}
	for range silent {
		c, err := open("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
		if err == nil {
			_, err = c.Read(make([]byte, 4096))
		}
		if err != nil {
			return nil, 0, 0, err
		}
	}
	var mu sync.Mutex
	var slow sync.WaitGroup
	for range slowEach {
		for _, says := range []string{
			"POST /en/sign-in HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + s.base + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\nemail=",
			"GET /en HTTP/1.1\r\nHost: " + host + "\r\nX-Slow: ",
		} {
			began := time.Now()
			c, err := open(says)
			if err != nil {
				return nil, 0, 0, err
			}
			slow.Go(func() {
				_, _ = io.Copy(io.Discard, c) // what it is told at parting, until it is shut
				mu.Lock()
				longest = max(longest, time.Since(began))
				mu.Unlock()
			})
		}
	}
	took, err = b.calls(ctx, s, path, cookie)
	memory, _ = s.memory()
	slow.Wait()
	return took, memory, longest, err
}
