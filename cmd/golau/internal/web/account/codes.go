package account

import (
	"net/http"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
)

// door is one of the ways in by a letter. Its words begin with code.<words>.
type door struct {
	purpose people.Purpose
	words   string
	path    string // where the address is asked for
}

var (
	signInDoor = door{people.ToSignIn, "sign_in", "/sign-in"}
	resetDoor  = door{people.ToReset, "reset", "/password"}
	joinDoor   = door{people.ToJoin, "join", "/join"}
)

// ask is where the letter is asked for, check where its code is typed.
func (d door) ask() string {
	if d.purpose == people.ToSignIn {
		return d.path + "/letter" // the address stands on the sign-in page
	}
	return d.path
}
func (d door) check() string { return d.path + "/code" }

func (r *Room) codeRoutes() []web.Route {
	return []web.Route{
		web.Post(signInDoor.ask(), web.Public, r.askToSignIn),
		web.Post(signInDoor.check(), web.Public, r.signInByCode),
		web.Get(signInDoor.path+"/link/:token", web.Public, r.linkPage(signInDoor)),
		web.Post(signInDoor.path+"/link/:token", web.Public, r.signInByLink),
	}
}

// codePage asks for the code of a letter. It says the same whatever address was
// typed.
type codePage struct {
	web.Frame
	web.FormErrors
	Words, Ask, Check   string
	Email, Next, Sealed string
	Waiting             bool // an answer waits
	NoPost              bool // no letter can leave now
	Sent                bool // just now
	Wait                bool // the account has used its guesses: only the link opens
}

func (r *Room) newCodePage(c *web.Context, d door) *codePage {
	p := &codePage{NoPost: r.NoPost(c.Request().Context()), Words: d.words, Ask: d.ask(), Check: d.check(), Email: c.Field("email"), Next: c.Next(c.Field("next")),
		Sealed: c.Field("pending")}
	p.Waiting = p.Sealed != ""
	p.Title, p.Current, p.FormID, p.FormTo = c.T("code."+d.words+"_tab"), "sign-in", "code-form", d.check()
	return p
}

// sent has a letter sent and shows where its code is typed.
func (r *Room) sent(c *web.Context, d door) error {
	nonce, err := r.People.AskCode(c.Request().Context(), c.Source(), d.purpose, c.Field("email"), c.Lang)
	if err != nil {
		return err
	}
	c.SetCode(nonce)
	p := r.newCodePage(c, d)
	p.Sent = true
	return c.Show(http.StatusOK, "account/code", p)
}

// askToSignIn sends a code instead of asking for a password.
func (r *Room) askToSignIn(c *web.Context, _ people.Viewer) error {
	p := r.newSignInPage(c)
	p.Email, p.Next, p.Sealed = c.Field("email"), c.Next(c.Field("next")), c.Field("pending")
	p.First, p.Waiting = p.Next != "", p.Sealed != ""
	if c.Switching() {
		return c.Show(http.StatusOK, "account/sign-in", p)
	}
	return r.tryAgain(c, p, r.sent(c, signInDoor))
}

// signInByCode takes the code that was typed.
func (r *Room) signInByCode(c *web.Context, _ people.Viewer) error {
	p := r.newCodePage(c, signInDoor)
	if c.Switching() {
		return c.Show(http.StatusOK, "account/code", p)
	}
	token, err := r.People.SignInByCode(c.Request().Context(), c.Code(), c.Field("code"))
	if err != nil {
		return r.codeAgain(c, p, err)
	}
	c.SetCode("")
	return r.arrive(c, token, p.Next, p.Sealed)
}

// codeAgain shows where a code is typed with what is wrong.
func (r *Room) codeAgain(c *web.Context, p *codePage, err error) error {
	e, ok := problem.As(err)
	if !ok || e.Kind == problem.Internal {
		return err
	}
	p.FormErrors = c.FormErrors(e, "code")
	if e.RetryAfter > 0 {
		p.Wait = true
		c.RetryAfter(e.RetryAfter)
	}
	return c.Show(web.Status(e), "account/code", p)
}

type linkPage struct {
	web.Frame
	Words, Email, To string
}

// linkPage is what a letter's link opens. It changes nothing: mail programs open
// links before their readers do, so a person presses the button.
func (r *Room) linkPage(d door) web.Handler {
	return func(c *web.Context, _ people.Viewer) error {
		email, err := r.People.LinkOpen(c.Request().Context(), d.purpose, c.Param("token"))
		if err != nil {
			return err
		}
		p := &linkPage{Words: d.words, Email: email, To: d.path + "/link/" + c.Param("token")}
		p.Title, p.Current = c.T("code."+d.words+"_tab"), "sign-in"
		return c.Show(http.StatusOK, "account/link", p)
	}
}

// signInByLink signs in whoever pressed the button.
func (r *Room) signInByLink(c *web.Context, _ people.Viewer) error {
	token, err := r.People.SignInByLink(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	c.SetCode("")
	return r.arrive(c, token, "", "")
}
