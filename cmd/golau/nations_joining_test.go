package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Whoever joins, by whichever door, is asked in which nation they work: Wales is
// chosen, what they choose is theirs from the first lesson on, nobody has to
// decide it, and a word that is no nation is marked with all else kept.
func TestTheNationIsAskedAtJoining(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Langs {
		h, idp := withSignIn(t)
		number := 0
		fresh := func() string {
			number++
			return "newydd" + strings.Repeat("x", number) + "@shared.example"
		}
		doors := map[string]func(b *browser) (page *reply, typed []string){
			"invitation": func(b *browser) (*reply, []string) {
				return b.get(in(l, h.invited(t, fresh()))), []string{"name", "Gwestai Newydd"}
			},
			"join": func(b *browser) (*reply, []string) {
				email := fresh()
				code := b.post(in(l, "/en/join"), map[string][]string{"email": {email}}).want(http.StatusOK)
				page := b.follow(b.press(code, "code-form", "", "code", codeIn(h.letterTo(email))))
				return page, []string{"name", "Gwestai Newydd", "place", "school-a/board-a", "job_role", "health"}
			},
			"arrival": func(b *browser) (*reply, []string) {
				idp.Person["email"] = fresh()
				idp.Person["sub"] = idp.Person["email"]
				b.there(idp, in(l, "/en/sign-in/with/school-a")).leads(in(l, "/en/sign-in/arrival"))
				return b.get(in(l, "/en/sign-in/arrival")), []string{"job_role", "health"}
			},
		}
		for form, open := range doors {
			for chosen, want := range map[string]string{"": "wales", "wales": "wales", "england": "england", "northern-ireland": "northern-ireland"} {
				b := h.visitor()
				page, typed := open(b)
				page.want(http.StatusOK).has(h.words.T(l, "nation.hint_join"))
				if got := formValues(find(page.doc(), byID(form))).Get("nation"); got != "wales" {
					t.Errorf("%s: %q is chosen before anybody chose", form, got)
				}
				bad := b.press(page, form, "", append(typed, "nation", "narnia")...)
				wrongly(t, "no nation", bad, "nation")
				if chosen != "" {
					other := b.press(page, form, "switch="+string(l.Other()), append(typed, "nation", chosen)...).want(http.StatusOK)
					if got := formValues(find(other.doc(), byID(form))).Get("nation"); got != chosen {
						t.Errorf("%s: %q was chosen, and %q after the change of language", form, chosen, got)
					}
				}
				b.press(page, form, "", append(typed, "nation", chosen)...).want(http.StatusSeeOther)
				account := b.get(in(l, "/en/account")).want(http.StatusOK)
				if got := formValues(find(account.doc(), byID("nation-form"))).Get("nation"); got != want {
					t.Errorf("%s: %q was chosen, and the account says %q", form, chosen, got)
				}
			}
		}
	}
}
