package sso

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// told is what is read of a token or of what stands behind it. Groups and roles
// are not among it.
type told struct {
	Azp      string `json:"azp"`
	Email    string `json:"email"`
	Verified yes    `json:"email_verified"`
	// OwnDomain is what Entra ID says instead: the agency has proven to own the
	// domain of the address.
	OwnDomain yes             `json:"xms_edov"`
	Name      string          `json:"name"`
	Given     string          `json:"given_name"`
	Family    string          `json:"family_name"`
	ACR       string          `json:"acr"`
	AMR       json.RawMessage `json:"amr"`
}

// yes is true where a provider says so in any of the ways they do.
type yes bool

// UnmarshalJSON implements json.Unmarshaler. What is not plainly yes is no.
func (y *yes) UnmarshalJSON(b []byte) error {
	switch strings.ToLower(strings.Trim(string(b), `"`)) {
	case "true", "1":
		*y = true
	default:
		*y = false
	}
	return nil
}

// claims checks what the library leaves to whoever uses it, and gathers what the
// provider says.
func (c *Client) claims(ctx context.Context, p *provider, s Settings, g Grant, token *oauth2.Token, id *oidc.IDToken) (Claims, error) {
	var t told
	if err := id.Claims(&t); err != nil {
		return Claims{}, forged("claims that cannot be read", err)
	}
	now := c.o.Now()
	switch {
	case id.Nonce == "" || id.Nonce != g.Nonce:
		return Claims{}, brought("the token answers another question")
	case t.Azp != "" && t.Azp != s.ClientID, t.Azp == "" && len(id.Audience) != 1:
		return Claims{}, forged("the token is for somebody else too", nil)
	case id.Subject == "" || len(id.Subject) > maxSubject || plain(id.Subject, maxSubject) != id.Subject:
		return Claims{}, forged("the token names nobody", nil)
	case id.IssuedAt.IsZero() || id.IssuedAt.Unix() <= 0 || id.IssuedAt.After(now.Add(ahead)) || id.IssuedAt.Before(now.Add(-maxAge)):
		return Claims{}, forged("the token was signed at another time", nil)
	}
	if id.AccessTokenHash != "" {
		if err := id.VerifyAccessToken(token.AccessToken); err != nil {
			return Claims{}, forged("the access token is another's", err)
		}
	}
	out := Claims{Issuer: id.Issuer, Subject: id.Subject, ACR: t.ACR, AMR: ways(t.AMR)}
	if t.Email == "" && p.UserInfoURL != "" {
		more, err := c.userInfo(ctx, p, token, id.Subject)
		if err != nil {
			return Claims{}, err
		}
		t.Email, t.Verified, t.OwnDomain = more.Email, more.Verified, more.OwnDomain
		if t.Name == "" {
			t.Name, t.Given, t.Family = more.Name, more.Given, more.Family
		}
	}
	out.Email, out.EmailVerified = plain(t.Email, 254), bool(t.Verified || t.OwnDomain)
	if out.Name = t.Name; out.Name == "" {
		out.Name = t.Given + " " + t.Family
	}
	out.Name = plain(out.Name, 200)
	return out, nil
}

// userInfo asks for what GOV.UK One Login and NHS CIS2 do not put into the token
// itself. What it says of somebody else than the token's subject is forged.
func (c *Client) userInfo(ctx context.Context, p *provider, token *oauth2.Token, subject string) (t told, err error) {
	info, err := p.oidc.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return t, &Fault{Word: NotOIDC, Said: "userinfo_endpoint", Err: errors.New("no answer that can be read")}
	}
	if info.Subject == "" || info.Subject != subject {
		return t, forged("the details are of somebody else", nil)
	}
	if err := info.Claims(&t); err != nil {
		return t, forged("details that cannot be read", err)
	}
	return t, nil
}

// ways returns how somebody proved themselves: a list, or one word.
func ways(raw json.RawMessage) []string {
	var list []string
	var one string
	switch {
	case json.Unmarshal(raw, &list) == nil:
		return list
	case json.Unmarshal(raw, &one) == nil && one != "":
		return []string{one}
	}
	return nil
}
