package main

import (
	"net/http"
	"strconv"
	"testing"

	"golau/internal/i18n"
	settings "golau/internal/site"
)

// steps is how the five steps stand, as their page says.
func (b *browser) steps(l i18n.Lang, want ...settings.State) {
	b.t.Helper()
	page := b.get("/" + string(l) + "/admin/setup").want(http.StatusOK)
	sound(b.t.(*testing.T), "setting up", page)
	tags := findAll(page.doc(), hasClass("govuk-tag"))
	if len(tags) != len(want) {
		b.t.Fatalf("%d states, want %d", len(tags), len(want))
	}
	for i, s := range want {
		if got, said := textOf(tags[i]), b.h.words.T(l, "admin.setup.state."+string(s)); got != said {
			b.t.Errorf("step %d is %q, want %q", i+1, got, said)
		}
	}
}

// From the one-time link to the end of setting up, with forms and buttons alone:
// each step keeps what was saved, says which it is, can be left and come back
// to; what was skipped is among the things to do.
func TestSettingUpInFiveSteps(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	token, _, err := h.people.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const open, skipped, done = settings.Open, settings.Skipped, settings.Done
	b := h.visitor()
	page := b.get("/en/setup/" + token).want(http.StatusOK).has("Step 1 of 5")
	for _, field := range []string{"kind", "job_role"} {
		if got := formValues(find(page.doc(), byID("setup"))).Get(field); got != "" {
			t.Errorf("step 1 chooses %q for %s", got, field)
		}
	}
	var typed []string
	for name, values := range administrator() {
		typed = append(typed, name, values[0])
	}
	b.press(page, "setup", "", append(typed, "council", "W06000002")...).leads("/en/second-factor?next=%2Fen%2Fadmin%2Fsetup%2Fboards")
	b.setUpApp("") // which an administrator cannot go without
	page = b.get("/en/admin/setup/boards").want(http.StatusOK).has("Step 2 of 5", "Shores Board")
	b.steps(i18n.CY, done, done, open, open, open)

	page = b.follow(b.press(page, "choose", "", "boards", "north-wales")).want(http.StatusOK).has("Step 2 of 5", "North Wales Safeguarding Board")
	wrong := b.press(page, "own", "", "name_en", "Own Board").want(http.StatusUnprocessableEntity).has("Step 2 of 5")
	page = b.press(wrong, "own", "switch=cy").want(http.StatusOK).has("Cam 2 o 5")
	if got := formValues(find(page.doc(), byID("own"))).Get("name_en"); got != "Own Board" {
		t.Errorf("the other language lost %q", got)
	}
	page = b.follow(b.press(wrong, "step", "")).want(http.StatusOK).has("Step 3 of 5", "Shores Council")

	if got := formValues(find(page.doc(), byID("agency"))).Get("kind"); got != "" {
		t.Errorf("step 3 chooses the kind %q", got)
	}
	for _, l := range i18n.Langs { // the agency of step 1 has no domain yet: it is asked for here
		bad := b.press(b.get("/"+string(l)+"/admin/setup/agency"), "domain-form-shores-council", "", "domain", "gmail.com").want(http.StatusUnprocessableEntity).
			has(`value="gmail.com"`, h.words.T(l, "admin.setup.step", "Number", 3, "Of", 5))
		sound(t, "a domain of anybody", bad)
		if errors := findAll(bad.doc(), hasClass("govuk-error-message")); len(errors) != 1 || find(bad.doc(), with("href", "#domain")) == nil || find(bad.doc(), byID("domain")) == nil {
			t.Errorf("%d errors, or none that leads to the field", len(errors))
		}
	}
	page = b.follow(b.press(page, "domain-form-shores-council", "", "domain", "shores.example")).want(http.StatusOK).has("Step 3 of 5", "shores.example").lacks("domain-form-shores-council")
	page = b.press(page, "agency", "", "name_en", "Hill School", "name_cy", "Ysgol y Bryn", "kind", "", "boards", "north-wales").want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "people.kind.unknown"))
	page = b.press(page, "agency", "", "name_en", "Hill School", "name_cy", "Ysgol y Bryn", "kind", "school", "boards", "north-wales", "domains", "gmail.com").want(http.StatusUnprocessableEntity).has("Step 3 of 5")
	b.press(page, "agency", "go=next", "domains", "bryn.example").leads("/en/admin/setup/contacts?done=saved")
	page = b.get("/en/admin/setup/agency").want(http.StatusOK).has("Step 3 of 5", "Hill School", "bryn.example")
	b.follow(b.press(page, "step", "")).want(http.StatusOK).has("Step 4 of 5", "Gwynedd")
	b.steps(i18n.EN, done, done, done, open, open)

	council := b.get("/en/admin/setup/contacts/W06000002").want(http.StatusOK).has("Step 4 of 5", h.words.T("en", "help.find_council", "Council", "Gwynedd"))
	page = b.follow(b.press(council, "council", "go=today", "day_number", "01632 960123")).want(http.StatusOK).has("Step 4 of 5", "01632 960123", "23 November 2026")
	page = b.follow(b.press(page, "step", "")).want(http.StatusOK).has("Step 5 of 5")
	b.steps(i18n.EN, done, done, done, skipped, open)
	b.setUpWork(1, 1)
	later := b.get("/cy/admin/setup/contacts").want(http.StatusOK)
	b.follow(b.press(later, "site", "", "owner_email", "golau@shores.example")).want(http.StatusOK).has("golau@shores.example")
	b.steps(i18n.EN, done, done, done, done, open)

	page = b.follow(b.press(page, "mail", "")).want(http.StatusOK).has("Step 5 of 5", h.words.T("en", "admin.mail.taken"))
	if sent := h.mail.Sent(); len(sent) != 1 || sent[0].To != "mair@glannau.example" || sent[0].Subject != h.words.T("en", "letters.try.subject") {
		t.Errorf("sent %+v", sent)
	}
	b.press(page, "step", "").leads("/en/admin/setup")
	b.steps(i18n.EN, done, done, done, done, skipped) // nobody leads yet
	b.setUpWork(1, 0)
}

// setUpWork is what the overview says of the steps, in both languages: what was
// skipped is said to have been skipped, and is no unfinished work.
func (b *browser) setUpWork(skipped, open int) {
	b.t.Helper()
	for _, l := range i18n.Langs {
		page := b.get("/" + string(l) + "/admin").want(http.StatusOK)
		for task, want := range map[string]int{"setup_skipped": skipped, "setup": open} {
			got := 0
			for _, row := range findAll(page.doc(), hasClass("golau-week__what")) {
				if textOf(row) == b.h.words.T(l, "admin.todo."+task) {
					got, _ = strconv.Atoi(textOf(row.PrevSibling))
				}
			}
			if got != want {
				b.t.Errorf("%s: the overview counts %d as %s, want %d", l, got, task, want)
			}
		}
	}
}
