package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
)

// A long list over a slow line is waited for longer than other forms, and only
// where it comes from somebody who may send one.
func TestALongListMayTakeItsTime(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	s := httptest.NewUnstartedServer(nil)
	s.Config = web.NewServer(h.handler)
	s.Config.ReadTimeout = time.Second / 2
	s.Start()
	t.Cleanup(s.Close)
	const path, list = "/en/admin/invitations/many", "list=nobody&go=check"
	begin := func(who string) net.Conn {
		t.Helper()
		c, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nSec-Fetch-Site: same-origin\r\nContent-Length: %d\r\n", path, site, formType, len(list))
		if who != "" {
			fmt.Fprintf(c, "Cookie: __Host-golau=%s\r\n", h.session[who])
		}
		fmt.Fprintf(c, "\r\n%s", list[:10])
		return c
	}
	may := begin("alun")
	for _, who := range []string{"nia", ""} {
		res, err := http.ReadResponse(bufio.NewReader(begin(who)), nil)
		if err != nil || res.StatusCode < 400 {
			t.Fatalf("%q: %+v, %v", who, res, err)
		}
	}
	// One that began later, and has as long as every form: once it is shut, the
	// time of the list would be over, too.
	other, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	fmt.Fprintf(other, "POST /en/sign-in HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 90\r\n\r\nemail=", site, formType)
	if _, err := io.ReadAll(other); err != nil { // until it is shut
		t.Fatal(err)
	}
	if _, err := io.WriteString(may, list[10:]); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(may), nil)
	if err != nil || res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a list that took its time: %+v, %v", res, err)
	}
}
