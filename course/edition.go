package course

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"golau/internal/i18n"
	"golau/modules"
	"golau/quiz"
)

// editionOf hashes what somebody is shown who takes a course: its modules, the
// questions of its final assessment, what it says of itself, and the rules. A
// module that is in no course of theirs changes nothing, nor does a worth or a
// comment in a bank.
func editionOf(c *Course, lib *modules.Library, banks *quiz.Banks) (string, error) {
	type entry struct {
		Slug, Edition string
		Needs         []string
		Draw          int
	}
	var entries []entry
	for _, e := range c.Entries {
		if m, ok := lib.Module(e.Slug); ok {
			entries = append(entries, entry{e.Slug, m.Edition, e.Needs, e.Draw})
		}
	}
	said, err := json.Marshal(struct {
		Slug, Edition, Final      string
		Title, Lead               i18n.Text
		Outcomes                  []i18n.Text
		Minutes, Last, ValidYears int
		Entries                   []entry
		CheckRules, FinalRules    quiz.Rules
	}{c.Slug, c.Edition, banks.Bank(c.Final.Bank).Shown, c.Title, c.Lead, c.Outcomes,
		minutes(c, lib), c.Final.Minutes, c.ValidYears, entries, c.Check, c.Final.Rules})
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:6]), err
}
