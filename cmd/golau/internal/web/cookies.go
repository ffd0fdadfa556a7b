package web

import (
	"net/http"
	"time"
)

// What the browser keeps for us. The prefix makes browsers insist on Secure, on
// this host alone and on the whole site.
const (
	// sessionCookie holds the session's id.
	sessionCookie = "__Host-golau"
	// passkeyCookie binds what a passkey signs to the browser that asked.
	passkeyCookie = "__Host-golau-passkey"
	// codeCookie binds the code of a letter to the browser that asked for it, and
	// then holds the proof that the letter was read.
	codeCookie = "__Host-golau-code"
	// tripCookie binds somebody's way to their agency's sign-in and back to this
	// browser. It is Lax, since they come back from another site; what it holds is
	// sealed.
	tripCookie = "__Host-golau-sso"
	// waitsCookie holds the sealed answer that waits meanwhile.
	waitsCookie = "__Host-golau-waits"
)

// maxCookie is what every browser keeps.
const maxCookie = 3800

// SetSession gives the browser a session. It ends with the browser, or sooner
// when the session itself does.
func (c *Context) SetSession(token string) {
	c.keep(&http.Cookie{Name: sessionCookie, Value: token, SameSite: http.SameSiteLaxMode}, 0)
}

// ClearSession takes the session away from the browser.
func (c *Context) ClearSession() {
	c.keep(&http.Cookie{Name: sessionCookie, SameSite: http.SameSiteLaxMode}, 0)
}

// SessionToken returns the session's token, "" when the browser holds none.
func (c *Context) SessionToken() string { return c.kept(sessionCookie) }

// SetPasskeyNonce gives the browser what binds its passkey's answer to it; ""
// takes it away.
func (c *Context) SetPasskeyNonce(nonce string) {
	c.keep(&http.Cookie{Name: passkeyCookie, Value: nonce, SameSite: http.SameSiteStrictMode}, 5*time.Minute)
}

// PasskeyNonce returns what SetPasskeyNonce gave, "" when nothing.
func (c *Context) PasskeyNonce() string { return c.kept(passkeyCookie) }

// SetCode gives the browser the nonce of a letter, or the proof in its place; ""
// takes it away.
func (c *Context) SetCode(nonce string) {
	c.keep(&http.Cookie{Name: codeCookie, Value: nonce, SameSite: http.SameSiteStrictMode}, time.Hour)
}

// Code returns the nonce or proof that the browser holds, "" when none.
func (c *Context) Code() string { return c.kept(codeCookie) }

// SetTrip gives the browser what it must bring back; "" takes it away.
func (c *Context) SetTrip(sealed string) {
	c.keep(&http.Cookie{Name: tripCookie, Value: sealed, SameSite: http.SameSiteLaxMode}, 30*time.Minute)
}

// Trip returns what the browser brings back, "" when nothing.
func (c *Context) Trip() string { return c.kept(tripCookie) }

// SetWaits leaves an answer with the browser while its sender signs in
// elsewhere; "" takes it away. It returns false when the answer is too long for
// that.
func (c *Context) SetWaits(sealed string) bool {
	if !CanWait(sealed) {
		return false
	}
	c.keep(&http.Cookie{Name: waitsCookie, Value: sealed, SameSite: http.SameSiteLaxMode}, 30*time.Minute)
	return true
}

// CanWait says whether what is sealed is short enough to be left with a browser.
func CanWait(sealed string) bool { return len(sealed) <= maxCookie }

// Waits returns the answer that waits with the browser, "" when none.
func (c *Context) Waits() string { return c.kept(waitsCookie) }

// keep leaves a cookie with the browser, 0 for as long as it runs; one without a
// value is taken away.
func (c *Context) keep(k *http.Cookie, whole time.Duration) {
	k.Path, k.Secure, k.HttpOnly, k.MaxAge = "/", true, true, int(whole.Seconds())
	if k.Value == "" {
		if c.kept(k.Name) == "" {
			return
		}
		k.MaxAge = -1
	}
	c.SetCookie(k)
}

// kept returns what the browser holds, "" when nothing.
func (c *Context) kept(name string) string {
	k, err := c.Request().Cookie(name)
	if err != nil {
		return ""
	}
	return k.Value
}
