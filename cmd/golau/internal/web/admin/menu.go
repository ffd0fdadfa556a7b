package admin

import "slices"

// group is some entries of the room's menu under one heading, admin.menu_group.<name>.
// An entry is the path below /admin, whose words are admin.menu.<entry>.
type group struct {
	name  string
	parts []string
}

// groups are the room's menu, below the way to the overview. A page that is in
// none of them is found from another page alone.
var groups = []group{
	{"people", []string{"people", "roles", "invitations", "joining"}},
	{"places", []string{"boards", "agencies", "councils", "local", "sign-ins", "systems"}},
	{"evidence", []string{"certificates", "review", "cases", "audit"}},
	{"running", []string{"health", "mail", "outbox", "retention", "site", "notices"}},
}

// hasPart says whether the room's menu has an entry.
func hasPart(name string) bool {
	return slices.ContainsFunc(groups, func(g group) bool { return slices.Contains(g.parts, name) })
}

// Entry is one entry of the room's menu.
type Entry struct {
	Name, Path string
	Here       bool
}

// Group is some of the menu's entries under a heading.
type Group struct {
	Name    string
	Entries []Entry
}

// Front is the way to the overview.
func (b Base) Front() Entry { return Entry{"front", "/admin", b.Part == "front"} }

// MenuHere is the entry where one is, "" on a page that has none: a phone shows it
// on the menu that is folded.
func (b Base) MenuHere() string {
	if b.Part == "front" || hasPart(b.Part) {
		return b.Part
	}
	return ""
}

// Menu is the room's menu as this page shows it.
func (b Base) Menu() []Group {
	menu := make([]Group, len(groups))
	for i, g := range groups {
		menu[i].Name = g.name
		for _, name := range g.parts {
			menu[i].Entries = append(menu[i].Entries, Entry{name, "/admin/" + name, name == b.Part})
		}
	}
	return menu
}
