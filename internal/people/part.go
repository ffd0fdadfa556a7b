package people

import (
	"encoding/json"
	"strings"
)

// Part says for how much of an agency somebody answers: Whole, or a list of teams,
// which the database lays out with all that lie below them. The zero Part was given
// by nobody; a scope of it panics.
type Part string

// Whole is all of an agency, also whoever is in no team.
const Whole Part = "whole"

// someTeams begins the part that is a list of teams, of none too; someStaff that of
// a line manager.
const (
	someTeams = "teams"
	someStaff = "staff"
)

// ledPart is for how much of their agency the membership m leads, as a Part.
const ledPart = `CASE WHEN m.role <> 'lead' THEN '' WHEN m.leads_part = 0 THEN 'whole' ELSE 'teams' || coalesce((
		WITH RECURSIVE below (id) AS (SELECT team_id FROM people_led_teams WHERE membership_id = m.id
			UNION SELECT t.id FROM people_teams t JOIN below b ON t.parent_id = b.id)
		SELECT group_concat(' ' || t.id, '') FROM below b JOIN people_teams t ON t.id = b.id AND t.closed_at IS NULL), '') END`

// ids are the teams, or the people, of a part.
func (p Part) ids() []string {
	if f := strings.Fields(string(p)); len(f) > 1 {
		return f[1:]
	}
	return nil
}

// IsWhole says whether the scope holds everybody of the agency.
func (s OrganisationScope) IsWhole() bool { return s.granted() == Whole }

// granted returns the part; it panics where nobody gave one.
func (s OrganisationScope) granted() Part {
	kind, _, _ := strings.Cut(string(s.part), " ")
	if s.organisation == "" || s.board == "" || s.part != Whole && kind != someTeams && kind != someStaff {
		panic("people: an organisation scope that nobody granted")
	}
	return s.part
}

// Within is the condition that keeps a query of positions, or of the view roster,
// to the part that the scope holds; alias names the table there. Whoever is in no
// team is in no part.
func (s OrganisationScope) Within(alias string) (sql string, args []any) {
	return s.WithinBy(alias+".team_id", alias+".id")
}

// WithinBy is Within where the team and the position stand in columns of other
// names.
func (s OrganisationScope) WithinBy(team, position string) (sql string, args []any) {
	part := s.granted()
	if part == Whole {
		return "1 = 1", nil
	}
	list, err := json.Marshal(append([]string{}, part.ids()...))
	if err != nil { // texts are always lists
		panic(err)
	}
	column := team
	if s.OfStaff() {
		column = position
	}
	return column + " IN (SELECT value FROM json_each(?))", []any{string(list)}
}

// OfStaff says whether the scope is a line manager's: people by name.
func (s OrganisationScope) OfStaff() bool { return strings.HasPrefix(string(s.granted()), someStaff) }

// holds says whether a team lies within the part; "" is whoever is in none.
func (s OrganisationScope) holds(team string) bool {
	part := s.granted()
	if part == Whole {
		return true
	}
	for _, id := range part.ids() {
		if strings.HasPrefix(string(part), someTeams) && id == team {
			return true
		}
	}
	return false
}

// leading refuses a line manager's scope where a lead's is meant.
func (s OrganisationScope) leading() {
	if strings.HasPrefix(string(s.granted()), someStaff) {
		panic("people: a line manager's scope changes nothing and names nobody's page")
	}
}
