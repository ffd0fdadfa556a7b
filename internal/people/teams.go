package people

import (
	"context"
	"slices"
	"strings"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/sheet"
	"golau/internal/store"
)

// Team is a part of an agency, which may lie within another.
type Team struct {
	ID     string
	Parent string // id; "" for one that lies in none
	Name   i18n.Text
	Depth  int // how many it lies within
	// People is how many are in it, and Within how many in it and in all below.
	People, Within int
}

// Teams returns the open teams of what the scope holds as a tree laid flat: each
// before those within it, and beside each other in the order of the language. Of a
// part, the teams that somebody was set to lead lie in none. Nobody is counted.
func Teams(rx store.Rx, s OrganisationScope, l i18n.Lang) ([]Team, error) {
	return teamsOf(rx, s, l, "0")
}

// TeamsCounted is Teams with how many people are in each.
func TeamsCounted(rx store.Rx, s OrganisationScope, l i18n.Lang) ([]Team, error) {
	return teamsOf(rx, s, l, inTeam)
}

// inTeam counts who is in the team t.
const inTeam = "(SELECT count(*) FROM people_positions q WHERE q.team_id = t.id AND q.team_id IS NOT NULL AND q.left_at IS NULL)"

func teamsOf(rx store.Rx, s OrganisationScope, l i18n.Lang, count string) ([]Team, error) {
	s.leading()
	all, err := allTeams(rx, s, l, count)
	if err != nil || s.IsWhole() {
		return all, err
	}
	within := map[string][]Team{}
	for _, t := range all {
		if !s.holds(t.ID) {
			continue
		}
		if !s.holds(t.Parent) {
			t.Parent = ""
		}
		within[t.Parent] = append(within[t.Parent], t)
	}
	all, _ = lay(within, "", 0)
	return all, nil
}

// allTeams returns the tree of an agency, also what lies outside the scope.
func allTeams(rx store.Rx, s OrganisationScope, l i18n.Lang, count string) ([]Team, error) {
	var rows []struct {
		ID, Parent, NameEN, NameCY string
		People                     int
	}
	err := rx.Raw("SELECT t.id, coalesce(t.parent_id, '') AS parent, t.name_en, t.name_cy, "+count+` AS people
		FROM people_teams t WHERE t.organisation_id = ? AND t.board_id = ? AND t.closed_at IS NULL`, s.Organisation(), s.Board()).Scan(&rows).Error
	within := map[string][]Team{}
	for _, r := range rows {
		within[r.Parent] = append(within[r.Parent], Team{ID: r.ID, Parent: r.Parent, Name: i18n.Text{EN: r.NameEN, CY: r.NameCY}, People: r.People})
	}
	by := i18n.Collator(l)
	for _, ts := range within {
		slices.SortFunc(ts, func(a, b Team) int { return by.CompareString(a.Name.In(l), b.Name.In(l)) })
	}
	all, _ := lay(within, "", 0)
	return all, store.Explain(err)
}

// lay lays what lies within a team flat, and counts its people.
func lay(within map[string][]Team, parent string, depth int) (all []Team, people int) {
	for _, t := range within[parent] {
		below, n := lay(within, t.ID, depth+1)
		t.Depth, t.Within = depth, t.People+n
		all = append(append(all, t), below...)
		people += t.Within
	}
	return all, people
}

// deepest is how many teams may lie within each other.
const deepest = 8

// SaveTeam adds a team ("" as its id) or changes one: its name, of which one
// language may be left empty where it is the same in both, and in which other it
// lies. The problem is Invalid with the fields name_en, name_cy, parent: a team
// cannot lie in itself, nor in one below it. A team of another agency is NotFound.
func (d *Directory) SaveTeam(ctx context.Context, v Viewer, s OrganisationScope, t Team) (id string, err error) {
	err = d.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) (err error) {
		id, err = SaveTeamIn(tx, s, t)
		return err
	})
	return id, err
}

// SaveTeamIn is SaveTeam within a transaction that somebody has opened already.
func SaveTeamIn(tx store.Tx, s OrganisationScope, t Team) (string, error) {
	t.Name = i18n.Text{EN: strings.TrimSpace(t.Name.EN), CY: strings.TrimSpace(t.Name.CY)}
	typed := t.Name
	setDefault(&t.Name.CY, t.Name.EN)
	setDefault(&t.Name.EN, t.Name.CY)
	all := faults{}
	name, err := cleanText("name", t.Name)
	all.note(err)
	if name.EN == "" { // neither, and one is enough
		delete(all, "name_cy")
		all.at("name_en", "people.team.required")
	}
	teams, err := allTeams(tx.Rx, s, i18n.EN, "0")
	if err != nil {
		return "", err
	}
	was := slices.IndexFunc(teams, func(o Team) bool { return o.ID == t.ID })
	if was < 0 || teams[was].Name != name {
		nameTeam(all, name)
	}
	switch "" { // what stands for both is wrong once
	case typed.CY:
		delete(all, "name_cy")
	case typed.EN:
		delete(all, "name_en")
	}
	if t.ID != "" && (was < 0 || !s.holds(t.ID)) {
		return "", notFound()
	}
	switch top := was >= 0 && !s.holds(teams[was].Parent); {
	case top && t.Parent == "":
		t.Parent = teams[was].Parent
	case top: // where a part begins stays where it is
		all.at("parent", "people.team.part_top")
	case !s.holds(t.Parent):
		all.at("parent", "people.team.unknown")
	}
	if key := mayLieIn(teams, t); key != "" && all["parent"] == "" {
		all.at("parent", key)
	}
	if slices.ContainsFunc(teams, func(o Team) bool { return o.ID != t.ID && o.Parent == t.Parent && sameName(o.Name, name) }) {
		all.at("name_en", "people.team.taken")
	}
	if err := all.err(); err != nil {
		return "", err
	}
	after := map[string]any{"name": name, "parent": t.Parent}
	if t.ID == "" {
		t.ID = tx.NewID()
		err := tx.Exec(`INSERT INTO people_teams (id, organisation_id, board_id, parent_id, name_en, name_cy, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, t.ID, s.Organisation(), s.Board(), orNull(t.Parent), name.EN, name.CY, tx.Now).Error
		if err != nil {
			return "", err
		}
		return t.ID, audit.Record(tx, "people.team_added", "team:"+t.ID, after)
	}
	if o := teams[was]; o.Name == name && o.Parent == t.Parent {
		return t.ID, nil
	}
	err = tx.Exec("UPDATE people_teams SET parent_id = ?, name_en = ?, name_cy = ? WHERE id = ?", orNull(t.Parent), name.EN, name.CY, t.ID).Error
	if err != nil {
		return "", err
	}
	return t.ID, audit.Record(tx, "people.team_changed", "team:"+t.ID, map[string]any{
		"before": map[string]any{"name": teams[was].Name, "parent": teams[was].Parent}, "after": after})
}

// sameName says whether two names are one in either language.
func sameName(a, b i18n.Text) bool {
	en, cy := plain(b.EN), plain(b.CY)
	return plain(a.EN) == en || plain(a.CY) == cy || plain(a.EN) == cy || plain(a.CY) == en // a list names a team in either
}

// nameTeam refuses names that a list does not take as they are: those that read as a
// way to a team within another, and those that a sheet takes for a formula.
func nameTeam(all faults, name i18n.Text) {
	for field, one := range map[string]string{"name_en": name.EN, "name_cy": name.CY} {
		switch {
		case isWay(one):
			all.at(field, "people.team.way")
		case isFormula(one) && all[field] == "":
			all.at(field, "people.team.first")
		}
	}
}

// isFormula says whether a sheet would take a text for something to work out.
func isFormula(s string) bool { return sheet.Cell(s) != s }

// mayLieIn says what is wrong with where a team is to lie; "" when nothing is.
func mayLieIn(teams []Team, t Team) string {
	byID := map[string]Team{}
	for _, o := range teams {
		byID[o.ID] = o
	}
	up := t.Parent
	for range deepest {
		if up == "" {
			return ""
		}
		if up == t.ID {
			return "people.team.within_itself"
		}
		parent, ok := byID[up]
		if !ok {
			return "people.team.unknown"
		}
		up = parent.Parent
	}
	return "people.team.deep"
}
