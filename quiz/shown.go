package quiz

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"golau/internal/i18n"
)

// shownEdition hashes what a learner sees of questions before they are marked: their
// words and how they are answered. Worths, facts, feedback and the mistake that a
// question is about change nothing.
func shownEdition(questions []question) (string, error) {
	type seen struct {
		ID    string
		Type  Kind
		Texts []i18n.Text
	}
	all := make([]seen, len(questions))
	for i, q := range questions {
		texts := []i18n.Text{q.Stem}
		for _, o := range q.Options {
			texts = append(texts, o.Text)
		}
		for _, s := range q.Steps {
			texts = append(texts, s.Text)
		}
		for _, p := range q.Pairs {
			texts = append(texts, p.Left, p.Right)
		}
		for _, l := range q.Lines {
			texts = append(texts, l.Label)
			for _, o := range l.Options {
				texts = append(texts, o.Text)
			}
		}
		all[i] = seen{q.ID, q.Type, texts}
	}
	said, err := json.Marshal(all)
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:6]), err
}
