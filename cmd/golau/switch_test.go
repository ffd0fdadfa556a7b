package main

import (
	"net/http"
	"testing"

	"golau/internal/i18n"
)

// T1-06: in the middle of a question the language button stores what is chosen
// and stays at the question; the attempt is the same in both languages.
func TestTheLanguageButtonKeepsTheAnswer(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, attempt := h.as("nia"), h.did["nia"].open
	for n := 2; n <= 10; n++ {
		page := b.get(questionPath(i18n.EN, attempt, n)).want(http.StatusOK)
		sent := b.fill(page, true)
		sent.Set("sure", "guessing")
		var typed []string
		for name, values := range sent {
			typed = append(typed, name, values[0])
		}
		if len(sent["answer"]) > 1 {
			continue // press cannot tick two boxes; the form test above does
		}
		b.press(page, "question", "switch=cy", typed...).leads(questionPath(i18n.CY, attempt, n))
		welsh := b.get(questionPath(i18n.CY, attempt, n)).want(http.StatusOK)
		sent.Set("version", "1")
		if got := formValues(find(welsh.doc(), byID("question"))); got.Encode() != sent.Encode() {
			t.Errorf("question %d shows %v, chosen was %v", n, got, sent)
		}
		if q, l := questionOf(t, welsh); l != i18n.CY || q.ID != mustQuestion(t, page).ID {
			t.Errorf("question %d is another in Welsh", n)
		}
	}
}

func mustQuestion(t *testing.T, page *reply) bankQuestion {
	q, _ := questionOf(t, page)
	return q
}

// Nothing typed is lost when the language is changed without scripts, and
// nothing is done either.
func TestTheLanguageButtonKeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	h, lived := newHouse(t), livedIn(t)
	empty := emptyHouse(t)
	token, _, err := empty.people.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		b          *browser
		page, form string
		typed      []string
	}{
		{h.visitor(), "/en/sign-in?next=/en/account", "sign-in", []string{"email", "rhywun@shared.example"}},
		{h.as("huw"), "/en/account", "name-form", []string{"name", "Huw “Bach” <Penri>"}},
		{h.visitor(), "/en/verify", "verify", []string{"number", "GL-12 <3"}},
		{empty.visitor(), "/en/setup/" + token, "setup", []string{"name", "Mair Eleri", "email", "mair@lle.example", "job_role", "housing-community",
			"organisation_en", "A & B", "organisation_cy", "A a B", "kind", "police", "board_en", "Board \"one\"", "board_cy", "Bwrdd un"}},
		{h.as("huw"), "/en/account/security", "new-passkey", []string{"name", "Ffôn <Huw>"}},
		{h.as("alun"), "/en/admin/boards", "own", []string{"name_en", "A & B", "name_cy", "A a B", "kind_en", "Odd"}},
		{h.as("alun"), "/en/admin/setup/boards", "own", []string{"name_en", "A & B", "name_cy", "A a B"}},
		{h.as("alun"), "/en/admin/people/" + h.id["huw"], "suspend", []string{"reason", "he <asked>"}},
		{h.as("alun"), "/en/admin/people/" + h.id["carys"], "lift", []string{"reason", "back & well"}},
		{lived.as("alun"), "/en/admin/certificates/" + lived.did["nia"].certificate, "correct", []string{"name", "Nia “Mai”", "why", "a <letter>"}},
	} {
		before := c.b.h.tables()
		english := c.b.get(c.page).want(http.StatusOK)
		welsh := c.b.press(english, c.form, "switch=cy", c.typed...).want(http.StatusOK)
		if got := attr(find(welsh.doc(), tag("html")), "lang"); got != "cy" {
			t.Errorf("%s: the page is in %q now", c.page, got)
		}
		back := c.b.press(welsh, c.form, "switch=en").want(http.StatusOK)
		for i := 0; i < len(c.typed); i += 2 {
			for _, page := range []*reply{welsh, back} {
				if got := formValues(find(page.doc(), byID(c.form))).Get(c.typed[i]); got != c.typed[i+1] {
					t.Errorf("%s: %s was %q, after the change of language %q", c.page, c.typed[i], c.typed[i+1], got)
				}
			}
		}
		if c.form == "sign-in" && formValues(find(back.doc(), byID(c.form))).Get("next") != "/en/account" {
			t.Error("the way to the page that was asked for is lost")
		}
		c.b.h.unchanged(before)
	}
}

// The language link is a choice and is remembered, also by a browser that does
// not say where it comes from; what it leads to is the page's own address, so
// that whoever is given that address chooses for themselves.
func TestTheLanguageLinkIsRemembered(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	short := "/learn/" + courseSlug + "/what-it-is/act-purpose?version=short"
	for _, path := range []string{"", "/support", "/learn", short, "/certificates/" + h.did["nia"].certificate} {
		b := h.as("nia")
		b.headers["Accept-Language"] = "en"
		page := b.get("/en" + path).want(http.StatusOK)
		if _, chosen := b.cookies["__Host-lang"]; chosen {
			t.Errorf("%s: opening a page is taken for a choice", path)
		}
		link := find(page.doc(), both(tag("a"), with("rel", "alternate")))
		welsh := b.get(attr(link, "href")).leads("/cy" + path)
		if welsh.Header.Get("Set-Cookie") == "" || b.cookies["__Host-lang"] != "cy" {
			t.Errorf("%s: %s is not taken for a choice", path, attr(link, "href"))
		}
		b.get("/").leads("/cy/learn")
		sound(t, "the other language", b.get("/cy"+path).want(http.StatusOK))
	}
	// A made-up language chooses nothing and is not passed on.
	b := h.visitor()
	b.get("/cy/support?switch=x&x=1").leads("/cy/support?x=1")
	if _, chosen := b.cookies["__Host-lang"]; chosen {
		t.Error("a made-up language is remembered")
	}
	b.get("/cy/nowhere?switch=cy").want(http.StatusNotFound)
}
