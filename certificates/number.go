package certificates

import (
	"strings"

	"golau/internal/store"
)

// prefix stands before a number, so that it says what it is a number of.
const prefix = "GL"

// Number writes an id as people read it: in capitals and groups of five, the
// last of six. An id has 26 characters; anything else comes back as it is.
func Number(id string) string {
	if len(id) != 26 {
		return id
	}
	up := strings.ToUpper(id)
	return strings.Join([]string{prefix, up[:5], up[5:10], up[10:15], up[15:20], up[20:]}, "-")
}

// longestInput is more than any address with a payload; what is longer is
// nobody's certificate.
const longestInput = 4096

// ParseNumber returns the id meant by what somebody typed, pasted or scanned: an
// id, a number in any case with or without GL, hyphens and spaces, with I or L
// for 1 and O for 0, or the address of the check. ok is false for the rest.
func ParseNumber(text string) (id string, ok bool) {
	if len(text) > longestInput {
		return "", false
	}
	text, _, _ = strings.Cut(text, "#")
	text, _, _ = strings.Cut(text, "?")
	if _, after, found := strings.Cut(text, "/verify/"); found {
		text = strings.TrimSuffix(after, "/")
	}
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case strings.ContainsRune(" \t\r\n-._\u00a0\u00ad\u2010\u2011\u2012\u2013\u2014\u2212", r):
		default:
			b.WriteRune(r)
		}
	}
	id = b.String()
	if len(id) == 26+len(prefix) {
		id = strings.TrimPrefix(id, strings.ToLower(prefix))
	}
	id = strings.NewReplacer("i", "1", "l", "1", "o", "0").Replace(id)
	return id, store.IsID(id)
}

// payloadOf returns the signed payload in an address from a QR code, "" if there
// is none.
func payloadOf(text string) string {
	_, after, _ := strings.Cut(text, "#")
	return after
}
