package scenario

import (
	"strings"
	"testing"
)

// A condition reads the case's clock: after the minutes of a choice, and when the
// hours before a decision have passed.
func TestTheClockOpensAndCloses(t *testing.T) {
	s := lamp(t, `if: "told or trust >= 1", to: d3`, `if: "clock < 09:20", to: d3`, `if: "trust >= 2"`, `if: "clock <= 09:15"`,
		"  text: {en: \"The bell.\", cy: \"Y gloch.\"}", "  text_if:\n  - {if: \"clock > 10:30\", en: \"The last bell.\", cy: \"Y gloch olaf.\"}\n  - {en: \"The bell.\", cy: \"Y gloch.\"}")
	if f := s.Prepare(); len(f) > 0 {
		t.Fatal(f)
	}
	for choices, want := range map[string][2]string{
		"d1.a d2.a": {"She spells a name.", "The bell."}, // 09:15, and 10:15
		"d1.b d2.a": {"It is kept.", "Nobody is here."},  // 09:35
		"d1.b d2.b": {"An hour goes by.", "The last bell."},
	} {
		p, err := s.Play(by(choices))
		if err != nil || p.Turns[1].Then.EN != want[0] || p.Now.Text.EN != want[1] {
			t.Errorf("%s: %v, %+v", choices, err, p)
		}
	}
}

// Whoever goes every way there is goes it at every time: what is met with the
// same state at another time is met too.
func TestTheWalkFollowsTheClock(t *testing.T) {
	same := []string{"minutes: 5, set: {trust: -1}", "minutes: 5", `if: "not told and trust < 1", hours: 2`, `if: "clock > 09:25", hours: 2`, `if: "told or trust >= 1"`, `if: "clock < 10:00"`}
	s := lamp(t, append(same, `if: "trust >= 2"`, `if: "not told and clock < 09:20"`)...)
	if f := s.Prepare(); len(f) > 0 {
		t.Errorf("what is met at one time alone is missed: %v", f)
	}
	for condition, want := range map[string]string{
		"clock < 09:00":         `the text for "clock < 09:00" is never shown`,
		"clock >= 30:00":        `the text for "clock >= 30:00" is never shown`,
		"clock > 09:00":         "the text without a condition is never shown",
		"clock >= 9":            `the clock is compared with a time like 06:40, not with "9"`,
		"clock >= 09:75":        `the clock is compared with a time like 06:40, not with "09:75"`,
		"clock":                 `the number "clock" needs a comparison`,
		"told and trust > 9:00": `"9:00" is no number`,
	} {
		faulty(t, lamp(t, append(same, `if: "trust >= 2"`, `if: "`+condition+`"`)...), want)
	}
	faulty(t, lamp(t, "state: {", "state: {clock: 5, "), "clock is the case's time")
	faulty(t, lamp(t, "set: {trust: -1}", "set: {clock: 5}"), "the clock is moved by minutes, not by set")
}

func faulty(t *testing.T, s *Scenario, want string) {
	t.Helper()
	var all []string
	for _, f := range s.Prepare() {
		all = append(all, f.Message)
	}
	if !strings.Contains(strings.Join(all, "\n"), want) {
		t.Errorf("nothing says %q: %q", want, all)
	}
}
