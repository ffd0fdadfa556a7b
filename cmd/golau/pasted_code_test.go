package main

import (
	"bytes"
	"net/http"
	"net/url"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
)

// Whoever pastes the whole code of a sheet has the signature checked too: an
// altered one is not passed on to the page of the number.
func TestAPastedCodeIsChecked(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	c, err := certificates.ByID(h.db.Read(t.Context()), h.id["nia"], h.did["nia"].certificate)
	if err != nil {
		t.Fatal(err)
	}
	fragment, err := c.Fragment()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs {
		ask := func(text string) *reply {
			return h.visitor().get("/" + string(l) + "/verify?number=" + url.QueryEscape(text))
		}
		address := c.Address("https://golau.example", string(l))
		page := "/" + string(l) + "/verify/" + c.ID
		ask(c.Number()).leads(page)
		ask(address + "#" + fragment).leads(page)
		ask(address + "#" + fragment[:len(fragment)-3] + "abc").want(http.StatusUnprocessableEntity).has(h.words.T(l, "verify.code_wrong"))
		ask(address + "#nothing").want(http.StatusUnprocessableEntity)
		h.visitor().get("/" + string(l) + "/verify/GL-00000-00000-00000-00000-000000").want(http.StatusNotFound).has("GL-00000")
	}
}

// A text that can be no number is wrong use, not a forgery.
func TestVerifyWantsANumber(t *testing.T) {
	for _, text := range []string{"hello", "tom.pdf", ""} {
		var out, said bytes.Buffer
		if exit := run(t.Context(), []string{"verify", text, "--data", t.TempDir()}, &out, &said); exit != exitWrongUse || out.Len() > 0 {
			t.Errorf("%q: exit %d, %s%s", text, exit, out.String(), said.String())
		}
	}
}

// Whoever is signed in and opens the site's own address goes on learning.
func TestTheDoorLeadsOn(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.visitor().get("/").leads("/en")
	h.as("nia").get("/").leads("/en/learn")
}

// What comes after the submission is told so, and led to the result.
func TestAfterTheSubmissionComesTheResult(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	for _, l := range i18n.Langs {
		r := h.as("nia").post(questionPath(l, h.did["nia"].final, 1), nil).want(http.StatusConflict)
		r.has(h.words.T(l, "step.closed_title"), h.words.T(l, "step.closed_result")).lacks(h.words.T(l, "web.conflict_title"))
		if r.buttonsTo("/"+string(l)+"/attempts/"+h.did["nia"].final+"/result") != 1 {
			t.Errorf("%s: no way to the result\n%s", l, r.gist())
		}
	}
}
