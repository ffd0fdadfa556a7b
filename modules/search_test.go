package modules

import (
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/modules/exercise"
)

// firstFound is the first thing that a search leads to, "" where nothing does.
func firstFound(lib *Searcher, l i18n.Lang, query string, course bool) string {
	all := lib.Search(l, query, course)
	if len(all) == 0 {
		return ""
	}
	return string(all[0].Kind) + " " + all[0].Slug + " " + all[0].Section
}

func TestSearch(t *testing.T) {
	loaded, _ := product(t)
	lib := NewSearcher(loaded, Leaf{FoundPractice, "plan", i18n.Text{EN: "A pretend plan", CY: "Cynllun esgus"}, i18n.Text{}})
	for _, tc := range []struct {
		lang        i18n.Lang
		query, want string
		course      bool
	}{
		{i18n.EN, "guardian trafficking", "term guardian ", true},
		{i18n.EN, "emergency duty", "term edt ", false},
		{i18n.EN, "EMERG", "term edt ", false},
		{i18n.EN, "dynodedig", "term dsp ", false}, // the Welsh of a term is found among English
		{i18n.EN, "badge café cafe", "section first-hours why", true},
		{i18n.EN, "BADGE cafe", "section first-hours why", true},
		{i18n.EN, "Lowri café", "", false}, // lessons are for learners
		{i18n.EN, "what to do now", "card what-to-do-now ", false},
		{i18n.EN, "cookies", "page cookies ", false},
		{i18n.EN, "back after two nights", "case first-hours rhys", true},
		{i18n.CY, "ol ar ol dwy noson", "case first-hours rhys", true},
		{i18n.EN, "back after two nights", "", false}, // cases are for learners
		{i18n.EN, "a chat on a phone", "exercise signs chat", true},
		{i18n.CY, "sgwrs ffon", "exercise signs chat", true},
		{i18n.EN, "Beca chat youth club", "", false},
		{i18n.EN, "home every night", "pack own-streets ", false},
		{i18n.EN, "practise referral", "practice referral ", false},
		{i18n.CY, "ymarfer atgyfeiriad", "practice referral ", false},
		{i18n.EN, "pretend plan", "practice plan ", false},
		{i18n.CY, "cynllun esgus", "practice plan ", false},
		{i18n.CY, "tim dyletswydd", "term edt ", false},
		{i18n.CY, "dim dyletswydd", "term edt ", false},   // i dîm
		{i18n.CY, "warcheidwad", "term guardian ", false}, // o warcheidwad
		{i18n.CY, "nghamfanteisio", "term exploitation ", false},
		{i18n.EN, "xylophone", "", true},
		{i18n.EN, "guardian xylophone", "", true},
		{i18n.EN, " - ", "", true},
		{i18n.EN, "a", "", true},
	} {
		if got := firstFound(lib, tc.lang, tc.query, tc.course); got != tc.want {
			t.Errorf("%s %q: %q, want %q", tc.lang, tc.query, got, tc.want)
		}
	}
	has := func(query, id string) bool {
		for _, f := range lib.Search(i18n.CY, query, false) {
			if f.Slug == id {
				return true
			}
		}
		return false
	}
	for _, query := range []string{"masnachu", "fasnachu", "fasnach", "masnach", "fasnachu plant"} {
		if !has(query, "child-trafficking") || !has(query, "human-trafficking") && !strings.Contains(query, " ") {
			t.Errorf("%q does not find masnachu", query)
		}
	}
	// tŷ is found however it begins, and its mutation is no “your”.
	places := func(query string) string {
		var all []string
		for _, f := range lib.Search(i18n.CY, query, true) {
			all = append(all, string(f.Kind)+" "+f.Slug+" "+f.Section)
			hit := ""
			for _, p := range f.Snippet {
				if p.Hit {
					hit += " " + strings.ToLower(p.Text)
				}
			}
			if hit == "" || strings.Contains(hit+" ", " dy ") {
				t.Errorf("%q leads to %s, where it finds %q", query, f.Title, hit)
			}
		}
		return strings.Join(all, ", ")
	}
	home := places("tŷ")
	for _, query := range []string{"dŷ", "nhŷ", "thŷ", "Dŷ", "dy\u0302"} {
		if got := places(query); got != home || home == "" {
			t.Errorf("%q leads to %s, and tŷ to %s", query, got, home)
		}
	}
	if ways := lib.of(i18n.CY).ways(spansOf("ty")[0]); !slices.Contains(ways, "ty") || !slices.Contains(ways, "nhŷ") || slices.Contains(ways, "dy") {
		t.Errorf("ty is looked for as %q", ways)
	}
	if Asks("a - !") || !Asks("a guardian") {
		t.Error("what is asked is not what is said")
	}
	if n := len(lib.Search(i18n.EN, "the", true)); n != mostFound {
		t.Errorf("%d things have the, of which %d are shown", n, mostFound)
	}
}

// What somebody is to find out by choosing is not found before: what may be done in
// a case and what comes of it, what may be chosen in an exercise and why, the model
// answer of a referral, in which order steps come.
func TestASearchGivesNothingAway(t *testing.T) {
	loaded, _ := product(t)
	lib := NewSearcher(loaded)
	for _, l := range i18n.Langs {
		all := map[string]string{}
		for _, p := range lib.of(l).places {
			all[string(p.Kind)+" "+p.Slug+" "+p.Section] = p.text
		}
		hidden := func(place string, texts ...i18n.Text) {
			shown, ok := all[place]
			if !ok {
				t.Errorf("%s: %s is not found", l, place)
			}
			for _, text := range texts {
				if text.In(l) != "" && strings.Contains(shown, text.In(l)) {
					t.Errorf("%s: %s gives away %q", l, place, text.In(l))
				}
			}
		}
		for _, m := range loaded.Modules {
			for _, s := range m.Cases {
				for _, d := range s.Decisions {
					for _, o := range d.Options {
						hidden("case "+m.Slug+" "+s.ID, o.Text, o.Then)
					}
				}
				for _, e := range s.Endings {
					hidden("case "+m.Slug+" "+s.ID, e.Text)
				}
				hidden("case "+m.Slug+" "+s.ID, s.Debrief.Opening, s.Debrief.Key)
			}
			for _, e := range m.Exercises {
				for _, line := range e.Lines {
					hidden("exercise "+m.Slug+" "+e.ID, line.Why)
				}
				hidden("exercise "+m.Slug+" "+e.ID, e.Closing.Text)
				if e.Kind == exercise.Order {
					hidden("exercise "+m.Slug+" "+e.ID, i18n.Text{EN: e.Lines[0].Text.EN + " " + e.Lines[1].Text.EN + " " + e.Lines[2].Text.EN,
						CY: e.Lines[0].Text.CY + " " + e.Lines[1].Text.CY + " " + e.Lines[2].Text.CY})
				}
			}
		}
		for _, f := range loaded.Referral().Fields {
			hidden("practice "+ReferralSlug+" ", append(f.Model, f.Asks...)...)
		}
		for _, p := range loaded.Packs() {
			hidden("pack " + p.Module.Slug + " ")
		}
	}
}

// A snippet is a stretch of the text, with what was looked for marked.
func TestSnippets(t *testing.T) {
	loaded, _ := product(t)
	lib := NewSearcher(loaded)
	for _, l := range i18n.Langs {
		for _, query := range []string{"guardian", "gwarcheidwad", "duty team", "dyletswydd brys", "heddlu", "999", "fasnachu"} {
			for _, f := range lib.Search(l, query, true) {
				text, hits := "", 0
				for i, p := range f.Snippet {
					if i > 0 && i < len(f.Snippet)-1 || strings.Trim(p.Text, " …") != "" {
						text += p.Text
					}
					if p.Hit {
						hits++
					}
				}
				if len(text) > snippetSize+80 || strings.ContainsAny(text, "<>") {
					t.Errorf("%q, %s %s: %q", query, f.Kind, f.Slug, text)
				}
				at := lib.of(l)
				whole := ""
				for _, p := range at.places {
					if p.Kind == f.Kind && p.Slug == f.Slug && p.Section == f.Section {
						whole = p.text
					}
				}
				if !strings.Contains(whole, text) {
					t.Errorf("%q: %q does not stand in its text", query, text)
				}
				if f.Kind == FoundSection && hits == 0 && !strings.Contains(i18n.Fold(f.Title), i18n.Fold(strings.Fields(query)[0])) {
					t.Errorf("%q: nothing is marked in %q of %s %s", query, text, f.Slug, f.Section)
				}
			}
		}
	}
}

// Whatever is typed is looked for without a fault, and all that is found answers
// to it.
func FuzzSearch(f *testing.F) {
	loaded, _, err := Load(Content())
	if err != nil {
		f.Fatal(err)
	}
	lib := NewSearcher(loaded)
	for _, s := range []string{"guardian", "dîm", "ŵ ŷ", "g", "ng", "h", "\u0302", "\xff", "<b>", strings.Repeat("a ", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, l := range i18n.Langs {
			found := lib.Search(l, query, true)
			if len(found) > 0 != Asks(query) && !Asks(query) {
				t.Errorf("%q asks nothing and finds %d", query, len(found))
			}
			for _, one := range found {
				for i, p := range one.Snippet {
					if p.Text == "" {
						t.Errorf("%q: piece %d of %s is empty", query, i, one.Slug)
					}
				}
			}
		}
	})
}
