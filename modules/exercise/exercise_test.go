package exercise

import (
	"strings"
	"testing"

	"golau/internal/i18n"

	"github.com/google/go-cmp/cmp"
)

func said(s string) i18n.Text { return i18n.Text{EN: s, CY: s + " (cy)"} }

func line(id string) Line {
	return Line{ID: id, Facts: []string{"case"}, Text: said("text of " + id), Why: said("why " + id)}
}

// sound is an exercise of a kind, with four lines and nothing to mend.
func sound(k Kind) *Exercise {
	e := &Exercise{ID: "lamp", Kind: k, Title: said("title"), Lead: said("lead"), Closing: Said{Text: said("closing")}}
	for i, id := range []string{"a", "b", "c", "d"} {
		l := line(id)
		switch k {
		case Signs:
			l.Means = []Meaning{Sign, Not, Bias, Sign}[i]
		case Rewrite:
			l.Choices, l.Best = []Choice{{"x", said("x")}, {"y", said("y")}}, "y"
		case Match:
			l.Best = "does-" + id
			e.Choices = append(e.Choices, Choice{l.Best, said(l.Best)})
		}
		e.Lines = append(e.Lines, l)
	}
	return e
}

// best is what is recommended, line by line.
func best(e *Exercise) map[string]string {
	chosen := map[string]string{}
	for i := range e.Lines {
		chosen[e.Lines[i].ID] = e.Recommended(&e.Lines[i])
	}
	return chosen
}

func TestWhatIsRecommended(t *testing.T) {
	for kind, want := range map[Kind]map[string]string{
		Signs:   {"a": Marked, "b": Left, "c": Left, "d": Marked},
		Rewrite: {"a": "y", "b": "y", "c": "y", "d": "y"},
		Order:   {"a": "1", "b": "2", "c": "3", "d": "4"},
		Match:   {"a": "does-a", "b": "does-b", "c": "does-c", "d": "does-d"},
	} {
		e := sound(kind)
		if f := e.Faults(); len(f) > 0 {
			t.Errorf("%s: %v", kind, f)
		}
		if diff := cmp.Diff(want, best(e)); diff != "" {
			t.Errorf("%s: %s", kind, diff)
		}
		if !e.Fits(want) {
			t.Errorf("%s: what is recommended does not fit", kind)
		}
		for _, l := range e.Look(want) {
			if !l.Same || l.Chosen != l.Better {
				t.Errorf("%s: %s is not seen as the same", kind, l.ID)
			}
		}
	}
}

func TestLookingBack(t *testing.T) {
	e := sound(Order)
	looks := e.Look(map[string]string{"a": "2", "b": "1", "c": "3", "d": "4"})
	for i, same := range []bool{false, false, true, true} {
		if looks[i].Same != same {
			t.Errorf("step %d: same is %v", i+1, looks[i].Same)
		}
	}
	if looks[0].Chosen.EN != "2" || looks[0].Better.EN != "1" {
		t.Errorf("the first step stands at %q and belongs at %q", looks[0].Chosen.EN, looks[0].Better.EN)
	}
	if marked := sound(Signs).Look(map[string]string{"a": Left, "b": Marked, "c": Left, "d": Left}); marked[0].Marked || !marked[1].Marked || marked[0].Same || marked[1].Same || !marked[2].Same {
		t.Errorf("marks are seen as %+v", marked)
	}
}

func TestGaps(t *testing.T) {
	with := func(e *Exercise, changes ...string) map[string]string {
		chosen := best(e)
		for i := 0; i < len(changes); i += 2 {
			chosen[changes[i]] = changes[i+1]
		}
		return chosen
	}
	for name, tc := range map[string]struct {
		e      *Exercise
		chosen map[string]string
		want   map[string]Gap
	}{
		"nothing marked":   {sound(Signs), with(sound(Signs), "a", Left, "d", Left), map[string]Gap{"a": None}},
		"one marked":       {sound(Signs), with(sound(Signs), "a", Left), map[string]Gap{}},
		"no wording":       {sound(Rewrite), with(sound(Rewrite), "c", ""), map[string]Gap{"c": None}},
		"unknown wording":  {sound(Rewrite), with(sound(Rewrite), "c", "z"), map[string]Gap{"c": None}},
		"one place twice":  {sound(Order), with(sound(Order), "a", "4"), map[string]Gap{"a": Twice, "d": Twice}},
		"all in one place": {sound(Order), with(sound(Order), "b", "1", "c", "1", "d", "1"), map[string]Gap{"a": Twice, "b": Twice, "c": Twice, "d": Twice}},
		"no such place":    {sound(Order), with(sound(Order), "d", "5"), map[string]Gap{"d": None}},
		"another's choice": {sound(Match), with(sound(Match), "a", "does-b"), map[string]Gap{}}, // two may do alike for all the reader knows
	} {
		if diff := cmp.Diff(tc.want, tc.e.Gaps(tc.chosen)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if tc.e.Fits(tc.chosen) != (len(tc.want) == 0) {
			t.Errorf("%s: it fits", name)
		}
	}
	if sound(Signs).Fits(map[string]string{"a": Marked}) || sound(Signs).Fits(with(sound(Signs), "e", Marked)) {
		t.Error("choices of another exercise fit")
	}
}

func TestReadingAForm(t *testing.T) {
	form := map[string]string{"line-a": Marked, "line-b": "y", "line-x": Marked}
	field := func(name string) string { return form[name] }
	if diff := cmp.Diff(map[string]string{"a": Marked, "b": "y", "c": Left, "d": Left}, sound(Signs).Read(field)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"a": Marked, "b": "y", "c": "", "d": ""}, sound(Rewrite).Read(field)); diff != "" {
		t.Error(diff)
	}
}

func TestFaults(t *testing.T) {
	for name, tc := range map[string]struct {
		kind  Kind
		spoil func(*Exercise)
		where string
		want  string
	}{
		"kind":                 {Signs, func(e *Exercise) { e.Kind = "quiz" }, "kind", "write signs, rewrite, order or match"},
		"too short":            {Order, func(e *Exercise) { e.Lines = e.Lines[:3] }, "lines", "there are 3"},
		"too long":             {Order, func(e *Exercise) { e.Lines = append(append(e.Lines, e.Lines...), e.Lines...) }, "lines", "there are 12"},
		"line twice":           {Order, func(e *Exercise) { e.Lines[1].ID = "a" }, "line a", "stands twice"},
		"line without id":      {Order, func(e *Exercise) { e.Lines[1].ID = "" }, "line ", "empty"},
		"no meaning":           {Signs, func(e *Exercise) { e.Lines[0].Means = "" }, "line a", "means is"},
		"idle meaning":         {Order, func(e *Exercise) { e.Lines[0].Means = Sign }, "line a", "means is"},
		"no bias":              {Signs, func(e *Exercise) { e.Lines[2].Means = Not }, "lines", "one bias"},
		"idle best":            {Signs, func(e *Exercise) { e.Lines[0].Best = Marked }, "line a", "best is for lines with choices"},
		"no wordings":          {Rewrite, func(e *Exercise) { e.Lines[0].Choices = nil }, "line a", "wordings"},
		"idle wordings":        {Match, func(e *Exercise) { e.Lines[0].Choices = e.Choices }, "line a", "wordings"},
		"best is none":         {Rewrite, func(e *Exercise) { e.Lines[0].Best = "z" }, "line a", "none of its choices"},
		"choice twice":         {Rewrite, func(e *Exercise) { e.Lines[0].Choices[0].ID = "y" }, "line a", "stands twice"},
		"shared by no line":    {Match, func(e *Exercise) { e.Lines[0].Best = "does-b" }, "choice does-a", "the best of 0 lines"},
		"nothing shared":       {Match, func(e *Exercise) { e.Choices = nil }, "choices", "match"},
		"idle shared":          {Order, func(e *Exercise) { e.Choices = sound(Match).Choices }, "choices", "match"},
		"Welsh missing":        {Rewrite, func(e *Exercise) { e.Lines[0].Choices[0].Text.CY = "" }, "line a", "English or Welsh"},
		"reason missing":       {Signs, func(e *Exercise) { e.Lines[3].Why = i18n.Text{} }, "line d", "English or Welsh"},
		"closing missing":      {Signs, func(e *Exercise) { e.Closing = Said{} }, "closing", "English or Welsh"},
		"shared words missing": {Match, func(e *Exercise) { e.Choices[0].Text.EN = "" }, "choice does-a", "English or Welsh"},
	} {
		e := sound(tc.kind)
		tc.spoil(e)
		found := false
		for _, f := range e.Faults() {
			found = found || f.Where == tc.where && strings.Contains(f.Message, tc.want)
		}
		if !found {
			t.Errorf("%s: found %v", name, e.Faults())
		}
	}
}
