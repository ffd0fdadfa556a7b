package people

import (
	"slices"
	"strings"

	"golau/internal/i18n"
)

// between stands between a team and the one within it, in a list.
const between = " / "

// teamPaths finds the teams of an agency by the way to them.
type teamPaths struct {
	within map[string][]string  // "parent/name" in either language → ids: names can be crossed
	whole  map[string][]string  // the way as a whole → ids
	depth  map[string]int       // how many each lies within
	paths  map[string]i18n.Text // of each team, by id
}

func newTeamPaths(teams []Team) *teamPaths {
	p := &teamPaths{within: map[string][]string{}, whole: map[string][]string{}, depth: map[string]int{}, paths: map[string]i18n.Text{}}
	for _, t := range teams { // each stands before those within it
		way := t.Name
		if above, in := p.paths[t.Parent]; in {
			way = i18n.Text{EN: above.EN + between + t.Name.EN, CY: above.CY + between + t.Name.CY}
		}
		p.paths[t.ID], p.depth[t.ID] = way, t.Depth
		for _, l := range i18n.Langs {
			also(p.within, t.Parent+"/"+plain(t.Name.In(l)), t.ID)
			also(p.whole, plain(way.In(l)), t.ID)
		}
	}
	return p
}

func also(ids map[string][]string, at, id string) {
	if !slices.Contains(ids[at], id) {
		ids[at] = append(ids[at], id)
	}
}

// isWay says whether a name reads as a way to a team within another.
func isWay(name string) bool {
	return slices.Contains(strings.Fields(name), strings.TrimSpace(between))
}

// newTeam begins the id of a team that is yet to be made.
const newTeam = "new:"

// find returns the team at the end of a way, and the teams that must be made for
// it, each as its way; key says what is wrong with it, "" when nothing is. now is the
// team that somebody is in: where the way is to two teams, they stay in theirs.
func (p *teamPaths) find(way, now string) (id string, made []importStep, key string) {
	if way == "" {
		return "", nil, ""
	}
	switch ids := p.whole[plain(way)]; {
	case slices.Contains(ids, now):
		return now, nil, ""
	case len(ids) > 1:
		return "", nil, "people.import.fault.team_two"
	case len(ids) == 1:
		return ids[0], nil, ""
	}
	full := ""
	for depth, part := range strings.Split(way, between) {
		name, err := cleanText("name", i18n.Text{EN: part, CY: part})
		switch {
		case err != nil, isWay(name.EN):
			return "", nil, "people.import.fault.team"
		case isFormula(name.EN) && len(p.within[id+"/"+plain(name.EN)]) == 0:
			return "", nil, "people.team.first"
		case depth >= deepest:
			return "", nil, "people.team.deep"
		}
		if full != "" {
			full += between
		}
		full += name.EN
		at := id + "/" + plain(name.EN)
		ids := p.within[at]
		if len(ids) > 1 {
			return "", nil, "people.import.fault.team_two"
		}
		next := newTeam + plain(full)
		if len(ids) == 1 {
			next = ids[0]
		} else {
			made = append(made, importStep{Verb: stepTeam, Subject: next, Name: name.EN, After: Placement{Team: id}, Path: full})
			p.within[at], p.paths[next] = []string{next}, i18n.Text{EN: full, CY: full}
		}
		id = next
	}
	return id, made, ""
}
