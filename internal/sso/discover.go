package sso

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// said is what a provider says of itself.
type said struct {
	Issuer      string   `json:"issuer"`
	AuthURL     string   `json:"authorization_endpoint"`
	TokenURL    string   `json:"token_endpoint"`
	KeysURL     string   `json:"jwks_uri"`
	UserInfoURL string   `json:"userinfo_endpoint"`
	EndURL      string   `json:"end_session_endpoint"`
	Algorithms  []string `json:"id_token_signing_alg_values_supported"`
	Methods     []string `json:"token_endpoint_auth_methods_supported"`
	MethodAlgs  []string `json:"token_endpoint_auth_signing_alg_values_supported"`
	// NamesItself says that every answer bears the parameter iss (RFC 9207).
	NamesItself bool `json:"authorization_response_iss_parameter_supported"`
}

// provider is what is known of a provider for a while.
type provider struct {
	said
	oidc  *oidc.Provider
	clock time.Duration // how far its clock is before ours
	until time.Time
}

// signatures are the ways of signing that prove who signed. "none" proves
// nothing, and with HS256 the site itself could have signed.
var signatures = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// ask fetches a document of a provider.
func (c *Client) ask(ctx context.Context, address string, into any) (http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, &Fault{Word: BadIssuer, Err: err}
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, unreached(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return nil, unreached(err)
	case res.StatusCode != http.StatusOK:
		return nil, &Fault{Word: Status, Said: plain(res.Status, 60)}
	}
	if err := json.Unmarshal(body, into); err != nil {
		return nil, &Fault{Word: NotOIDC, Err: err}
	}
	return res.Header, nil
}

// discover returns what the provider of the settings says of itself, or what is
// wrong with that.
func (c *Client) discover(ctx context.Context, issuer string, afresh bool) (*provider, error) {
	if err := c.CheckIssuer(issuer); err != nil {
		return nil, err
	}
	now := c.o.Now()
	c.mu.Lock()
	p := c.known[issuer]
	c.mu.Unlock()
	if p != nil && !afresh && now.Before(p.until) {
		return p, nil
	}
	p = &provider{until: now.Add(kept)}
	header, err := c.ask(ctx, strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration", &p.said)
	if err != nil {
		return nil, err
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		p.clock = date.Sub(now)
	}
	if err := c.check(issuer, &p.said); err != nil {
		return nil, err
	}
	// Keys are fetched long after the request that first needed them is over.
	p.oidc = (&oidc.ProviderConfig{IssuerURL: p.Issuer, AuthURL: p.AuthURL, TokenURL: p.TokenURL, UserInfoURL: p.UserInfoURL,
		JWKSURL: p.KeysURL, Algorithms: p.Algorithms}).NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), c.http))
	c.mu.Lock()
	c.known[issuer] = p
	c.mu.Unlock()
	return p, nil
}

// check says what is wrong with what a provider says of itself.
func (c *Client) check(issuer string, s *said) error {
	if s.Issuer != issuer {
		return &Fault{Word: WrongIssuer, Said: plain(s.Issuer, 200)}
	}
	for _, e := range []struct {
		name, address string
		needed        bool
	}{
		{"authorization_endpoint", s.AuthURL, true}, {"token_endpoint", s.TokenURL, true}, {"jwks_uri", s.KeysURL, true},
		{"userinfo_endpoint", s.UserInfoURL, false}, {"end_session_endpoint", s.EndURL, false},
	} {
		if e.address == "" && !e.needed {
			continue
		}
		u, err := url.Parse(e.address)
		if err != nil || !c.secure(u) || u.User != nil || u.Fragment != "" {
			return &Fault{Word: Endpoints, Said: e.name}
		}
	}
	if len(s.Algorithms) == 0 {
		s.Algorithms = []string{"RS256"}
	}
	s.Algorithms = slices.DeleteFunc(s.Algorithms, func(a string) bool { return !slices.Contains(signatures, a) })
	if len(s.Algorithms) == 0 {
		return &Fault{Word: Algorithms}
	}
	return nil
}
