package scenario

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/yamlfile"
)

func lamp(t *testing.T, changes ...string) *Scenario {
	t.Helper()
	raw, err := os.ReadFile("testdata/lamp.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for i := 0; i+1 < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("%q is not in the case", changes[i])
		}
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	s := &Scenario{}
	if err := yamlfile.Decode([]byte(text), s); err != nil {
		t.Fatal(err)
	}
	return s
}

func whole(t *testing.T) *Scenario {
	t.Helper()
	s := lamp(t)
	if f := s.Prepare(); len(f) > 0 {
		t.Fatal(f)
	}
	return s
}

func by(choices string) (cs []Choice) {
	for _, c := range strings.Fields(choices) {
		d, o, _ := strings.Cut(c, ".")
		cs = append(cs, Choice{d, o})
	}
	return cs
}

// The same choices lead the same way: what follows, when, and where it ends.
func TestPlay(t *testing.T) {
	s := whole(t)
	for choices, want := range map[string]struct {
		then, text, now, ending string
		at                      int
	}{
		"":                    {"", "", "d1", "", 540},
		"d1.a":                {"They come.", "She waits.", "d2", "", 550},
		"d1.c":                {"She looks away.", "She has gone home.", "d2", "", 540 + 5 + 120},
		"d1.a d2.a":           {"She spells a name.", "The bell.", "d3", "", 550 + 5 + 60},
		"d1.b d2.a":           {"It is kept.", "The bell.", "d3", "", 570 + 5 + 60},
		"d1.c d2.a":           {"It is kept.", "Nobody is here.", "d3_late", "", 540 + 5 + 120 + 5},
		"d1.a d2.a d3.a":      {"Told.", "", "", "e_light", 550 + 5 + 60 + 5},
		"d1.c d2.a d3_late.a": {"Told.", "", "", "e_dim", 540 + 5 + 120 + 5 + 5},
		"d1.b d2.c d3.c":      {"Hoped.", "", "", "e_dim", 570 + 5 + 60 + 5},
	} {
		p, err := s.Play(by(choices))
		if err != nil {
			t.Fatalf("%q: %v", choices, err)
		}
		got, now, text, ending := "", "", "", ""
		if n := len(p.Turns); n > 0 {
			got = p.Turns[n-1].Then.EN
		}
		if p.Now != nil {
			now, text = p.Now.ID, p.Now.Text.EN
		}
		if p.Ending != nil {
			ending = p.Ending.ID
		}
		if got != want.then || text != want.text || now != want.now || ending != want.ending || p.At != want.at {
			t.Errorf("%q: then %q, text %q, now %q, ending %q, at %d; want %+v", choices, got, text, now, ending, p.At, want)
		}
	}
	for _, strayed := range []string{"d2.a", "d1.z", "d1.a d3.a", "d1.a d2.a d3.a d3.a"} {
		if _, err := s.Play(by(strayed)); !errors.Is(err, ErrStrayed) {
			t.Errorf("%q: %v", strayed, err)
		}
	}
}

// Looking back names each turn that was taken, and whether it was the
// recommended one.
func TestLooks(t *testing.T) {
	s := whole(t)
	p, err := s.Play(by("d1.c d2.a d3_late.b"))
	if err != nil {
		t.Fatal(err)
	}
	looks := s.Looks(p)
	if len(looks) != 3 || looks[0].Same() || !looks[1].Same() || looks[2].Same() || looks[2].At.EN != "last" || looks[2].Turn.Text.EN != "Nobody is here." {
		t.Errorf("%+v", looks)
	}
	m := s.Model()
	if m.Ending == nil || m.Ending.ID != "e_light" || len(m.Turns) != 3 {
		t.Errorf("the recommended way: %+v", m)
	}
}

// Each fault that an author can make is found and says where.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"no clock":            {`"09:00"` + "\n  state", `"nine"` + "\n  state", `start: the clock "nine"`},
		"odd state":           {"trust: 1}\n  text", "trust: high}\n  text", "start: trust: high is neither"},
		"unknown truth":       {`if: "not told and trust < 1"`, `if: "not tld"`, `decision d2: if: "tld" is not in the state`},
		"number alone":        {`if: "trust >= 2"`, `if: "trust"`, `decision d2, option a: if: the number "trust" needs a comparison`},
		"left over":           {`if: "trust >= 2"`, `if: "told told"`, `"told" is left over`},
		"unreadable":          {`if: "trust >= 2"`, `if: "told & trust"`, "cannot be read"},
		"ends too soon":       {`if: "trust >= 2"`, `if: "not"`, "it ends too soon"},
		"odd goto":            {`if: "told", to: e_light`, `if: "lit", to: e_light`, `option a: goto: "lit" is not`},
		"sets the unknown":    {"set: {trust: -1}", "set: {hope: -1}", `set: "hope" is not in the state`},
		"sets a truth to one": {"set: {trust: -1}", "set: {told: -1}", `set: "told" is a truth in one place`},
		"no Welsh":            {`cy: "Ffonio"`, `cy: ""`, "decision d1, option a: text or then is missing"},
		"no title":            {`cy: "Y lamp"`, `cy: ""`, "title: it is missing"},
		"two options":         {"  - {id: c, path: costly, minutes: 5, set: {trust: -1}, facts: [X-01], text: {en: \"Ask who\", cy: \"Gofyn pwy\"}, then: {en: \"She looks away.\", cy: \"Mae’n edrych draw.\"}, goto: [{to: d2}]}\n", "", "decision d1: it has 2 options"},
		"no best":             {"id: a, path: recommended", "id: a, path: open", "decision d1: 0 options are recommended"},
		"odd path":            {"path: costly", "path: wrong", `the path "wrong"`},
		"twice":               {"id: b, path: open, minutes: 30", "id: a, path: open, minutes: 30", "option a: the id is empty or stands twice"},
		"no time":             {"minutes: 30", "minutes: 0", "option b: it costs no minutes"},
		"nowhere":             {"goto: [{to: d2}]", "goto: [{to: d9}]", `it leads to "d9"`},
		"may hang":            {"{to: d3_late}", `{if: "told", to: d3_late}`, "the last goto must need no if"},
		"unreached turn":      {"{to: d3_late}", "{to: d3}", "decision d3_late: no choices lead there"},
		"unreached end":       {`{if: "told", to: e_light}`, `{if: "told", to: e_dim}`, "ending e_light: no choices lead there"},
		"unseen text":         {`if: "trust >= 2"`, `if: "trust >= 3"`, `option a: the text for "trust >= 3" is never shown`},
		"unseen arrival":      {`if: "not told and trust < 1"`, `if: "trust < -5"`, `decision d2: the text for "trust < -5" is never shown`},
		"unseen plain text":   {`if: "trust >= 2"`, `if: "trust >= 0"`, "the text without a condition is never shown"},
		"unused way":          {`if: "told or trust >= 1", to: d3}, {to: d3_late}`, `if: "told or trust >= 1", to: d3}, {if: "trust >= 9", to: d1}, {to: d3_late}`, `option a: the way to "d1" is never taken`},
		"nothing left":        {`if: "told or trust >= 1", to: d3}, {to: d3_late}`, `if: "trust >= 1", to: d3}, {if: "trust < 1", to: d3_late}, {to: d3}`, `option a: the way to "d3" is never taken`},
		"a shorter way":       {"{to: d3_late}", "{to: e_dim}", "some ways have more turns than others"},
		"a circle":            {"{to: d3_late}", "{to: d1}", "a way that does not end"},
		"not looked back on":  {"decisions: [d2]", "decisions: []", `debrief: the decision "d2" is not looked back on`},
		"told twice":          {"decisions: [d2]", "decisions: [d1, d2]", `the decision "d1" is told twice`},
		"looks at nothing":    {"decisions: [d2]", "decisions: [d2, d8]", `the decision "d8" does not exist`},
		"no key":              {`key: {en: "Tell."`, `key: {en: ""`, "debrief: the key is missing"},
	} {
		s := lamp(t, c.from, c.to)
		var all []string
		for _, f := range s.Prepare() {
			all = append(all, f.Where+": "+f.Message)
		}
		if !strings.Contains(strings.Join(all, "\n"), c.want) {
			t.Errorf("%s: want %q in\n%s", name, c.want, strings.Join(all, "\n"))
		}
	}
}

// What came about is given with its time on one's own way and on the recommended
// one; what came about on neither is left out, and what was true at the start is
// something that closed.
func TestMarks(t *testing.T) {
	s := lamp(t)
	s.Marks = []Mark{{State: "told", Text: i18n.Text{EN: "They know", CY: "Maent yn gwybod"}}}
	if f := s.Prepare(); len(f) > 0 {
		t.Fatal(f)
	}
	model := s.Model()
	mine, err := s.Play([]Choice{{"d1", "b"}})
	if err != nil {
		t.Fatal(err)
	}
	if m := s.Marked(mine, model); len(m) != 1 || m[0].Yours != Never || m[0].Models != 9*60+10 || m[0].Closed {
		t.Errorf("%+v", m)
	}
	if m := s.Marked(mine, mine); len(m) != 0 {
		t.Errorf("what came about for nobody: %+v", m)
	}
	s = lamp(t)
	s.Marks = []Mark{{State: "trust"}, {State: "nothing"}}
	said(t, s, `"trust" is no truth in the state at the start`, `"nothing" is no truth in the state at the start`, "the text is missing in English or Welsh")
	s = lamp(t, "set: {told: true, trust: 1}", "set: {trust: 1}")
	s.Marks = []Mark{{State: "told", Text: i18n.Text{EN: "They know", CY: "Maent yn gwybod"}}}
	said(t, s, "no choice changes it; let a set do so, or take the mark out")
}

func said(t *testing.T, s *Scenario, messages ...string) {
	t.Helper()
	faults := s.Prepare()
	for _, m := range messages {
		if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Message == m }) {
			t.Errorf("nothing says %q: %v", m, faults)
		}
	}
}
