package course

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// TestMembersAreTheRoster: page by page, in the order of ids, other systems hear of
// exactly those whom the list shows, with the same status and days, for every
// filter; and of one alone the same as in the list.
func TestMembersAreTheRoster(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 120, 7)
	course := c.school.Courses()[0].Slug
	filters := []RosterFilter{{}, {Left: true}, {Team: c.teams[0]}, {Team: c.teams[2]}, {Team: NoTeam}, {Group: "C"}, {Job: people.Health}}
	for _, s := range due.Statuses {
		filters = append(filters, RosterFilter{Status: s}, RosterFilter{Status: s, Left: true})
	}
	shown := 0
	for _, f := range filters {
		var want, got []string
		lines := map[string]RosterLine{}
		for page := ""; ; {
			r, err := c.school.Roster(t.Context(), c.scope, course, f, i18n.EN, page)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range r.Lines {
				want, lines[l.ID] = append(want, l.ID), l
			}
			if page = r.After; page == "" {
				break
			}
		}
		slices.Sort(want)
		for after := ""; ; {
			ms, next, err := c.school.Members(t.Context(), c.scope, course, f, after, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range ms {
				l := lines[m.ID]
				if m.Status != l.Status || m.Done != l.Done || m.Until != l.Until || m.Modules != l.Modules || m.Name != l.Name || m.Email != l.Email || m.LeftOn != l.LeftOn {
					t.Errorf("%+v: %+v, the list says %+v", f, m, l)
				}
				one, err := c.school.Member(t.Context(), c.scope, course, m.ID)
				if err != nil || one != m {
					t.Errorf("alone %+v, in the list %+v: %v", one, m, err)
				}
				p, err := people.PositionIn(c.db.Read(t.Context()), c.scope, m.ID)
				if err != nil || p.Version() != m.Version() {
					t.Errorf("the version is %s in the list and %s where it is checked: %v", m.Version(), p.Version(), err)
				}
				got = append(got, m.ID)
			}
			if after = next; after == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v: %d are told of, %d are shown", f, len(got), len(want))
		}
		shown += len(got)
	}
	if shown < 300 {
		t.Errorf("only %d", shown)
	}
	if _, _, err := c.school.Members(t.Context(), c.scope, "nothing", RosterFilter{}, "", 5); problem.KindOf(err) != problem.NotFound {
		t.Error(err)
	}
}

// TestAchievedIsWhatTheRosterSays: whoever is shown as having finished is listed,
// once, with that moment, page by page in its order; nobody else is; and a board
// hears of no other board's.
func TestAchievedIsWhatTheRosterSays(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 150, 8)
	course := c.school.Courses()[0].Slug
	newest := map[string]store.Time{}
	for _, left := range []bool{false, true} {
		ms, _, err := c.school.Members(t.Context(), c.scope, course, RosterFilter{Left: left}, "", 10_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ms {
			if !m.Done.IsZero() {
				newest[m.ID] = m.Done
			}
		}
	}
	walk := func(w Whose, since store.Time) (all []Achieved) {
		var place AchievedPlace
		for {
			as, next, err := c.school.Achieved(t.Context(), w, course, since, place, 7)
			if err != nil {
				t.Fatal(err)
			}
			if all = append(all, as...); next == nil {
				return all
			}
			place = *next
		}
	}
	all := walk(OfAgency(c.scope), store.Time{})
	last := map[string]store.Time{}
	for i, a := range all {
		if i > 0 && (a.At.Before(all[i-1].At.Time) || a.At == all[i-1].At && a.Position < all[i-1].Position) {
			t.Errorf("%+v comes after %+v", a, all[i-1])
		}
		last[a.Position] = a.At
	}
	if len(last) != len(newest) || len(newest) < 20 {
		t.Errorf("%d have finished, %d are listed", len(newest), len(last))
	}
	for id, at := range newest {
		if last[id] != at {
			t.Errorf("%s: %s, the list says %s", id, last[id], at)
		}
	}
	officer := people.Viewer{Person: "officer", Memberships: []people.Membership{{Role: people.Officer, Board: people.Board{ID: c.scope.Board()}}}}
	board, err := officer.BoardScope("")
	if err != nil {
		t.Fatal(err)
	}
	if whole := walk(OfBoard(board), store.Time{}); !slices.Equal(whole, all) { // it has one agency
		t.Errorf("the board hears of %d, its only agency of %d", len(whole), len(all))
	}
	latest := all[len(all)-1].At
	if part := walk(OfAgency(c.scope), latest); len(part) == 0 {
		t.Error("a moment is none of those since it")
	}
	if none := walk(OfAgency(c.scope), store.At(latest.Add(time.Microsecond))); len(none) != 0 {
		t.Errorf("in the future: %d", len(none))
	}
	gone := all[0]
	c.write(t, func(tx store.Tx) error {
		return tx.Exec("UPDATE people_positions SET left_at = ? WHERE id = ?", store.At(gone.At.Add(-time.Microsecond)), gone.Position).Error
	})
	for _, a := range walk(OfAgency(c.scope), store.Time{}) {
		if a.Position == gone.Position {
			t.Errorf("the agency hears what somebody finished after they left: %+v", a)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("nobody's scope is everybody's")
		}
	}()
	_, _, _ = c.school.Achieved(t.Context(), Whose{}, course, store.Time{}, AchievedPlace{}, 1)
}

// TestListsAreReadFromAnIndex: a page of people is read in its order, without
// sorting everybody, whether by name or by id.
func TestListsAreReadFromAnIndex(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 1, 9)
	rx := c.db.Read(t.Context())
	q, err := RosterFilter{}.query(rx, c.scope, slug)
	if err != nil {
		t.Fatal(err)
	}
	for order, index := range map[string]string{"r.sort_en, r.id": "people_positions_en", "r.sort_cy, r.id": "people_positions_cy", "r.id": "people_positions_by_id"} {
		plan := planOf(t, rx, "SELECT r.id FROM roster r CROSS JOIN course_standings s ON s.position_id = r.id WHERE r.organisation_id = ? AND r.board_id = ?"+
			q.kept+" ORDER BY "+order+" LIMIT 50", slices.Concat(q.keptArgs[:2], q.keptArgs)...)
		if !strings.Contains(plan, index) || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", order, plan)
		}
	}
	plan := planOf(t, rx, "SELECT r.id"+Whose{from: fromTimes, where: "r.board_id = ?"}.rest(), "b", slug, 0, 0, "", "", 50)
	if !strings.Contains(plan, "INDEX course_completions_at (at>?)") || strings.Contains(plan, "B-TREE FOR ORDER BY") || strings.Contains(plan, "SCAN") {
		t.Errorf("a board's completions:\n%s", plan)
	}
	plan = planOf(t, rx, "SELECT r.id"+OfAgency(c.scope).rest(), c.scope.Organisation(), c.scope.Board(), slug, 0, 0, "", "", 50)
	if !strings.Contains(plan, "q USING INDEX people_positions") || strings.Contains(plan, "SCAN") {
		t.Errorf("an agency's completions:\n%s", plan)
	}
}

// planOf is how the database would answer.
func planOf(t *testing.T, rx store.Rx, query string, args ...any) (plan string) {
	t.Helper()
	rows, err := rx.Query("EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan += step + "\n"
	}
	return plan
}
