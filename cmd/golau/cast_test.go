package main

import (
	"os"
	"testing"

	"golau/course"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/store"
)

// canary stands in every text of board B. No page for anybody under board A
// may hold it.
const canary = "CANARY-B"

// password is everybody's.
const password = "tair cadair wag felen"

// member is one of the cast.
type member struct {
	name, email string
	role        people.Role
	org         string // key
	board       string // key
	lang        i18n.Lang
}

// cast is who lives in the house. The two boards are twins, one agency works
// under both, and one e-mail domain belongs to an agency of each.
type cast struct {
	id      map[string]string // person
	session map[string]string // token of a session that lasts, from the sign-in page
	did     map[string]story
	codes   map[string][]string // recovery codes of those who must have a second factor
}

// story is what somebody has done: ids of attempts and of the certificate.
type story struct{ check, final, open, certificate string }

var folk = map[string]member{
	"nia":    {"Nia Rhydderch", "nia@shared.example", people.Learner, "school-a", "board-a", i18n.EN},
	"huw":    {"Huw Penri", "huw@shared.example", people.Learner, "school-a", "board-a", i18n.CY},
	"lowri":  {"Lowri Haf", "lowri@school-a.example", people.Lead, "school-a", "board-a", i18n.CY},
	"gwen":   {"Gwen Ifans", "gwen@board-a.example", people.Officer, "both", "board-a", i18n.EN},
	"carys":  {"Carys Medi", "carys@shared.example", people.Learner, "school-a", "board-a", i18n.EN}, // suspended
	"mali":   {"Mali Wen", "mali@school-a.example", people.Lead, "school-a", "board-a", i18n.CY},     // has left
	"alun":   {"Alun Teifi", "alun@board-a.example", people.Admin, "both", "board-a", i18n.EN},
	"beca":   {"Beca " + canary, "beca-canary-b@shared.example", people.Learner, "school-b", "board-b", i18n.EN},
	"emrys":  {"Emrys " + canary, "emrys@canary-b.example", people.Officer, "both", "board-b", i18n.CY},
	"dilwyn": {"Dilwyn " + canary, "dilwyn@canary-b.example", people.Lead, "school-b", "board-b", i18n.EN},
}

// boardA lists those who work under board A and are let in.
var boardA = []string{"nia", "huw", "lowri", "gwen", "alun"}

// furnish makes the bodies and the people, through the verbs of people, and
// signs everybody in, through the page.
func furnish(t testing.TB, dir string) cast {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	h := open(t, dir)
	hash, err := h.people.HashPassword(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	c := cast{id: map[string]string{}, session: map[string]string{}, did: map[string]story{}}
	must := func(id string, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	h.write(func(tx store.Tx) error {
		twin := func(side, name string) {
			text := func(en, cy string) i18n.Text { return i18n.Text{EN: name + " " + en, CY: cy + " " + name} }
			if err := people.AddCouncil(tx, people.NewCouncil{Key: "council-" + side, Name: text("Council", "Cyngor"),
				DayNumber: "01632 960111", OutOfHoursNumber: "01632 960222", CheckedOn: "2026-11-21"}); err != nil {
				t.Fatal(err)
			}
			board := must(people.AddBoard(tx, people.NewBoard{Key: "board-" + side, Name: text("Safeguarding Board", "Bwrdd Diogelu")}))
			school := must(people.AddOrganisation(tx, people.NewOrganisation{Key: "school-" + side, Kind: "school",
				Name: text("School", "Ysgol"), CouncilKey: "council-" + side}))
			must("", people.LinkBoard(tx, school, board))
			must("", people.AddDomain(tx, school, "shared.example"))
		}
		twin("a", "Glannau")
		twin("b", canary)
		both := must(people.AddOrganisation(tx, people.NewOrganisation{Key: "both", Name: i18n.Text{EN: "Two Shores Trust", CY: "Ymddiriedolaeth Dwy Lan"}}))
		for key, m := range folk {
			board, err := people.BoardByKey(tx.Rx, m.board)
			must("", err)
			must("", people.LinkBoard(tx, both, board.ID))
			org, err := people.OrganisationByKey(tx.Rx, m.org)
			must("", err)
			c.id[key] = must(people.AddPerson(tx, people.NewPerson{Email: m.email, Name: m.name, Language: m.lang, PasswordHash: hash, DemoKey: key}))
			must(people.AddMembership(tx, people.NewMembership{PersonID: c.id[key], OrganisationID: org.ID, BoardID: board.ID,
				Role: m.role, JobRole: people.Education}))
		}
		return nil
	})
	h.cast = c
	h.accepts(i18n.EN)
	for key := range folk {
		c.session[key] = h.visitor().signIn(key).token()
	}
	c.session["half"] = h.visitor().firstStep("lowri").token()
	c.codes = h.codes
	h.work() // the letters that tell them of their second factor
	h.write(func(tx store.Tx) error { return people.Suspend(tx, c.id["carys"]) })
	h.write(func(tx store.Tx) error {
		var place string
		must("", tx.Raw("SELECT id FROM people_memberships WHERE person_id = ?", c.id["mali"]).Row().Scan(&place))
		return people.EndMembership(tx, place)
	})
	h.closeNow()
	return c
}

// liveIn lets the two learners finish the course and begin a check again.
func liveIn(h *house) cast {
	c := h.cast
	c.did = map[string]story{}
	for _, who := range []string{"nia", "beca"} {
		b := h.as(who)
		b.readModule(i18n.EN, "what-it-is")
		s := story{check: b.sit(checkPath("what-it-is"), true)}
		h.learnt(h.id[who], i18n.EN)
		s.final = b.sit(finalPath, true)
		s.certificate = b.certificate()
		s.open = b.begin(checkPath("what-it-is"))
		b.answer(s.open, 1, true)
		c.did[who] = s
	}
	h.work()
	return c
}

// accepts has Alun accept that nobody has reviewed the present edition.
func (h *house) accepts(l i18n.Lang) {
	h.t.Helper()
	words := "Nobody has reviewed it."
	alun := people.Viewer{Person: h.id["alun"], Name: folk["alun"].name, Memberships: []people.Membership{{Role: people.Admin}}}
	err := h.school.Accept(h.t.Context(), alun, courseSlug, course.AcceptanceForm{Lang: l, Statement: words, Print: course.PrintOfStatement(words),
		Office: "Head of Learning", Reason: "A first year, until a reviewer is found.", Agreed: true})
	if err != nil {
		h.t.Fatal(err)
	}
}

// suspend shuts one of the cast out.
func (h *house) suspend(who string) {
	h.t.Helper()
	h.write(func(tx store.Tx) error { return people.Suspend(tx, h.id[who]) })
}

// again puts the letter about a certificate into the outbox once more.
func again(certificate, person string) func(store.Tx) error {
	return func(tx store.Tx) error {
		return outbox.Put(tx, course.Completed, certificate+tx.NewID(), course.CompletedFact{Person: person, Certificate: certificate})
	}
}
