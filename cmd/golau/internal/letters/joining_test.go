package letters

import (
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"

	xhtml "golang.org/x/net/html"
)

// doorLetters is every letter that opens a door or says that one stays shut.
func doorLetters(o Office, l i18n.Lang) map[string]letter {
	at := store.At(time.Date(2026, 11, 23, 9, 10, 0, 0, time.UTC))
	p := sian()
	p.Language = l
	place := people.Membership{
		Organisation: people.Organisation{Name: i18n.Text{EN: "Hill School", CY: "Ysgol y Bryn"}},
		Board:        people.Board{Name: i18n.Text{EN: "East Board", CY: "Bwrdd y Dwyrain"}}}
	all := map[string]letter{
		"password": o.passwordChanged(p, at), "joined": o.joined(p, place), "declined": o.declined(p, place),
		"invited": o.invited(people.InvitationLetter{Inviter: "Alex Reid", Link: strings.Repeat("l", 43), Invitation: people.Invitation{
			Name: p.Name, Email: p.Email, Language: l, Role: people.Learner, Expires: at,
			Place: people.Place{Organisation: place.Organisation, Board: place.Board}}}),
	}
	for purpose, name := range wordsOf {
		all["code-"+name] = o.code(people.CodeLetter{Purpose: purpose, Outcome: people.HasCode, Email: p.Email, Language: l,
			Code: "123456", Link: strings.Repeat("k", 43), Expires: at})
	}
	for _, outcome := range []people.Outcome{people.HasAccount, people.IsStranger} {
		all["code-"+string(outcome)] = o.code(people.CodeLetter{Purpose: people.ToJoin, Outcome: outcome, Email: p.Email, Language: l, Expires: at})
	}
	return all
}

// Every letter, as it is sent, in both languages: kept as it should read, well
// made, and with nothing in its subject that tells others what it opens.
func TestLettersThatOpenADoor(t *testing.T) {
	for _, l := range i18n.Langs {
		o := Office{Words: words(t), Base: base + "/"}
		for name, letter := range doorLetters(o, l) {
			to := people.Person{Email: "sian@demo.example", Name: "Siân", Language: l}
			m, err := o.message(name, to, letter)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+"."+string(l)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			for _, part := range []string{m.Subject, m.Text, m.HTML} {
				if strings.Contains(part, "[letters.") || strings.Contains(part, "{{") || strings.Contains(part, "\n\n\n") {
					t.Errorf("%s %s: words are missing in %q", name, l, part)
				}
			}
			if strings.Contains(m.Subject, "123") || strings.Contains(m.Subject, to.Name) {
				t.Errorf("%s %s: the subject tells %q", name, l, m.Subject)
			}
			opens := strings.HasPrefix(name, "code-") && letter.Code != ""
			if opens != strings.Contains(m.Text, "\n123 456\n") || opens != strings.Contains(m.HTML, "123 456") {
				t.Errorf("%s %s: the code is shown where there is none, or not where there is", name, l)
			}
			wellMade(t, name, m.HTML, letter.Action.Address)
		}
	}
}

// wellMade checks that a page of a letter loads nothing, and that its links are
// the one it speaks of.
func wellMade(t *testing.T, name, page, action string) {
	t.Helper()
	root, err := xhtml.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	links, titles := 0, 0
	for n := range root.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		switch n.Data {
		case "a":
			links++
		case "h1":
			titles++
		case "img", "script", "style", "link", "form":
			t.Errorf("%s: a letter holds <%s>", name, n.Data)
		}
	}
	want := 0
	if action != "" {
		want = 1
		if !strings.HasPrefix(action, base+"/") || !strings.Contains(page, `href="`+action+`"`) {
			t.Errorf("%s leads to %s", name, action)
		}
	}
	if links != want || titles != 1 {
		t.Errorf("%s: %d links, %d titles", name, links, titles)
	}
}
