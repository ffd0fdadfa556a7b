package web

import "net/http"

// tripCookie holds what binds somebody's way to their agency's sign-in and back
// to this browser. It is Lax, since they come back from another site; what it
// holds is sealed.
const tripCookie = "__Host-golau-sso"

// waitsCookie holds the sealed answer that waits meanwhile.
const waitsCookie = "__Host-golau-waits"

// maxCookie is what every browser keeps.
const maxCookie = 3800

// SetTrip gives the browser what it must bring back; "" takes it away.
func (c *Context) SetTrip(sealed string) { c.keep(&http.Cookie{Name: tripCookie, Value: sealed}) }

// Trip returns what the browser brings back, "" when nothing.
func (c *Context) Trip() string { return c.kept(tripCookie) }

// SetWaits leaves an answer with the browser while its sender signs in
// elsewhere; "" takes it away. It returns false when the answer is too long for
// that.
func (c *Context) SetWaits(sealed string) bool {
	if len(sealed) > maxCookie {
		return false
	}
	c.keep(&http.Cookie{Name: waitsCookie, Value: sealed})
	return true
}

// Waits returns the answer that waits with the browser, "" when none.
func (c *Context) Waits() string { return c.kept(waitsCookie) }

// keep leaves a cookie for half an hour; one without a value is taken away.
func (c *Context) keep(k *http.Cookie) {
	k.Path, k.Secure, k.HttpOnly, k.SameSite, k.MaxAge = "/", true, true, http.SameSiteLaxMode, 1800
	if k.Value == "" {
		if c.kept(k.Name) == "" {
			return
		}
		k.MaxAge = -1
	}
	c.SetCookie(k)
}

func (c *Context) kept(name string) string {
	k, err := c.Request().Cookie(name)
	if err != nil {
		return ""
	}
	return k.Value
}
