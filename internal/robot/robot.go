// Package robot takes the course over HTTP as a browser without scripts would:
// it holds a cookie, follows what the pages offer, and reads their forms. It is
// for drills and measurements; the service has no use for it.
//
// It knows addresses and forms as they stand on the pages. It knows no room, no
// database and no right answer.
package robot

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Visitor is one browser.
type Visitor struct {
	base    string // "http://127.0.0.1:8080"
	client  *http.Client
	cookies map[string]string
}

// Page is what came back.
type Page struct {
	Status   int
	Location string // where it leads, "" when nowhere
	Body     string
	Header   http.Header
}

// Status is an answer that was not the one hoped for.
type Status struct {
	Path string
	Code int
}

// Error is for logs.
func (s *Status) Error() string { return fmt.Sprintf("%s answers %d", s.Path, s.Code) }

// New opens a browser that reaches the site at base through via.
func New(base string, via http.RoundTripper) *Visitor {
	return &Visitor{base: base, cookies: map[string]string{}, client: &http.Client{Transport: via,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Get asks for a page.
func (v *Visitor) Get(ctx context.Context, path string) (Page, error) {
	return v.do(ctx, http.MethodGet, path, nil, "")
}

// Post sends a form.
func (v *Visitor) Post(ctx context.Context, path string, form url.Values) (Page, error) {
	return v.do(ctx, http.MethodPost, path, form, "")
}

// do sends a request. A browser keeps the cookies of a secure site on loopback;
// Go's own jar does not, so they are kept by hand.
func (v *Visitor) do(ctx context.Context, method, path string, form url.Values, accept string) (Page, error) {
	r, err := http.NewRequestWithContext(ctx, method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return Page{}, err
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", v.base)
	}
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	resp, err := v.client.Do(r)
	if err != nil {
		return Page{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return Page{}, err
	}
	for _, k := range resp.Cookies() {
		v.cookies[k.Name] = k.Value
	}
	return Page{resp.StatusCode, resp.Header.Get("Location"), string(body), resp.Header}, nil
}

// follow is a page that must lead somewhere.
func follow(path string, p Page, err error) (string, error) {
	if err == nil && p.Status != http.StatusSeeOther {
		err = &Status{path, p.Status}
	}
	return p.Location, err
}

// Move turns to the same site at another address, with the cookies kept.
func (v *Visitor) Move(base string, via http.RoundTripper) { v.base, v.client.Transport = base, via }

// Cookies returns what the browser holds as the header it sends.
func (v *Visitor) Cookies() string {
	var all []string
	for name, value := range v.cookies {
		all = append(all, name+"="+value)
	}
	return strings.Join(all, "; ")
}
