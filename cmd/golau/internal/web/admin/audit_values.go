package admin

import (
	"slices"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/steward"
)

// toldPair is one name of a detail in words, and what it says.
type toldPair struct {
	Name   string
	Values []toldValue // two where somebody wrote it in both languages
}

// toldValue is a value, and its language where that is not the page's.
type toldValue struct{ Text, Lang string }

// String is the pair in one cell of a sheet.
func (p toldPair) String() string {
	words := make([]string, len(p.Values))
	for i, v := range p.Values {
		words[i] = v.Text
	}
	return p.Name + ": " + strings.Join(words, " / ")
}

// ValueWords says of the details whose values are words of the program which
// messages say them. A test holds that every value which the record can have is
// among them, in both languages.
var ValueWords = map[string]string{
	"role": "people.role.", "job_role": "people.job_role.", "nation": "people.nation.",
	"language": "invitations.language.", "lang": "invitations.language.", "verb": "admin.audit.verb.",
	"factor": wordsOf("factor"), "purpose": wordsOf("purpose"), "outcome": wordsOf("outcome"),
	"fault": wordsOf("fault"), "timing": wordsOf("timing"), "proof": wordsOf("proof"), "why": wordsOf("why"), "step": "admin.setup.name.",
	"report": wordsOf("report"),
}

// wordsOf are the messages that say the values of a detail only the record has.
func wordsOf(detail string) string { return "admin.audit.value." + detail + "." }

// OwnValues are the details that say the same in both languages: what somebody
// wrote or is called, numbers, addresses, and names that a standard gives.
var OwnValues = []string{"account", "accounts", "acr", "address", "agencies", "amr", "apps", "area", "basis", "board", "boards", "client_id",
	"codes", "connections_kept", "connections_removed", "council", "council_key", "countersigns", "cycle", "day_number", "days", "domain", "domains", "edition", "email",
	"ended_sessions", "every_months", "failures", "grace_days", "helpers", "hours", "id", "identity", "changed", "invited", "leavers", "passed", "invitations_sent_again", "invitations_withdrawn", "issuer",
	"kept", "key", "leads", "lines", "link", "lost", "membership", "memberships_ended", "memberships_moved",
	"n", "name", "number", "of", "organisation", "out_of_hours_number", "own_kind", "passkey", "parent", "people", "person", "phone", "position", "provider", "providers", "rule", "run", "scopes",
	"manager", "sends", "session", "sessions", "sign_ins", "steps", "staff_number", "subject", "team", "website", "window_from", "window_to", "wrong_codes", "count", "teams", "token", "reviewer", "stays", "duplicate"}

// OtherValues are the details that tellValue itself puts into words.
var OtherValues = []string{"about", "added", "after", "before", "checked_on", "counts", "from", "group", "kind", "made_administrator", "new_secret", "on", "on_day", "only_way",
	"owner", "parts", "privacy", "reason", "review_by", "second_factor", "since_from", "to", "unconfirmed", "via", "whole", "works_since", "until"}

// schedules are the verbs whose details are called as the schedule calls them.
var schedules = []string{"site.retention_changed", "site.retention_run"}

// pairName is what a detail is called in a line with the verb.
func pairName(c *web.Context, verb, name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		key := "admin.audit.detail." + part
		if kind := "retention.kind." + part; i > 0 && slices.Contains(schedules, verb) && c.Site.Words.Has(kind) {
			key = kind
		}
		parts[i] = said(c, key, part)
	}
	return strings.Join(parts, ", ")
}

// tellPair says one name and value of a detail in words. What was written in
// both languages is shown in both, since one of them may have changed alone.
func (r *Room) tellPair(c *web.Context, verb string, p steward.Pair) toldPair {
	t := toldPair{Name: pairName(c, verb, p.Name)}
	if !p.Both || p.Called.EN == p.Called.CY {
		t.Values = []toldValue{{Text: r.tellValue(c, verb, p)}}
		return t
	}
	for _, l := range []i18n.Lang{c.Lang, c.Lang.Other()} {
		v := toldValue{Text: dash(p.Called.In(l))}
		if l != c.Lang {
			v.Lang = string(l)
		}
		t.Values = append(t.Values, v)
	}
	return t
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// tellValue says a value in words.
func (r *Room) tellValue(c *web.Context, of string, p steward.Pair) string {
	last := p.Name[strings.LastIndex(p.Name, ".")+1:]
	switch {
	case p.Called.EN != "":
		return p.Called.In(c.Lang)
	case p.Value == "true" || p.Value == "false":
		return c.T("admin.audit.is." + p.Value)
	case p.Value == "":
		return "–"
	case ValueWords[last] != "":
		return said(c, ValueWords[last]+p.Value, p.Value)
	}
	switch last {
	case "via":
		return said(c, "admin.audit.by."+p.Value, door(c, p.Value))
	case "reason":
		if of == "people.signin_refused" {
			return said(c, "admin.audit.value.refused."+p.Value, p.Value)
		}
	case "kind":
		return kindOf(c, of, p.Value)
	case "about":
		if card, ok := r.School.Library().Card(p.Value); ok {
			return card.Title.In(c.Lang)
		}
	case "group":
		return c.T("lead.group_named", "Group", p.Value)
	case "parts":
		var titles []string
		for _, slug := range strings.Fields(p.Value) {
			if m, ok := r.School.Library().Module(slug); ok {
				titles = append(titles, m.Title.In(c.Lang))
			}
		}
		return strings.Join(titles, "; ")
	case "checked_on", "review_by", "from", "to", "on", "works_since", "since_from", "on_day", "until":
		return web.Day(c.Lang, p.Value)
	}
	return p.Value
}

// kindOf says of what kind a body or a job is, as the verb is about one.
func kindOf(c *web.Context, verb, kind string) string {
	switch {
	case strings.HasPrefix(verb, "outbox."):
		return what(c, kind)
	case strings.HasPrefix(verb, "people.board_"):
		if kind == people.KindOwn {
			return c.T("admin.audit.value.kind.own")
		}
		return people.Board{Kind: kind}.KindName().In(c.Lang)
	}
	return people.Organisation{Kind: kind}.KindName().In(c.Lang)
}
