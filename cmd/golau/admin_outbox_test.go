package main

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/steward"
	"golau/internal/store"
)

// Every kind of job, every state and every cause of failure has its words.
func TestJobsHaveWords(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	check := func(key string) {
		if !h.words.Has(key) {
			t.Errorf("there is no message %s", key)
		}
	}
	for kind := range h.worker.Handlers {
		check("admin.outbox.kind." + kind)
	}
	for _, s := range outbox.States {
		check("admin.outbox." + string(s))
	}
	for _, c := range steward.Causes {
		check("admin.outbox.cause." + string(c))
	}
}

// An administrator sees why a letter did not go, tries it again, and it goes.
func TestALetterIsTriedAgain(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.write(again(h.did["nia"].certificate, h.id["nia"]))
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET failed_at = ?, tries = 20, reason = '550 5.1.1 User unknown' WHERE done_at IS NULL", tx.Now).Error
	})
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		page := alun.get("/" + string(l) + "/admin/outbox").want(http.StatusOK)
		sound(t, "outbox", page)
		for _, want := range []string{folk["nia"].email, h.words.T(l, "admin.outbox.cause.no_such_address"), h.words.T(l, "admin.outbox.kind.course.completed")} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("%s: the page lacks %q", l, want)
			}
		}
		if strings.Contains(page.Body, h.did["nia"].certificate) {
			t.Errorf("%s: the page shows a certificate's number", l)
		}
		sound(t, "outbox, done", alun.get("/"+string(l)+"/admin/outbox?state=done").want(http.StatusOK))
		sound(t, "outbox, nothing", alun.get("/"+string(l)+"/admin/outbox?state=done&before=1").want(http.StatusOK))
	}
	var id int64
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM outbox_jobs WHERE failed_at IS NOT NULL").Scan(&id).Error; err != nil {
		t.Fatal(err)
	}
	path := "/cy/admin/outbox/" + strconv.FormatInt(id, 10) + "/again"
	h.as("gwen").post(path, nil).want(http.StatusForbidden)
	sent := len(h.mail.Sent())
	alun.post(path, nil).leads("/cy/admin/outbox?state=waiting&done=again")
	sound(t, "outbox, again", alun.get("/cy/admin/outbox?state=waiting&done=again").want(http.StatusOK))
	h.work()
	if len(h.mail.Sent()) != sent+1 {
		t.Error("the letter did not go")
	}
	alun.post(path, nil).want(http.StatusConflict)
}
