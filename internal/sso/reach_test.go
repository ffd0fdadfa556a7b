package sso_test

import (
	"net/http"
	"sync"
	"testing"
)

// A provider hangs up on connections that have been idle for some seconds, as
// most do. Whoever comes back in that moment gets in all the same.
func TestAProviderHangsUp(t *testing.T) {
	d := newDesk(t)
	var mu sync.Mutex
	seen := map[string]bool{} // connections, by the port they come from
	inner := d.Config.Handler
	d.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		kept := seen[r.RemoteAddr]
		seen[r.RemoteAddr] = true
		mu.Unlock()
		if kept {
			if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
				conn.Close()
			}
			return
		}
		inner.ServeHTTP(w, r)
	})
	for n := range 3 {
		if _, err := d.come(); err != nil {
			t.Errorf("time %d: %v", n+1, err)
		}
	}
}
