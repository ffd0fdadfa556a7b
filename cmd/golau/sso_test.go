package main

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/sso"
	"golau/internal/sso/ssotest"
	"golau/internal/store"
)

// withSignIn opens a house in which school-a has a sign-in of its own.
func withSignIn(t *testing.T) (*house, *ssotest.IdP) {
	t.Helper()
	h := newHouse(t, func(w *wiring) {
		w.sso = sso.New(sso.Options{Now: w.now, Chance: rand.Reader, Loopback: true})
	})
	idp := ssotest.New(t, h.clock.Now)
	alun := people.Viewer{Person: h.id["alun"], Memberships: []people.Membership{{Role: people.Admin}}}
	key, err := h.people.AddProvider(t.Context(), alun, "school-a", people.ProviderForm{Name: i18n.Text{EN: "Glannau account", CY: "Cyfrif Glannau"},
		Issuer: idp.URL, ClientID: idp.ClientID, Proof: people.BySecret, Secret: idp.Secret, Domains: "shared.example"})
	if err != nil || key != "school-a" {
		t.Fatal(key, err)
	}
	if err := h.people.EnableProvider(t.Context(), alun, key); err != nil {
		t.Fatal(err)
	}
	return h, idp
}

// there signs in at the agency and comes back.
func (b *browser) there(idp *ssotest.IdP, start string) *reply {
	b.t.Helper()
	r := b.get(start).want(http.StatusSeeOther)
	to := r.Header.Get("Location")
	if !strings.HasPrefix(to, idp.URL+"/authorize?") {
		b.t.Fatalf("%s leads to %s", start, to)
	}
	back, _ := url.Parse(to)
	if got := back.Query().Get("redirect_uri"); got != "https://"+site+"/sso/school-a/callback" {
		b.t.Fatalf("the way back is %s", got)
	}
	return b.get("/sso/school-a/callback?" + idp.Authorize(to).Encode())
}

// Somebody new finds their agency's sign-in by their address, comes back, says
// what the agency does not tell, and is at the page they wanted. Nothing is
// written before that.
func TestComingInThroughTheAgency(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	before := h.tables()
	b := h.visitor()
	b.get("/cy/sign-in?next=/cy/account").has(h.words.T(i18n.CY, "sso.find_button"))
	form := url.Values{"email": {"Mari@shared.example"}, "next": {"/cy/account"}}
	b.post("/cy/sign-in/work", url.Values{"email": {"x@nowhere.example"}}).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.CY, "sso.no_way"))
	page := b.post("/cy/sign-in/work", form).want(http.StatusOK).has("Mewngofnodi gyda Cyfrif Glannau")
	start := page.way()
	if start != "/cy/sign-in/with/school-a?next=%2Fcy%2Faccount" {
		t.Fatalf("the way there is %q", start)
	}
	b.there(idp, start).leads("/cy/sign-in/arrival")
	page = b.get("/cy/sign-in/arrival").want(http.StatusOK).has("mari@shared.example", "Mari Wyn", h.words.T(i18n.CY, "sso.arrival_waits"))
	b.press(page, "arrival", "", "name", "").want(http.StatusUnprocessableEntity)
	h.unchanged(before)
	b.press(page, "arrival", "", "job_role", "health").leads("/cy/account")
	b.get("/cy/account").want(http.StatusOK).has("Mari Wyn")
	if b.cookies["__Host-golau-sso"] != "" {
		t.Error("the browser keeps the trip")
	}
	for _, k := range b.all {
		if !k.Secure || !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Domain != "" {
			t.Errorf("cookie %+v", k)
		}
	}
	b.press(b.get("/cy/account/connections").has("Cyfrif Glannau"), "remove", "", "connection", h.connection("mari@shared.example")).leads("/cy/account/connections?done=removed")

	// A second person comes by the direct link, in their browser's language.
	idp.Person["sub"], idp.Person["email"] = "subject-2", "ann@shared.example"
	c := h.visitor()
	c.headers["Accept-Language"] = "en"
	c.there(idp, "/sso/school-a").leads("/en/sign-in/arrival")
	c.press(c.get("/en/sign-in/arrival"), "arrival", "", "job_role", "housing-community").leads("/en/learn")
	c.post("/en/sign-out", nil).leads("/en/signed-out/school-a")
	c.get("/en/signed-out/school-a").want(http.StatusOK).has(idp.URL + "/end?client_id=golau")
	c.get("/en/learn").want(http.StatusSeeOther)
	c.there(idp, "/sso/school-a").leads("/en/learn")
}

// way is where the first button of a page leads.
func (r *reply) way() string {
	r.t.Helper()
	b := find(find(r.doc(), tag("main")), hasClass("govuk-button"))
	if b == nil {
		r.t.Fatalf("%s has no button\n%s", r.path, r.gist())
	}
	return attr(b, "href")
}

func (h *house) connection(email string) (id string) {
	h.t.Helper()
	if err := h.db.Read(h.t.Context()).Raw("SELECT id FROM people_identities WHERE email = ?", email).Scan(&id).Error; err != nil || id == "" {
		h.t.Fatal("no connection", err)
	}
	return id
}

// An account that there is is opened by nobody who names its address. Its owner
// signs in as before, once, and connects the two.
func TestConnectingAnAccount(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	idp.Person["email"] = folk["huw"].email
	b := h.visitor()
	b.there(idp, "/en/sign-in/with/school-a").leads("/en/sign-in/arrival")
	page := b.get("/en/sign-in/arrival").want(http.StatusOK).has(h.words.T(i18n.EN, "sso.known_title"))
	b.post("/en/sign-in/arrival", url.Values{"name": {"Huw"}, "job_role": {"health"}}).want(http.StatusConflict)
	b.post("/en/account/connections", nil).want(http.StatusUnauthorized)
	to := page.way()
	page = b.get(to).want(http.StatusOK)
	b.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).leads("/en/account/connections")
	page = b.get("/en/account/connections").want(http.StatusOK).has("Glannau account")
	for _, wrong := range []string{"", "not the password at all"} {
		sound(t, "a wrong proof", b.press(page, "connect", "", "connect-proof", wrong).want(http.StatusUnprocessableEntity))
	}
	b.press(page, "connect", "", "connect-proof", password).leads("/en/account/connections?done=connected")
	b.post("/en/sign-out", nil).want(http.StatusSeeOther)

	c := h.visitor()
	c.there(idp, "/cy/sign-in/with/school-a").leads("/cy/learn")
	c.get("/cy/account").want(http.StatusOK).has(folk["huw"].name)

	// An answer that waits goes along.
	huw, attempt, _, page := midQuestion(t, h)
	page = huw.post("/cy/sign-in/work", url.Values{"email": {folk["huw"].email}, "pending": {sealedIn(t, page)}}).want(http.StatusOK)
	huw.there(idp, page.way()).want(http.StatusSeeOther)
	if h.answers(attempt) != 1 {
		t.Error("the answer that waited is lost")
	}
}

// Whose agency lets its people in by its own sign-in alone is told so when that
// does not answer, and is shown no other way that would be none.
func TestTheOnlyWayIsDown(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	h.write(func(tx store.Tx) error { return tx.Exec("UPDATE people_providers SET only_way = 1").Error })
	h.clock.Advance(11 * time.Minute) // what it said of itself is kept for ten
	idp.Down = true
	for _, l := range i18n.Langs {
		r := h.visitor().get("/" + string(l) + "/sign-in/with/school-a").want(http.StatusServiceUnavailable).has(h.words.T(l, "people.sso.down_only"))
		sound(t, "the only way is down", r)
		if strings.Contains(r.Body, h.words.T(l, "sso.other_ways")) || !strings.Contains(r.Body, h.words.T(l, "sso.again")) {
			t.Errorf("what still works is said as\n%s", r.gist())
		}
	}
}

// T2-08: whatever comes back wrong, the page says so, says what still works, and changes
// nothing; the log holds no code, no state and no secret.
func TestWhatComesBackWrong(t *testing.T) {
	t.Parallel()
	h, idp := withSignIn(t)
	before := h.tables()
	still := h.words.T(i18n.EN, "sso.other_ways")
	b := h.visitor()
	b.get("/sso/school-a/callback?state=x&code=planted-code").want(http.StatusConflict).has(still)
	b.get("/sso/school-a").want(http.StatusSeeOther)
	b.get("/sso/school-a/callback?state=x&code=planted-code").want(http.StatusConflict).has(still)
	b.get("/sso/school-b").want(http.StatusNotFound)

	to, _ := url.Parse(b.get("/sso/school-a").Header.Get("Location"))
	b.get("/sso/school-a/callback?error=access_denied&state=" + to.Query().Get("state")).want(http.StatusForbidden).has(h.words.T(i18n.EN, "people.sso.sent_back"))
	other := h.visitor() // the link of an attacker, opened by somebody else
	other.get("/sso/school-a/callback?" + idp.Authorize(to.String()).Encode()).want(http.StatusConflict)

	idp.Forge = func(k *ssotest.Token) { k.Key = ssotest.Second().RSA }
	h.visitor().there(idp, "/sso/school-a").want(http.StatusConflict).has(h.words.T(i18n.EN, "people.sso.forged"))
	idp.Forge = nil
	idp.Person["email_verified"] = false
	h.visitor().there(idp, "/sso/school-a").want(http.StatusForbidden).has(h.words.T(i18n.EN, "people.sso.stranger"))
	h.clock.Advance(11 * time.Minute)
	idp.Down = true
	b.get("/sso/school-a").want(http.StatusServiceUnavailable).has(h.words.T(i18n.EN, "people.sso.down"), still)
	h.unchanged(before)
	h.visitor().signIn("huw")
	for _, word := range []string{idp.Secret, url.QueryEscape(idp.Secret), "planted-code", to.Query().Get("state"), to.Query().Get("nonce"), "mari@shared.example"} {
		if strings.Contains(h.log.String(), word) {
			t.Errorf("the log holds %q", word)
		}
	}
}
