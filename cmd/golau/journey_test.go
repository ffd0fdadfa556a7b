package main

import (
	"net/http"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"

	"golang.org/x/net/html"
)

// next is where the button of a page leads that goes on: a link in the form of a
// button.
func next(t *testing.T, page *reply) string {
	t.Helper()
	a := find(find(page.doc(), tag("main")), both(tag("a"), hasClass("govuk-button--start")))
	if a == nil {
		t.Fatalf("%s (%d) does not say how to go on\n%s", page.path, page.Status, page.gist())
	}
	return attr(a, "href")
}

// answerAll answers what is asked from the first question on, by the buttons of
// the pages, and returns the page of the result.
func (b *browser) answerAll(page *reply, right bool) *reply {
	b.t.Helper()
	for range 40 {
		page.want(http.StatusOK)
		if find(page.doc(), byID("question")) == nil {
			break
		}
		v := b.fill(page, right)
		v.Set("sure", "sure")
		v.Set("go", "next")
		page = b.follow(b.post(attr(find(page.doc(), byID("question")), "action"), v))
	}
	if !strings.Contains(page.path, "/review") {
		b.t.Fatalf("after the last question comes %s", page.path)
	}
	return b.follow(b.press(page, "", ""))
}

// learnAll goes from the home page to the certificate, pressing what each page
// says comes next, and returns the page after the last result.
func (b *browser) learnAll(t *testing.T, l i18n.Lang) *reply {
	t.Helper()
	home := "/" + string(l) + "/learn"
	page := b.get(home).want(http.StatusOK)
	sections, results := 0, 0
	for range 80 {
		to := next(t, page)
		page = b.follow(b.get(to)).want(http.StatusOK)
		switch {
		case strings.Contains(to, "/certificates"):
			if sections < 50 || results != 10 {
				t.Errorf("%d sections and %d results on the way", sections, results)
			}
			return page
		case strings.HasSuffix(to, "/check"), strings.HasSuffix(to, "/assessment"):
			page = b.answerAll(b.follow(b.press(page, "", "")), true)
			page.has(h1(t, b.h, l, "result.passed"), "100")
			results++
		default: // sections, one after the other, until the check
			for find(page.doc(), tag("article")) != nil {
				sections++
				page = b.follow(b.press(page, "", "")).want(http.StatusOK)
			}
			page = b.answerAll(b.follow(b.press(page, "", "")), true)
			page.has(h1(t, b.h, l, "result.passed"))
			results++
		}
	}
	t.Fatal("the way has no end")
	return nil
}

func h1(t *testing.T, h *house, l i18n.Lang, key string) string {
	t.Helper()
	s := h.words.T(l, key)
	if strings.HasPrefix(s, "[") {
		t.Fatal(s)
	}
	return s
}

// The whole way, in each language, by what the pages offer: sign in, read nine
// modules, answer their checks and the assessment, hold a certificate. Then the
// letter arrives, the board's register has it, anybody can check it, and the
// record of it all holds.
func TestTheWholeWay(t *testing.T) {
	t.Parallel()
	for l, who := range map[i18n.Lang]string{i18n.EN: "nia", i18n.CY: "huw"} {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			b := h.visitor()
			b.headers["Accept-Language"] = string(l)
			front := b.follow(b.get("/")).want(http.StatusOK)
			if front.path != "/"+string(l) {
				t.Fatalf("the door leads to %s", front.path)
			}
			signIn := b.get(next(t, front)).want(http.StatusOK)
			b.press(signIn, "sign-in", "", "email", folk[who].email, "password", password).leads("/" + string(l) + "/learn")
			list := b.learnAll(t, l)
			certificate := list
			if m := certificateIn.FindString(list.Body); strings.HasSuffix(list.path, "/certificates") {
				certificate = b.get("/" + string(l) + m)
			}
			id := certificateIn.FindStringSubmatch(certificate.path)[1]
			number := certificates.Number(id)
			board := map[i18n.Lang]string{i18n.EN: "Glannau Safeguarding Board", i18n.CY: "Bwrdd Diogelu Glannau"}
			certificate.want(http.StatusOK).has(folk[who].name, number, board[l], board[l.Other()])

			pdf := b.get(certificate.path + "/pdf").want(http.StatusOK)
			if words := drawn(pdf.Body); !strings.HasPrefix(pdf.Body, "%PDF-") || pdf.Header.Get("Content-Type") != "application/pdf" || !strings.Contains(words, folk[who].name) || !strings.Contains(words, number) {
				t.Errorf("the PDF shows %s", words)
			}
			for _, see := range i18n.Langs {
				page := h.visitor().get("/"+string(see)+"/verify/"+id).want(http.StatusOK).
					has(folk[who].name, number, board[see], h.words.T(see, "verify.status_valid"), h.words.T(see, "language."+string(l)), h.school.Courses()[0].Edition)
				page.lacks(folk[who].email, "Glannau School", "Ysgol Glannau", "100 %", h.id[who])
			}
			typed := h.visitor().get("/" + string(l) + "/verify?number=" + strings.ToLower(strings.ReplaceAll(number, "-", "%20")))
			typed.leads("/" + string(l) + "/verify/" + id)

			h.work()
			h.work()
			letterCame(t, h, who, id)
			officer := people.Viewer{}
			if v, err := h.people.Resolve(t.Context(), h.session["gwen"]); err == nil {
				officer = v
			}
			scope, err := officer.BoardScope("")
			if err != nil {
				t.Fatal(err)
			}
			register, _, err := certificates.Received(h.db.Read(t.Context()), scope, certificates.Sought{}, certificates.Cursor{}, 9)
			if err != nil || len(register) != 1 || register[0].ID != id || register[0].Language != l || register[0].HolderName != folk[who].name {
				t.Errorf("the register holds %+v (%v)", register, err)
			}
			if n, err := certificates.Check(h.db.Read(t.Context()), h.keys); n != 1 || err != nil {
				t.Errorf("%d certificates hold: %v", n, err)
			}
			if lines, err := audit.Verify(h.db.Read(t.Context())); err != nil || lines < 20 {
				t.Errorf("%d lines of the record hold: %v", lines, err)
			}
			for _, verb := range []string{"people.signed_in", "quiz.started", "quiz.submitted", "course.module_completed", "course.completed", "certificates.issued"} {
				if h.count("audit_events WHERE verb = ? AND (actor = ? OR actor = '')", verb, h.id[who]) == 0 {
					t.Errorf("the record has no %s", verb)
				}
			}
		})
	}
}

// letterCame looks at the one letter: to the right person, in their language,
// with the same words in both parts, leading to the certificate.
func letterCame(t *testing.T, h *house, who, id string) {
	t.Helper()
	sent := h.mail.Sent()
	if len(sent) != 1 {
		t.Fatalf("%d letters", len(sent))
	}
	m, lang := sent[0], folk[who].lang
	link := "https://" + site + "/" + string(lang) + "/certificates/" + id
	if m.To != folk[who].email || m.ToName != folk[who].name || m.Language != string(lang) || m.ID == "" || m.Subject == "" || strings.HasPrefix(m.Subject, "[") {
		t.Errorf("the letter is %+v", m)
	}
	page, err := html.Parse(strings.NewReader(m.HTML))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text, link) || find(page, both(tag("a"), with("href", link))) == nil || attr(find(page, tag("html")), "lang") != string(lang) {
		t.Errorf("the letter does not lead to %s in %s:\n%s\n%s", link, lang, m.Text, m.HTML)
	}
	for _, part := range []string{m.Text, textOf(page)} {
		if !strings.Contains(flat(part), certificates.Number(id)) || !strings.Contains(part, folk[who].name) || missing.MatchString(part) || ruined.MatchString(part) {
			t.Errorf("the letter says:\n%s", part)
		}
	}
	if h.count("outbox_jobs WHERE done_at IS NULL OR failed_at IS NOT NULL") != 0 {
		t.Error("a job is not done")
	}
}

// A letter that cannot be sent now is sent later, once.
func TestALetterWaitsForThePost(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.mail.Fail = http.ErrServerClosed
	h.write(again(h.did["nia"].certificate, h.id["nia"]))
	h.work()
	if n := len(h.mail.Sent()); n != 0 {
		t.Fatalf("%d letters", n)
	}
	h.mail.Fail = nil
	h.clock.Advance(6e9)
	h.work()
	h.work()
	if n := len(h.mail.Sent()); n != 1 {
		t.Errorf("%d letters, want 1", n)
	}
}
