package admin

import (
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// stand reads where somebody who is invited will stand.
func stand(c *web.Context) people.Stand {
	return people.Stand{Team: c.Field("team"), Group: people.Group(c.Field("group")), WorksSince: c.Field("works_since")}
}

// standing offers to say it; an administrator, who sees no agency's teams, says
// nothing.
func (i invitations) standing(c *web.Context, v people.Viewer, s people.Stand) ([]web.Input, error) {
	team, err := i.team(c, v, s.Team)
	if err != nil || !i.lead() {
		return nil, err
	}
	group := []web.Option{{Label: c.T("lead.none")}}
	for _, g := range people.Groups {
		group = append(group, web.Option{Value: string(g), Label: c.T("lead.group_named", "Group", string(g)), Chosen: g == s.Group})
	}
	return append(team, web.Input{Name: "group", Label: c.T("lead.group"), Hint: c.T("lead.group_hint"), Options: group},
		web.Input{Name: "works_since", Label: c.T("lead.works_since"), Hint: c.T("lead.day_hint"), Value: s.WorksSince, Kind: "date", Short: true}), nil
}

// team offers the teams of the agencies that the viewer leads; none where there
// are none, and no team where they lead more than a part.
func (i invitations) team(c *web.Context, v people.Viewer, chosen string) ([]web.Input, error) {
	if !i.lead() {
		return nil, nil
	}
	var all []web.Option
	whole := false
	for _, place := range v.Led() {
		_, scope, err := v.LedAt(place.Key())
		if err != nil {
			return nil, err
		}
		teams, err := people.Teams(i.DB.Read(c.Request().Context()), scope, c.Lang)
		if err != nil {
			return nil, err
		}
		whole = whole || scope.IsWhole()
		for _, t := range teams {
			label := strings.Repeat("– ", t.Depth) + t.Name.In(c.Lang)
			if len(v.Led()) > 1 {
				label = place.Organisation.Name.In(c.Lang) + ": " + label
			}
			all = append(all, web.Option{Value: t.ID, Label: label, Chosen: t.ID == chosen})
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	if whole {
		all = append([]web.Option{{Label: c.T("lead.none")}}, all...)
	}
	return []web.Input{{Name: "team", Label: c.T("lead.team"), Options: all}}, nil
}

// lead says whether these are the pages of leads.
func (i invitations) lead() bool { return strings.HasPrefix(i.at, "/lead") }
