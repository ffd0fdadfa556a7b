package web

import (
	"net/url"
	"strings"
	"testing"
)

// checkNext says what is wrong with calling next safe.
func checkNext(next string) string {
	base, _ := url.Parse("https://golau.example/en/sign-in")
	u, err := url.Parse(next)
	if err != nil {
		return "it is no address"
	}
	to := base.ResolveReference(u)
	switch {
	case to.Scheme != "https" || to.Host != "golau.example" || to.User != nil:
		return "it leads to " + to.String()
	case to.Path != next || to.RawQuery != "" || to.Fragment != "" || to.RawPath != "":
		return "it is not the path it looks like: " + to.String()
	case !strings.HasPrefix(to.Path, "/en/") && !strings.HasPrefix(to.Path, "/cy/"):
		return "it is no page"
	case strings.ContainsAny(next, "\\%?#@:;&=+ <>\"'`\r\n\t\x00"):
		return "it holds what a browser may read otherwise"
	case strings.Contains(next, "//") || strings.Contains(next, "/.") && strings.Contains(next+"/", "/../"):
		return "it climbs, or is empty in between"
	}
	return ""
}

// Attack A16: SafeNext allows the paths of pages, and only those.
func TestSafeNextAllowsPagesOnly(t *testing.T) {
	for _, next := range []string{"/en/learn", "/cy/learn/child-trafficking/what-it-is/act-purpose", "/en/attempts/0123456789abcdefghjkmnpqrs/questions/12", "/en/a.b_c-D"} {
		if !SafeNext(next) || checkNext(next) != "" {
			t.Errorf("%q is refused (%s)", next, checkNext(next))
		}
	}
	for _, next := range []string{"", "/", "/en", "/en/", "//en/learn", "/en//learn", "/en/learn/", "/en/..", "/en/../x", "/en/.", "en/learn", "/EN/learn", "/fr/learn", "/english", "https://evil.example/en/x",
		"/en/learn?x", "/en/learn#x", "/en/%2e%2e", "/en/\\evil", "/en/é", "/en/\u202ex", "/en/x\n", "/en/" + strings.Repeat("a", 300)} {
		if SafeNext(next) {
			t.Errorf("%q is allowed", next)
		}
	}
}

// FuzzSafeNext looks for a path that is called safe and leads elsewhere.
func FuzzSafeNext(f *testing.F) {
	for _, seed := range []string{"/en/learn", "/cy/attempts/0123abc/questions/3", "/en/a.b_c-D", "/en/...", "/en//evil.example", "//evil.example", "/\\evil.example", "/en/..//x", "/en/../../evil.example",
		"/en/%2f", "/en/%2e%2e/x", "/cy/a\\b", "javascript:alert(1)", "/en/\tx", "\t//evil.example", "https://golau.example@evil.example/en/x", "/en/@evil.example", "/en/x:80",
		"/en/learn?next=//evil.example", "/en/learn#//evil.example", "/en/learn;//evil.example", "/en/x\r\nLocation: //evil.example", "/en/\u2028x", "/en/\uff0e\uff0e/x", "/en/\xff", "", "/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, next string) {
		if SafeNext(next) {
			if fault := checkNext(next); fault != "" {
				t.Errorf("%q is called safe, but %s", next, fault)
			}
		}
	})
}
