package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"

	"golang.org/x/net/html"
)

// Somebody new, from a lead's form to the first lesson, in either language,
// without a password; then she comes back by a code.
func TestFromInvitationToLesson(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Langs {
		h := newHouse(t)
		link := in(l, h.invited(t, "guest@nowhere.example"))
		b := h.visitor()
		page := b.get(link).want(http.StatusOK).has("guest@nowhere.example", h.words.T(l, "invitation.title"))
		sound(t, "invited", page)
		bad := b.press(page, "invitation", "", "name", "1", "password", "short").want(http.StatusUnprocessableEntity)
		sound(t, "a wrong name", bad)
		if v := formValues(find(bad.doc(), byID("invitation"))); v.Get("name") != "1" {
			t.Errorf("what was typed comes back as %v", v)
		}
		b.press(bad, "invitation", "", "name", "Gwestai Newydd").leads("/" + string(l) + "/learn")
		b.get("/" + string(l) + "/learn").want(http.StatusOK).has("Gwestai Newydd")
		if h.count("course_enrolments e JOIN people_persons p ON p.id = e.person_id WHERE p.email_key = 'guest@nowhere.example'") == 0 {
			t.Error("not enrolled")
		}
		list := h.as("lowri").get("/" + string(l) + "/lead/invitations").want(http.StatusOK).has(h.words.T(l, "invitations.state.accepted"))
		sound(t, "the list", list)
		h.visitor().get(link).want(http.StatusNotFound)
		again := h.visitor()
		code := again.post("/"+string(l)+"/sign-in/letter", url.Values{"email": {"guest@nowhere.example"}}).want(http.StatusOK)
		again.press(code, "code-form", "", "code", codeIn(h.letterTo("guest@nowhere.example"))).leads("/" + string(l) + "/learn")
	}
}

// Somebody else is signed in where the link is opened: the page asks, and
// nothing is merged unasked.
func TestAnInvitationForSomebodyElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	link := h.invited(t, "guest@nowhere.example")
	huw := h.as("huw")
	page := huw.get(link).want(http.StatusOK).has(folk["huw"].name)
	sound(t, "somebody else", page)
	people := h.count("people_persons")
	bad := huw.press(page, "invitation", "").want(http.StatusUnprocessableEntity).has(h.words.T(i18n.EN, "people.invitation.who"))
	sound(t, "nobody said who", bad)
	if h.count("people_persons") != people || h.count("people_memberships WHERE person_id = ?", h.id["huw"]) != 1 {
		t.Fatal("something was merged")
	}
	huw.press(page, "invitation", "", "as", "invited").leads("/en/learn")
	huw.get("/en/account").want(http.StatusOK).has("guest@nowhere.example")

	link = h.invited(t, "huw.home@nowhere.example")
	huw = h.as("gwen")
	huw.press(huw.get(link), "invitation", "", "as", "me").leads("/en/account")
	if h.count("people_memberships WHERE person_id = ?", h.id["gwen"]) != 2 {
		t.Error("the place of work was not added")
	}
	// An address with an account: only its own person can accept.
	link = h.invited(t, folk["dilwyn"].email)
	nia := h.as("nia")
	page = nia.get(link).want(http.StatusOK)
	if find(page.doc(), byID("as-me")) != nil {
		t.Error("another's address may be merged")
	}
	nia.post(link, url.Values{"as": {"me"}}).want(http.StatusUnprocessableEntity)
}

// Fifty copies of one acceptance at one moment are one person.
func TestFiftyCopiesOfAnAcceptance(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	link := h.invited(t, "guest@nowhere.example")
	in := 0
	for _, r := range atOnce(50, func(int) *reply { return h.visitor().post(link, url.Values{"name": {"Gwestai Newydd"}}) }) {
		switch r.Status {
		case http.StatusSeeOther:
			in++
		case http.StatusNotFound, http.StatusConflict:
		default:
			t.Errorf("%d: %s", r.Status, r.gist())
		}
	}
	if in != 1 || h.count("people_persons WHERE email_key = 'guest@nowhere.example'") != 1 {
		t.Errorf("%d came in", in)
	}
}

// T1-14, A23: a lead sees and touches the invitations and joiners of the own
// agency alone; another's answer like those that do not exist.
func TestALeadReachesNobodyElses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dilwyn := h.as("dilwyn")
	dilwyn.post("/en/lead/invitations/new", url.Values{"email": {"guest-canary-b@nowhere.example"}, "name": {"Guest"}, "job_role": {"education"}, "language": {"en"}}).
		leads("/en/lead/invitations?done=sent&n=1")
	foreign := h.joins(t, "joiner-canary-b@shared.example", "school-b/board-b")
	own := h.joins(t, "joiner@shared.example", "school-a/board-a")
	h.clock.Advance(time.Hour)
	lowri := h.as("lowri")
	for _, path := range []string{"/en/lead/invitations", "/cy/lead/joining", "/en/lead/invitations/new", "/cy/lead/invitations/many"} {
		r := lowri.get(path).want(http.StatusOK)
		sound(t, "a lead", r)
		if where := leaks(r); where != "" {
			t.Errorf("%s: %s holds what is board B's", path, where)
		}
	}
	id := h.invitationID("guest-canary-b@nowhere.example")
	for _, do := range []string{"/resend", "/withdraw"} {
		sameAnswer(t, do, lowri.post("/en/lead/invitations/"+id+do, nil).want(http.StatusNotFound), lowri.post("/en/lead/invitations/"+nobodys.open+do, nil))
	}
	for _, answer := range []string{"confirm", "decline"} {
		form := url.Values{"answer": {answer}}
		sameAnswer(t, answer, lowri.post("/en/lead/joining/"+foreign, form).want(http.StatusNotFound), lowri.post("/en/lead/joining/"+nobodys.open, form))
	}
	for _, bad := range []url.Values{{"role": {"lead"}}, {"role": {"admin"}}, {"place": {"school-b/board-b"}, "organisation": {"school-b"}}} {
		form := url.Values{"email": {"x@nowhere.example"}, "name": {"Guest"}, "job_role": {"education"}, "language": {"en"}}
		for k, v := range bad {
			form[k] = v
		}
		r := lowri.post("/en/lead/invitations/new", form)
		if bad.Get("role") != "" {
			sound(t, "a role", r.want(http.StatusUnprocessableEntity))
		}
	}
	if h.count("people_invitations i JOIN people_organisations o ON o.id = i.organisation_id WHERE o.key = 'school-b'") != 1 {
		t.Error("a lead invited into another agency")
	}
	lowri.post("/en/lead/joining/"+own, url.Values{"answer": {"maybe"}}).want(http.StatusNotFound)
	lowri.post("/en/lead/joining/"+own, url.Values{"answer": {"confirm"}}).leads("/en/lead/joining?done=confirm")
	lowri.post("/en/lead/joining/"+own, url.Values{"answer": {"decline"}}).want(http.StatusNotFound)
}

// invitationID finds an invitation as its lead would: in the list.
func (h *house) invitationID(email string) string {
	h.t.Helper()
	var id string
	if err := h.db.Read(h.t.Context()).Raw("SELECT id FROM people_invitations WHERE email_key = ?", email).Scan(&id).Error; err != nil || id == "" {
		h.t.Fatal(email, err)
	}
	return id
}

// A pasted list: what is wrong is said line by line, nothing typed is lost,
// nothing is half done, and then all are sent; for an administrator at once.
func TestInviteFromAList(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	alun := h.as("alun")
	for _, l := range i18n.Langs {
		at := "/" + string(l) + "/admin/invitations/many"
		sound(t, "an empty list", alun.get(at).want(http.StatusOK))
		list := "E-mail\tName\tAgency\r\n" +
			fmt.Sprintf("one-%s@nowhere.example\tUn Person\tschool-a\t\tDysgwr\tAddysg\tCymraeg\r\n\r\n", l) +
			fmt.Sprintf("two-%s@nowhere.example;\"Two; Person\";Two Shores Trust;board-b;Board officer;Social care;English\r\n", l) +
			"three@nowhere.example,Three Person,Nowhere,,learner,education,en\r\n" +
			"x,,school-a,,king,king,fr"
		bad := alun.post(at, url.Values{"list": {list}, "go": {"send"}}).want(http.StatusUnprocessableEntity).
			has(h.words.T(l, "people.invite.lines"), h.words.T(l, "invitations.fault.people.invite.organisation", "What", "Nowhere"), h.words.T(l, "invitations.fault.people.role.unknown", "What", "king"))
		sound(t, "a list with faults", bad)
		if typed := textArea(bad); strings.TrimSpace(typed) != strings.TrimSpace(strings.ReplaceAll(list, "\r\n", "\n")) {
			t.Errorf("the list comes back as %q", typed)
		}
		if h.count("people_invitations WHERE language = 'cy'") != 0 && l == i18n.EN {
			t.Error("half a list was sent")
		}
		good := list[:strings.Index(list, "three@")]
		good = strings.Replace(good, "\"Two; Person\"", "Two Person", 1)
		ready := alun.post(at, url.Values{"list": {good}, "go": {"check"}}).want(http.StatusOK)
		sound(t, "a list that fits", ready)
		before := h.count("people_invitations")
		for typed, says := range map[string]string{"": "people.factor.required_code", "000 000": "people.factor.wrong"} {
			r := alun.press(ready, "many", "go=send", "proof", typed).want(http.StatusUnprocessableEntity).has(h.words.T(l, says))
			sound(t, "without a proof", r)
			wrongly(t, "without a proof", r, "proof")
			if textArea(r) != textArea(ready) || strings.Contains(r.Body, "000 000") {
				t.Error("the list is lost, or the code came back")
			}
		}
		if h.count("people_invitations") != before {
			t.Error("sent without a proof")
		}
		alun.press(ready, "many", "go=send", "proof", h.spare("alun")).leads("/" + string(l) + "/admin/invitations?done=sent&n=2")
		if n := h.count("people_invitations") - before; n != 2 {
			t.Errorf("%d were invited", n)
		}
		sound(t, "sent", alun.get("/"+string(l)+"/admin/invitations?done=sent&n=2").want(http.StatusOK))
	}
	long := strings.Repeat("somebody.with.a.long.name@some.department.nowhere.example\tSomebody With Long Names\tschool-a\t\tlearner\teducation\ten\n", 501)
	alun.post("/en/admin/invitations/many", url.Values{"list": {long}}).want(http.StatusUnprocessableEntity).has("501")
	alun.post("/en/admin/invitations/many", url.Values{"list": {strings.Repeat("x", 600<<10)}}).want(http.StatusRequestEntityTooLarge).has("512")
}

func textArea(r *reply) string {
	area := find(r.doc(), tag("textarea"))
	var b strings.Builder
	for d := range area.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// joins lets somebody join by themselves and returns their membership.
func (h *house) joins(t *testing.T, email, place string) string {
	t.Helper()
	b := h.visitor()
	page := b.post("/en/join", url.Values{"email": {email}}).want(http.StatusOK)
	page = b.follow(b.press(page, "code-form", "", "code", codeIn(h.letterTo(email)))).want(http.StatusOK)
	sound(t, "who are you", page)
	b.press(page, "join", "", "name", "Newydd Yma", "place", place, "job_role", string(people.Health)).leads("/en/learn")
	var id string
	if err := h.db.Read(t.Context()).Raw(`SELECT m.id FROM people_memberships m JOIN people_persons p ON p.id = m.person_id
		WHERE p.email_key = ? AND m.unconfirmed = 1`, email).Scan(&id).Error; err != nil || id == "" {
		t.Fatalf("%s waits for nobody: %v", email, err)
	}
	return id
}

// By oneself, where two agencies share the domain: the choice comes after the
// proof; until the lead agrees the certificate is in no register.
func TestWhoIsUnconfirmedIsInNoRegister(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := h.joins(t, "joiner@shared.example", "school-a/board-a")
	if m := h.letterTo(folk["lowri"].email); m.Language != "cy" || !strings.Contains(m.Text, "/cy/lead/joining") || strings.Contains(m.Text, "Newydd Yma") {
		t.Errorf("the lead is told %s", m.Text)
	}
	b := h.visitor()
	page := b.post("/en/sign-in/letter", url.Values{"email": {"joiner@shared.example"}})
	b.press(page, "code-form", "", "code", codeIn(h.letterTo("joiner@shared.example"))).want(http.StatusSeeOther)
	b.get("/en/account").want(http.StatusOK).has(h.words.T(i18n.EN, "account.unconfirmed"))
	b.readModule(i18n.EN, "what-it-is")
	b.sit(checkPath("what-it-is"), true)
	var joiner string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM people_persons WHERE email = 'joiner@shared.example'").Row().Scan(&joiner); err != nil {
		t.Fatal(err)
	}
	h.learnt(joiner, i18n.EN)
	b.sit(finalPath, true)
	h.work()
	if h.count("certificates_issued") != 1 || h.count("certificates_register") != 0 {
		t.Fatal("an unconfirmed person stands in the register, or has no certificate")
	}
	holds := func(when string) {
		t.Helper()
		if n, err := certificates.Check(h.db.Read(t.Context()), h.keys); n != 1 || err != nil {
			t.Errorf("%s: %d certificates hold: %v", when, n, err)
		}
	}
	holds("unconfirmed")
	var person, certificate string
	if err := h.db.Read(t.Context()).Raw("SELECT person_id, id FROM certificates_issued").Row().Scan(&person, &certificate); err != nil {
		t.Fatal(err)
	}
	h.as("lowri").post("/cy/lead/joining/"+id, url.Values{"answer": {"confirm"}}).want(http.StatusSeeOther)
	h.work()
	if h.count("certificates_register") != 1 || h.count("audit_events WHERE verb = 'certificates.registered'") != 1 {
		t.Error("the register lacks what was earned meanwhile")
	}
	holds("confirmed")
	h.write(func(tx store.Tx) error {
		return tx.Exec("UPDATE outbox_jobs SET done_at = NULL WHERE kind = ?", people.Confirmed).Error
	})
	h.work() // after a crash
	if h.count("certificates_register") != 1 {
		t.Error("it stands there twice")
	}
	holds("confirmed twice")
	alun := h.as("alun")
	page = alun.get("/en/admin/people/" + person + "/erase").want(http.StatusOK)
	alun.press(page, "erase", "", "reason", "asked in writing", "confirm", "joiner@shared.example", "proof", h.spare("alun")).leads("/en/admin/people?done=erased")
	holds("erased")
	h.visitor().get("/en/verify/" + certificate).want(http.StatusOK).has(h.words.T(i18n.EN, "verify.title_valid"))
}

// The letter says what is right for the address, and only the letter.
func TestWhatJoiningSays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for email, key := range map[string]string{folk["nia"].email: "letters.code.account_title", "x@nowhere.example": "letters.code.stranger_title", "x@shared.example": "letters.code.join_title"} {
		h.visitor().post("/cy/join", url.Values{"email": {email}}).want(http.StatusOK)
		m := h.letterTo(email)
		lang := i18n.Lang(m.Language)
		if !strings.Contains(m.Text, h.words.T(lang, key)) || (linkIn(m) != "") != (key == "letters.code.join_title") {
			t.Errorf("%s is told %s", email, m.Text)
		}
	}
	for range 3 {
		h.visitor().post("/en/join", url.Values{"email": {"y@nowhere.example"}}).want(http.StatusOK)
	}
	r := h.visitor().post("/en/join", url.Values{"email": {"y@nowhere.example"}}).want(http.StatusTooManyRequests)
	if r.Header.Get("Retry-After") != "600" {
		t.Errorf("told to wait %q", r.Header.Get("Retry-After"))
	}
	sound(t, "too many letters", r)
}
