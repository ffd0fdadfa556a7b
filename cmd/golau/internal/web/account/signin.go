package account

import (
	"net/http"
	"net/url"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

type signInPage struct {
	web.Frame
	web.FormErrors
	Email   string
	Next    string
	Sealed  string // an answer that waits
	Waiting bool   // somebody's session ended: say that their answer is kept
	First   bool   // the page asked for needs signing in
	Cast    []CastMember

	Passkeys bool           // the site can take them
	Work     bool           // some agency has a sign-in of its own
	Ways     []people.WayIn // those that speak for the address
	Carried  bool           // the answer waits in the browser, for those too
	NoPost   bool           // a code by e-mail may not come
}

func (r *Room) newSignInPage(c *web.Context) *signInPage {
	p := &signInPage{NoPost: r.NoPost(c.Request().Context()), Next: c.Next(c.QueryParam("next")), Cast: r.Cast, Work: r.People.AnyWayIn(c.Request().Context())}
	p.Title, p.Current, p.FormID, p.FormTo = c.T("sign_in.title"), "sign-in", "sign-in", "/sign-in"
	if p.Passkeys = r.People.HasPasskeys(); p.Passkeys {
		p.Scripts = passkeyScript
	}
	return p
}

func (r *Room) signInPage(c *web.Context, v people.Viewer) error {
	p := r.newSignInPage(c)
	if v.Person != "" {
		return c.Go("/learn")
	}
	p.First = p.Next != ""
	if _, err := r.Seal.Open(c.Waits()); err == nil {
		p.Sealed, p.Waiting = c.Waits(), true
	}
	return c.Show(http.StatusOK, "account/sign-in", p)
}

// First answers whoever asked for a page that needs signing in. A page to look
// at is remembered; an answer that was sent is sealed into the form.
func (r *Room) First(c *web.Context) error {
	if c.Half().Owes() {
		return r.secondFirst(c)
	}
	req := c.Request()
	if req.Method == http.MethodGet || req.Method == http.MethodHead {
		to := c.Local("/sign-in")
		if web.SafeNext(req.URL.Path) {
			to += "?next=" + url.QueryEscape(req.URL.Path)
		}
		return c.Redirect(http.StatusSeeOther, to)
	}
	p := r.newSignInPage(c)
	p.First = true
	person, _ := r.People.ResolveExpired(req.Context(), c.SessionToken())
	var err error
	if p.Sealed, err = r.keep(c, person); err != nil {
		return err
	}
	p.Waiting = p.Sealed != ""
	return c.Show(http.StatusUnauthorized, "account/sign-in", p)
}

// keep seals what was sent for the person, when it can wait; "" when it cannot.
// What waits already goes on waiting.
func (r *Room) keep(c *web.Context, person string) (sealed string, err error) {
	path := c.Request().URL.Path
	if c.ReadForm() != nil {
		return "", nil
	}
	switch form := withoutSecrets(c.Form()); {
	case r.Keeps(path):
		return r.Seal.Close(web.Pending{Path: path, Form: c.Form(), Person: person})
	case typedPath.MatchString(path) && form != nil && person != "":
		sealed, err = r.Seal.Close(web.Pending{Path: path, Form: form, Person: person})
		if !web.CanWait(sealed) {
			sealed = ""
		}
		return sealed, err
	}
	return c.Field("pending"), nil // a form of the second factor brings along what waits in it
}

// signIn tries e-mail and password.
func (r *Room) signIn(c *web.Context, _ people.Viewer) error {
	p := r.newSignInPage(c)
	p.Email, p.Next, p.Sealed = c.Field("email"), c.Next(c.Field("next")), c.Field("pending")
	p.First, p.Waiting = p.Next != "", p.Sealed != ""
	if c.Switching() {
		return c.Show(http.StatusOK, "account/sign-in", p)
	}
	token, err := r.People.SignIn(c.Request().Context(), p.Email, c.Field("password"))
	if err == nil {
		err = r.arrive(c, token, p.Next, p.Sealed)
	}
	return r.tryAgain(c, p, err)
}

// tryAgain shows the form with what is wrong and all that can be sent back: the
// address, the page that was wanted, the answer that waits.
func (r *Room) tryAgain(c *web.Context, p *signInPage, err error) error {
	e, ok := problem.As(err)
	if !ok || e.Kind == problem.Internal {
		return err // nil as well: the person has arrived
	}
	p.FormErrors = c.FormErrors(e, "email", "password")
	if err := r.offer(c, p); err != nil {
		return err
	}
	if e.RetryAfter > 0 {
		c.RetryAfter(e.RetryAfter)
	}
	return c.Show(web.Status(e), "account/sign-in", p)
}

// signInAs signs one of the cast in, in the demonstration.
func (r *Room) signInAs(c *web.Context, _ people.Viewer) error {
	p := r.newSignInPage(c)
	p.Next, p.Sealed = c.Next(c.Field("next")), c.Field("pending")
	p.Waiting = p.Sealed != ""
	token, err := r.People.SignInAs(c.Request().Context(), c.Field("person"))
	if err == nil {
		err = r.arrive(c, token, p.Next, p.Sealed)
	}
	if problem.KindOf(err) == problem.NotFound && err != nil {
		return err
	}
	return r.tryAgain(c, p, err)
}

// arrive takes a person in who has passed a door, and leads them to the page
// they wanted; or first to the second factor, when they owe one.
func (r *Room) arrive(c *web.Context, token, next, sealed string) error {
	ctx := c.Request().Context()
	half, err := r.People.ResolveHalf(ctx, token)
	if err != nil {
		return err
	}
	if half.Owes() {
		return r.wait(c, half, token, next, sealed)
	}
	to, err := r.enter(c, token, next, sealed)
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// enter takes a person in: a new session, the courses they should have, the
// answer that was waiting. It returns the page to go on to.
func (r *Room) enter(c *web.Context, token, next, sealed string) (to string, err error) {
	ctx := c.Request().Context()
	if err := r.leave(c); err != nil {
		return "", err
	}
	v, err := r.People.Resolve(ctx, token)
	if err != nil {
		return "", err
	}
	if err := r.School.Welcome(ctx, v); err != nil {
		return "", err
	}
	to = next
	settled := true // one that does not open never will
	if p, err := r.Seal.Open(sealed); err == nil {
		if !r.Keeps(p.Path) {
			if again := r.waits(c, v, p, sealed); again != "" {
				to, settled = again, false
			}
		} else if to, settled, err = r.Store(c, v, p); err != nil {
			return "", err
		}
	}
	if settled && sealed != "" && sealed == c.Waits() {
		c.SetWaits("")
	}
	c.Arrived(v, token)
	if to == "" {
		to = c.Local("/learn")
	}
	return to, nil
}

// leave ends the session that the browser holds, if it holds one.
func (r *Room) leave(c *web.Context) error {
	err := r.People.SignOut(c.Request().Context(), c.SessionToken())
	if err != nil && problem.KindOf(err) == problem.Unauthenticated {
		return nil
	}
	return err
}

// signOut ends the session, and asks the browser to forget what it kept.
func (r *Room) signOut(c *web.Context, _ people.Viewer) error {
	elsewhere, err := r.People.SignOutFrom(c.Request().Context(), c.SessionToken())
	if err != nil && problem.KindOf(err) != problem.Unauthenticated {
		return err
	}
	c.ClearSession()
	c.Response().Header().Set("Clear-Site-Data", `"cache", "storage"`)
	if elsewhere != "" {
		return c.Go("/signed-out/" + elsewhere)
	}
	return c.Go("")
}
