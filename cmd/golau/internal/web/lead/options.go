package lead

import (
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// teamOptions offers teams, those within others set in.
func teamOptions(c *web.Context, teams []people.Team, chosen string) (all []web.Option) {
	for _, t := range teams {
		all = append(all, web.Option{Value: t.ID, Label: strings.Repeat("– ", t.Depth) + t.Name.In(c.Lang), Chosen: t.ID == chosen})
	}
	return all
}

func jobOptions(c *web.Context, chosen people.JobRole) (all []web.Option) {
	for _, j := range people.JobRoles {
		all = append(all, web.Option{Value: string(j), Label: c.T("people.job_role." + string(j)), Chosen: j == chosen})
	}
	return all
}

func groupOptions(c *web.Context, chosen people.Group) (all []web.Option) {
	for _, g := range people.Groups {
		all = append(all, web.Option{Value: string(g), Label: c.T("lead.group_named", "Group", string(g)), Chosen: g == chosen})
	}
	return all
}

// done is the message of what was just done, "" for nothing.
func done(c *web.Context) string {
	if key := "lead.done." + c.Done(); c.Site.Words.Has(key) {
		return key
	}
	return ""
}
