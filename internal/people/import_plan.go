package people

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/sheet"
	"golau/internal/store"
)

// The steps of an import.
const (
	stepTeam    = "team"    // a team is made
	stepInvite  = "invite"  // somebody new is invited
	stepWaiting = "waiting" // where somebody who is invited will stand is changed
	stepChange  = "change"  // where somebody stands is changed
	stepLeft    = "left"    // somebody is recorded as a leaver
	stepGone    = "gone"    // was about somebody who was erased since
)

// importStep is one thing that an import does.
type importStep struct {
	Verb    string    `json:"verb"`
	Row     int       `json:"row,omitempty"`
	Subject string    `json:"subject,omitempty"` // position, invitation or, before it is made, team
	Person  string    `json:"person,omitempty"`
	Name    string    `json:"name,omitempty"`
	Email   string    `json:"email,omitempty"`
	Key     string    `json:"key,omitempty"`
	Path    string    `json:"path,omitempty"` // of a team
	Before  Placement `json:"before,omitzero"`
	After   Placement `json:"after,omitzero"`
	On      string    `json:"on,omitempty"` // last day of a leaver
}

// ImportPlan is what carrying out a list would do. It changes nothing.
type ImportPlan struct {
	Headings  Headings
	Kind      sheet.Kind
	Rows      int
	Faults    []ImportFault
	Notes     []ImportFault // what is left as it is, and why
	New       []ImportPerson
	Changed   []ImportPerson
	Unchanged int
	Teams     []string       // that will be made
	Missing   []ImportPerson // who are there and not in the list
	Staying   []ImportPerson // of those, who hold a role that only an administrator takes
	Print     string         // of all this: the plan that somebody saw is the one that is carried out

	steps []importStep
	gone  []importStep // the leavers
}

// Fits says whether the list can be carried out: nothing of it must be put right.
func (p ImportPlan) Fits() bool { return p.Headings.Fit() && len(p.Faults) == 0 }

// Does says whether carrying it out would change anything, leavers aside.
func (p ImportPlan) Does() bool { return len(p.steps) > 0 }

// ImportPerson is somebody whom a list is about.
type ImportPerson struct {
	Row         int
	Position    string // of whoever is there
	Name, Email string
	Waiting     bool   // invited already
	LeftOn      string // the last day of somebody new who worked there before
	since       string
	Changes     []ImportChange
}

// ImportChange is what changes of somebody: values as a reader knows them, JobRole
// as its key.
type ImportChange struct {
	Column   Column
	From, To string
}

// there is what the database knows, by address and by number.
type there struct {
	byKey    map[string]*placed
	byNumber map[string][]*placed
	byID     map[string]*placed
	all      []*placed
	waiting  map[string]waitingOne
	teams    *teamPaths
	behind   map[string]*placed // who is kept, by the address of the account behind them
	left     map[string]leftOne // who has left, by the address of then
}

// placed is somebody who works there.
type placed struct {
	id, person, name, email, key string
	place                        Placement
	language                     i18n.Lang
	suspended                    bool
	power                        bool
	seen                         bool // in the list
}

type waitingOne struct {
	id, name string
	place    Placement
}

// ImportNote keys.
const (
	noteName    = "people.import.note.name"
	noteManager = "people.import.note.manager"

	noteLanguage = "people.import.note.language"
)

// PlanImport says what carrying out a list would do in an agency, and what is wrong
// with it. It changes nothing.
func PlanImport(rx store.Rx, s OrganisationScope, words *i18n.Catalogue, l i18n.Lang, t sheet.Table) (ImportPlan, error) {
	p := ImportPlan{Headings: readHeadings(words, t.Heading), Kind: t.Kind, Rows: len(t.Rows)}
	if !p.Headings.Fit() {
		return p, nil
	}
	now, err := whoIsThere(rx, s, l)
	if err != nil {
		return p, err
	}
	r := newImportReader(words, p.Headings, t, Today(rx))
	lines := once(r, t, now)
	m := &importMatch{importReader: r, there: now, plan: &p, lang: l}
	m.match(lines)
	p.Faults = r.faults
	slices.SortStableFunc(p.Faults, func(a, b ImportFault) int { return a.Row - b.Row })
	p.missing(now, Today(rx))
	sum, err := json.Marshal([]any{p.steps, p.gone, p.Faults})
	hash := sha256.Sum256(sum)
	p.Print = hex.EncodeToString(hash[:16])
	return p, err
}

// once reads all rows, and notes who stands in two of them. A number that two have
// already is no fault of the list.
func once(r *importReader, t sheet.Table, now there) []importLine {
	lines := make([]importLine, 0, len(t.Rows))
	keys, numbers := map[string]int{}, map[string]bool{} // whether it is its holder's already
	for _, row := range t.Rows {
		l, ok := r.line(row)
		if l.key != "" {
			if keys[l.key] > 0 {
				r.wrong(l.row, ColumnEmail, "people.import.fault.twice", l.email)
				ok = false
			}
			keys[l.key] = l.row
		}
		if n := l.place.StaffNumber; n != "" {
			o := now.byKey[l.key]
			theirs := o != nil && o.place.StaffNumber == n
			if was, twice := numbers[n]; twice && !(was && theirs) {
				r.wrong(l.row, ColumnNumber, "people.import.fault.number_twice", n)
				ok = false
			}
			numbers[n] = theirs
		}
		if !ok {
			l.place.JobRole = "" // read for the others' sake alone
		}
		lines = append(lines, l)
	}
	return lines
}

// missing are those who are there and in no row.
func (p *ImportPlan) missing(now there, today string) {
	for _, o := range now.all {
		if o.seen {
			continue
		}
		one := ImportPerson{Position: o.id, Name: o.name, Email: o.email, since: o.place.WorksSince}
		if o.power {
			p.Staying = append(p.Staying, one)
			continue
		}
		p.Missing = append(p.Missing, one)
		p.gone = append(p.gone, importStep{Verb: stepLeft, Subject: o.id, Person: o.person})
	}
}

// managing is the position of somebody's manager, as long as they are there.
const managing = "coalesce((SELECT g.id FROM people_positions g WHERE g.id = q.manager_id AND g.left_at IS NULL), '')"

// whoIsThere reads an agency's people, its teams and whom it has invited.
func whoIsThere(rx store.Rx, s OrganisationScope, l i18n.Lang) (there, error) {
	now := there{byKey: map[string]*placed{}, byNumber: map[string][]*placed{}, byID: map[string]*placed{}, waiting: map[string]waitingOne{}}
	teams, err := Teams(rx, s, l)
	if err != nil {
		return now, err
	}
	now.teams = newTeamPaths(teams)
	rows, err := rx.Query(`SELECT q.id, q.person_id, n.name, n.email, n.email_key, n.language, q.suspended_at IS NOT NULL, q.job_role, coalesce(q.team_id, ''), q.training_group, q.works_since,
			q.staff_number, `+managing+`, EXISTS (SELECT 1 FROM people_memberships m WHERE m.person_id = q.person_id AND m.ended_at IS NULL
				AND m.role <> 'learner' AND m.organisation_id = q.organisation_id AND m.board_id = q.board_id)
		FROM people_positions q JOIN people_persons n ON n.id = q.person_id
		WHERE q.organisation_id = ? AND q.board_id = ? AND q.left_at IS NULL AND n.erased_at IS NULL ORDER BY q.sort_en, q.id`, s.Organisation(), s.Board())
	if err != nil {
		return now, store.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		o := &placed{}
		err := rows.Scan(&o.id, &o.person, &o.name, &o.email, &o.key, &o.language, &o.suspended, &o.place.JobRole, &o.place.Team, &o.place.Group, &o.place.WorksSince,
			&o.place.StaffNumber, &o.place.Manager, &o.power)
		if err != nil {
			return now, store.Explain(err)
		}
		now.byKey[o.key], now.byID[o.id], now.all = o, o, append(now.all, o)
		if n := o.place.StaffNumber; n != "" {
			now.byNumber[n] = append(now.byNumber[n], o)
		}
	}
	if err := rows.Err(); err != nil {
		return now, store.Explain(err)
	}
	rows.Close()
	if err := now.readBehind(rx, s); err != nil {
		return now, err
	}
	if err := now.readLeft(rx, s); err != nil {
		return now, err
	}
	return now, now.readWaiting(rx, s)
}

// readWaiting reads whom the agency has invited and who has not answered.
func (t *there) readWaiting(rx store.Rx, s OrganisationScope) error {
	var invited []struct {
		ID, EmailKey, Name string
		Language           i18n.Lang
		JobRole            JobRole
		TeamID             string
		TrainingGroup      Group
		WorksSince         string
		StaffNumber        string
		ManagerKey         string
	}
	err := rx.Raw(`SELECT id, email_key, name, language, job_role, coalesce(team_id, '') AS team_id, training_group, works_since, staff_number, manager_key
		FROM people_invitations WHERE organisation_id = ? AND board_id = ? AND role = 'learner' AND accepted_at IS NULL AND withdrawn_at IS NULL`,
		s.Organisation(), s.Board()).Scan(&invited).Error
	for _, i := range invited {
		t.waiting[i.EmailKey] = waitingOne{i.ID, i.Name, Placement{i.JobRole, i.TeamID, i.TrainingGroup, i.WorksSince, i.StaffNumber, i.ManagerKey, i.Language}}
	}
	return store.Explain(err)
}

// path is the way to a team as a list says it, by its id.
func (t *teamPaths) path(id string, l i18n.Lang) string { return strings.TrimSpace(t.paths[id].In(l)) }
