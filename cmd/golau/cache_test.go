package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web"
)

// Attack A28: a proxy that keeps what it may shows nobody what was somebody's,
// however the address ends; what is everybody's it may keep.
func TestACacheKeepsNobodysPage(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a real proxy")
	}
	h := livedIn(t)
	behind := httptest.NewUnstartedServer(nil)
	behind.Config = web.NewServer(h.handler)
	behind.Start()
	t.Cleanup(behind.Close)
	addr := throughNginx(t, behind.Listener.Addr().String(), "upstream golau {", "proxy_cache_path "+t.TempDir()+" keys_zone=golau:1m;\nupstream golau {",
		"proxy_pass http://golau;", "proxy_pass http://golau;\n\t\tproxy_cache golau;\n\t\tadd_header X-Cache $upstream_cache_status always;")
	get := func(b *browser, path string) (body, cache string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = site
		for name, value := range b.cookies {
			req.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		resp, err := http.DefaultTransport.RoundTrip(req) // follows nothing
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw), resp.Header.Get("X-Cache")
	}
	whose := map[string]*browser{"nia": h.as("nia"), "alun": h.as("alun"), "": h.visitor()}
	for _, path := range []string{"/en/account", "/en/account/x.css", "/en/account?x=.css", "/en/learn", "/cy/certificates", "/en"} {
		for range 2 {
			for _, who := range []string{"nia", "alun", ""} {
				body, cache := get(whose[who], path)
				if cache == "HIT" {
					t.Errorf("%s: the proxy had kept it", path)
				}
				for other, name := range map[string]string{"nia": folk["nia"].name, "alun": folk["alun"].name} {
					if other != who && strings.Contains(body, name) {
						t.Errorf("%s: %q sees %s", path, who, name)
					}
				}
			}
		}
	}
	if body, _ := get(whose["nia"], "/en/account"); !strings.Contains(body, folk["nia"].name) {
		t.Error("nia does not see herself: the test tells nothing")
	}
	look := attr(find(h.visitor().get("/en").doc(), both(tag("link"), with("rel", "stylesheet"))), "href")
	get(whose["nia"], look)
	if _, cache := get(whose[""], look); cache != "HIT" {
		t.Errorf("%s, which is everybody's, was not kept: %q", look, cache)
	}
}
