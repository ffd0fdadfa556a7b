package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// from is where a browser says a request comes from.
type from struct{ site, origin string }

// origins are all the ways a request can say so, or not.
func origins() []from {
	var all []from
	for _, s := range []string{"cross-site", "same-site", "same-origin", "none", "-"} {
		for _, o := range []string{"https://evil.example", "https://" + site + ".evil.example", "https://other." + site, "null", "https://" + site, "-"} {
			all = append(all, from{s, o})
		}
	}
	return all
}

// ours says what may be sent: what the browser vouches for; and without its
// word, what names our own origin or none. Such an old browser still keeps the
// SameSite cookie back.
func (f from) ours() bool {
	switch f.site {
	case "same-origin", "none":
		return true
	case "-":
		return f.origin == "-" || f.origin == "https://"+site
	}
	return false
}

// mayCome is somebody whom the row lets in, so that a refusal is not for who
// sends; without one, Nia.
func (r row) mayCome() string {
	for _, status := range []int{http.StatusOK, http.StatusSeeOther, http.StatusUnprocessableEntity} {
		for _, who := range []string{"nia", "lowri", "gwen", "alun", "half", ""} {
			want := r.want(who)
			if who == "half" {
				want = halfway(r)
			}
			if want == status {
				return who
			}
		}
	}
	return "nia"
}

// T1-20, attack A20: no other site makes a browser send anything to any address
// that changes something: every unsafe route × Sec-Fetch-Site × Origin × type of
// content, sent by somebody who may, is refused for where it comes from before
// anything else, and no table changes.
func TestNoOtherSiteSendsAnything(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	before := h.tables()
	bodies := []string{"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "application/json", "-"}
	refused, senders := 0, map[string]int{}
	for _, r := range addresses() {
		if r.method() != http.MethodPost {
			continue
		}
		who := r.mayCome()
		b, form := h.as(who), strings.ReplaceAll(r.form, "{name}", url.QueryEscape(folk[who].name))
		senders[who]++
		for _, l := range i18n.Langs {
			for _, f := range origins() {
				if f.ours() {
					continue
				}
				for _, kind := range bodies {
					got := b.send(http.MethodPost, r.at(h, l, h.did["nia"]), strings.NewReader(form), "Content-Type", kind, "Sec-Fetch-Site", f.site, "Origin", f.origin)
					if got.Status != http.StatusForbidden || !strings.Contains(got.Body, h.words.T(l, "web.cross_origin")) {
						t.Errorf("%s by %q from %+v as %s: %d, want 403 for where it comes from\n%s", got.path, who, f, kind, got.Status, got.gist())
					}
					refused++
				}
			}
		}
	}
	if refused < 1000 || senders["alun"] == 0 || senders["lowri"] == 0 || senders["nia"] == 0 {
		t.Errorf("only %d requests were tried, to so many addresses by each: %v", refused, senders)
	}
	h.unchanged(before)
}

// The demonstration's own way in is no exception.
func TestNoOtherSiteSignsInToTheDemonstration(t *testing.T) {
	t.Parallel()
	h := newHouse(t, demonstration)
	before := h.tables()
	local := "http://127.0.0.1:8080"
	for _, l := range i18n.Langs {
		path := "/" + string(l) + "/demo/sign-in"
		send := func(site, origin string) *reply {
			return h.visitor().send(http.MethodPost, path, strings.NewReader("person=nia"), "Host", "127.0.0.1:8080",
				"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", site, "Origin", origin)
		}
		for _, f := range origins() {
			if f.site == "same-origin" || f.site == "none" || f.site == "-" && f.origin == "-" {
				continue // what the browser vouches for, or is too old to say
			}
			for _, origin := range []string{f.origin, "http://localhost:8080", "http://127.0.0.1:80801"} {
				if got := send(f.site, origin); f.site != "-" && got.Status != http.StatusForbidden || f.site == "-" && origin != "-" && got.Status != http.StatusForbidden {
					t.Errorf("%s from %s, %s: %d, want 403", path, f.site, origin, got.Status)
				}
			}
		}
		h.unchanged(before)
		send("same-origin", local).leads("/" + string(l) + "/learn")
		before = h.tables()
	}
}

// What comes from our own pages is taken, whichever of the two headers a browser
// sends.
func TestOurOwnPagesMaySend(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, f := range origins() {
		if f.ours() {
			r := h.as("huw").send(http.MethodPost, "/en/account/language", strings.NewReader("language=cy"),
				"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", f.site, "Origin", f.origin)
			if r.Status != http.StatusSeeOther {
				t.Errorf("%+v: %d, want 303", f, r.Status)
			}
		}
	}
}

// Attack A20: no header or field makes another method of a request.
func TestTheMethodIsTheMethod(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, s := h.as("nia"), h.did["nia"]
	before := h.tables()
	override := []string{"X-HTTP-Method-Override", "POST", "X-HTTP-Method", "POST", "X-Method-Override", "POST"}
	b.get("/en/attempts/"+s.open+"/submit?_method=POST", override...).want(http.StatusMethodNotAllowed)
	b.get("/en/account/language?_method=POST&language=cy", override...).want(http.StatusMethodNotAllowed)
	for _, method := range []string{"PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "GETT", "OPTIONS"} {
		for _, path := range []string{"/en/account/language", "/en/attempts/" + s.open + "/submit", "/en/learn"} {
			r := b.send(method, path, strings.NewReader("language=cy"), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
			if r.Status == http.StatusOK || r.Status == http.StatusSeeOther || r.Status >= 500 {
				t.Errorf("%s %s: %d", method, path, r.Status)
			}
		}
	}
	h.unchanged(before)
}

// T1-20, ASVS 3.5.3: looking changes nothing. Every page, as everybody, in both
// languages, with one's own ids and with others', leaves every row of every
// table as it was; but for what is taken out of a board, which is noted in the record
// once each (TestAnOfficerSeesCompletions, TestAnOfficerReceivesCertificates).
func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	before := h.tables()
	for _, r := range addresses() {
		if r.method() != http.MethodGet || strings.HasPrefix(r.path, "/board/") && (strings.Contains(r.path, ".") || strings.HasSuffix(r.path, "/pdf")) {
			continue
		}
		for _, who := range roles {
			for _, l := range i18n.Langs {
				h.as(who).get(r.at(h, l, h.did["nia"]))
				h.as(who).send(http.MethodHead, r.at(h, l, h.did["nia"]), nil)
				if r.foreign {
					h.as(who).get(r.at(h, l, h.did["beca"]))
					h.as(who).get(r.at(h, l, nobodys))
				}
			}
		}
	}
	h.as("nia").crawl("/en/learn", "/en/account")
	h.unchanged(before)
}

// Attack A22: values in the address fill in no form, and fields that no form has
// change nothing.
func TestNobodyFillsInMoreThanTheForm(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	b, s := h.as("nia"), h.did["nia"]
	before := h.tables()
	b.post("/en/account/language?language=cy", url.Values{}).want(http.StatusUnprocessableEntity)
	b.post("/en/account/name?name=Somebody+Else", url.Values{}).want(http.StatusUnprocessableEntity)
	b.post(questionPath(i18n.EN, s.open, 2)+"?answer=a&version=0", url.Values{"version": {"0"}}).want(http.StatusSeeOther)
	h.unchanged(before)

	extra := url.Values{"language": {"cy"}}
	for _, f := range []string{"role", "Role", "person", "person_id", "PersonID", "id", "board_id", "BoardID", "org_id", "is_admin", "admin", "email",
		"suspended_at", "deleted_at", "password_hash", "score", "passed", "credit", "course", "module", "attempt", "person"} {
		extra.Set(f, "admin")
	}
	b.post("/en/account/language", extra).leads("/cy/account?done=language")
	now := h.tables()
	for name, print := range before {
		if now[name] != print && name != "people_persons" && !strings.HasPrefix(name, "audit_") {
			t.Errorf("table %s changed", name)
		}
	}
	if h.count("people_persons WHERE id = ? AND email = ? AND suspended_at IS NULL", h.id["nia"], folk["nia"].email) != 1 ||
		h.count("people_memberships WHERE person_id = ? AND role <> 'learner'", h.id["nia"]) != 0 {
		t.Error("a field that the form does not have was taken")
	}
	// Attack A4: score and owner in an answer or a submission are passed over.
	forged := url.Values{"version": {"0"}, "person": {h.id["beca"]}, "attempt": {h.did["beca"].open}, "score": {"100"}, "passed": {"1"}, "credit": {"5040"}, "submitted_at": {"1"}}
	b.post("/en/attempts/"+s.open+"/submit", forged).want(http.StatusSeeOther)
	if h.count("quiz_marks WHERE attempt_id = ? AND passed = 0", s.open) != 1 || h.count("quiz_marks WHERE attempt_id = ?", h.did["beca"].open) != 0 {
		t.Error("a forged field moved a mark")
	}
}
