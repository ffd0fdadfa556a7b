package main

import (
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golau/cmd/golau/internal/web/admin"
	"golau/cmd/golau/internal/web/lead"
	"golau/internal/i18n"
)

// What was typed into a form whose session had ended is not lost: whoever sent it
// signs in, presses once, and it arrives where it belonged. What is secret in it
// is asked for anew.
func TestAFormSentTooLateWaits(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Langs {
		h := livedIn(t)
		at := "/" + string(l)
		alun := h.as("alun")
		path := at + "/admin/people/" + h.id["nia"] + "/erase"
		form := alun.get(path).want(http.StatusOK)
		h.clock.Advance(13 * time.Hour)
		page := alun.press(form, "erase", "", "reason", "asked in writing", "confirm", folk["nia"].email, "proof", "000 000").
			want(http.StatusUnauthorized).has(h.words.T(l, "sign_in.waiting_title"))
		sealed := sealedIn(t, page)

		// Nobody else gets it, and it does not send itself.
		b := h.visitor()
		b.post(at+"/sign-in", url.Values{"email": {folk["huw"].email}, "password": {password}, "pending": {sealed}}).leads(at + "/learn")
		if b.cookies[waitsCookie] != "" {
			t.Error("somebody else’s browser holds the form")
		}
		b.get(at + "/send-again").leads(at + "/learn")

		page = alun.press(page, "sign-in", "", "email", folk["alun"].email, "password", password).want(http.StatusOK)
		alun.press(page, "second", "", "code", h.spare("alun")).leads(at + "/send-again")
		again := alun.get(at + "/send-again").want(http.StatusOK).has(h.words.T(l, "send_again.secrets")).lacks("000 000")
		sound(t, "send again", again)
		held := alun.press(again, "send-again", "").want(http.StatusTemporaryRedirect)
		if to := held.Header.Get("Location"); to != path {
			t.Fatalf("sent on to %q", to)
		}
		values := formValues(find(again.doc(), byID("send-again")))
		got := alun.post(path, values).want(http.StatusUnprocessableEntity).doc() // the proof is missing
		if kept := formValues(find(got, byID("erase"))); kept.Get("reason") != "asked in writing" || kept.Get("confirm") != folk["nia"].email {
			t.Errorf("%s: of what was typed, %v came back", l, kept)
		}
		alun.get(at + "/send-again").leads(at + "/learn") // it waits no longer
	}
}

// Whoever does not want to send it any more leaves it, and it is gone.
func TestAFormThatWaitsCanBeLeft(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	huw := h.as("huw")
	h.clock.Advance(13 * time.Hour)
	page := huw.post("/en/account/name", url.Values{"name": {"Huw Penri Jones"}}).want(http.StatusUnauthorized)
	huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).leads("/en/send-again")
	if again := huw.get("/cy/send-again").want(http.StatusOK); !strings.Contains(again.Body, "Huw Penri Jones") {
		t.Error("the name does not wait")
	} else {
		huw.press(again, "send-again", "leave=yes").leads("/cy/learn")
	}
	if huw.cookies[waitsCookie] != "" {
		t.Error("the browser still holds it")
	}
}

// One too long to be left with a browser is not said to be kept.
func TestAFormTooLongToWaitIsNotPromised(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	h.clock.Advance(13 * time.Hour)
	alun.post("/en/admin/notices", url.Values{"basis": {strings.Repeat("words ", 1000)}}).want(http.StatusUnauthorized).
		lacks(h.words.T(i18n.EN, "sign_in.waiting_title"))
}

var secretInput = regexp.MustCompile(`\bpassword "([^"]+)"|<input[^>]*name="([^"]+)"[^>]*(?:one-time-code|type="password")`)

// Whatever an administrator or lead types in secret does not wait with the browser.
func TestSecretsDoNotWait(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	huw := h.as("huw")
	form := url.Values{"name": {"Huw Penri Jones"}}
	for _, files := range []fs.FS{admin.Files, lead.Files} {
		pages, err := fs.Glob(files, "pages/*.html")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			raw, err := fs.ReadFile(files, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range secretInput.FindAllStringSubmatch(string(raw), -1) {
				form.Set(m[1]+m[2], "hush, "+p)
			}
		}
	}
	if len(form) < 3 {
		t.Fatalf("of secret fields only %v were found: has their markup changed?", form)
	}
	h.clock.Advance(13 * time.Hour)
	page := huw.post("/en/account/name", form).want(http.StatusUnauthorized).lacks("hush")
	huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).leads("/en/send-again")
	huw.get("/en/send-again").want(http.StatusOK).has("Huw Penri Jones").lacks("hush")
}
