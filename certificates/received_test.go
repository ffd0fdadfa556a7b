package certificates

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// officerOf is the scope of somebody who answers for a board.
func officerOf(t *testing.T, board string) people.BoardScope {
	t.Helper()
	v := people.Viewer{Person: "person-owen", Memberships: []people.Membership{{Role: people.Officer, Board: people.Board{ID: board, Key: board}}}}
	s, err := v.BoardScope(board)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// filled is a house with thirty certificates of one board, in two agencies and two
// editions, an hour between them, and one of its twin.
func filled(t *testing.T) (h house, all []Certificate, twin Certificate) {
	h = open(t)
	for i := range 30 {
		a := award()
		a.Person, a.Enrolment = fmt.Sprint("person-", i), fmt.Sprint("enrolment-", i)
		a.Organisation, a.Course.Edition = fmt.Sprint("org-", i%2), fmt.Sprint("2026.", i/20+1)
		h.clock.Advance(time.Hour)
		all = append(all, h.issue(a))
	}
	other := award()
	other.Person, other.Enrolment, other.Organisation, other.Board.ID = "person-tom", "enrolment-tom", "org-1", "board-twin"
	return h, all, h.issue(other)
}

// A board sees its own register, the newest first, page by page, and nothing of its
// twin's, whatever it seeks.
func TestABoardReadsItsRegister(t *testing.T) {
	h, all, twin := filled(t)
	scope := officerOf(t, "board-arian")
	var got []string
	for at, pages := (Cursor{}), 0; ; pages++ {
		page, next, err := Received(h.read(), scope, Sought{}, at, 7)
		if err != nil || pages > 9 {
			t.Fatal(pages, err)
		}
		for _, e := range page {
			got = append(got, e.ID)
		}
		if next == nil {
			break
		}
		at = *next
	}
	var want []string
	for _, c := range slices.Backward(all) {
		want = append(want, c.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("in pages: %v", got)
	}
	if err := h.write(func(tx store.Tx) error { return Revoke(tx, all[3].ID, "for the test") }); err != nil {
		t.Fatal(err)
	}
	again := all[4].Award
	again.HolderName = "Aisha Karim-Puw"
	if err := h.write(func(tx store.Tx) error { _, err := Reissue(tx, all[4].ID, again); return err }); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		f    Sought
		want int
	}{
		"one":                   {Sought{Number: all[7].ID}, 1},
		"the twin's":            {Sought{Number: twin.ID}, 0},
		"an agency":             {Sought{Agency: "org-1"}, 15},
		"an agency and edition": {Sought{Agency: "org-1", Edition: "2026.2"}, 5},
		"an edition":            {Sought{Edition: "2026.1"}, 21},
		"from a moment":         {Sought{From: all[20].Issued}, 11},
		"until a moment":        {Sought{To: all[20].Issued}, 20},
		"withdrawn":             {Sought{Status: Revoked}, 1},
		"replaced":              {Sought{Status: Superseded}, 1},
		"in date":               {Sought{Status: Valid}, 28}, // the corrected one waits for its signature
		"out of date":           {Sought{Status: Expired}, 0},
	} {
		found, _, err := Received(h.read(), scope, c.f, Cursor{}, 99)
		ids, wrong := ReceivedIDs(h.read(), scope, c.f)
		if err != nil || wrong != nil || len(found) != c.want || len(ids) != c.want {
			t.Errorf("%s: %d and %d, %v %v", what, len(found), len(ids), err, wrong)
		}
	}
	h.clock.Advance(3 * 366 * 24 * time.Hour)
	for s, want := range map[Status]int{Expired: 28, Valid: 0} {
		if found, _, err := Received(h.read(), scope, Sought{Status: s}, Cursor{}, 99); err != nil || len(found) != want {
			t.Errorf("three years later %d are %s: %v", len(found), s, err)
		}
	}
	if editions, err := EditionsReceived(h.read(), scope); err != nil || !slices.Equal(editions, []string{"2026.1", "2026.2"}) {
		t.Errorf("%v %v", editions, err)
	}
	for n, to := range map[int]store.Time{4: all[29].Issued, 6: store.At(all[29].Issued.Add(time.Second))} {
		if got, err := CountReceived(h.read(), scope, all[25].Issued, to); err != nil || got != n {
			t.Errorf("%d until %v, %v", got, to, err)
		}
	}
	if _, err := ReceivedOne(h.read(), scope, twin.ID); problem.KindOf(err) != problem.NotFound {
		t.Errorf("the twin's: %v", err)
	}
	if some, err := ReceivedSome(h.read(), scope, []string{all[2].ID, twin.ID, all[1].ID}); err != nil || len(some) != 2 || some[0].ID != all[2].ID {
		t.Errorf("%v %v", some, err)
	}
}

// However many certificates a board has, none of its pages reads them all, or sorts them.
func TestARegisterIsReadInOrder(t *testing.T) {
	h, _, _ := filled(t)
	plan := func(sql string, args ...any) string {
		rows, err := h.read().Query("EXPLAIN QUERY PLAN "+sql, args...)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var all []string
		for rows.Next() {
			var a, b, c int
			var said string
			if err := rows.Scan(&a, &b, &c, &said); err != nil {
				t.Fatal(err)
			}
			all = append(all, said)
		}
		return strings.Join(all, "\n")
	}
	for what, f := range map[string]Sought{"all": {}, "days": {From: store.At(h.clock.Now()), To: store.At(h.clock.Now())}, "an edition": {Edition: "2026.1"}, "one": {Number: "x"}} {
		from, args := f.query("board-arian", store.At(h.clock.Now()))
		said := plan("SELECT r.certificate_id FROM "+from+" ORDER BY r.entered_at DESC, r.id DESC LIMIT 51", args...)
		if strings.Contains(said, "SCAN") || what != "one" && strings.Contains(said, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", what, said)
		}
	}
	from, args := Sought{Agency: "org-1"}.query("board-arian", store.At(h.clock.Now()))
	if said := plan("SELECT r.certificate_id FROM "+from+" ORDER BY r.entered_at DESC, r.id DESC LIMIT 51", args...); !strings.Contains(said, "certificates_issued_agency") {
		t.Errorf("an agency's:\n%s", said)
	}
}
