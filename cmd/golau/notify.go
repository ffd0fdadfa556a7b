package main

import (
	"net"
	"os"
)

// notify tells the service manager how far the program is, as sd_notify(3) has
// it; where none asked to be told, nothing happens.
func notify(state string) {
	to := os.Getenv("NOTIFY_SOCKET")
	if to == "" {
		return
	}
	if to[0] == '@' { // an abstract socket
		to = "\x00" + to[1:]
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: to, Net: "unixgram"})
	if err != nil {
		return // nobody listens any more, and the site serves all the same
	}
	defer c.Close()
	_, _ = c.Write([]byte(state))
}
