package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// client is one connection that is kept open. It is as plain as can be, because
// it shares the machine with what it measures.
type client struct {
	host     string
	conn     net.Conn
	in       *bufio.Reader
	received int64  // bytes, headers too
	body     []byte // of the last reply; overwritten by the next
}

func dial(base string) (*client, error) {
	host := strings.TrimPrefix(base, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	c := &client{host: host, conn: conn}
	c.in = bufio.NewReaderSize(countingReader{c}, 64<<10)
	return c, nil
}

type countingReader struct{ c *client }

func (r countingReader) Read(p []byte) (int, error) {
	n, err := r.c.conn.Read(p)
	r.c.received += int64(n)
	return n, err
}

func (c *client) close() { _ = c.conn.Close() }

// get makes the request for a page. headers are whole lines.
func (c *client) get(path string, headers ...string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n", path, c.host, lines(headers))
}

// post makes the request that sends a form.
func (c *client) post(path string, form url.Values, headers ...string) []byte {
	body := form.Encode()
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n%s\r\n%s",
		path, c.host, c.host, len(body), lines(headers), body)
}

func lines(headers []string) string {
	if len(headers) == 0 {
		return ""
	}
	return strings.Join(headers, "\r\n") + "\r\n"
}

// do sends a request, reads the reply whole and returns its status.
func (c *client) do(request []byte) (status int, err error) {
	if _, err := c.conn.Write(request); err != nil {
		return 0, err
	}
	length := 0
	for first := true; ; first = false {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case first:
			if len(line) < 12 {
				return 0, fmt.Errorf("no status: %q", line)
			}
			status, err = strconv.Atoi(string(line[9:12]))
		case len(line) == 0:
			if cap(c.body) < length {
				c.body = make([]byte, length)
			}
			c.body = c.body[:length]
			_, err = io.ReadFull(c.in, c.body)
			return status, err
		case bytes.EqualFold(name, []byte("Content-Length")):
			length, err = strconv.Atoi(string(value))
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			err = fmt.Errorf("a reply in pieces, which this client cannot read")
		}
		if err != nil {
			return 0, err
		}
	}
}
