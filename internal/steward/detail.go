package steward

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Pair is one name and value of a line's detail.
type Pair struct {
	Name   string // like "role"; within something else, like "before.day_number"
	Value  string
	Called i18n.Text // what the value is called, or says, in each language; else empty
	Both   bool      // the value itself was given in both languages, and one may have changed alone
}

// kinds are details that are ids of a kind with another name.
var kinds = map[string]string{"council_key": "council", "to": "council", "parent": "team", "manager": "position", "reviewer": "person",
	"stays": "person", "duplicate": "person"}

// kind is of what the value may be the id, after the last word of the name.
func (p Pair) kind() string {
	last := p.Name[strings.LastIndex(p.Name, ".")+1:]
	if kind, other := kinds[last]; other {
		return kind
	}
	return last
}

// pairs takes a detail apart, in the order of its names; what was there before
// comes before what came after, and what is the same in both is no change.
func pairs(detail string) []Pair {
	var all map[string]any
	if json.Unmarshal([]byte(detail), &all) != nil {
		return nil
	}
	before, _ := all["before"].(map[string]any)
	after, _ := all["after"].(map[string]any)
	alike(before, after)
	return within(nil, "", all)
}

// alike takes out of both what is the same in both. A sentence stays whole, where
// it changed in one language alone.
func alike(before, after map[string]any) {
	if _, _, both := inBoth(before); both {
		return
	}
	for name, was := range before {
		is, there := after[name]
		if there && reflect.DeepEqual(was, is) {
			delete(before, name)
			delete(after, name)
			continue
		}
		in, _ := was.(map[string]any)
		out, _ := is.(map[string]any)
		alike(in, out)
	}
}

// turn is the place of a name among its neighbours.
func turn(name string) string {
	if name == "after" {
		return "before " // right behind it
	}
	return name
}

// within adds what lies within a detail. A sentence in both languages is one
// value.
func within(ps []Pair, above string, all map[string]any) []Pair {
	for _, name := range slices.SortedFunc(maps.Keys(all), func(a, b string) int { return strings.Compare(turn(a), turn(b)) }) {
		p := Pair{Name: above + snake(name)}
		switch v := all[name].(type) {
		case map[string]any:
			en, cy, both := inBoth(v)
			if !both {
				ps = within(ps, p.Name+".", v)
				continue
			}
			p.Value, p.Called, p.Both = en, i18n.Text{EN: en, CY: cy}, true
		case string:
			p.Value = v
		case []any:
			words := make([]string, len(v))
			for i, one := range v {
				words[i] = fmt.Sprint(one)
			}
			p.Value = strings.Join(words, ", ")
		default:
			raw, _ := json.Marshal(v) // it came out of JSON
			p.Value = string(raw)
		}
		ps = append(ps, p)
	}
	return ps
}

// inBoth says whether a value is a sentence in both languages.
func inBoth(v map[string]any) (en, cy string, both bool) {
	if len(v) != 2 {
		return "", "", false
	}
	low := map[string]any{}
	for name, value := range v {
		low[strings.ToLower(name)] = value
	}
	en, isEN := low["en"].(string)
	cy, isCY := low["cy"].(string)
	return en, cy, isEN && isCY
}

// snake writes the name of a field as the names of details are: DayNumber is
// day_number.
func snake(name string) string {
	var b strings.Builder
	small := false
	for _, r := range name {
		if unicode.IsUpper(r) && small {
			b.WriteByte('_')
		}
		small = !unicode.IsUpper(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// callings are what ids are called, by the kind of thing.
type callings map[string]map[string]i18n.Text

// want asks for the name of one thing.
func (n callings) want(kind, id string) {
	if id == "" || !people.IsKind(kind) {
		return
	}
	if n[kind] == nil {
		n[kind] = map[string]i18n.Text{}
	}
	n[kind][id] = i18n.Text{}
}

// read finds the names.
func (n callings) read(rx store.Rx) error {
	for kind, ids := range n {
		found, err := people.Called(rx, kind, slices.Sorted(maps.Keys(ids)))
		if err != nil {
			return err
		}
		n[kind] = found
	}
	return nil
}

// put writes the names into a line, and cuts ids short: whoever holds a whole
// number may open what it names.
func (n callings) put(l *Line) {
	l.Actor = n["person"][l.ActorID].EN
	l.Called = n[l.Kind][l.Subject]
	switch {
	case l.Kind == "person" || l.Called.EN != "":
		l.Subject = ""
	case len(l.Subject) >= 20:
		l.Subject = "…" + l.Subject[len(l.Subject)-6:]
	}
	for i, p := range l.Detail {
		if p.Called.EN == "" && !p.Both {
			l.Detail[i].Called = n[p.kind()][p.Value]
		}
		l.Detail[i].Value = opaque.ReplaceAllStringFunc(p.Value, func(s string) string { return "…" + s[len(s)-6:] })
	}
}
