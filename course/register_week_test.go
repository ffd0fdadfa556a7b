package course

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// answersFor has somebody answer for a board, and returns who.
func (c *crowd) answersFor(t *testing.T, name, board string) (person, membership string) {
	t.Helper()
	c.write(t, func(tx store.Tx) (err error) {
		if person, err = people.AddPerson(tx, people.NewPerson{Email: name + "@board.example", Name: "Swyddog " + name, Language: i18n.CY}); err != nil {
			return err
		}
		membership, err = people.AddMembership(tx, people.NewMembership{PersonID: person, OrganisationID: c.scope.Organisation(), BoardID: board, Role: people.Officer, JobRole: "border"})
		return err
	})
	return person, membership
}

// receives enters a certificate in the register of a board at a moment.
func (c *crowd) receives(t *testing.T, board string, n int, at time.Time) {
	t.Helper()
	c.clock.Set(at)
	c.write(t, func(tx store.Tx) error {
		_, err := certificates.Issue(tx, certificates.Award{Person: fmt.Sprint("holder-", n), HolderName: "Ela Rhydderch", Course: certificates.Course{Slug: slug, Edition: "2026.2", Minutes: 114, Title: i18n.Text{EN: "A", CY: "B"}},
			Completed: tx.Now, Board: certificates.Board{ID: board, Name: i18n.Text{EN: "A board", CY: "Bwrdd"}}, Organisation: c.scope.Organisation(), Enrolment: fmt.Sprint("enrolment-", n), Attempt: fmt.Sprint("attempt-", n), Language: i18n.CY, EditionHash: "3f2a9c0d1e2f", Objectives: []i18n.Text{{EN: "a", CY: "b"}}})
		return err
	})
}

// registerTold are those to whom letters of the week were put down.
func (c *crowd) registerTold(t *testing.T) (all []RegisterFact) {
	t.Helper()
	var rows []string
	if err := c.db.Read(t.Context()).Raw("SELECT payload FROM outbox_jobs WHERE kind = ? ORDER BY key", RegisterTold).Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		var f RegisterFact
		if err := json.Unmarshal([]byte(r), &f); err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// Once a week each officer of a board to which certificates came hears how many came
// from Monday to Sunday; nobody else, and not twice.
func TestOfficersHearOfTheWeek(t *testing.T) {
	c := newCrowd(t, 0, 1)
	board, twin := c.scope.Board(), "board-twin"
	c.write(t, func(tx store.Tx) error {
		err := tx.Exec("INSERT INTO people_boards (id, key, name_en, name_cy, kind) SELECT 'board-twin', 'twin', name_en, name_cy, kind FROM people_boards WHERE id = ?", board).Error
		if err != nil {
			return err
		}
		return tx.Exec("INSERT INTO people_organisation_boards (organisation_id, board_id) VALUES (?, 'board-twin')", c.scope.Organisation()).Error
	})
	owen, stays := c.answersFor(t, "owen", board)
	gone, ended := c.answersFor(t, "gone", board)
	c.answersFor(t, "emrys", twin)
	for n, at := range []string{"2026-11-29T23:59:59Z", "2026-11-30T00:00:00Z", "2026-12-03T10:00:00Z", "2026-12-06T23:59:59Z", "2026-12-07T00:00:00Z"} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		c.receives(t, board, n, moment)
	}
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("UPDATE people_memberships SET ended_at = ? WHERE id = ?", tx.Now, ended).Error
	})
	c.at(t, "2026-12-07", 9)
	told := c.registerTold(t)
	if want := (RegisterFact{owen, board, "2026-11-30"}); len(told) != 1 || told[0] != want {
		t.Fatalf("%+v, not %+v", told, want)
	}
	w, err := c.school.RegisterWeekOf(t.Context(), told[0])
	if err != nil || w.Count != 3 || w.First != "2026-11-30" || w.Last != "2026-12-06" || w.Board.ID != board {
		t.Errorf("%+v, %v", w, err)
	}
	for _, f := range []RegisterFact{{gone, board, "2026-11-30"}, {owen, twin, "2026-11-30"}} {
		if w, err := c.school.RegisterWeekOf(t.Context(), f); err != nil || w.Count != 0 {
			t.Errorf("%+v: %+v, %v", f, w, err)
		}
	}
	c.at(t, "2026-12-07", 11)
	c.at(t, "2026-12-08", 9)
	if n := len(c.registerTold(t)); n != 1 {
		t.Errorf("on Tuesday it is %d letters", n)
	}
	c.at(t, "2026-12-14", 9)
	c.at(t, "2026-12-21", 9) // of the week before nothing can be said
	if told = c.registerTold(t); len(told) != 2 || told[1].Week != "2026-12-07" {
		t.Errorf("a week later: %+v", told)
	}
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("UPDATE people_memberships SET ended_at = ? WHERE id = ?", tx.Now, stays).Error
	})
	if w, err := c.school.RegisterWeekOf(t.Context(), told[0]); err != nil || w.Count != 0 {
		t.Errorf("to somebody who left: %+v, %v", w, err)
	}
}
