package sso

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Lengths of what is believed of an answer.
const (
	maxAge     = 10 * time.Minute // since the token was signed
	ahead      = 2 * time.Minute  // a provider's clock may be before ours
	maxSubject = 255
	maxCode    = 4 << 10
)

// NewGrant draws what one attempt hangs on.
func (c *Client) NewGrant() (g Grant, err error) {
	for _, s := range []*string{&g.State, &g.Nonce, &g.Verifier} {
		if *s, err = c.draw(); err != nil {
			return g, err
		}
	}
	return g, nil
}

// Begin returns where to send the browser. The Fault says what is wrong with
// the provider.
func (c *Client) Begin(ctx context.Context, s Settings, g Grant) (address string, err error) {
	p, err := c.discover(ctx, s.Issuer, false)
	if err != nil {
		return "", err
	}
	conf, _, err := c.oauth(p, s)
	if err != nil {
		return "", err
	}
	more := []oauth2.AuthCodeOption{oidc.Nonce(g.Nonce), oauth2.S256ChallengeOption(g.Verifier)}
	if s.ACR != "" {
		more = append(more, oauth2.SetAuthURLParam("acr_values", s.ACR))
	}
	return conf.AuthCodeURL(g.State, more...), nil
}

// oauth returns how codes are redeemed at the provider, and what proves the site
// beside the client's id.
func (c *Client) oauth(p *provider, s Settings) (*oauth2.Config, []oauth2.AuthCodeOption, error) {
	if s.ClientID == "" || s.Secret == "" && s.Key == nil {
		return nil, nil, &Fault{Word: Half}
	}
	can := func(method string) bool { return slices.Contains(p.Methods, method) }
	// Where a provider says nothing, it takes the secret in the header.
	conf := &oauth2.Config{ClientID: s.ClientID, ClientSecret: s.Secret, RedirectURL: s.Redirect, Scopes: s.scopes(),
		Endpoint: oauth2.Endpoint{AuthURL: p.AuthURL, TokenURL: p.TokenURL, AuthStyle: oauth2.AuthStyleInHeader}}
	switch {
	case s.Key != nil && len(p.Methods) > 0 && !can("private_key_jwt"):
		return nil, nil, &Fault{Word: Method, Said: plain(strings.Join(p.Methods, ", "), 200)}
	case s.Key != nil:
		conf.ClientSecret, conf.Endpoint.AuthStyle = "", oauth2.AuthStyleInParams
		proof, err := c.prove(p, s.ClientID, s.Key)
		return conf, []oauth2.AuthCodeOption{
			oauth2.SetAuthURLParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
			oauth2.SetAuthURLParam("client_assertion", proof)}, err
	case len(p.Methods) == 0 || can("client_secret_basic"):
		return conf, nil, nil
	case can("client_secret_post"):
		conf.Endpoint.AuthStyle = oauth2.AuthStyleInParams
		return conf, nil, nil
	}
	return nil, nil, &Fault{Word: Method, Said: plain(strings.Join(p.Methods, ", "), 200)}
}

// Finish redeems the answer and returns what the provider says of whoever came.
// An answer that is not a true one to this very question is the Fault Forged;
// what the provider refuses is Unknown or Stale; other Faults say that it cannot
// be asked.
func (c *Client) Finish(ctx context.Context, s Settings, g Grant, a Answer) (Claims, error) {
	p, err := c.discover(ctx, s.Issuer, false)
	if err != nil {
		return Claims{}, err
	}
	// A provider that names itself in its answers stops another from passing off
	// its own as this one's.
	if a.Issuer != "" && a.Issuer != p.Issuer || a.Issuer == "" && p.NamesItself {
		return Claims{}, brought("the answer is another provider's")
	}
	if a.Code == "" || len(a.Code) > maxCode {
		return Claims{}, brought("no code")
	}
	conf, more, err := c.oauth(p, s)
	if err != nil {
		return Claims{}, err
	}
	ctx = oidc.ClientContext(ctx, c.http)
	token, err := conf.Exchange(ctx, a.Code, append(more, oauth2.VerifierOption(g.Verifier))...)
	if err != nil {
		return Claims{}, refused(err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok || raw == "" {
		return Claims{}, forged("no token of identity", nil)
	}
	id, err := p.oidc.Verifier(&oidc.Config{ClientID: s.ClientID, SupportedSigningAlgs: p.Algorithms, Now: c.o.Now}).Verify(ctx, raw)
	if err != nil {
		return Claims{}, forged("the token does not hold", err)
	}
	return c.claims(ctx, p, s, g, token, id)
}

func forged(why string, err error) *Fault {
	return &Fault{Word: Forged, Err: errors.Join(errors.New(why), err)}
}

// brought is what a browser may have made up.
func brought(why string) *Fault {
	f := forged(why, nil)
	f.Brought = true
	return f
}

// refused says why a code was not redeemed. That one is refused may be the code's
// fault, whatever word the provider has for it.
func refused(err error) error {
	var answer *oauth2.RetrieveError
	if !errors.As(err, &answer) {
		var address *url.Error
		if errors.As(err, &address) {
			return unreached(err)
		}
		return &Fault{Word: NotOIDC, Err: err}
	}
	// Neither the address nor the answer goes to the log: they hold the code.
	why := errors.New(plain(answer.ErrorCode, 60))
	switch answer.ErrorCode {
	case "invalid_client", "unauthorized_client":
		return &Fault{Word: Unknown, Err: why}
	case "invalid_grant":
		return &Fault{Word: Stale, Err: why, Brought: true}
	case "":
		return &Fault{Word: Status, Said: plain(answer.Response.Status, 60), Brought: answer.Response.StatusCode < http.StatusInternalServerError}
	}
	return &Fault{Word: NotOIDC, Err: why, Brought: answer.Response.StatusCode < http.StatusInternalServerError}
}

// EndAddress is where a browser goes to end its session at the provider too.
func EndAddress(end, clientID string) string {
	u, err := url.Parse(end)
	if err != nil {
		return ""
	}
	q := u.Query()
	q.Set("client_id", clientID)
	u.RawQuery = q.Encode()
	return u.String()
}
