package main

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// thereAddresses are the rows of sign-ins and of the outbox, which the matrix meets
// with ids that name nothing, for a sign-in that is there and a letter that was given
// up. {with} and {job} stand for them; the last rows change them.
func thereAddresses() []row {
	return []row{
		{"GET /sso/:provider", "/sso/{with}", "", everyone(303), true},
		{"GET /sso/:provider/callback", "/sso/{with}/callback?state=x&code=y", "", everyone(409), true},
		{"GET /sso/:provider/jwks.json", "/sso/{with}/jwks.json", "", everyone(404), true}, // it proves itself by a secret
		{"GET /sign-in/with/:provider", "/sign-in/with/{with}", "", everyone(303), true},
		{"GET /signed-out/:provider", "/signed-out/{with}", "", everyone(200), true},
		{"GET /admin/sign-in/:provider", "/admin/sign-in/{with}", "", runs(members, 200), false},
		{"GET /admin/sign-in/:provider/retire", "/admin/sign-in/{with}/retire", "", runs(members, 200), false},
		{"GET /admin/outbox/:job/aside", "/admin/outbox/{job}/aside", "", runs(members, 200), false},
		{"POST /admin/sign-in/:provider", "/admin/sign-in/{with}", "", runs(sends, 422), false},
		{"POST /admin/sign-in/:provider/retire", "/admin/sign-in/{with}/retire", "reason=", runs(sends, 422), false},
		{"POST /admin/outbox/:job/aside", "/admin/outbox/{job}/aside", "reason=", runs(sends, 422), false},
		{"POST /admin/sign-in/:provider/test", "/admin/sign-in/{with}/test", "", runs(sends, 303), false},
		{"POST /admin/sign-in/:provider/enable", "/admin/sign-in/{with}/enable", "", runs(sends, 303), false},
		{"POST /admin/sign-in/:provider/disable", "/admin/sign-in/{with}/disable", "", runs(sends, 303), false},
		{"POST /admin/outbox/:job/again", "/admin/outbox/{job}/again", "", runs(sends, 303), false},
	}
}

// T1-14, attack A1: a sign-in and a job that are there open to no other role and no
// other board than ones that are not: to whoever does not run the installation the
// answer is the same, and nothing changes.
func TestWhoMayComeInWhereSomethingIs(t *testing.T) {
	t.Parallel()
	h, _ := withSignIn(t)
	var job int64
	h.write(func(tx store.Tx) error {
		if err := outbox.Put(tx, people.FactorsChanged, "there", people.FactorsFact{Person: h.id["huw"]}); err != nil {
			return err
		}
		return tx.Raw("SELECT max(id) FROM outbox_jobs").Scan(&job).Error
	})
	h.refusedMail("550 5.1.1 User unknown")
	known := map[string]row{}
	for _, r := range addresses() {
		known[r.address] = r
	}
	for _, r := range thereAddresses() {
		if _, ok := known[r.address]; !ok {
			t.Fatalf("%s is no row of the matrix", r.address)
		}
		before := h.tables()
		others := slices.DeleteFunc(slices.Clone(roles), func(who string) bool { return who == "alun" })
		for _, who := range append(others, "alun") {
			if who == "alun" {
				h.unchanged(before) // by any of the others
			}
			ask := func(with, job string) *reply {
				path := strings.NewReplacer("{with}", with, "{job}", job).Replace(r.path)
				if !r.plain() {
					path = "/" + string(i18n.EN) + path
				}
				var got *reply
				if form, _ := url.ParseQuery(r.form); r.method() == http.MethodPost {
					got = h.as(who).post(path, form)
				} else {
					got = h.as(who).get(path)
				}
				got.Body = strings.NewReplacer(with, "#", "/"+job+"/", "/#/").Replace(got.Body) // the way to the other language
				return got
			}
			got := ask("school-a", fmt.Sprint(job))
			want := r.want(who)
			if who == "half" {
				want = halfway(r)
			}
			if got.Status != want {
				t.Errorf("%s by %q: %d, want %d\n%s", r.address, who, got.Status, want, got.gist())
			}
			if r.admin() && who != "alun" && who != "half" && !shutOut(who) {
				sameAnswer(t, r.address+" by "+who, got, ask("school-z", strings.Repeat("9", len(fmt.Sprint(job)))))
			}
		}
	}
}
