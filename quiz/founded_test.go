package quiz

import (
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Nobody is asked about what is no longer so, and practice is not worded as law,
// in either language; what is wrong in an option is answered by its feedback.
func TestQuestionsRestOnWhatIsSo(t *testing.T) {
	facts := Facts{
		Past:     func(id string) bool { return id == "H-01" },
		Practice: func(id string) bool { return id == "L-02" },
		Binding: func(l i18n.Lang, text string) string {
			if word := map[i18n.Lang]string{i18n.EN: "must", i18n.CY: "rhaid"}[l]; strings.Contains(text, word) {
				return word
			}
			return ""
		},
	}
	for name, c := range map[string]struct {
		from, to, want string
		warning        bool
	}{
		"sound":              {"", "", "", false},
		"a past question":    {"  facts: [L-01]\n  stem", "  facts: [H-01]\n  stem", "lamps.yaml:6: secret-q01: the question rests on H-01, which is no longer so", false},
		"a past option":      {"[L-01, L-02]", "[L-01, H-01]", "lamps.yaml:6: secret-q01: option secret-best rests on H-01", false},
		"practice as law":    {"facts: [L-01, L-02]\n    text: {en: \"Light", "facts: [L-02]\n    text: {en: \"You must light", "option secret-best says “must” and rests on practice alone [L-02]", true},
		"in Welsh":           {"facts: [L-01, L-02]\n    text: {en: \"Light the lamp\", cy: \"Cynnau’r", "facts: [L-02]\n    text: {en: \"Light the lamp\", cy: \"rhaid cynnau’r", "option secret-best says “rhaid”", true},
		"law beside it":      {"Light the lamp", "You must light the lamp", "", false},
		"wrong, as law":      {"    facts: [L-01]\n    worth: 0\n    text: {en: \"Sit", "    facts: [L-02]\n    worth: 0\n    text: {en: \"You must sit", "", false},
		"its feedback as so": {"    facts: [L-01]\n    worth: 0\n    text: {en: \"Sit and wait\", cy: \"Eistedd ac aros\"}\n    feedback: {en: \"", "    facts: [L-02]\n    worth: 0\n    text: {en: \"Sit and wait\", cy: \"Eistedd ac aros\"}\n    feedback: {en: \"must ", "option secret-none says “must”", true},
	} {
		text := fixture(t, "lamps.yaml")
		if !strings.Contains(text, c.from) {
			t.Errorf("%s: the fixture has no %q", name, c.from)
		}
		b, _ := load(t, "lamps.yaml", strings.Replace(text, c.from, c.to, 1))
		found := b.CheckFacts(facts)
		if c.want == "" && len(found) > 0 || c.want != "" && (len(found) != 1 || found[0].Warning != c.warning || !strings.Contains(found[0].String()+found[0].Message, c.want)) {
			t.Errorf("%s: want %q, found %v", name, c.want, found)
		}
	}
}
