package sso

import (
	"context"
	"slices"
	"strconv"
	"time"

	"golang.org/x/oauth2"
)

// Found is what a test found: what is worth keeping of a provider.
type Found struct {
	EndSession string // where its own session is ended; "" when it does not say
}

// skew is how far a provider's clock may be from ours: beyond it, its tokens are
// from the future or too old.
const skew = 90 * time.Second

// Test asks a provider everything that a sign-in will need, short of somebody
// signing in, and returns the Fault of the first thing that is wrong.
func (c *Client) Test(ctx context.Context, s Settings) (Found, error) {
	if s.Issuer == "" || s.ClientID == "" || s.Secret == "" && s.Key == nil {
		return Found{}, &Fault{Word: Half}
	}
	p, err := c.discover(ctx, s.Issuer, true)
	if err != nil {
		return Found{}, err
	}
	if err := c.hasKey(ctx, p); err != nil {
		return Found{}, err
	}
	if d := p.clock.Abs(); d > skew {
		return Found{}, &Fault{Word: Clock, Said: strconv.Itoa(int(d.Round(time.Minute).Minutes()))}
	}
	conf, more, err := c.oauth(p, s)
	if err != nil {
		return Found{}, err
	}
	// A code that was never given is refused; how, says whether the provider
	// knows the site.
	verifier, err := c.draw()
	if err != nil {
		return Found{}, err
	}
	_, err = conf.Exchange(context.WithValue(ctx, oauth2.HTTPClient, c.http), "golau-asks-whether-you-know-it",
		append(more, oauth2.VerifierOption(verifier))...)
	if f, ok := refused(err).(*Fault); err != nil && ok && (f.Word == Unknown || f.Word == Unreachable || f.Word == Private || f.Word == TLS) {
		return Found{}, f
	}
	return Found{EndSession: p.EndURL}, nil
}

// hasKey says whether a provider publishes a key of a kind it signs with.
func (c *Client) hasKey(ctx context.Context, p *provider) error {
	var set struct {
		Keys []struct{ Kty, Use, Alg string }
	}
	if _, err := c.ask(ctx, p.KeysURL, &set); err != nil {
		if f, ok := err.(*Fault); ok && (f.Word == Status || f.Word == NotOIDC) {
			return &Fault{Word: NoKey, Said: f.Said, Err: err}
		}
		return err
	}
	kinds := map[byte]string{'R': "RSA", 'P': "RSA", 'E': "EC"}
	for _, k := range set.Keys {
		if k.Use != "" && k.Use != "sig" {
			continue
		}
		if k.Alg != "" && slices.Contains(p.Algorithms, k.Alg) || k.Alg == "" && slices.ContainsFunc(p.Algorithms, func(a string) bool {
			return k.Kty == kinds[a[0]] && a != "EdDSA" || k.Kty == "OKP" && a == "EdDSA"
		}) {
			return nil
		}
	}
	return &Fault{Word: NoKey}
}
