package main

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	sitewords "golau/internal/site"
	"golau/internal/store"

	"github.com/pquerna/otp/totp"
)

// firstStep gives address and password, and no more.
func (b *browser) firstStep(who string) *browser {
	b.t.Helper()
	r := b.press(b.get("/en/sign-in"), "sign-in", "", "email", folk[who].email, "password", password)
	r.leads("/en/second-factor")
	return b
}

// secondStep gives a recovery code when the first step led to it, or sets an app
// up when there is none. Recovery codes need no clock.
func (b *browser) secondStep(who string, first *reply) {
	b.t.Helper()
	if !strings.Contains(first.Header.Get("Location"), "/second-factor") {
		return
	}
	if len(b.h.codes[who]) > 0 {
		b.post("/en/second-factor", url.Values{"code": {b.h.spare(who)}}).want(http.StatusSeeOther)
		return
	}
	_, codes := b.setUpApp("")
	if b.h.codes == nil {
		b.h.codes = map[string][]string{}
	}
	b.h.codes[who] = codes
}

// spare is a recovery code of one of the cast that this house has not used.
func (h *house) spare(who string) string {
	h.spent.Lock()
	defer h.spent.Unlock()
	if h.spent.by == nil {
		h.spent.by = map[string]int{}
	}
	h.spent.by[who]++
	return h.codes[who][h.spent.by[who]-1]
}

// spent counts the recovery codes that this house has used.
type spent struct {
	sync.Mutex
	by map[string]int
}

// setUpApp sets an app up by the pages and returns its secret and the codes.
func (b *browser) setUpApp(proof string) (secret string, codes []string) {
	b.t.Helper()
	page := b.post("/en/second-factor/set-up", nil).want(http.StatusOK)
	secret = strings.ReplaceAll(textOf(find(page.doc(), tag("code"))), " ", "")
	page = b.press(page, "confirm", "", "code", b.h.appCode(secret, 0), "proof", proof).want(http.StatusOK)
	for _, c := range findAll(find(page.doc(), with("aria-labelledby", "codes")), tag("code")) {
		codes = append(codes, textOf(c))
	}
	if len(codes) != 10 {
		b.t.Fatalf("%d recovery codes\n%s", len(codes), page.gist())
	}
	return secret, codes
}

// appCode is what an app shows, some half minutes from now.
func (h *house) appCode(secret string, steps int) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.clock.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}

// forget takes the second factor of somebody away behind the pages.
func forget(person string) func(store.Tx) error {
	return func(tx store.Tx) error {
		return errors.Join(tx.Exec("DELETE FROM people_totp WHERE person_id = ?", person).Error,
			tx.Exec("DELETE FROM people_recovery_codes WHERE person_id = ?", person).Error)
	}
}

// openHalfway are the only addresses that answer whoever owes the second factor
// and has one with something else than 401: the second step itself, and the way
// out. Of the cast nobody has a passkey, and who has a factor makes no other to
// come in by.
var openHalfway = map[string]int{
	"GET /second-factor":          http.StatusOK,
	"POST /second-factor":         http.StatusUnprocessableEntity,
	"GET /second-factor/set-up":   http.StatusForbidden,
	"POST /second-factor/set-up":  http.StatusForbidden,
	"POST /second-factor/confirm": http.StatusForbidden,
	"POST /passkey/ask":           http.StatusConflict,
	"POST /passkey/new":           http.StatusForbidden,
	"POST /passkey":               http.StatusUnprocessableEntity,
	"POST /second-factor/passkey": http.StatusUnprocessableEntity,
	"POST /sign-out":              http.StatusSeeOther,
}

// halfway is what an address answers to whoever owes the second factor.
func halfway(r row) int {
	if status, open := openHalfway[r.address]; open {
		return status
	}
	return http.StatusUnauthorized
}

// T1-25: with the first step alone nobody gets past the second: every other
// route answers 401 with the page of the second step, to our script with a
// problem, and nothing changes. Whoever must set up an app has no more.
func TestHalfSignedInOpensNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.write(forget(h.id["gwen"]))
	begun := h.visitor().firstStep("gwen")
	before := h.tables()
	defer h.unchanged(before)
	for address, r := range web.Table(h.routes) {
		if _, open := openHalfway[strings.Replace(bare(address), "HEAD ", "GET ", 1)]; open != r.Halfway {
			t.Errorf("%s: let in halfway: %v", address, r.Halfway)
		}
	}
	for _, l := range i18n.Langs {
		for _, r := range addresses() {
			for name, b := range map[string]*browser{"with an app": h.as("half"), "without": begun} {
				if halfway(r) != http.StatusUnauthorized {
					continue
				}
				path := r.at(h, l, h.did["nia"])
				got := b.send(r.method(), path, strings.NewReader(r.form), "Content-Type", formType, "Sec-Fetch-Site", "same-origin")
				got.want(http.StatusUnauthorized)
				said := h.words.T(l, "second.shut_title")
				if r.plain() {
					said = "" // in whatever language the browser likes
				}
				if doc := got.doc(); find(doc, byID("second")) == nil || find(doc, byID("leave")) == nil || find(doc, byID("shut")) == nil || !strings.Contains(got.Body, said) {
					t.Errorf("%s %s: the page does not say that signing in is not finished, or lacks the second step or the way out\n%s", name, r.address, got.gist())
				}
				js := b.send(r.method(), path, strings.NewReader(r.form), "Content-Type", formType, "Sec-Fetch-Site", "same-origin", "Accept", "application/json")
				if js.want(http.StatusUnauthorized); !strings.Contains(js.Body, "web.second_factor_first") {
					t.Errorf("%s %s: %s", name, r.address, js.Body)
				}
			}
		}
	}
}

// Whoever is between the steps meets no link into a 401, on no page they can
// see, and reads whom to ask, since the pages that say so are shut.
func TestHalfSignedInLeadsNowhereShut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(forget(h.id["gwen"]))
	begun := h.visitor().firstStep("gwen")
	owner := i18n.Text{EN: "Glannau Partnership", CY: "Partneriaeth Glannau"}
	for _, said := range []sitewords.Contact{{}, {Name: owner, Email: "help@glannau.example", Phone: "01632 960333"}} {
		h.write(func(tx store.Tx) error {
			return tx.Exec(`INSERT INTO site_details (id, owner_name_en, owner_name_cy, owner_email, owner_phone, owner_hours_en, owner_hours_cy,
				owner_address_en, owner_address_cy, privacy_name_en, privacy_name_cy, privacy_email, privacy_phone, changed_at)
				VALUES (1, ?, ?, ?, ?, '', '', '', '', '', '', '', '', 1)
				ON CONFLICT DO UPDATE SET owner_name_en = excluded.owner_name_en, owner_name_cy = excluded.owner_name_cy,
				owner_email = excluded.owner_email, owner_phone = excluded.owner_phone`, said.Name.EN, said.Name.CY, said.Email, said.Phone).Error
		})
		for _, l := range i18n.Langs {
			for _, b := range []*browser{h.as("half"), begun} {
				for _, path := range []string{"/second-factor", "/learn", "/no-such-page", "/second-factor/set-up"} {
					page := b.get("/" + string(l) + path)
					if path == "/second-factor" {
						asked := []string{h.words.T(l, "second.ask_title"), h.words.T(l, "notices.reach_none")}
						if said.Reachable() {
							asked = []string{said.Name.In(l), said.Email, said.Phone}
						}
						page.want(http.StatusOK).has(asked...)
					}
					if page.Status == http.StatusSeeOther { // nothing is begun
						page.leads("/" + string(l) + "/second-factor")
						continue
					}
					for _, a := range findAll(page.doc(), tag("a")) {
						to := attr(a, "href")
						if !strings.HasPrefix(to, "/") {
							continue
						}
						if got := b.get(to); got.Status == http.StatusUnauthorized {
							t.Errorf("%s leads to %s, which is shut", page.path, to)
						}
					}
				}
			}
		}
	}
}

// The whole way: a lead signs in, gives the code of the app, and is where they
// wanted; the half session is dead, and so is the code.
func TestSecondStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(forget(h.id["gwen"]))
	gwen := h.visitor()
	page := gwen.get("/cy/sign-in?next=/cy/certificates")
	gwen.press(page, "sign-in", "", "email", folk["gwen"].email, "password", password).leads("/cy/second-factor?next=%2Fcy%2Fcertificates")
	planted := gwen.token()
	sound(t, "must set up", gwen.get("/cy/second-factor?next=%2Fcy%2Fcertificates").want(http.StatusOK))
	page = gwen.press(gwen.get("/cy/second-factor?next=%2Fcy%2Fcertificates"), "second", "").want(http.StatusOK)
	sound(t, "setting up", page)
	secret := strings.ReplaceAll(textOf(find(page.doc(), tag("code"))), " ", "")
	sound(t, "a wrong code", gwen.press(page, "confirm", "", "code", "000000").want(http.StatusUnprocessableEntity))
	sound(t, "switched", gwen.press(page, "confirm", "switch=en").want(http.StatusOK))
	page = gwen.press(page, "confirm", "", "code", h.appCode(secret, 0)).want(http.StatusOK)
	sound(t, "codes", page)
	if find(find(page.doc(), hasClass("golau-header__nav")), with("href", "/cy/account")) == nil {
		t.Error("whoever has just set the app up is shown as somebody who is not in")
	}
	if on := find(find(page.doc(), tag("main")), both(tag("a"), hasClass("govuk-button"))); attr(on, "href") != "/cy/certificates" {
		t.Errorf("the way on leads to %q", attr(on, "href"))
	}
	codesSurviveTheSwitch(t, gwen, page)
	gwen.get("/cy/certificates").want(http.StatusOK)
	stale := h.visitor()
	stale.cookies["__Host-golau"] = planted
	stale.get("/cy/certificates").want(http.StatusSeeOther)

	h.clock.Advance(time.Minute)
	again := h.visitor().firstStep("gwen")
	used := h.appCode(secret, 0)
	sound(t, "asked", again.get("/en/second-factor").want(http.StatusOK))
	sound(t, "refused", again.post("/cy/second-factor", url.Values{"code": {"123"}}).want(http.StatusUnprocessableEntity))
	again.post("/en/second-factor", url.Values{"code": {used[:3] + " " + used[3:]}}).leads("/en/learn")
	replay := h.visitor().firstStep("gwen")
	replay.post("/en/second-factor", url.Values{"code": {used}}).want(http.StatusUnprocessableEntity).has("wrong, or has been used already")
	replay.post("/en/second-factor", url.Values{"code": {h.appCode(secret, 1)}}).leads("/en/learn")
	h.clock.Advance(time.Minute)
	late := h.visitor().firstStep("gwen")
	h.clock.Advance(15 * time.Minute)
	r := late.post("/en/second-factor", url.Values{"code": {h.appCode(secret, 0)}, "pending": {"kept"}}).want(http.StatusUnauthorized)
	if find(r.doc(), byID("sign-in")) == nil || sealedIn(t, r) != "kept" {
		t.Errorf("after a quarter of an hour: %s", r.gist())
	}
}

// T1-25: fifty copies of one code at one moment make one session.
func TestOneCodeIsOneSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(forget(h.id["gwen"]))
	secret, _ := h.visitor().firstStep("gwen").setUpApp("")
	h.clock.Advance(time.Minute)
	before := h.count("people_sessions WHERE half = 0")
	browsers := make([]*browser, 8)
	for i := range browsers {
		browsers[i] = h.visitor().firstStep("gwen")
	}
	code := h.appCode(secret, 0)
	in := 0
	for _, r := range atOnce(50, func(i int) *reply {
		b := h.visitor() // of its own, since who is let in gets another session
		b.cookies["__Host-golau"] = browsers[i%8].token()
		return b.post("/en/second-factor", url.Values{"code": {code}})
	}) {
		switch r.Status {
		case http.StatusSeeOther:
			in++
		case http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusUnauthorized:
		default:
			t.Errorf("%d\n%s", r.Status, r.gist())
		}
	}
	if n := h.count("people_sessions WHERE half = 0"); in != 1 || n != before+1 {
		t.Errorf("%d were let in, %d sessions more", in, n-before)
	}
}

// T1-08: an answer whose session ended survives both steps.
func TestAnAnswerSurvivesTheSecondStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	huw := h.visitor().signIn("huw")
	huw.readModule(i18n.CY, "what-it-is")
	_, codes := huw.setUpApp(password)
	attempt := huw.begin(in(i18n.CY, checkPath("what-it-is")))
	sent := huw.fill(huw.get(questionPath(i18n.CY, attempt, 3)).want(http.StatusOK), true)
	h.clock.Advance(13 * time.Hour)
	page := huw.post(questionPath(i18n.CY, attempt, 3), sent).want(http.StatusUnauthorized)
	page = huw.press(page, "sign-in", "", "email", folk["huw"].email, "password", password).want(http.StatusOK)
	page.has(h.words.T(i18n.CY, "sign_in.waiting_title"))
	page = huw.press(page, "second", "", "code", "abcd-abcd-abcd-abcd").want(http.StatusUnprocessableEntity)
	page = huw.press(page, "second", "switch=en").want(http.StatusOK)
	huw.press(page, "second", "", "code", codes[0]).leads(questionPath(i18n.EN, attempt, 3))
	if h.answers(attempt) != 1 {
		t.Error("the answer was not stored")
	}
	// And one that is sent between the steps.
	h.clock.Advance(13 * time.Hour)
	huw.press(huw.get("/cy/sign-in"), "sign-in", "", "email", folk["huw"].email, "password", password).leads("/cy/second-factor")
	page = huw.post(questionPath(i18n.CY, attempt, 4), url.Values{"answer": {"a"}, "version": {"0"}}).want(http.StatusUnauthorized)
	if find(page.doc(), with("name", "pending")) == nil {
		t.Error("what was sent between the steps is lost")
	}
}
