package main

import (
	"errors"
	"net/http"
	"net/url"
	"testing"

	"golau/internal/i18n"
)

// The letter to try the post is sent by a POST; the page that follows says what
// the post answered, and loading it again sends nothing.
func TestTryingThePostTwiceTakesTwoButtons(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin"
		sent := len(h.mail.Sent())
		alun.post(at+"/mail", nil).leads(at + "/mail?done=tried")
		alun.get(at + "/mail?done=tried").want(http.StatusOK).has(h.words.T(l, "admin.mail.taken_text"))
		alun.get(at + "/mail?done=tried").want(http.StatusOK)
		if n := len(h.mail.Sent()) - sent; n != 1 {
			t.Errorf("%d letters were sent", n)
		}
		h.mail.Fail = errors.New("the box is on fire")
		alun.post(at+"/mail", url.Values{"setup": {"letters"}}).leads(at + "/setup/letters?done=tried")
		alun.get(at + "/setup/letters?done=tried").want(http.StatusOK).has("the box is on fire")
		h.mail.Fail = nil
	}
}

// Withdrawing an invitation asks first; a lead neither sees nor withdraws that
// of an officer or an administrator, and leaves a lead's alone.
func TestWithdrawingAnInvitationAsksFirst(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun, lowri := h.as("alun"), h.as("lowri")
	invite := func(role string) string {
		email, proof := "guest-"+role+"@nowhere.example", []string(nil)
		if role != "learner" {
			proof = []string{h.spare("alun")}
		}
		alun.post("/en/admin/invitations/new", url.Values{"email": {email}, "name": {"Guest " + role}, "place": {"school-a/board-a"}, "role": {role},
			"job_role": {"education"}, "language": {"en"}, "proof": proof}).want(http.StatusSeeOther)
		return h.invitationID(email)
	}
	sure := url.Values{"sure": {"yes"}}
	for _, role := range []string{"lead", "officer", "admin"} {
		id := invite(role)
		lowri.post("/en/lead/invitations/"+id+"/withdraw", sure).want(http.StatusNotFound)
		lowri.post("/en/lead/invitations/"+id+"/resend", nil).want(http.StatusNotFound)
		if list := lowri.get("/en/lead/invitations"); role == "lead" {
			list.has("Guest " + role)
		} else {
			list.lacks("Guest " + role)
		}
	}
	id := invite("learner")
	for _, l := range i18n.Langs {
		page := lowri.post("/"+string(l)+"/lead/invitations/"+id+"/withdraw", nil).want(http.StatusOK)
		page.has(h.words.T(l, "invitations.withdraw_title"), "Guest learner")
		sound(t, "withdraw?", page)
	}
	if h.count("people_invitations WHERE withdrawn_at IS NOT NULL") != 0 {
		t.Error("it was withdrawn before anybody was sure")
	}
	lowri.post("/cy/lead/invitations/"+id+"/withdraw", sure).leads("/cy/lead/invitations?done=withdrawn")
	alun.post("/en/admin/invitations/"+id+"/withdraw", nil).want(http.StatusNotFound)
	for _, l := range i18n.Langs { // it is out of the way, and found where it is asked for
		at := "/" + string(l) + "/lead/invitations"
		lowri.get(at).want(http.StatusOK).lacks("Guest learner")
		page := lowri.get(at+"?state=withdrawn&q=LEARNER,+guest").want(http.StatusOK).has("Guest learner", h.words.T(l, "invitations.narrowed.withdrawn"), `value="LEARNER, guest"`)
		sound(t, "withdrawn", page)
		lowri.get(at+"?q=guest").has("Guest lead", h.words.T(l, "invitations.narrowed.words")).lacks("Guest learner")
		lowri.get(at+"?q=nobody&state=waiting&at=school-a/board-a").has(h.words.T(l, "invitations.narrowed.none"), `name="at" value="school-a/board-a"`)
		lowri.get(at + "?at=school-b/board-b&q=guest").want(http.StatusNotFound)
	}
}
