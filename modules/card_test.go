package modules

import (
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
)

func TestCards(t *testing.T) {
	lib, findings := mustLoad(t, good(t))
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	cards := lib.Cards()
	if len(cards) != 2 || cards[0].Slug != "now" || cards[0].Module != nil || cards[0].Lead.CY != "I unrhyw un." {
		t.Fatalf("the cards are %+v", cards)
	}
	lamp, ok := lib.Card("lamp")
	if !ok || lamp.Module != lib.Modules[0] || lamp.Title != lib.Modules[0].Title || lamp.First.CY != "Mewn perygl." || lamp.Key.EN == "" {
		t.Fatalf("the card of the module is %+v", lamp)
	}
	do := lamp.Blocks[0]
	if !do.Ordered || do.Items[1].EN != "Remember: The Act of 2015 says 18." || do.Items[1].CY != "Cofiwch: 18 yw’r oedran yn Neddf 2015." || len(lamp.Blocks[1].Ruled()) != 2 {
		t.Errorf("its blocks are %+v", lamp.Blocks)
	}
	if got := strings.Join(lamp.Facts, " "); got != "D-01 R-01" {
		t.Errorf("its facts are %s", got)
	}
	if _, ok := lib.Card("torch"); ok {
		t.Error("a card that is not there was found")
	}
}

// A card is good on the whole of its last day, in London, and then it is due.
func TestACardGoesOutOfDate(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	lamp, _ := lib.Card("lamp")
	now, _ := lib.Card("now")
	last := time.Date(2027, 6, 2, 22, 59, 0, 0, time.UTC)
	if lamp.OutOfDate(last) || !lamp.OutOfDate(last.Add(2*time.Minute)) || now.OutOfDate(last.AddDate(50, 0, 0)) {
		t.Error("a card is out of date on another day than it says")
	}
	if due := list(lib.Due(last.Add(2 * time.Minute))); !strings.Contains(due, "lamp/card.yaml: warning: the card was to be reviewed by 2027-06-02") || strings.Contains(due, "now.yaml") {
		t.Error(due)
	}
}

func TestFaultsOfACardAreFound(t *testing.T) {
	const file = "lamp/card.yaml"
	long := strings.Repeat("one two three four five ", 6)
	for name, tc := range map[string]struct {
		from, to, want string
		warning        bool
	}{
		"id of another":        {from: "id: lamp", to: "id: lump", want: `the id is "lump"`},
		"welsh neither":        {from: "welsh: draft", to: "welsh: done", want: `welsh is "done"`},
		"Welsh missing":        {from: `, cy: "Dywedwch wrth rywun."`, want: "block do: words are missing"},
		"Welsh key missing":    {from: `  cy: "Os ydych yn poeni, rhowch wybod."`, want: "key: words are missing"},
		"Welsh first missing":  {from: `  cy: "Mewn perygl."`, want: "first: words are missing"},
		"heading missing":      {from: `, cy: "Gwnewch"`, want: "block do: the heading is missing"},
		"no facts":             {from: `{facts: [R-01], en: "Tell`, to: `{en: "Tell`, want: "block do: a line names no facts"},
		"unknown fact":         {from: "facts: [task]", to: "facts: [Z-99]", want: "the fact id Z-99 is not in fact-ids.yaml"},
		"a fact no longer so":  {from: "facts: [task]", to: "facts: [H-01]", want: "H-01 is no longer so"},
		"even told as past":    {from: "facts: [task]", to: "facts: [H-01, past]", want: "H-01 is no longer so"},
		"called fact differs":  {from: `cy: "Cofiwch: {{fact child-age}}"`, to: `cy: "Cofiwch."`, want: "the Welsh calls {{fact}} , the English child-age"},
		"called fact unknown":  {from: `en: "By when.", cy: "Erbyn pryd."`, to: `en: "{{fact age}}", cy: "{{fact age}}"`, want: "{{fact age}} is not in the facts file"},
		"other braces":         {from: `en: "By when."`, to: `en: "By {{when}}."`, want: "double braces"},
		"no such day":          {from: "review_by: 2027-06-02", to: "review_by: June", want: `"June" is not a day`},
		"a day alone":          {from: "checked_on: 2026-11-02", to: "checked_on:", want: "stand together"},
		"block twice":          {from: "id: plan", to: "id: do", want: "block do: the id is empty or stands twice"},
		"too many lines":       {from: "lines: 2", to: "lines: 7", want: "more than one sheet"},
		"fewer than no lines":  {from: "lines: 2", to: "lines: -1", want: "more than one sheet"},
		"unknown word":         {from: "ordered: true", to: "numbered: true", want: `unknown field "numbered"`},
		"straight quotes":      {from: `en: "By when."`, to: `en: "By 'when'."`, want: "straight quotes", warning: true},
		"a very long sentence": {from: `en: "By when."`, to: `en: "` + long + `."`, want: "a sentence of 30 words", warning: true},
	} {
		t.Run(name, func(t *testing.T) {
			files := good(t)
			replace(t, files, file, tc.from, tc.to)
			_, findings := mustLoad(t, files)
			for _, f := range findings {
				if f.File == file && strings.Contains(f.String(), tc.want) && f.Warning == tc.warning {
					return
				}
			}
			t.Errorf("not found: %s, warning %v; found\n%s", tc.want, tc.warning, list(findings))
		})
	}
}

func TestOneCardOneName(t *testing.T) {
	files := good(t)
	files["cards/lamp.yaml"] = files["cards/now.yaml"]
	replace(t, files, "cards/lamp.yaml", "id: now", "id: lamp")
	if _, findings := mustLoad(t, files); !strings.Contains(list(findings), `there is a card "lamp" already`) {
		t.Error(list(findings))
	}
	files = good(t)
	replace(t, files, "cards/now.yaml", `title: {en: "Now", cy: "Nawr"}`, "")
	if _, findings := mustLoad(t, files); !strings.Contains(list(findings), "cards/now.yaml: the title is missing") {
		t.Error(list(findings))
	}
}

// The edition of a card moves with every letter that it says, and the module's
// does not: a certificate stays what it was.
func TestEditionOfACard(t *testing.T) {
	lib, _ := mustLoad(t, good(t))
	was, _ := lib.Card("lamp")
	for from, to := range map[string]string{
		"In danger.": "In danger now.", `cy: "Erbyn pryd."`: `cy: "Pryd."`, `cy: "Gwnewch"`: `cy: "Gwnewch hyn"`, "lines: 2": "lines: 3",
		"ordered: true": "ordered: false", "If you are worried": "If worried", "2027-06-02": "2027-06-03",
	} {
		files := good(t)
		replace(t, files, "lamp/card.yaml", from, to)
		other, _ := mustLoad(t, files)
		if is, _ := other.Card("lamp"); is.Edition == was.Edition || len(is.Edition) != 12 {
			t.Errorf("with %q for %q the card has the edition %q", to, from, is.Edition)
		}
		if other.Modules[0].Edition != lib.Modules[0].Edition {
			t.Errorf("%q moved the edition of the module", to)
		}
	}
}

// The course has a card for each module and one for whoever is worried now, and
// no sentence on them is longer than the standard allows.
func TestCardsOfTheCourse(t *testing.T) {
	lib, findings := product(t)
	for _, f := range findings {
		if strings.Contains(f.File, "card") {
			t.Error(f)
		}
	}
	for _, m := range lib.Modules {
		if c, ok := lib.Card(m.Slug); !ok || c.Module != m {
			t.Errorf("%s has no card", m.Slug)
		}
	}
	if c, ok := lib.Card("what-to-do-now"); !ok || c.Module != nil || !c.Lead.Complete() {
		t.Errorf("what to do now: %+v", c)
	}
	for _, c := range lib.Cards() {
		for _, l := range i18n.Langs {
			if want := map[i18n.Lang]string{i18n.EN: "You do not need to be sure. If you are worried, report.", i18n.CY: "Nid oes angen i chi fod yn sicr. Os ydych yn poeni, rhowch wybod."}[l]; c.Key.In(l) != want {
				t.Errorf("%s ends in %s with %q", c.Slug, l, c.Key.In(l))
			}
		}
	}
}
