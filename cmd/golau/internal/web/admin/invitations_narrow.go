package admin

import (
	"net/url"
	"slices"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
)

// invitationStates are the states that are asked for; "" is all but those withdrawn.
var invitationStates = []string{"", "waiting", "registered", "undelivered", "withdrawn"}

// narrowed reads which invitations are asked for: those of an agency that the
// viewer leads, those in a state, those whose name or address holds some words.
func (i invitations) narrowed(c *web.Context, v people.Viewer, p *invitationsPage) (f people.InvitationFilter, err error) {
	asked := url.Values{}
	if p.At = c.QueryParam("at"); p.At != "" && p.Lead {
		_, scope, err := v.LedAt(p.At)
		if err != nil {
			return f, err
		}
		f.At = &scope
		asked.Set("at", p.At)
	}
	state := c.QueryParam("state")
	if !slices.Contains(invitationStates, state) {
		state = ""
	}
	f.Waiting, f.Undelivered, f.Registered, f.Withdrawn = state == "waiting", state == "undelivered", state == "registered", state == "withdrawn"
	if f.Words = strings.TrimSpace(c.QueryParam("q")); f.Words != "" {
		p.Narrowed = "invitations.narrowed.words"
		asked.Set("q", f.Words)
	}
	if state != "" {
		p.Narrowed = "invitations.narrowed." + state
		asked.Set("state", state)
	}
	p.find(c, state, f.Words)
	if p.Asked = "?"; len(asked) > 0 {
		p.Asked = "?" + asked.Encode() + "&"
	}
	return f, nil
}

// find fills in what is asked for.
func (p *invitationsPage) find(c *web.Context, state, words string) {
	p.Words = web.Input{Name: "q", Label: c.T("lead.people.words"), Value: words, Kind: "search"}
	p.State = web.Input{Name: "state", Label: c.T("invitations.column.state")}
	for _, s := range invitationStates {
		key := "invitations.find." + s
		if s == "" {
			key = "invitations.find.any"
		}
		p.State.Options = append(p.State.Options, web.Option{Value: s, Label: c.T(key), Chosen: s == state})
	}
	p.FormID, p.FormTo, p.FormGet = "find", p.Here, true
}

// over notes whether the list is empty since all that was sent was withdrawn.
func (i invitations) over(c *web.Context, v people.Viewer, f people.InvitationFilter, p *invitationsPage) error {
	if len(p.Invitations) > 0 || p.Narrowed != "" || p.Page > 0 {
		return nil
	}
	f.Withdrawn = true
	gone, _, err := people.InvitationsWanted(i.DB.Read(c.Request().Context()), v, f, 0)
	p.Over = len(gone) > 0
	return err
}
