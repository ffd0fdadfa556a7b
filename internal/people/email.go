package people

import (
	"regexp"
	"slices"
	"strings"

	"golau/internal/problem"
)

// Lengths of an e-mail address in bytes (RFC 5321).
const (
	maxEmail = 254
	maxLocal = 64
)

var (
	emailLocal  = regexp.MustCompile(`^[a-z0-9!#$%&'*+/=?^_{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_{|}~-]+)*$`)
	emailDomain = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)
)

// CleanEmail returns the key of an e-mail address: two addresses with the same
// key are one account. ASCII only, so that no letter that merely looks like
// another makes a second account; lower case; at most 254 bytes.
//
// The problem is Invalid with the field "email".
func CleanEmail(s string) (key string, err error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", problem.InvalidField("email", "people.email.required")
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return "", problem.InvalidField("email", "people.email.ascii")
		}
	}
	key = strings.ToLower(s)
	local, domain, ok := strings.Cut(key, "@")
	switch {
	case len(key) > maxEmail || len(local) > maxLocal:
		return "", problem.InvalidField("email", "people.email.long")
	case !ok || !emailLocal.MatchString(local) || !emailDomain.MatchString(domain):
		return "", problem.InvalidField("email", "people.email.shape")
	}
	return key, nil
}

// cleanDomain returns a domain in lower case. One that anybody can have an
// address at is refused: it says nothing about where somebody works.
func cleanDomain(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" {
		return "", problem.InvalidField("domain", "people.domain.required")
	}
	if len(s) > 253 || !emailDomain.MatchString(s) {
		return "", problem.InvalidField("domain", "people.domain.shape", "Domain", quoted(s))
	}
	ref, err := LoadReference()
	if err != nil {
		return "", err
	}
	switch {
	case slices.Contains(ref.Domains.Anybody, s):
		return "", problem.InvalidField("domain", "people.domain.anybody", "Domain", quoted(s))
	case slices.Contains(ref.Domains.Suffixes, s):
		return "", problem.InvalidField("domain", "people.domain.suffix", "Domain", quoted(s))
	}
	return s, nil
}

// quoted is what somebody typed, as far as a sentence about it has room.
func quoted(s string) string {
	const room = 60
	if r := []rune(s); len(r) > room {
		return string(r[:room]) + "…"
	}
	return s
}
