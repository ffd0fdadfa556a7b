package seed

import (
	"golau/internal/i18n"
	"golau/internal/people"
)

// Member is one of the cast: somebody whom tests, the demonstration and pictures
// of the screens all know by name.
type Member struct {
	Key          string // how SignInAs calls them
	Name         string
	Role         people.Role
	JobRole      people.JobRole
	Language     i18n.Lang
	Organisation string // key
	Board        string // key
}

// Email is the member's address. It is read by nobody: .example leads nowhere.
func (m Member) Email() string { return m.Key + "@demo.example" }

// Cast is the whole cast, in the order of the sign-in page.
//
// Rhian has everything before her, in Welsh. Tom is half way through, Aisha has
// finished; Elin has all but the last module's check before her, Idris the final
// assessment alone. Siân and Megan stand for one region, Dafydd and Owen for the other,
// so that a leak between the two shows.
var Cast = []Member{
	{Key: "rhian", Name: "Rhian Morgan", Role: people.Learner, JobRole: people.Education, Language: i18n.CY, Organisation: "arian-schools", Board: arian},
	{Key: "tom", Name: "Tom Bevan", Role: people.Learner, JobRole: people.Health, Language: i18n.EN, Organisation: "arian-health", Board: arian},
	{Key: "aisha", Name: "Aisha Karim", Role: people.Learner, JobRole: people.SocialCare, Language: i18n.EN, Organisation: "arian-council", Board: arian},
	{Key: "elin", Name: "Elin Prys", Role: people.Learner, JobRole: people.Education, Language: i18n.CY, Organisation: "arian-schools", Board: arian},
	{Key: "idris", Name: "Idris Vaughan", Role: people.Learner, JobRole: people.Health, Language: i18n.EN, Organisation: "hafren-health", Board: hafren},
	{Key: "sian", Name: "Siân Pritchard", Role: people.Lead, JobRole: people.SocialCare, Language: i18n.CY, Organisation: "arian-council", Board: arian},
	{Key: "dafydd", Name: "Dafydd Tomos", Role: people.Lead, JobRole: people.Health, Language: i18n.CY, Organisation: "hafren-health", Board: hafren},
	{Key: "megan", Name: "Megan Howells", Role: people.Officer, JobRole: people.SocialCare, Language: i18n.EN, Organisation: "arian-board", Board: arian},
	{Key: "owen", Name: "Owen Price", Role: people.Officer, JobRole: people.SocialCare, Language: i18n.EN, Organisation: "hafren-board", Board: hafren},
	{Key: "alex", Name: "Alex Griffin", Role: people.Admin, JobRole: people.SocialCare, Language: i18n.EN, Organisation: "arian-board", Board: arian},
}
