// Package mailtest is a mail server for tests: it takes every letter and keeps
// what came over the wire, envelope and all. It delivers nothing and knows only
// as much of the protocol as a client needs.
package mailtest

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
)

// Letter is what a client handed over.
type Letter struct {
	From string   // of the envelope
	To   []string // of the envelope
	Data string   // headers and body as sent, dots unstuffed, lines ending with CR LF
}

// Sink is the server.
type Sink struct {
	l    net.Listener
	mu   sync.Mutex
	got  []Letter
	said []string
	fail string
	tls  string
	came chan struct{} // somebody may wait for a letter

	key        *tls.Certificate // the encryption it has; nil: none
	user, pass string           // whom it takes letters from, when encrypted
}

// New starts a server on this machine and stops it at the end of the test.
func New(t testing.TB) *Sink {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Sink{l: l, came: make(chan struct{}, 1)}
	open := map[net.Conn]bool{}
	var talking sync.WaitGroup
	talking.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			open[c] = true
			s.mu.Unlock()
			talking.Go(func() { s.talk(c) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		s.mu.Lock()
		for c := range open { // a client may forget to hang up
			c.Close()
		}
		s.mu.Unlock()
		talking.Wait()
	})
	return s
}

// Addr is where the server listens: host and port.
func (s *Sink) Addr() string { return s.l.Addr().String() }

// Refuse lets the server answer every recipient with a line like "451 later";
// "" takes them again.
func (s *Sink) Refuse(line string) { s.mu.Lock(); s.fail = line; s.mu.Unlock() }

// Pretend lets the server offer encryption and answer who asks for it with a
// line like "454 not now". It has none to begin.
func (s *Sink) Pretend(line string) { s.mu.Lock(); s.tls = line; s.mu.Unlock() }

// Encrypt lets the server offer encryption and speak it with a key of its own.
// It then takes letters only from whoever comes encrypted and shows the password.
func (s *Sink) Encrypt(key tls.Certificate, user, pass string) {
	s.mu.Lock()
	s.key, s.user, s.pass, s.tls = &key, user, pass, "220 go ahead"
	s.mu.Unlock()
}

// Await returns the letters once there are n of them, or what has come when ctx
// ends.
func (s *Sink) Await(ctx context.Context, n int) []Letter {
	for {
		if got := s.Letters(); len(got) >= n {
			return got
		}
		select {
		case <-s.came:
		case <-ctx.Done():
			return s.Letters()
		}
	}
}

// Letters returns what has come so far.
func (s *Sink) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter(nil), s.got...)
}

// Commands returns every command line that clients have sent, without the data
// of letters.
func (s *Sink) Commands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.said...)
}

// talk serves one client until it leaves.
func (s *Sink) talk(c net.Conn) {
	defer c.Close()
	in := bufio.NewReader(c)
	say := func(line string) { fmt.Fprint(c, line+"\r\n") }
	say("220 sink.example ready")
	var l Letter
	var known, closed bool // who they are; that nobody listens
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.mu.Lock()
		s.said = append(s.said, line)
		fail, offer, key := s.fail, s.tls, s.key
		s.mu.Unlock()
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			// It would take a password, and has no encryption to take it under.
			if offer != "" && !closed {
				say("250-sink.example\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")
				continue
			}
			say("250-sink.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")
		case "STARTTLS":
			say(cmp.Or(offer, "502 not here"))
			if key != nil {
				c = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{*key}})
				in, closed = bufio.NewReader(c), true
			}
		case "AUTH":
			if known = closed && s.right(rest); !known {
				say("535 no")
				continue
			}
			say("235 welcome")
		case "HELO", "NOOP":
			say("250 ok")
		case "RSET":
			l = Letter{}
			say("250 ok")
		case "MAIL":
			if key != nil && !known {
				say("530 who are you")
				continue
			}
			l = Letter{From: path(rest)}
			say("250 ok")
		case "RCPT":
			if fail != "" {
				say(fail)
				continue
			}
			l.To = append(l.To, path(rest))
			say("250 ok")
		case "DATA":
			say("354 go on")
			if l.Data, err = data(in); err != nil {
				return
			}
			s.mu.Lock()
			s.got = append(s.got, l)
			s.mu.Unlock()
			select {
			case s.came <- struct{}{}:
			default: // somebody was told already
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("502 not here")
		}
	}
}

// right says whether "PLAIN AG5hbWUAcGFzc3dvcmQ=" is who may send.
func (s *Sink) right(auth string) bool {
	how, what, _ := strings.Cut(auth, " ")
	said, err := base64.StdEncoding.DecodeString(what)
	return err == nil && how == "PLAIN" && string(said) == "\x00"+s.user+"\x00"+s.pass
}

// path is the address in "FROM:<a@b.example> BODY=8BITMIME".
func path(s string) string {
	_, s, _ = strings.Cut(s, "<")
	s, _, _ = strings.Cut(s, ">")
	return s
}

// data reads a letter up to the line with a single dot.
func data(in *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return "", err
		}
		if line == ".\r\n" {
			return b.String(), nil
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}
