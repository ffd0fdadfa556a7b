package static

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestAnythingElseIsNotFoundAndSaysNothing(t *testing.T) {
	f := open(t)
	css := f.Path("css/golau.css")
	hash := strings.Split(css, "/")[2]
	script := strings.Split(f.Path("js/quiz.js"), "/")[2]
	for _, target := range []string{
		"/", "/static", "/static/", "/static/" + hash, "/static/" + hash + "/", "/static/" + hash + "/css", "/static/" + hash + "/css/",
		"/static/css/golau.css", "/static//css/golau.css", "/static/000000000000/css/golau.css", "/static/" + script + "/css/golau.css",
		"/static/" + hash[:11] + "/css/golau.css", "/static/" + strings.ToUpper(hash) + "x/css/golau.css",
		css + "/", css + "/.", "/" + css, css + "%00", css + "%20", css + ".gz", css + ".map",
		"/static/" + hash + "/css/none.css", "/static/" + hash + "/static.go", "/static/" + hash + "/css/../css/golau.css",
		"/static/" + hash + "/css/..%2fcss%2fgolau.css", "/static/" + hash + "/%2e%2e/static.go", "/static/" + hash + "/css%2Fgolau.css",
		"/static/" + hash + `/css\golau.css`, "/static/" + hash + "/css%5Cgolau.css", "/static/" + hash + "/%63ss/golau.css",
		"/static/" + hash + "/../../../../etc/passwd", "/static%2f" + hash + "/css/golau.css",
	} {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			r := get(f, method, target)
			if content := body(t, r); r.StatusCode != 404 || len(content) > 0 {
				t.Errorf("%s %s answers %d with %d bytes, want 404 and nothing", method, target, r.StatusCode, len(content))
			}
			if got := r.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s %s may be kept: %q", method, target, got)
			}
			if r.Header.Get("Location") != "" {
				t.Errorf("%s %s leads to %s", method, target, r.Header.Get("Location"))
			}
		}
	}
	if r := get(f, "GET", css+"?x=1"); r.StatusCode != 200 {
		t.Errorf("a query changes the answer to %d", r.StatusCode)
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	f := open(t)
	css := f.Path("css/golau.css")
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} {
		r := get(f, method, css)
		if content := body(t, r); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" || len(content) > 0 {
			t.Errorf("%s answers %d, Allow %q, %d bytes", method, r.StatusCode, r.Header.Get("Allow"), len(content))
		}
	}
	for _, encoding := range []string{"gzip", "identity"} {
		full, head := get(f, "GET", css, "Accept-Encoding", encoding), get(f, "HEAD", css, "Accept-Encoding", encoding)
		if !maps.EqualFunc(full.Header, head.Header, slices.Equal) || head.StatusCode != 200 {
			t.Errorf("HEAD tells %v, GET %v", head.Header, full.Header)
		}
		if len(body(t, head)) > 0 {
			t.Error("HEAD has a body")
		}
	}
}

func TestCompressionIsWhatTheBrowserAsksFor(t *testing.T) {
	f := open(t)
	for _, c := range []struct {
		accept string
		want   string
	}{
		{"", ""}, {"gzip", "gzip"}, {"GZIP", "gzip"}, {"x-gzip", "gzip"}, {"gzip, deflate, br, zstd", "gzip"}, {"br;q=1, gzip;q=0.1", "gzip"},
		{"*", "gzip"}, {"*;q=0", ""}, {"gzip;q=0", ""}, {"gzip;q=0.000", ""}, {"gzip; q=0, *", ""}, {"*;q=0, gzip", "gzip"}, {"identity", ""},
		{"br", ""}, {"gzipped", ""}, {"gzip;q=", ""}, {"gzip;q=much", ""}, {"gzip;level=9", ""}, {"deflate ,  gzip ; q=0.5", "gzip"}, {",,", ""},
	} {
		r := get(f, "GET", f.Path("css/golau.css"), "Accept-Encoding", c.accept)
		if got := r.Header.Get("Content-Encoding"); got != c.want {
			t.Errorf("Accept-Encoding %q gets %q, want %q", c.accept, got, c.want)
		}
	}
	if r := get(f, "GET", f.Path("css/golau.css"), "Accept-Encoding", "br", "Accept-Encoding", "gzip"); r.Header.Get("Content-Encoding") != "gzip" {
		t.Error("a second Accept-Encoding line is not read")
	}
}

func TestWhatTheBrowserHasIsNotSentAgain(t *testing.T) {
	f := open(t)
	css := f.Path("css/golau.css")
	plain := get(f, "GET", css).Header.Get("ETag")
	zipped := get(f, "GET", css, "Accept-Encoding", "gzip").Header.Get("ETag")
	for _, c := range []struct {
		accept, has string
		status      int
	}{
		{"", plain, 304}, {"gzip", zipped, 304}, {"", zipped, 200}, {"gzip", plain, 200}, {"", `"old", ` + plain, 304},
		{"", "W/" + plain, 304}, {"", "*", 304}, {"", `"old"`, 200}, {"", "", 200}, {"", strings.Trim(plain, `"`), 200},
	} {
		r := get(f, "GET", css, "Accept-Encoding", c.accept, "If-None-Match", c.has)
		content := body(t, r)
		if r.StatusCode != c.status || (c.status == 304) != (len(content) == 0) {
			t.Errorf("having %s and accepting %q: %d with %d bytes, want %d", c.has, c.accept, r.StatusCode, len(content), c.status)
		}
		if c.status == 304 && r.Header.Get("Content-Encoding")+r.Header.Get("Content-Length")+r.Header.Get("Content-Type") != "" {
			t.Errorf("having %s: an answer without content describes one: %v", c.has, r.Header)
		}
		if r.Header.Get("ETag") == "" || r.Header.Get("Cache-Control") == "" || r.Header.Get("Vary") == "" {
			t.Errorf("having %s: the headers that a cache renews are missing: %v", c.has, r.Header)
		}
	}
}
