package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// browser is somebody's browser without scripts: it keeps cookies, and sends
// the headers that browsers send.
type browser struct {
	h       *house
	t       testing.TB
	mu      sync.Mutex
	cookies map[string]string
	headers map[string]string // sent with every request
	all     []*http.Cookie    // every cookie that was ever set
}

// reply is what came back.
type reply struct {
	t      testing.TB
	method string
	path   string
	Status int
	Header http.Header
	Body   string
}

// visitor is somebody nobody knows.
func (h *house) visitor() *browser {
	return &browser{h: h, t: h.t, cookies: map[string]string{}, headers: map[string]string{}}
}

// as is the browser of one of the cast, signed in; of "" it is a visitor's.
func (h *house) as(who string) *browser {
	b := h.visitor()
	if who != "" {
		b.cookies["__Host-golau"] = h.session[who]
	}
	return b
}

// signIn goes through the sign-in page.
func (b *browser) signIn(who string) *browser {
	b.t.Helper()
	page := b.get("/en/sign-in")
	r := b.press(page, "sign-in", "", "email", folk[who].email, "password", password)
	r.want(http.StatusSeeOther)
	b.secondStep(who, r)
	return b
}

// token is the session the browser holds.
func (b *browser) token() string { return b.cookies["__Host-golau"] }

// get asks for a page. More are pairs of header and value.
func (b *browser) get(path string, more ...string) *reply {
	b.t.Helper()
	return b.send(http.MethodGet, path, nil, more...)
}

// post sends a form.
func (b *browser) post(path string, form url.Values, more ...string) *reply {
	b.t.Helper()
	more = append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "Origin", "https://" + site}, more...)
	return b.send(http.MethodPost, path, strings.NewReader(form.Encode()), more...)
}

// send sends anything. A header with the value "-" is left out.
func (b *browser) send(method, path string, body io.Reader, more ...string) *reply {
	b.t.Helper()
	req := httptest.NewRequest(method, path, body)
	req.Host = site
	b.mu.Lock()
	for name, value := range b.headers {
		set(req, name, value)
	}
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	b.mu.Unlock()
	for i := 0; i+1 < len(more); i += 2 {
		set(req, more[i], more[i+1])
	}
	return b.exchange(req)
}

// raw asks for a path exactly as it is written, as no browser would.
func (b *browser) raw(path string) *reply {
	b.t.Helper()
	req := httptest.NewRequest(http.MethodGet, "/", nil)
	u, err := url.ParseRequestURI("http://" + site + path)
	if err != nil {
		b.t.Fatal(err)
	}
	u.Scheme, u.Host = "", ""
	req.URL, req.RequestURI, req.Host = u, path, site
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return b.exchange(req)
}

func set(req *http.Request, name, value string) {
	switch {
	case name == "Host":
		req.Host = value
	case value == "-":
		req.Header.Del(name)
	default:
		req.Header.Set(name, value)
	}
}

// exchange has the house answer and keeps the cookies it sets.
func (b *browser) exchange(req *http.Request) *reply {
	b.t.Helper()
	rec := httptest.NewRecorder()
	b.h.handler.ServeHTTP(rec, req)
	res := rec.Result()
	body, _ := io.ReadAll(res.Body)
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range res.Cookies() {
		b.all = append(b.all, k)
		bound(b.t, k)
		if k.MaxAge < 0 {
			delete(b.cookies, k.Name)
			continue
		}
		b.cookies[k.Name] = k.Value
	}
	return &reply{t: b.t, method: req.Method, path: req.URL.RequestURI(), Status: res.StatusCode, Header: res.Header, Body: string(body)}
}

// follow goes where a redirect leads, until a page comes.
func (b *browser) follow(r *reply) *reply {
	b.t.Helper()
	for range 5 {
		if r.Status != http.StatusSeeOther {
			return r
		}
		r = b.get(r.Header.Get("Location"))
	}
	b.t.Fatalf("%s: redirects without end", r.path)
	return nil
}

// want stops the test unless the status is the one given.
func (r *reply) want(status int) *reply {
	r.t.Helper()
	if r.Status != status {
		r.t.Fatalf("%s %s: status %d, want %d (to %q)\n%s", r.method, r.path, r.Status, status, r.Header.Get("Location"), r.gist())
	}
	return r
}

// leads stops the test unless the reply sends the browser to path.
func (r *reply) leads(path string) *reply {
	r.t.Helper()
	r.want(http.StatusSeeOther)
	if got := r.Header.Get("Location"); got != path {
		r.t.Fatalf("%s %s leads to %q, want %q", r.method, r.path, got, path)
	}
	return r
}

// has and lacks look for words in the body.
func (r *reply) has(words ...string) *reply {
	r.t.Helper()
	for _, w := range words {
		if !strings.Contains(r.text(), w) && !strings.Contains(r.Body, w) {
			r.t.Errorf("%s %s (%d) lacks %q\n%s", r.method, r.path, r.Status, w, r.gist())
		}
	}
	return r
}

func (r *reply) lacks(words ...string) *reply {
	r.t.Helper()
	for _, w := range words {
		if strings.Contains(r.text(), w) || strings.Contains(r.Body, w) {
			r.t.Errorf("%s %s (%d) holds %q", r.method, r.path, r.Status, w)
		}
	}
	return r
}

// gist is what the page says in its main part, for a message.
func (r *reply) gist() string {
	text := r.Body
	if doc := r.doc(); doc != nil {
		if m := find(doc, tag("main")); m != nil {
			text = textOf(m)
		}
	}
	if len(text) > 400 {
		text = text[:400] + " …"
	}
	return text
}
