package admin

import (
	"net/url"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// narrowed reads which invitations are asked for: those of an agency that the
// viewer leads, those that wait, those whose e-mail was given up.
func (i invitations) narrowed(c *web.Context, v people.Viewer, p *invitationsPage) (f people.InvitationFilter, err error) {
	asked := url.Values{}
	if at := c.QueryParam("at"); at != "" && p.Lead {
		_, scope, err := v.LedAt(at)
		if err != nil {
			return f, err
		}
		f.At = &scope
		asked.Set("at", at)
	}
	switch state := c.QueryParam("state"); state {
	case "waiting", "undelivered":
		f.Waiting, f.Undelivered = state == "waiting", state == "undelivered"
		p.Narrowed = "invitations.narrowed." + state
		asked.Set("state", state)
	}
	if p.Asked = "?"; len(asked) > 0 {
		p.Asked = "?" + asked.Encode() + "&"
	}
	return f, nil
}
