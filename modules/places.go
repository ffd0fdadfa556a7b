package modules

import (
	"strings"

	"golau/internal/yamlfile"
)

// placed gives the findings of a case their lines: where it names a place of
// the file, the place begins. A file is read for it only when something was found.
func placed(found []Finding, raw []byte) {
	lines := casePlaces(raw)
	for i := range found {
		f := &found[i]
		where := f.Where
		for ok := true; ok && f.Line == 0; where, ok = cut(where) {
			f.Line = lines[where]
		}
		f.Line = max(f.Line, 1)
	}
}

// cut leaves the last step of a place away: an option that has no line of its own
// is found by its decision.
func cut(where string) (rest string, ok bool) {
	at := max(strings.LastIndex(where, ", "), 0)
	return where[:at], at > 0
}

// casePlaces finds the line of every part of a case by the name that its findings
// bear: "decision d1, option a".
func casePlaces(raw []byte) map[string]int {
	lines := map[string]int{}
	for key, v := range yamlfile.Whole(raw).Fields() {
		switch lines[key] = v.Line; key {
		case "decisions":
			for d := range v.Items() {
				where := "decision " + d.At("id").Text()
				lines[where] = d.Line
				for o := range d.At("options").Items() {
					lines[where+", option "+o.At("id").Text()] = o.Line
				}
			}
		case "marks":
			for m := range v.Items() {
				lines["mark "+m.At("state").Text()] = m.Line
			}
		case "endings":
			for e := range v.Items() {
				lines["ending "+e.At("id").Text()] = e.Line
			}
		case "debrief":
			for l := range v.At("timeline").Items() {
				lines["debrief of "+l.At("at").At("en").Text()] = l.Line
			}
		}
	}
	return lines
}
