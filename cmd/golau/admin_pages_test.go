package main

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
	settings "golau/internal/site"
)

// Every administrator's page, in both languages: as it is asked for, after
// something was done, and with everything wrong.
func TestAdministratorsPagesAreSound(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin"
		seen := 0
		for _, r := range alun.crawl(at, at+"/people?q=nia", at+"/people?q=x", at+"/people?q=nobody", at+"/agencies?board=board-b&q=school",
			at+"/agencies?q=nobody", at+"/boards?done=board_added", at+"/boards?done=nonsense", at+"/roles?role=lead&board=board-a", at+"/roles?q=nobody") {
			if r.doc() == nil || r.Status == http.StatusSeeOther || !strings.HasPrefix(r.path, at) {
				continue
			}
			seen++
			sound(t, "alun", r)
		}
		if seen < 40 {
			t.Errorf("only %d pages", seen)
		}
		for _, row := range adminAddresses() {
			if row.method() != http.MethodPost {
				continue
			}
			path := row.at(h, l, h.did["nia"])
			for state, form := range map[string]url.Values{"nothing": nil, "hostile": hostileForm(), "switch": switching(hostileForm())} {
				if r := alun.post(path, form); r.Status != http.StatusSeeOther && r.Header.Get("Content-Disposition") == "" {
					sound(t, state, r)
				}
			}
		}
		for _, step := range settings.StepNames[1:] {
			form := hostileForm()
			form.Set("setup", step)
			for _, path := range []string{"/boards", "/agencies/new", "/site", "/councils/council-a"} {
				page := alun.post(at+path, form).want(http.StatusUnprocessableEntity)
				sound(t, "within the step "+step, page)
				page.has(h.words.T(l, "admin.setup.step", "Number", indexOf(step)+1, "Of", 5))
			}
		}
		h.mail.Fail = errors.New("dial tcp: \x1b[31m<script>alert(1)</script>")
		alun.post(at+"/mail", nil).leads(at + "/mail?done=tried")
		sound(t, "no post", alun.get(at+"/mail?done=tried").want(http.StatusOK))
		h.mail.Fail = nil
		alun.post(at+"/mail", nil).leads(at + "/mail?done=tried")
		sound(t, "post", alun.get(at+"/mail?done=tried").want(http.StatusOK))
	}
}

func indexOf(step string) int {
	for i, name := range settings.StepNames {
		if name == step {
			return i
		}
	}
	return -1
}

// hostileForm fills every field of every form with what no form should take,
// some of them twice.
func hostileForm() url.Values {
	form := url.Values{}
	for _, name := range []string{"name_en", "name_cy", "kind", "kind_en", "kind_cy", "council", "domain", "day_number", "out_of_hours_number",
		"website", "checked_on", "place", "role", "job_role", "reason", "owner_name_en", "owner_name_cy", "owner_email",
		"owner_phone", "owner_hours_en", "owner_address_cy", "privacy_name_en", "privacy_email", "privacy_phone", "basis_en", "kept_cy", "helpers_en", "link"} {
		form[name] = []string{"<script>alert(1)</script>\u202e\x00\u200b", "second"}
	}
	form["boards"] = []string{"<b>", "board-a", "board-a", "\x00"}
	form["domains"] = []string{strings.Repeat("x", 10_000)}
	form["reason"] = []string{strings.Repeat("ŵ", 2_000)}
	return form
}

func switching(form url.Values) url.Values {
	form.Set("switch", "cy")
	return form
}

// Whatever is sent to an administrator's page, hostile or in another's name,
// changes nothing when it is refused; and what was typed comes back.
func TestAdministratorsFormsKeepWhatIsTyped(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun := h.as("alun")
	before := h.tables()
	for path, form := range map[string]url.Values{
		"/admin/boards":             {"name_en": {"Shores \u202e"}, "name_cy": {"Glannau"}, "kind": {"own"}, "kind_en": {"Partnership"}, "kind_cy": {""}},
		"/admin/boards/board-a":     {"name_en": {""}, "name_cy": {"Bwrdd y Lan"}, "kind": {"national-board"}, "kind_en": {"x"}, "kind_cy": {"y"}},
		"/admin/agencies/new":       {"name_en": {"Shore School"}, "name_cy": {""}, "kind": {"police"}, "council": {"W06000011"}, "boards": {"board-a"}, "domains": {"gmail.com, a.example"}},
		"/admin/agency/school-a":    {"name_en": {"Shore School"}, "name_cy": {""}, "kind": {"police"}, "council": {"W06000011"}, "boards": {"board-a"}},
		"/admin/councils/council-a": {"day_number": {"01632 960123"}, "out_of_hours_number": {"ring"}, "website": {"https://a.example/x"}, "checked_on": {"31/2/2026"}},
		"/admin/site": {"owner_name_en": {"Shores Council"}, "owner_name_cy": {""}, "owner_email": {"no address"}, "owner_phone": {"01632 960777"}, "owner_hours_en": {""}, "owner_hours_cy": {""},
			"owner_address_en": {""}, "owner_address_cy": {""}, "privacy_name_en": {""}, "privacy_name_cy": {""}, "privacy_email": {""}, "privacy_phone": {""}},
		"/admin/local/board-a/signs":                    {"text_en": {"Ring the team"}, "text_cy": {""}, "review_by": {"31/2/2027"}},
		"/admin/notices":                                {"basis_en": {"Our public task"}, "basis_cy": {""}, "kept_en": {"Seven years"}, "kept_cy": {"Saith mlynedd"}, "helpers_en": {""}, "helpers_cy": {""}, "link": {"javascript:x"}},
		"/admin/people/" + h.id["huw"] + "/suspend":     {"reason": {"a\u202eb"}},
		"/admin/people/" + h.id["huw"] + "/memberships": {"role": {"lead"}, "place": {""}, "job_role": {"health"}},
	} {
		for _, l := range i18n.Langs {
			page := alun.post("/"+string(l)+path, form).want(http.StatusUnprocessableEntity)
			if find(page.doc(), hasClass("govuk-error-summary")) == nil || find(page.doc(), hasClass("govuk-error-message")) == nil {
				t.Errorf("%s: nothing says what is wrong\n%s", path, page.gist())
			}
			for _, d := range findAll(page.doc(), hasClass("govuk-error-summary__list")) {
				for _, a := range findAll(d, tag("a")) {
					if id := strings.TrimPrefix(attr(a, "href"), "#"); find(page.doc(), byID(id)) == nil || find(page.doc(), byID(id+"-error")) == nil {
						t.Errorf("%s: an error leads to %q, which is not there or says nothing", path, id)
					}
				}
			}
			for name := range form {
				found := false
				for _, f := range findAll(page.doc(), tag("form")) {
					found = found || flat(strings.Join(formValues(f)[name], " ")) == flat(strings.Join(form[name], " "))
				}
				if !found {
					t.Errorf("%s: %s was %q and is lost", path, name, form[name])
				}
			}
		}
	}
	h.unchanged(before)
}
