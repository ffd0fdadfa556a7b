package main

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// refusedMail gives up every job that waits, as a mail server that refuses would.
func (h *house) refusedMail(reason string) {
	h.t.Helper()
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET failed_at = ?, tries = 1, reason = ? WHERE done_at IS NULL AND failed_at IS NULL", tx.Now, reason).Error
	})
}

// A letter that was given up is put aside with a reason, and calls for nobody any
// more; it can still be tried again. What is no letter cannot be put aside.
func TestAGivenUpLetterIsPutAside(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.work()
	alun := h.as("alun")
	h.write(again(h.did["nia"].certificate, h.id["nia"]))
	h.refusedMail("550 5.1.1 User unknown")
	var id int64
	h.db.Read(t.Context()).Raw("SELECT id FROM outbox_jobs WHERE failed_at IS NOT NULL").Scan(&id)
	path := fmt.Sprintf("/admin/outbox/%d/aside", id)
	if h.stands()["failed"] != "some" {
		t.Fatal("nothing was given up")
	}
	before := h.tables()
	for _, l := range i18n.Langs {
		list := alun.get("/" + string(l) + "/admin/outbox").want(http.StatusOK)
		sound(t, "given up", list)
		if find(list.doc(), with("href", "/"+string(l)+path)) == nil {
			t.Error("no way to put it aside")
		}
		page := alun.get("/"+string(l)+path).want(http.StatusOK).has(folk["nia"].email, h.words.T(l, "admin.outbox.cause.no_such_address"))
		sound(t, "to be put aside", page)
		for typed, key := range map[string]string{" ": "people.reason.required", "nia@shared.example is gone": "steward.aside.names"} {
			r := alun.press(page, "aside", "", "reason", typed).want(http.StatusUnprocessableEntity).has(h.words.T(l, key))
			wrongly(t, "no reason", r, "reason")
		}
		other := alun.press(page, "aside", "switch="+string(l.Other()), "reason", "told by <telephone>").want(http.StatusOK)
		if got := formValues(find(other.doc(), byID("aside"))).Get("reason"); got != "told by <telephone>" {
			t.Errorf("the reason is %q in the other language", got)
		}
	}
	h.unchanged(before)
	alun.post("/cy"+path, url.Values{"reason": {"told by telephone"}}).leads("/cy/admin/outbox?state=failed&done=aside")
	sound(t, "put aside", alun.get("/cy/admin/outbox?state=failed&done=aside").want(http.StatusOK).has(h.words.T("cy", "admin.outbox.aside_done")).lacks(folk["nia"].email))
	sound(t, "among those put aside", alun.get("/en/admin/outbox?state=aside").want(http.StatusOK).has(folk["nia"].email))
	if h.stands()["failed"] != "good" || h.count("audit_events WHERE verb = 'outbox.put_aside'") != 1 {
		t.Error("it still calls for somebody, or is not on record")
	}
	alun.get("/en" + path).want(http.StatusNotFound)
	alun.post("/en"+path, url.Values{"reason": {"again"}}).want(http.StatusNotFound)
	sent := len(h.mail.Sent())
	alun.post(fmt.Sprintf("/en/admin/outbox/%d/again", id), nil).leads("/en/admin/outbox?state=waiting&done=again")
	h.work()
	if len(h.mail.Sent()) != sent+1 {
		t.Error("it was not tried again")
	}

	h.write(func(tx store.Tx) error {
		return outbox.Put(tx, people.Confirmed, "x", people.RoleGivenFact{})
	})
	h.refusedMail("not_found")
	h.db.Read(t.Context()).Raw("SELECT id FROM outbox_jobs WHERE failed_at IS NOT NULL").Scan(&id)
	alun.get("/en/admin/outbox").want(http.StatusOK).lacks(fmt.Sprintf("/admin/outbox/%d/aside", id))
	alun.get(fmt.Sprintf("/en/admin/outbox/%d/aside", id)).want(http.StatusNotFound)
	alun.post(fmt.Sprintf("/en/admin/outbox/%d/aside", id), url.Values{"reason": {"why not"}}).want(http.StatusNotFound)
}

// An invitation whose letter was given up says so, and what to do, until it was
// sent again; its link goes on working, for whoever gets it otherwise.
func TestAnInvitationThatWasNotDelivered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	h.work()
	alun.post("/en/admin/invitations/new", url.Values{"email": {"guest@nowhere.example"}, "name": {"Guest"}, "place": {"school-a/board-a"}, "role": {"learner"},
		"job_role": {"education"}, "language": {"en"}}).want(http.StatusSeeOther)
	says := func(undelivered bool) {
		t.Helper()
		for _, who := range []string{"alun", "lowri"} {
			at := map[string]string{"alun": "/admin/invitations", "lowri": "/lead/invitations"}[who]
			for _, l := range i18n.Langs {
				page := h.as(who).get("/" + string(l) + at).want(http.StatusOK)
				sound(t, "invitations", page)
				if undelivered {
					page.has(h.words.T(l, "invitations.undelivered"), h.words.T(l, "invitations.undelivered_do"))
				} else {
					page.lacks(h.words.T(l, "invitations.undelivered"))
				}
			}
		}
	}
	says(false)
	h.refusedMail("550 5.1.1 User unknown")
	says(true)
	h.clock.Advance(3 * 60e9)
	alun.post("/en/admin/invitations/"+h.invitationID("guest@nowhere.example")+"/resend", nil).want(http.StatusSeeOther)
	says(false)
	h.refusedMail("550 5.1.1 User unknown")
	says(true)
}

// Letters about a corrected address go with the person, wherever they stand: they
// are not left as given up, nor is an address that a mail server repeated.
func TestErasingTakesLettersOfACorrection(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.work()
	alun := h.as("alun")
	correct := func(email string) {
		alun.post("/en/admin/people/"+h.id["nia"]+"/email", url.Values{"email": {email}, "reason": {"mistyped"}, "proof": {h.spare("alun")}}).want(http.StatusSeeOther)
	}
	correct("nia.once@shared.example")
	h.refusedMail("550 5.1.1 <nia@shared.example>: User unknown")
	correct("nia.now@shared.example")
	alun.post("/en/admin/people/"+h.id["nia"]+"/erase", url.Values{"reason": {"asked"}, "confirm": {"nia.now@shared.example"}, "proof": {h.spare("alun")}}).want(http.StatusSeeOther)
	if n := h.count("outbox_jobs WHERE kind = ?", people.EmailChanged); n != 0 {
		t.Errorf("%d letters about the address are left", n)
	}
	if n := h.count("outbox_jobs WHERE reason LIKE '%nia%'"); n != 0 {
		t.Errorf("%d jobs hold an address of before", n)
	}
	h.work()
	if h.stands()["failed"] != "good" {
		t.Error("something is left as given up")
	}
}
