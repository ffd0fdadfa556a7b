package people

import (
	"strings"

	"golau/internal/i18n"
)

// between stands between a team and the one within it, in a list.
const between = " / "

// teamPaths finds the teams of an agency by the way to them.
type teamPaths struct {
	within map[string]string    // "parent/name" in either language → id
	whole  map[string]string    // the way as a whole → id
	depth  map[string]int       // how many each lies within
	paths  map[string]i18n.Text // of each team, by id
}

func newTeamPaths(teams []Team) *teamPaths {
	p := &teamPaths{within: map[string]string{}, whole: map[string]string{}, depth: map[string]int{}, paths: map[string]i18n.Text{}}
	for _, t := range teams { // each stands before those within it
		way := t.Name
		if above, in := p.paths[t.Parent]; in {
			way = i18n.Text{EN: above.EN + between + t.Name.EN, CY: above.CY + between + t.Name.CY}
		}
		p.paths[t.ID], p.depth[t.ID] = way, t.Depth
		for _, l := range i18n.Langs {
			p.within[t.Parent+"/"+plain(t.Name.In(l))] = t.ID
			p.whole[plain(way.In(l))] = t.ID
		}
	}
	return p
}

// newTeam begins the id of a team that is yet to be made.
const newTeam = "new:"

// find returns the team at the end of a way, and the teams that must be made for
// it, each as its way; key says what is wrong with it, "" when nothing is.
func (p *teamPaths) find(way string) (id string, made []importStep, key string) {
	if way == "" {
		return "", nil, ""
	}
	if id, there := p.whole[plain(way)]; there {
		return id, nil, ""
	}
	full := ""
	for depth, part := range strings.Split(way, between) {
		name, err := cleanText("name", i18n.Text{EN: part, CY: part})
		switch {
		case err != nil:
			return "", nil, "people.import.fault.team"
		case depth >= deepest:
			return "", nil, "people.team.deep"
		}
		if full != "" {
			full += between
		}
		full += name.EN
		at := id + "/" + plain(name.EN)
		next, there := p.within[at]
		if !there {
			next = newTeam + plain(full)
			made = append(made, importStep{Verb: stepTeam, Subject: next, Name: name.EN, After: Placement{Team: id}, Path: full})
			p.within[at], p.paths[next] = next, i18n.Text{EN: full, CY: full}
		}
		id = next
	}
	return id, made, ""
}
