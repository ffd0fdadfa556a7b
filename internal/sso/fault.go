package sso

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is wrong with a provider, in a word for which pages have a sentence.
const (
	BadIssuer   = "bad_issuer"   // the address cannot be a provider's
	ManyTenants = "many_tenants" // the address signs in anybody's accounts
	Half        = "half"         // something is not filled in
	Unreachable = "unreachable"  // nobody answers
	Private     = "private"      // the name leads into a network that is not asked
	TLS         = "tls"          // its certificate is not in order
	Status      = "status"       // it answers with an error
	NotOIDC     = "not_oidc"     // it answers, and not as a provider does
	WrongIssuer = "wrong_issuer" // it calls itself something else
	Endpoints   = "endpoints"    // it does not say where to go, or not securely
	Algorithms  = "algorithms"   // it signs in a way that proves nothing
	NoKey       = "no_key"       // it publishes no key to check its signature
	Clock       = "clock"        // its clock and ours differ
	Method      = "method"       // it does not let the site prove itself this way
	Unknown     = "unknown"      // it does not know the site by this id and secret
	Forged      = "forged"       // what came back is not a true answer to what was asked
	Stale       = "stale"        // the answer was used, or is too old
)

// Fault is what is wrong with a provider or its answer. Said is what the
// provider says or has in its place, for the sentence; Err is for the log.
type Fault struct {
	Word string
	Said string
	Err  error
	// Brought says that whoever came may have made it so, by an answer of their
	// own: it proves nothing against the provider.
	Brought bool
}

// Error is for logs.
func (f *Fault) Error() string {
	s := "sso: " + f.Word
	if f.Said != "" {
		s += " " + f.Said
	}
	if f.Err != nil {
		s += ": " + plain(f.Err.Error(), 300)
	}
	return s
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// plain is what a stranger wrote, short and on one line.
func plain(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strings.Join(strings.Fields(s), " ")
}
