package modules

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
	"golau/modules/scenario"
)

const lampCase = "lamp/cases/lamp.yaml"

// Whoever mends a case is led to the line, and told how.
func TestCaseFaultsHaveTheirLine(t *testing.T) {
	for name, tc := range map[string]struct{ from, to, at, want string }{
		"in the file":      {"id: lamp", "id: lantern", "id: lamp", `id: it is "lantern"`},
		"at the start":     {`clock: "09:00"`, `clock: "nine"`, "start:", `the clock "nine" is no time of day like 06:05`},
		"in a decision":    {`ask: {en: "And then?", cy: "Ac wedyn?"}`, `ask: {en: "And then?", cy: ""}`, "- id: d2", "decision d2: what is asked is missing"},
		"in an option":     {`cy: "Ffonio"`, `cy: ""`, "- {id: a, path: recommended, minutes: 10", "decision d1, option a: text or then is missing"},
		"in the way on":    {"to: e_dim}]}\n- id: d3_late", "to: e_din}]}\n- id: d3_late", "- {id: c, path: costly, minutes: 5, facts: [X-01], text: {en: \"Hope\"", `leads to "e_din"`},
		"in an ending":     {`cy: "Golau gwan."`, `cy: ""`, "- {id: e_dim", "ending e_dim: the text is missing"},
		"when looked back": {`cy: "Mae’n aros."}}`, `cy: ""}}`, `- {at: {en: "later"`, "debrief of later: why is missing"},
		"in the debrief":   {`cy: "Dywedwch."`, `cy: ""`, "debrief:", "debrief: the key is missing"},
		"a dead end":       {"goto: [{to: d3}]", "goto: []", `- {id: b, path: open, minutes: 5, facts: [X-01], text: {en: "Wait"`, "the last goto must need no if"},
		"not to be read":   {"roles: [education]", "rolls: [education]", "roles: [education]", `unknown field "rolls"`},
	} {
		files := good(t)
		raw := strings.ReplaceAll(string(files[lampCase].Data), "X-01", "R-01")
		tc.at, tc.from, tc.to = strings.ReplaceAll(tc.at, "X-01", "R-01"), strings.ReplaceAll(tc.from, "X-01", "R-01"), strings.ReplaceAll(tc.to, "X-01", "R-01")
		if !strings.Contains(raw, tc.from) || !strings.Contains(raw, tc.at) {
			t.Fatalf("%s: the case has no %q or %q", name, tc.from, tc.at)
		}
		line := strings.Count(raw[:strings.Index(raw, tc.at)], "\n") + 1
		files[lampCase] = &fstest.MapFile{Data: []byte(strings.Replace(raw, tc.from, tc.to, 1))}
		_, findings := mustLoad(t, files)
		found := false
		for _, f := range findings {
			found = found || f.File == lampCase && f.Line == line && strings.Contains(f.String(), tc.want)
		}
		if !found {
			t.Errorf("%s: nothing says %q at line %d\n%s", name, tc.want, line, list(findings))
		}
	}
}

// Every case of the course, played in every way there is: each comes to an end
// with words in both languages, everywhere after as many turns, and looked back
// on turn by turn; every ending is reached, and every option taken. Each of the
// fifteen seeds has grown into one case.
func TestEveryCaseIsPlayedToEveryEnding(t *testing.T) {
	lib, findings := product(t)
	if err := Refuse(findings); err != nil {
		t.Fatal(err)
	}
	seeds := map[string]int{}
	for _, m := range lib.Modules {
		for _, s := range m.Cases {
			seeds[s.Seed]++
			ends, took := map[string]int{}, map[scenario.Choice]bool{}
			length := len(s.Model().Turns)
			everyWay(t, s, nil, func(p scenario.Play) {
				ends[p.Ending.ID]++
				for _, turn := range p.Turns {
					took[scenario.Choice{Decision: turn.ID, Option: turn.Chosen.ID}] = true
				}
				if len(p.Turns) != length || len(s.Looks(p)) != length {
					t.Errorf("%s/%s: %d turns and %d looks back, the recommended way has %d", m.Slug, s.ID, len(p.Turns), len(s.Looks(p)), length)
				}
			})
			for _, e := range s.Endings {
				if ends[e.ID] == 0 {
					t.Errorf("%s/%s: nobody comes to %s", m.Slug, s.ID, e.ID)
				}
			}
			for _, d := range s.Decisions {
				for _, o := range d.Options {
					if !took[scenario.Choice{Decision: d.ID, Option: o.ID}] {
						t.Errorf("%s/%s: %s of %s is never offered", m.Slug, s.ID, o.ID, d.ID)
					}
				}
			}
		}
	}
	for n := 1; n <= 15; n++ {
		if seed := fmt.Sprintf("SC-%02d", n); seeds[seed] != 1 {
			t.Errorf("%d cases have grown from %s", seeds[seed], seed)
		}
	}
}

func everyWay(t *testing.T, s *scenario.Scenario, choices []scenario.Choice, end func(scenario.Play)) {
	t.Helper()
	p, err := s.Play(choices)
	if err != nil || len(choices) > 6 {
		t.Fatalf("%s: %v: %v", s.ID, choices, err)
	}
	if n := len(p.Turns); n > 0 && (!p.Turns[n-1].Then.Complete() || p.At <= p.Turns[n-1].At) {
		t.Fatalf("%s: after %v nothing is told, or the clock stands still", s.ID, choices)
	}
	if p.Now == nil {
		if !p.Ending.Text.Complete() {
			t.Fatalf("%s: %v ends without a word", s.ID, choices)
		}
		end(p)
		return
	}
	if !p.Now.Ask.Complete() || len(choices) > 0 && p.Now.Text == (i18n.Text{}) {
		t.Fatalf("%s: after %v nobody knows what is so, or what is asked", s.ID, choices)
	}
	for _, o := range p.Now.Options {
		everyWay(t, s, append(choices[:len(choices):len(choices)], scenario.Choice{Decision: p.Now.ID, Option: o.ID}), end)
	}
}

// Whoever works in a role meets its cases first, then everybody's.
func TestCasesFor(t *testing.T) {
	m := &Module{Cases: []*scenario.Scenario{{ID: "a", Roles: []string{"police"}}, {ID: "b"}, {ID: "c", Roles: []string{"health", "carers"}}}}
	for role, want := range map[string]string{"health": "cba", "police": "abc", "": "bac", "border": "bac"} {
		got := ""
		for _, s := range m.CasesFor(role) {
			got += s.ID
		}
		if got != want {
			t.Errorf("%q: %s, want %s", role, got, want)
		}
	}
}
