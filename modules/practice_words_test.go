package modules

import (
	"strings"
	"testing"

	"golau/internal/i18n"
)

// What is practice stands in the list of its module, and nothing else does; the
// finding names the line of the list.
func TestPracticeIsListed(t *testing.T) {
	none := func(string) []string { return nil }
	for name, c := range map[string]struct {
		to    string
		asked func(string) []string
		want  string
	}{
		"listed":           {"[ R-01 ]", none, ""},
		"not listed":       {"[]", none, "lamp/module.yaml:32: rests_on_practice: R-01 is practice, and the module rests on it: add it"},
		"no fact but a K":  {"[R-01, Z-01]", none, "Z-01 is listed, and nothing of the module rests on it: take it out"},
		"asked about only": {"[ R-01 ]", func(string) []string { return []string{"P-01", "D-01"} }, "P-01 is practice"},
	} {
		files := good(t)
		replace(t, files, "lamp/module.yaml", "rests_on_practice: [R-01]", "rests_on_practice: "+c.to)
		replace(t, files, "fact-ids.yaml", "  R-01:", "  P-01: {confidence: K, sources: [], text: \"Ask.\"}\n  SC-01: {confidence: K, sources: [], text: \"A story.\"}\n  R-01:")
		lib, _ := mustLoad(t, files)
		found := CheckPractice(files, lib, c.asked)
		if c.want == "" && len(found) > 0 || c.want != "" && (len(found) != 1 || found[0].Warning || !strings.Contains(found[0].String(), c.want)) {
			t.Errorf("%s: want %q, found\n%s", name, c.want, list(found))
		}
	}
	files := good(t)
	lib, _ := mustLoad(t, files)
	if !lib.Practice("R-01") || lib.Practice("D-01") || lib.Practice("SC-01") || !lib.Past("H-01") || lib.Past("R-01") {
		t.Error("practice and past are not told apart")
	}
}

// Law, numbers and deadlines are found in both languages, but not in what somebody
// says, nor where there is no need.
func TestBindingWords(t *testing.T) {
	for text, want := range map[string]string{
		"You must ring.": "must", "By law, ring.": "By law", "Ring within 24 hours.": "within 24 hours", "Within two days.": "Within two days",
		"“You must ring.”": "", "Mustard.": "", "Ring within the hour.": "", "It is good practice to ring.": "",
	} {
		if got := BindingWords(i18n.EN, text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	for text, want := range map[string]string{
		"Rhaid ffonio.": "Rhaid", "Yn ôl y gyfraith.": "Yn ôl y gyfraith", "Mae’n rhaid.": "rhaid", "O fewn 24 awr.": "O fewn 24 awr", "O fewn 5 diwrnod gwaith.": "O fewn 5 diwrnod",
		"Nid oes rhaid ffonio.": "", "“Rhaid ffonio.”": "", "Arfer da yw ffonio.": "",
	} {
		if got := BindingWords(i18n.CY, text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// An item that rests on practice is practice, whatever its neighbours rest on; one
// that rests on a source as well may say what the source says.
func TestAnItemIsHeldToItsOwnFacts(t *testing.T) {
	for facts, n := range map[string]int{"R-01": 1, "D-01 R-01": 0} {
		files := good(t)
		replace(t, files, "lamp/en.md", "2. Say it, with care. <!-- facts: D-01 R-01 -->", "2. You must say it. <!-- facts: "+facts+" -->")
		_, found := mustLoad(t, files)
		if got := strings.Count(list(found), "lamp/en.md:29: section first: warning: “must” rests on practice alone"); got != n {
			t.Errorf("%s: found %d times\n%s", facts, got, list(found))
		}
	}
}
