package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Whoever has lost everything asks an administrator, who gives a reason; the
// person's sessions end, a letter tells them, and they set up anew.
func TestAnAdministratorResetsTheSecondStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun, lowri := h.as("alun"), h.as("lowri")
	path := "/admin/people/" + h.id["lowri"] + "/second-factor"
	page := alun.get("/en" + path).want(http.StatusOK)
	sound(t, "to be reset", page)
	sound(t, "no reason", alun.press(page, "reset", "", "reason", " ").want(http.StatusUnprocessableEntity))
	sound(t, "one's own", alun.get("/cy/admin/people/"+h.id["alun"]+"/second-factor").want(http.StatusOK))
	sound(t, "nothing to reset", alun.get("/cy/admin/people/"+h.id["huw"]+"/second-factor").want(http.StatusOK))
	alun.post("/en/admin/people/"+h.id["alun"]+"/second-factor", url.Values{"reason": {"lost"}}).want(http.StatusConflict)
	letters := len(h.mail.Sent())
	alun.press(page, "reset", "", "reason", "phone lost; telephoned her", "proof", h.spare("alun")).leads("/en" + path + "?done=factors_reset")
	sound(t, "reset", alun.get("/cy"+path+"?done=factors_reset").want(http.StatusOK))
	lowri.get("/cy/account").want(http.StatusSeeOther)
	h.work()
	if n := len(h.mail.Sent()); n <= letters || h.mail.Sent()[n-1].To != folk["lowri"].email {
		t.Error("no letter tells her")
	} else if text := flat(h.mail.Sent()[n-1].Text); !strings.Contains(text, folk["alun"].name) || !strings.Contains(text, h.words.T("cy", "letters.factors.not_asked")) {
		t.Errorf("the letter does not say who did it:\n%s", text)
	}
	again := h.visitor().firstStep("lowri")
	again.post("/en/second-factor", url.Values{"code": {h.spare("lowri")}}).want(http.StatusUnprocessableEntity)
	again.setUpApp("")
	again.get("/cy/account").want(http.StatusOK)
}
