package people

import (
	"cmp"
	"strings"

	"golau/internal/i18n"
)

// importMatch lays the rows of a list beside who is there.
type importMatch struct {
	*importReader
	there
	plan *ImportPlan
	lang i18n.Lang

	keys    map[string]bool   // addresses in the list
	numbers map[string]string // addresses by staff number in the list
	manages map[string]string // who will manage whom, by address
}

// match makes steps of rows.
func (m *importMatch) match(lines []importLine) {
	lines = m.asKept(lines)
	m.keys, m.numbers, m.manages = map[string]bool{}, map[string]string{}, map[string]string{}
	for _, l := range lines {
		m.keys[l.key] = true
		if n := l.place.StaffNumber; n != "" {
			m.numbers[n] = l.key
		}
		if o := m.byKey[l.key]; o != nil {
			o.seen = true // also where the row must be put right: nobody leaves by a typing error
		}
	}
	for _, o := range m.all {
		if boss := m.byID[o.place.Manager]; boss != nil {
			m.manages[o.key] = boss.key
		}
	}
	managers := make([]string, len(lines))
	for i, l := range lines {
		managers[i] = m.managerKey(l)
		if m.at.Has(ColumnManager) && l.key != "" {
			m.manages[l.key] = managers[i]
		}
	}
	for i, l := range lines {
		if l.place.JobRole == "" {
			continue
		}
		if m.circle(l.key) {
			m.wrong(l.row, ColumnManager, "people.position.manager_circle", l.manager)
			continue
		}
		m.one(l, managers[i])
	}
}

// managerKey is the address of the manager whom a row names, by address or number.
func (m *importMatch) managerKey(l importLine) string {
	if l.manager == "" {
		return ""
	}
	key := strings.ToLower(l.manager)
	if !strings.Contains(l.manager, "@") {
		number := strings.Join(strings.Fields(l.manager), " ")
		key = m.numbers[number]
		if o := m.byNumber[number]; key == "" && len(o) == 1 {
			key = o[0].key
		}
	}
	if o := m.behind[key]; o != nil {
		key = o.key
	}
	if _, waits := m.waiting[key]; key == "" || m.byKey[key] == nil && !m.keys[key] && !waits {
		m.wrong(l.row, ColumnManager, "people.import.fault.manager", l.manager)
		return ""
	}
	return key
}

// circle says whether somebody would manage themselves in the end.
func (m *importMatch) circle(key string) bool {
	up := m.manages[key]
	for range 200 {
		if up == "" {
			return false
		}
		if up == key {
			return true
		}
		up = m.manages[up]
	}
	return false // others' circle, said of them
}

// one makes the steps of one row.
func (m *importMatch) one(l importLine, manager string) {
	o := m.byKey[l.key]
	w, waits := m.waiting[l.key]
	at := w.place.Team
	if o != nil {
		at = o.place.Team
	}
	team, made, key := m.teams.find(l.team, at)
	if key != "" {
		m.wrong(l.row, ColumnTeam, key, l.team)
		return
	}
	for _, s := range made {
		m.plan.steps, m.plan.Teams = append(m.plan.steps, s), append(m.plan.Teams, s.Path)
	}
	after := l.place
	after.Team, after.Manager = team, manager
	if m.othersNumber(l, o) {
		return
	}
	if o == nil {
		m.newcomer(l, after, w, waits)
		return
	}
	if o.name != l.name {
		m.plan.Notes = append(m.plan.Notes, ImportFault{l.row, ColumnName, noteName, o.name})
	}
	if after.Language != "" && after.Language != o.language {
		m.plan.Notes = append(m.plan.Notes, ImportFault{l.row, ColumnLang, noteLanguage, m.words.T(m.lang, languageWords+"."+string(after.Language))})
	}
	after.Language = "" // they chose theirs
	after = m.kept(after, o.place)
	if m.at.Has(ColumnManager) {
		after.Manager = ""
		if boss := m.byKey[manager]; boss != nil {
			after.Manager = boss.id
		} else if manager != "" { // who is not there yet manages nobody
			after.Manager = o.place.Manager
			m.plan.Notes = append(m.plan.Notes, ImportFault{l.row, ColumnManager, noteManager, manager})
		}
	}
	if after == o.place {
		m.plan.Unchanged++
		return
	}
	m.plan.steps = append(m.plan.steps, importStep{Verb: stepChange, Row: l.row, Subject: o.id, Person: o.person, Before: o.place, After: after})
	m.plan.Changed = append(m.plan.Changed, ImportPerson{Row: l.row, Position: o.id, Name: o.name, Email: o.email, Changes: m.changes(o.place, after)})
}

// othersNumber says whether the number that a row gives somebody is that of somebody
// who is there and in no row: of a newcomer's, the address was changed on one side,
// and one person would be two. o is whom the row is about; nil for a newcomer.
func (m *importMatch) othersNumber(l importLine, o *placed) bool {
	if o != nil && o.place.StaffNumber == l.place.StaffNumber {
		return false
	}
	for _, other := range m.byNumber[l.place.StaffNumber] {
		if !other.seen && m.at.Has(ColumnNumber) {
			m.wrong(l.row, ColumnNumber, "people.import.fault.number_theirs", l.place.StaffNumber)
			return true
		}
	}
	return false
}

// newcomer is somebody who is not there: to be invited, or invited already.
func (m *importMatch) newcomer(l importLine, after Placement, w waitingOne, waits bool) {
	one := ImportPerson{Row: l.row, Name: l.name, Email: l.email}
	if !waits {
		m.plan.steps = append(m.plan.steps, importStep{Verb: stepInvite, Row: l.row, Name: l.name, Email: l.email, Key: l.key, After: after})
		back := m.left[plain(l.key)]
		one.Position, one.LeftOn = back.id, back.on
		m.plan.New = append(m.plan.New, one)
		return
	}
	after.Language = cmp.Or(after.Language, w.place.Language)
	after = m.kept(after, w.place)
	if after == w.place {
		m.plan.Unchanged++
		return
	}
	one.Waiting, one.Changes = true, m.changes(w.place, after)
	m.plan.steps = append(m.plan.steps, importStep{Verb: stepWaiting, Row: l.row, Subject: w.id, Key: l.key, Before: w.place, After: after})
	m.plan.Changed = append(m.plan.Changed, one)
}

// kept is what a row says, and of what the list has no column for what was there.
func (m *importMatch) kept(after, was Placement) Placement {
	if !m.at.Has(ColumnTeam) {
		after.Team = was.Team
	}
	if !m.at.Has(ColumnGroup) {
		after.Group = was.Group
	}
	if !m.at.Has(ColumnSince) {
		after.WorksSince = was.WorksSince
	}
	if !m.at.Has(ColumnNumber) {
		after.StaffNumber = was.StaffNumber
	}
	if !m.at.Has(ColumnManager) {
		after.Manager = was.Manager
	}
	return after
}

// changes says what differs, in words that a reader knows.
func (m *importMatch) changes(from, to Placement) (all []ImportChange) {
	add := func(c Column, was, is string) {
		if was != is {
			all = append(all, ImportChange{c, was, is})
		}
	}
	add(ColumnJob, string(from.JobRole), string(to.JobRole))
	add(ColumnTeam, m.teams.path(from.Team, m.lang), m.teams.path(to.Team, m.lang))
	add(ColumnGroup, string(from.Group), string(to.Group))
	add(ColumnSince, from.WorksSince, to.WorksSince)
	add(ColumnNumber, from.StaffNumber, to.StaffNumber)
	add(ColumnLang, string(from.Language), string(to.Language))
	add(ColumnManager, m.managerName(from.Manager), m.managerName(to.Manager))
	return all
}

// managerName is how a manager is called: by name where they are there, else by
// address.
func (m *importMatch) managerName(id string) string {
	if id == "" || strings.Contains(id, "@") {
		return id
	}
	if o := m.byID[id]; o != nil {
		return o.name
	}
	return "–" // whoever has left
}
