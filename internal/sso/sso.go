// Package sso speaks OpenID Connect with the sign-in of an agency: it sends a
// browser there, and says who came back.
//
// It keeps nothing in the database and knows no person, no agency and no page:
// whom an identity belongs to, and what they may do, is decided above it. What
// an agency's sign-in says of somebody's role is never read at all.
package sso

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Settings are how the site is known to a provider.
type Settings struct {
	Issuer   string
	ClientID string
	// Secret proves the site to the provider; where Key is given, the key does.
	Secret string
	Key    *Key
	Scopes string // separated by spaces; openid is always among them
	// ACR is the level that is asked for, "" when none: values separated by
	// spaces, of which the provider may answer any.
	ACR      string
	Redirect string // the address that the browser comes back to
}

// Grant is what one attempt to sign in hangs on. All three are secrets of the
// browser that began it; none is used twice.
type Grant struct {
	State    string
	Nonce    string
	Verifier string // of PKCE
}

// Answer is what the browser brings back.
type Answer struct {
	Code   string
	Issuer string // the parameter iss, "" when there is none
}

// Claims are what a provider says of somebody. Only Issuer and Subject say who
// it is; an address can be anybody's unless EmailVerified.
type Claims struct {
	Issuer, Subject string
	Email           string
	EmailVerified   bool
	Name            string
	ACR             string   // the level that was reached
	AMR             []string // the ways in which they proved themselves
}

// Options adjusts a Client.
type Options struct {
	Now    func() time.Time
	Chance io.Reader
	// Loopback allows providers on this machine, without TLS. Never on a site
	// that others reach: whoever may name a provider could reach what listens
	// here alone.
	Loopback bool
	// Resolver finds the addresses of names; nil is the system's.
	Resolver *net.Resolver
}

// kept is how long what a provider says of itself is believed, and its keys with
// it: a key that it has withdrawn opens nothing after that.
const kept = 10 * time.Minute

// Client speaks with providers. It is safe for concurrent use.
type Client struct {
	o    Options
	http *http.Client

	mu    sync.Mutex
	known map[string]*provider // by issuer
}

// New returns a client.
func New(o Options) *Client {
	return &Client{o: o, http: reach(o.Loopback, o.Resolver), known: map[string]*provider{}}
}

// CheckIssuer returns the Fault of an address that cannot be a provider's:
// https, with a host, and nothing behind the path. A sign-in for everybody's
// accounts at once is none: whoever administers any of them could be anybody.
func (c *Client) CheckIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.ForceQuery ||
		strings.ContainsAny(issuer, " \t\r\n#") || len(issuer) > 300 || !c.secure(u) {
		return &Fault{Word: BadIssuer}
	}
	if host := strings.ToLower(u.Hostname()); strings.HasPrefix(host, "login.microsoftonline.") || strings.HasSuffix(host, ".windows.net") {
		first, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
		if first == "common" || first == "organizations" || first == "consumers" || first == "" {
			return &Fault{Word: ManyTenants}
		}
	}
	return nil
}

// secure says whether an address may be asked: by TLS, or on this machine where
// that is allowed.
func (c *Client) secure(u *url.URL) bool {
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && c.o.Loopback && isLoopback(u.Hostname()))
}

// scopes returns what is asked for.
func (s Settings) scopes() []string {
	all := []string{"openid"}
	for _, f := range strings.Fields(s.Scopes) {
		if f != "openid" {
			all = append(all, f)
		}
	}
	return all
}
