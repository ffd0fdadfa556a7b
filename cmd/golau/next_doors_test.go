package main

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

// T1-18, attack A16: by no door that takes next= does anything of it lead away
// from this site; a page of this site is where each of them leads.
func TestNextLeadsNowhereElseByAnyDoor(t *testing.T) {
	t.Parallel()
	for _, door := range []struct {
		name string
		open func(t *testing.T) (enter func(next string) *reply)
	}{
		{"password", func(t *testing.T) func(string) *reply {
			h := newHouse(t)
			return func(next string) *reply {
				return h.visitor().post("/en/sign-in", url.Values{"email": {folk["nia"].email}, "password": {password}, "next": {next}})
			}
		}},
		{"code by letter", func(t *testing.T) func(string) *reply {
			h := newHouse(t)
			return func(next string) *reply {
				h.clock.Advance(time.Hour) // only so many letters at a time
				b := h.visitor()
				page := b.post("/en/sign-in/letter", url.Values{"email": {folk["nia"].email}, "next": {next}}).want(http.StatusOK)
				return b.press(page, "code-form", "", "code", codeIn(h.letterTo(folk["nia"].email)), "next", next)
			}
		}},
		{"second factor", func(t *testing.T) func(string) *reply {
			h := newHouse(t)
			h.write(forget(h.id["lowri"]))
			secret, _ := h.visitor().firstStep("lowri").setUpApp("")
			return func(next string) *reply {
				h.clock.Advance(time.Minute) // a code is good once
				b := h.visitor()
				b.post("/en/sign-in", url.Values{"email": {folk["lowri"].email}, "password": {password}}).leads("/en/second-factor")
				return b.post("/en/second-factor", url.Values{"code": {h.appCode(secret, 0)}, "next": {next}})
			}
		}},
		{"the agency's sign-in", func(t *testing.T) func(string) *reply {
			h, idp := withSignIn(t)
			b := h.visitor()
			b.there(idp, "/en/sign-in/with/school-a").leads("/en/sign-in/arrival")
			b.press(b.get("/en/sign-in/arrival"), "arrival", "", "job_role", "health").want(http.StatusSeeOther)
			return func(next string) *reply {
				return h.visitor().there(idp, "/en/sign-in/with/school-a?next="+url.QueryEscape(next))
			}
		}},
		{"the demonstration's button", func(t *testing.T) func(string) *reply {
			h := newHouse(t, demonstration)
			return func(next string) *reply {
				b := h.visitor()
				b.headers["Host"] = "localhost"
				return b.post("/en/demo/sign-in", url.Values{"person": {"nia"}, "next": {next}}, "Origin", "-")
			}
		}},
	} {
		t.Run(door.name, func(t *testing.T) {
			t.Parallel()
			enter := door.open(t)
			enter("/en/account").leads("/en/account")
			for _, next := range elsewhere {
				if r := enter(next); r.Status != http.StatusSeeOther || r.Header.Get("Location") != "/en/learn" || len(r.Header.Values("Location")) != 1 {
					t.Errorf("%q: %d, to %q", next, r.Status, r.Header.Values("Location"))
				}
			}
		})
	}
}
