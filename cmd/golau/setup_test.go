package main

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"
)

// administrator is what whoever installs the program types.
func administrator() url.Values {
	return url.Values{"name": {"Mair Eleri"}, "email": {"mair@glannau.example"}, "password": {"saith cwch bach glas"}, "job_role": {"social-care"},
		"organisation_en": {"Shores Council"}, "organisation_cy": {"Cyngor Glannau"}, "kind": {"council"}, "board_en": {"Shores Board"}, "board_cy": {"Bwrdd Glannau"}}
}

// The link of the first start makes one administrator, once, and signs them in;
// afterwards it is not there, nor any other, and the program offers none.
func TestTheFirstAdministratorIsMadeOnce(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	token, needed, err := h.people.SetupToken(t.Context())
	if err != nil || !needed {
		t.Fatal(needed, err)
	}
	path := "/cy/setup/" + token
	b := h.visitor()
	before := h.tables()
	for range 3 { // a scanner of links that looks uses nothing up
		b.get(path).want(http.StatusOK)
		b.send(http.MethodHead, path, nil).want(http.StatusOK)
	}
	h.unchanged(before)
	b.post(path, administrator()).leads("/cy/second-factor?next=%2Fcy%2Fadmin%2Fsetup%2Fboards")
	b.get("/cy/admin/setup/boards").want(http.StatusUnauthorized)
	b.setUpApp("")
	b.get("/cy/learn").want(http.StatusOK).has("Mair Eleri")
	b.get("/cy/account").want(http.StatusOK).has("Cyngor Glannau", "Bwrdd Glannau", h.words.T("cy", "people.role.admin"))
	if h.count("people_memberships WHERE role = 'admin'") != 1 || h.count("people_persons") != 1 {
		t.Error("there is not exactly one administrator")
	}

	other := administrator()
	other.Set("email", "arall@glannau.example")
	for _, path := range []string{path, "/en/setup/" + token} {
		h.visitor().get(path).want(http.StatusNotFound)
		h.visitor().post(path, other).want(http.StatusNotFound)
	}
	if _, needed, err := h.people.SetupToken(t.Context()); needed || err != nil {
		t.Error("a second link is offered", err)
	}
	if h.count("people_persons") != 1 {
		t.Error("there are two people")
	}
	// The password that was typed is the one that signs in.
	h.visitor().post("/en/sign-in", url.Values{"email": {"MAIR@glannau.example"}, "password": {"saith cwch bach glas"}}).leads("/en/second-factor")
	if lines, err := audit.Verify(h.db.Read(t.Context())); err != nil || lines == 0 {
		t.Error(lines, err)
	}
}

// T1-07: fifty forms sent at once make one administrator.
func TestFiftySetupsAreOne(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	token, _, err := h.people.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	for _, r := range atOnce(50, func(int) *reply { return h.visitor().post("/en/setup/"+token, administrator()) }) {
		switch r.Status {
		case http.StatusSeeOther:
			made++
		case http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusConflict:
		default:
			t.Errorf("%d\n%s", r.Status, r.gist())
		}
	}
	if made != 1 || h.count("people_persons") != 1 || h.count("people_memberships") != 1 {
		t.Errorf("%d were told that they are the administrator; there are %d people", made, h.count("people_persons"))
	}
}

// A form with errors comes back with what is wrong beside each field and with
// everything that was typed, but for the password; the link still works.
func TestSetupKeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	token, _, err := h.people.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := "/en/setup/" + token
	b := h.visitor()
	for field, bad := range map[string]string{"name": "1", "email": "no address", "password": "short", "job_role": "pirate", "organisation_en": "", "organisation_cy": "<b>", "kind": "", "board_en": " ", "board_cy": "🙂"} {
		typed := administrator()
		typed.Set(field, bad)
		page := b.post(path, typed).want(http.StatusUnprocessableEntity)
		sound(t, "a wrong "+field, page)
		errors := findAll(page.doc(), hasClass("govuk-error-message"))
		if len(errors) != 1 || attr(errors[0], "id") != field+"-error" || find(page.doc(), with("href", "#"+field)) == nil {
			t.Errorf("%s: %d errors", field, len(errors))
		}
		got := formValues(find(page.doc(), byID("setup")))
		for name := range typed {
			want := typed.Get(name)
			if name == "password" || name == "job_role" && field == "job_role" {
				want = ""
			}
			if got.Get(name) != want && flat(got.Get(name)) != flat(want) {
				t.Errorf("a wrong %s: %s was %q and comes back as %q", field, name, want, got.Get(name))
			}
		}
	}
	if h.count("people_persons") != 0 {
		t.Error("somebody was made")
	}
	b.post(path, administrator()).leads("/en/second-factor?next=%2Fen%2Fadmin%2Fsetup%2Fboards")
}

// The board is chosen from the boards of Wales: it bears the name of the list in
// both languages and is not offered again; what was chosen comes back with an
// error, and a summary names the field of which it speaks.
func TestSetupOffersTheBoardsOfWales(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	token, _, err := h.people.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wales, err := people.LoadReference()
	if err != nil || len(wales.Safeguarding) < 6 {
		t.Fatal(wales, err)
	}
	mine, b := wales.Safeguarding[1], h.visitor()
	for _, l := range i18n.Langs {
		path := "/" + string(l) + "/setup/" + token
		page := b.get(path).want(http.StatusOK)
		for _, board := range wales.Safeguarding {
			page.has(`value="`+board.Key+`"`, board.Name().In(l))
		}
		typed := administrator()
		typed.Set("organisation_cy", "")
		typed.Set("board", mine.Key)
		page = b.post(path, typed).want(http.StatusUnprocessableEntity)
		sound(t, "a board of the list", page)
		summary := textOf(find(page.doc(), with("href", "#organisation_cy")))
		if want := h.words.T(l, "setup.organisation_cy") + ": " + h.words.T(l, "people.text.required"); summary != want {
			t.Errorf("the summary says %q, want %q", summary, want)
		}
		if got := formValues(find(page.doc(), byID("setup"))).Get("board"); got != mine.Key {
			t.Errorf("%q was chosen, %q comes back", mine.Key, got)
		}
		typed.Set("board", "atlantis")
		b.post(path, typed).want(http.StatusUnprocessableEntity).has(h.words.T(l, "people.board.unknown"))
	}
	typed := administrator()
	typed.Set("board", mine.Key)
	typed.Set("board_en", "")
	typed.Set("board_cy", "")
	b.post("/en/setup/"+token, typed).want(http.StatusSeeOther)
	if h.count("people_boards WHERE key = ? AND name_en = ? AND name_cy = ?", mine.Key, mine.EN, mine.CY) != 1 || h.count("people_boards") != 1 {
		t.Error("the board of the list is not there")
	}
	b.setUpApp("")
	page := b.get("/en/admin/boards").want(http.StatusOK)
	page.has(mine.EN).lacks(`name="boards" type="checkbox" value="` + mine.Key + `"`)
	page = b.post("/en/admin/boards", url.Values{"kind": {"regional-safeguarding-board"}}).want(http.StatusUnprocessableEntity)
	for _, field := range []string{"name_en", "name_cy"} {
		want := h.words.T(i18n.EN, "admin.label.board."+field) + ": " + h.words.T(i18n.EN, "people.text.required")
		if got := textOf(find(page.doc(), with("href", "#"+field))); got != want {
			t.Errorf("the summary says %q, want %q", got, want)
		}
	}
}

// Attack A15: the link is old after a day, a made-up one never works, and a new
// start makes the one before it void.
func TestOldSetupLinksAreDead(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	first, _, _ := h.people.SetupToken(t.Context())
	second, _, _ := h.people.SetupToken(t.Context())
	b := h.visitor()
	b.get("/en/setup/" + first).want(http.StatusNotFound)
	b.get("/en/setup/" + second).want(http.StatusOK)
	made := "A" // of the last letter not every bit counts, and a first one may be an A itself
	if second[0] == 'A' {
		made = "B"
	}
	b.get("/en/setup/" + made + second[1:]).want(http.StatusNotFound)
	h.clock.Advance(24*time.Hour + time.Second)
	b.get("/en/setup/" + second).want(http.StatusNotFound)
	b.post("/en/setup/"+second, administrator()).want(http.StatusNotFound)
}
