package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Whoever sets the site up goes through their own second step on the way: its
// pages say that this is still the first of five, name the command instead of
// people who are not there, and speak of no recovery code before there is one.
func TestTheFirstAdministratorsSecondStep(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	token, _, err := h.people.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := h.visitor()
	to := b.post("/cy/setup/"+token, administrator()).want(http.StatusSeeOther).Header.Get("Location")
	step := func(page *reply, l i18n.Lang) {
		t.Helper()
		sound(t, "the second step of setting up", page)
		if said := textOf(find(page.doc(), hasClass("golau-windows"))); !strings.Contains(said, h.words.T(l, "admin.setup.step", "Number", 1, "Of", 5)) {
			t.Errorf("%s does not say which step it is: %q", page.path, said)
		}
	}
	for _, l := range i18n.Langs {
		page := b.get("/" + string(l) + strings.Replace(to[len("/cy"):], "%2Fcy%2F", "%2F"+string(l)+"%2F", 1)).want(http.StatusOK)
		step(page, l)
		page.has(h.words.T(l, "second.ask_alone"), "golau admin link --email mair@glannau.example").lacks(h.words.T(l, "second.ask"), h.words.T(l, "notices.reach_none"))
	}
	app := b.press(b.get(to), "second", "").want(http.StatusOK)
	step(app, i18n.CY)
	for typed, key := range map[string]string{"": "people.factor.required_first", "1234": "people.factor.wrong_first", "abcd-abcd-abcd-abcd": "people.factor.wrong_first", "000000": "people.factor.wrong_first"} {
		for _, l := range i18n.Langs {
			page := b.press(app, "confirm", "", "code", typed)
			if l == i18n.EN {
				page = b.press(b.press(app, "confirm", "switch=en").want(http.StatusOK), "confirm", "", "code", typed)
			}
			step(page.want(http.StatusUnprocessableEntity).has(h.words.T(l, key)), l)
			if said := strings.ToLower(textOf(find(page.doc(), hasClass("govuk-error-summary")))); strings.Contains(said, "recovery") || strings.Contains(said, "adfer") {
				t.Errorf("%q: %s", typed, said)
			}
		}
	}
	secret := strings.ReplaceAll(textOf(find(app.doc(), tag("code"))), " ", "")
	step(b.press(app, "confirm", "", "code", h.appCode(secret, 0)).want(http.StatusOK), i18n.CY)

	// Where others administer too, they are asked.
	page := newHouse(t).as("half").get("/en/second-factor").want(http.StatusOK)
	page.lacks("golau admin link")
	if find(page.doc(), hasClass("golau-windows")) != nil {
		t.Error("the second step of every day says that it is one of five")
	}
}
