package course

import (
	"context"
	"fmt"
	"math/rand/v2"
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

// someone is one of a crowd, as the test knows them.
type someone struct {
	name, email, team string
	job               people.JobRole
	group             people.Group
	left              bool
	duty              due.Duty
	modules           int
}

// crowd is an agency with people of every kind, and another beside it.
type crowd struct {
	*house
	scope people.OrganisationScope
	all   []someone
	teams []string // two, the second within the first, and one of the agency beside
}

// newCrowd makes up n people whose histories are drawn.
func newCrowd(t testing.TB, n int, seed uint64) *crowd {
	t.Helper()
	c := &crowd{house: open(t)}
	r := rand.New(rand.NewPCG(seed, 1))
	var places [2]people.Membership
	c.write(t, func(tx store.Tx) error {
		for i, key := range []string{"tref", "gefell"} {
			b, err := people.AddBoard(tx, people.NewBoard{Key: key, Name: i18n.Text{EN: "Board " + key, CY: "Bwrdd " + key}})
			if err != nil {
				return err
			}
			o, err := people.AddOrganisation(tx, people.NewOrganisation{Key: key, Name: i18n.Text{EN: "School " + key, CY: "Ysgol " + key}})
			if err != nil {
				return err
			}
			places[i] = people.Membership{Role: people.Lead, Leads: people.Whole, Organisation: people.Organisation{ID: o}, Board: people.Board{ID: b}}
			if err := people.LinkBoard(tx, o, b); err != nil {
				return err
			}
		}
		return nil
	})
	d := people.New(c.db, people.Options{})
	lead := people.Viewer{Person: "lead", Memberships: places[:1]}
	var err error
	if c.scope, err = lead.OrganisationScope(""); err != nil {
		t.Fatal(err)
	}
	beside, err := people.Viewer{Person: "lead", Memberships: places[1:]}.OrganisationScope("")
	if err != nil {
		t.Fatal(err)
	}
	team := func(s people.OrganisationScope, name, parent string) string {
		id, err := d.SaveTeam(t.Context(), lead, s, people.Team{Name: i18n.Text{EN: name}, Parent: parent})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	upper := team(c.scope, "Upper", "")
	c.teams = []string{upper, team(c.scope, "Within", upper), team(beside, "Beside", "")}
	names := []string{"Llŷr", "Lyn", "Siân", "Dafydd", "Ddoe", "Ffion", "Fflur", "Chwith", "Cai", "Ŵan", "Æthel", "Ng Li", "Rhys", "Robat", "Theo", "Tomos"}
	for i := range n {
		p := someone{name: names[r.IntN(len(names))] + " " + names[r.IntN(len(names))], email: fmt.Sprintf("p%03d@demo.example", i),
			job: people.JobRoles[r.IntN(3)], group: people.Groups[r.IntN(2)]}
		place := places[min(1, r.IntN(8)/7)]
		c.write(t, func(tx store.Tx) error { return c.add(tx, r, &p, place, i) })
		if place.Organisation.ID == c.scope.Organisation() {
			c.place(t, d, lead, r, &p)
			c.all = append(c.all, p)
		}
	}
	if err := c.school.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

func (h *house) write(t testing.TB, fn func(store.Tx) error) {
	t.Helper()
	if err := h.db.Write(t.Context(), store.Actor{Via: "test"}, func(_ context.Context, tx store.Tx) error { return fn(tx) }); err != nil {
		t.Fatal(err)
	}
}

// add adds one of the crowd with up to two cycles of the course.
func (c *crowd) add(tx store.Tx, r *rand.Rand, p *someone, place people.Membership, i int) error {
	id, err := people.AddPerson(tx, people.NewPerson{Email: p.email, Name: p.name, Language: i18n.CY})
	if err != nil {
		return err
	}
	m, err := people.AddMembership(tx, people.NewMembership{PersonID: id, OrganisationID: place.Organisation.ID, BoardID: place.Board.ID, Role: people.Learner, JobRole: p.job})
	if err != nil {
		return err
	}
	for cycle := range r.IntN(3) {
		e := Enrolment{ID: fmt.Sprintf("e%d-%d", i, cycle), PersonID: id, MembershipID: m, Course: slug, Cycle: cycle + 1, CreatedAt: tx.Now}
		if err := insertEnrolment(tx, e); err != nil {
			return err
		}
		p.modules, p.duty.Started = 0, false
		if r.IntN(3) == 0 {
			p.duty.Started = true
			err = tx.Exec(`INSERT INTO course_sections_read (enrolment_id, module, section, edition, lang, at) VALUES (?, 'signs', 'notice', '', 'cy', 1)`, e.ID).Error
		}
		for k := range r.IntN(3) {
			if err == nil {
				err = c.mark(tx, e.ID, k)
				p.duty.Started = true
				p.modules++
			}
			if err == nil {
				err = tx.Exec(`INSERT INTO course_module_completions (enrolment_id, module, attempt_id, edition, lang, at) VALUES (?, ?, ?, '', 'cy', 1)`,
					e.ID, fmt.Sprint("m", k), fmt.Sprint(e.ID, "/", k)).Error
			}
		}
		if err == nil && r.IntN(2) == 0 {
			err = c.finished(tx, r, p, e.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mark is the attempt that a completion rests on.
func (c *crowd) mark(tx store.Tx, enrolment string, k int) error {
	return tx.Exec(`INSERT INTO quiz_attempts (id, person_id, enrolment_id, assessment, number, max_attempts, lang, edition, bank_edition, rules, questions, started_at)
		VALUES (?, '', ?, ?, 1, 0, 'cy', '', '', '{}', 1, 1)`, fmt.Sprint(enrolment, "/", k), enrolment, fmt.Sprint("a", k)).Error
}

// finished completes the course on a day of which the last is near one on which
// the status changes.
func (c *crowd) finished(tx store.Tx, r *rand.Rand, p *someone, enrolment string) error {
	if err := c.mark(tx, enrolment, 9); err != nil {
		return err
	}
	today := due.DayOf(tx.Now.Time)
	until := []due.Day{"", today.Plus(0, -1), today, today.Plus(0, 1), today.Plus(0, 90), today.Plus(0, 91), today.Plus(36, 0)}[r.IntN(7)]
	var end store.Time
	if until != "" {
		end = store.At(until.Begin().Add(time.Duration(r.IntN(86399)) * time.Second))
	}
	p.duty.Done, p.duty.ValidUntil = today, until
	return tx.Exec(`INSERT INTO course_completions (enrolment_id, attempt_id, edition, lang, at, valid_until) VALUES (?, ?, '', 'cy', ?, ?)`,
		enrolment, enrolment+"/9", tx.Now, end).Error
}

// place puts one of the crowd into a team and a group; some have left.
func (c *crowd) place(t testing.TB, d *people.Directory, lead people.Viewer, r *rand.Rand, p *someone) {
	t.Helper()
	var id string
	if err := c.db.Read(t.Context()).Raw("SELECT q.id FROM people_positions q JOIN people_persons n ON n.id = q.person_id WHERE n.email = ?", p.email).Scan(&id).Error; err != nil {
		t.Fatal(err)
	}
	p.team = []string{"", c.teams[0], c.teams[1]}[r.IntN(3)]
	err := d.SetPosition(t.Context(), lead, c.scope, id, people.PositionForm{JobRole: p.job, Team: p.team, Group: p.group})
	if p.left = r.IntN(6) == 0; p.left && err == nil {
		err = d.RecordLeaver(t.Context(), lead, c.scope, id, "2026-11-01")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// wants says whether a filter wants somebody.
func (c *crowd) wants(f RosterFilter, p someone, today due.Day) bool {
	for _, w := range strings.Fields(f.Words) {
		if !strings.Contains(strings.ToLower(p.name+" "+p.email), w) && !(w == "llyr" && strings.Contains(p.name, "Llŷr")) {
			return false
		}
	}
	switch f.Team {
	case "":
	case NoTeam:
		if p.team != "" {
			return false
		}
	case c.teams[0]:
		if p.team == "" {
			return false
		}
	default:
		if p.team != f.Team {
			return false
		}
	}
	return f.Left == p.left && (f.Job == "" || f.Job == p.job) && (f.Group == "" || f.Group == p.group) && (f.Status == "" || f.Status == p.duty.On(today))
}

// TestTheRosterIsTheRule: whatever is asked for, the pages of a roster, forth and
// back, are exactly those whom the one rule of status and the filter name, each
// once, in the order of the language; what is counted is what is shown, and
// nobody of the agency beside is among them.
func TestTheRosterIsTheRule(t *testing.T) {
	c := newCrowd(t, 330, 11)
	today := due.DayOf(c.clock.Now())
	r := rand.New(rand.NewPCG(5, 5))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	seen := map[due.Status]bool{}
	for range 150 {
		f := RosterFilter{Words: pick("", "", "", "llyr", "si p1", "p03", "nobody"), Team: pick("", "", NoTeam, c.teams[0], c.teams[1], c.teams[2], "unknown"),
			Job: people.JobRole(pick("", "", "education", "health")), Group: people.Group(pick("", "", "A", "B")),
			Status: due.Status(pick("", "", "expired", "expiring", "in_date", "in_progress", "not_started")), Left: r.IntN(5) == 0}
		for _, l := range i18n.Langs {
			want, counts := c.expect(f, l, today)
			got, after := c.pages(t, f, l)
			if !slices.Equal(names(got), names(want)) || !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
				t.Fatalf("%+v in %s:\n%v\nnot\n%v", f, l, got, want)
			}
			if after.Total != len(want) {
				t.Fatalf("%+v: %d of %d are counted", f, after.Total, len(want))
			}
			for _, s := range due.Statuses {
				if after.Counts[s] != counts[s] {
					t.Fatalf("%+v: %d are %s, counted as %d", f, counts[s], s, after.Counts[s])
				}
				seen[s] = seen[s] || counts[s] > 0
			}
		}
	}
	for _, s := range []due.Status{due.Expired, due.Expiring, due.InDate, due.InProgress, due.NotStarted} {
		if !seen[s] {
			t.Errorf("nobody was ever %s", s)
		}
	}
}

// names are lines without what stands behind the name: two of one name may stand
// in either order.
func names(lines []string) []string {
	all := slices.Clone(lines)
	for i, n := range all {
		all[i], _, _ = strings.Cut(n, ":")
	}
	return all
}

// expect lists whom a filter wants, and counts the statuses of all whom it would
// want whatever theirs.
func (c *crowd) expect(f RosterFilter, l i18n.Lang, today due.Day) (lines []string, counts map[due.Status]int) {
	counts = map[due.Status]int{}
	whatever := f
	whatever.Status = ""
	var found []someone
	for _, p := range c.all {
		if c.wants(whatever, p, today) {
			counts[p.duty.On(today)]++
		}
		if c.wants(f, p, today) {
			found = append(found, p)
		}
	}
	by := i18n.Collator(l)
	slices.SortFunc(found, func(a, b someone) int { return by.CompareString(a.name, b.name) })
	for _, p := range found {
		lines = append(lines, fmt.Sprint(p.name, ": ", p.duty.On(today)))
	}
	return lines, counts
}

// pages reads a roster to its end, back again and at once, and fails where the
// three differ.
func (c *crowd) pages(t *testing.T, f RosterFilter, l i18n.Lang) (lines []string, r Roster) {
	t.Helper()
	read := func(at string) Roster {
		r, err := c.school.Roster(t.Context(), c.scope, slug, f, l, at)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	var forth, back []string
	r = read("")
	for last := r; ; last = read(last.After) {
		for _, n := range last.Lines {
			forth = append(forth, n.ID)
			lines = append(lines, fmt.Sprint(n.Name, ": ", n.Status))
		}
		if last.After == "" {
			for at := last; ; at = read(at.Before) {
				for _, n := range slices.Backward(at.Lines) {
					back = append(back, n.ID)
				}
				if at.Before == "" {
					break
				}
			}
			break
		}
	}
	var whole []string
	if err := c.school.EachOfRoster(t.Context(), c.scope, slug, f, l, func(n RosterLine) error {
		whole = append(whole, n.ID)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(back)
	if !slices.Equal(forth, back) || !slices.Equal(forth, whole) {
		t.Fatalf("%+v: forth %d, back %d, at once %d", f, len(forth), len(back), len(whole))
	}
	return lines, r
}

// TestARosterAsksForItsCourse: an unknown course is not found, and a page that
// nobody wrote is the first.
func TestARosterAsksForItsCourse(t *testing.T) {
	c := newCrowd(t, 5, 3)
	if _, err := c.school.Roster(t.Context(), c.scope, "no-such", RosterFilter{}, i18n.EN, ""); problem.KindOf(err) != problem.NotFound {
		t.Errorf("%v", err)
	}
	first, err := c.school.Roster(t.Context(), c.scope, slug, RosterFilter{}, i18n.EN, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"a", "a..", "a.!!.x", "c.AA.x", "b.%00", strings.Repeat("a.", 500)} {
		r, err := c.school.Roster(t.Context(), c.scope, slug, RosterFilter{}, i18n.EN, page)
		if err != nil || len(r.Lines) != len(first.Lines) || r.Before != "" {
			t.Errorf("%q: %d lines, before %q, %v", page, len(r.Lines), r.Before, err)
		}
	}
}
