package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

// T1-22, attack A33: the log of a whole life, with everything that goes wrong in
// it, holds no name, address, password, session, answer, or number of a
// certificate; every line is one JSON object, and none is forged.
func TestTheLogTellsOnNobody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.visitor()
	b.headers["User-Agent"] = "SecretAgent/1.0"
	b.headers["Referer"] = "https://secret.example/referer"
	forged := "x\r\n{\"level\":\"ERROR\",\"msg\":\"FORGED\"}\u2028\x1b[31m"
	b.post("/en/sign-in", url.Values{"email": {"wrong-guess@shared.example"}, "password": {"wrong-password-guess"}}).want(http.StatusUnprocessableEntity)
	b.post("/en/sign-in", url.Values{"email": {forged}, "password": {forged}, "next": {forged}})
	b.get("/en/verify?number=" + url.QueryEscape(forged))
	b.get("/en/" + url.PathEscape(forged))
	b.get("/en", "Host", "secret-host.example").want(http.StatusMisdirectedRequest)
	b.send("FORGED", "/en", nil)
	b.signIn("nia")
	secrets := []string{b.token()}
	b.post("/en/account/name", url.Values{"name": {"Nia Gyfrinachol"}}).want(http.StatusSeeOther)
	b.readModule(i18n.EN, "what-it-is")
	check := b.sit(checkPath("what-it-is"), true)
	h.learnt(h.id["nia"], i18n.EN)
	final := b.sit(finalPath, true)
	certificate := b.certificate()
	b.get("/en/certificates/" + certificate + "/pdf").want(http.StatusOK)
	b.get("/en/attempts/" + check + "/result").want(http.StatusOK)
	h.visitor().get("/cy/verify/" + certificate).want(http.StatusOK)
	h.as("huw").get("/cy/certificates/" + certificate).want(http.StatusNotFound)
	h.work()

	// A session that ends in the middle, an answer that waits, and a lock.
	open := b.begin(checkPath("what-it-is"))
	sent := b.fill(b.get(questionPath(i18n.EN, open, 1)), true)
	h.clock.Advance(13 * time.Hour)
	page := b.post(questionPath(i18n.EN, open, 1), sent).want(http.StatusUnauthorized)
	sealed := sealedIn(t, page)
	b.press(page, "sign-in", "", "email", folk["nia"].email, "password", password).want(http.StatusSeeOther)
	secrets = append(secrets, b.token(), sealed[:40], "Gyfrinachol", "Rhydderch", "nia@", "shared.example", password, "wrong-password-guess", "wrong-guess", "FORGED",
		"SecretAgent", "referer", "secret-host", check, final, open, certificate, strings.ToUpper(certificate[:10]), h.id["nia"], "hunan")
	log := h.log.String()
	for _, secret := range secrets {
		if secret != "" && strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%.300s", secret, lineWith(log, secret))
		}
	}
	quiet := h.log.String()
	if at := attr(find(find(h.visitor().get("/en").doc(), hasClass("golau-help__panel")), both(tag("a"), with("href", "/en/support"))), "href"); at != "/en/support" {
		t.Errorf("the help leads to %s", at)
	}
	for _, path := range []string{"/en/support", "/cy/support", "/cy/support?switch=cy"} {
		h.visitor().get(path)
		b.get(path)
	}
	if since := strings.TrimPrefix(h.log.String(), quiet); strings.Count(since, `"msg":"request"`) != 1 || strings.Contains(since, "support") {
		t.Errorf("whoever opens the page of support is told on:\n%s", since)
	}
	requests := 0
	for line := range strings.Lines(log) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("a line is no JSON object: %q", line)
		}
		if entry["msg"] == "request" {
			requests++
			if len(entry) != 9 || entry["id"] == "" {
				t.Errorf("a request is logged as %s", line)
			}
		}
	}
	if requests < 80 || !strings.Contains(log, `"route":"/en/attempts/:attempt/questions/:n"`) || !strings.Contains(log, `"msg":"refused"`) {
		t.Errorf("%d requests are logged", requests)
	}
}

func lineWith(log, word string) string {
	for line := range strings.Lines(log) {
		if strings.Contains(line, word) {
			return line
		}
	}
	return ""
}
