package modules

import "strings"

// Welsh changes how a word begins by what stands before it. The pairs are in
// the order in which they are tried: ll and rh are letters of their own.
var (
	softened = []pair{{"ll", "l"}, {"rh", "r"}, {"p", "b"}, {"t", "d"}, {"c", "g"}, {"b", "f"}, {"d", "dd"}, {"g", ""}, {"m", "f"}}
	nasal    = []pair{{"p", "mh"}, {"t", "nh"}, {"c", "ngh"}, {"b", "m"}, {"d", "n"}, {"g", "ng"}}
	breathed = []pair{{"p", "ph"}, {"t", "th"}, {"c", "ch"}}
)

type pair struct{ from, to string }

// unchanging are letters that begin with one that changes, but do not.
var unchanging = []string{"ch", "dd", "ff", "ng", "ph", "th"}

// mutations returns the ways in which a Welsh word or phrase of small letters
// may begin, itself first.
func mutations(phrase string) []string {
	all := []string{phrase}
	for _, u := range unchanging {
		if strings.HasPrefix(phrase, u) {
			return all
		}
	}
	for _, kind := range [][]pair{softened, nasal, breathed} {
		for _, p := range kind {
			if rest, ok := strings.CutPrefix(phrase, p.from); ok {
				all = append(all, p.to+rest)
				break
			}
		}
	}
	if strings.ContainsAny(phrase[:min(1, len(phrase))], "aeiouwy") {
		all = append(all, "h"+phrase)
	}
	return all
}

// radicals returns the words of which w may be a mutation, itself first.
func radicals(w string) []string {
	all := []string{w}
	for _, kind := range [][]pair{softened, nasal, breathed} {
		for _, p := range kind {
			if rest, ok := strings.CutPrefix(w, p.to); ok {
				all = append(all, p.from+rest)
			}
		}
	}
	if rest, ok := strings.CutPrefix(w, "h"); ok {
		all = append(all, rest)
	}
	return all
}
