package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"golau/internal/robot"
)

// The built program is asked to end by SIGTERM in the middle of an answer: nobody
// new is taken, the answer is saved and replied to, the program ends with 0, its
// log folded into the database, and the next start shows the answer.
func TestSIGTERMKeepsTheAnswerUnderWay(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the built program twice")
	}
	t.Parallel()
	data := t.TempDir()
	p, err := startDemo(t, data)
	if err != nil {
		t.Fatal(err)
	}
	asking := &onWire{next: &http.Transport{}}
	v := robot.New(p.base, asking)
	attempt := begins(t, v, "rhian")
	q, err := v.Question(t.Context(), attempt, 1)
	if err != nil {
		t.Fatal(err)
	}
	form := q.Choose(1)
	asking.keep = true
	if _, err := v.Save(t.Context(), q, form); !errors.Is(err, errKept) {
		t.Fatal(err)
	}
	asking.keep = false
	asking.next.CloseIdleConnections()

	at := strings.TrimPrefix(p.base, "http://")
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	replies := bufio.NewReader(conn)
	head, sent, _ := bytes.Cut(asking.raw, []byte("\r\n\r\n"))
	if _, err := fmt.Fprintf(conn, "%s\r\nExpect: 100-continue\r\n\r\n", head); err != nil {
		t.Fatal(err)
	}
	// What still waits to be accepted when the door shuts is nobody's answer under
	// way: the program has to ask for the form first.
	if first, err := http.ReadResponse(replies, nil); err != nil || first.StatusCode != http.StatusContinue {
		t.Fatal(first, err)
	}
	if _, err := conn.Write(sent[:len(sent)-1]); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(patience)
	for refused := false; !refused; {
		c, err := net.Dial("tcp", at)
		if refused = err != nil; !refused {
			c.Close()
		}
		if time.Now().After(deadline) {
			t.Fatal("it goes on taking connections")
		}
	}
	if _, err := conn.Write(sent[len(sent)-1:]); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(replies, nil)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK || !resp.Close {
		t.Errorf("answered %d %s, and the connection closes: %v", resp.StatusCode, body, resp.Close)
	}
	<-p.ended
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("ended with %d: %s", code, tail(p.errors.String()))
	}
	if log, err := os.Stat(filepath.Join(data, "demo", "golau.db-wal")); err == nil && log.Size() > 0 {
		t.Error("the log is not folded into the database")
	}

	if p, err = startDemo(t, data); err != nil {
		t.Fatal(err)
	}
	v.Move(p.base, asking)
	now, err := v.Question(t.Context(), attempt, 1)
	if err != nil || now.Version != q.Version+1 || !reflect.DeepEqual(now.Given, form) {
		t.Errorf("the answer is %v, version %d, after %v, version %d: %v", now.Given, now.Version, form, q.Version, err)
	}
}

// begins signs somebody in and begins a check.
func begins(t *testing.T, v *robot.Visitor, who string) (attempt string) {
	t.Helper()
	err := v.SignInAs(t.Context(), who)
	var check string
	if err == nil {
		check, err = v.ReadModule(t.Context(), courseSlug, "what-it-is")
	}
	if err == nil {
		attempt, err = v.Start(t.Context(), check)
	}
	if err != nil {
		t.Fatal(err)
	}
	return attempt
}

// onWire sends requests, or keeps one as it would stand on the wire.
type onWire struct {
	next *http.Transport
	keep bool
	raw  []byte
}

// errKept is the reply to a request that was not sent.
var errKept = errors.New("kept")

// RoundTrip implements http.RoundTripper.
func (w *onWire) RoundTrip(q *http.Request) (*http.Response, error) {
	if !w.keep {
		return w.next.RoundTrip(q)
	}
	raw, err := httputil.DumpRequestOut(q, true)
	if w.raw = raw; err != nil {
		return nil, err
	}
	return nil, errKept
}
