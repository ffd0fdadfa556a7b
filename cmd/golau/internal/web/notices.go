package web

import "net/url"

// notices are what an address carries so that its page says what came of the one
// before.
var notices = []string{"answer", "done", "n", "open", "saved"}

// maxNotice is more than a sealed notice takes.
const maxNotice = 2000

// Notices is the part of this page's address that says what came of the page
// before, with its question mark; "" for none. It is said in the other language
// too.
func (c *Context) Notices() string {
	given, kept := c.QueryParams(), url.Values{}
	for _, name := range notices {
		if v := given.Get(name); v != "" && len(v) <= maxNotice {
			kept.Set(name, v)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return "?" + kept.Encode()
}
