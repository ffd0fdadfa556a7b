package people

import (
	"slices"

	"golau/internal/i18n"
)

// KindOwn is the kind of a board that describes itself in its own words.
const KindOwn = "own"

// Kind is a kind of body as forms offer it.
type Kind struct {
	Key string `yaml:"key"`
	EN  string `yaml:"en"`
	CY  string `yaml:"cy"`
}

// Name is the kind in both languages.
func (k Kind) Name() i18n.Text { return i18n.Text{EN: k.EN, CY: k.CY} }

// Kinds are the kinds of body that forms offer.
type Kinds struct {
	Boards   []Kind `yaml:"boards"`
	Agencies []Kind `yaml:"agencies"`
}

// domains are e-mail domains that are special.
type domains struct {
	Anybody  []string `yaml:"anybody"`  // anybody can have an address there
	Suffixes []string `yaml:"suffixes"` // thousands of organisations stand below
	Many     []string `yaml:"many"`     // many organisations share it
}

// KindName is what kind of board it is, in both languages.
func (b Board) KindName() i18n.Text {
	if b.Kind == KindOwn {
		return b.OwnKind
	}
	ref, err := LoadReference()
	if err != nil {
		return i18n.Text{EN: b.Kind, CY: b.Kind}
	}
	return nameOfKind(ref.Kinds.Boards, b.Kind)
}

// KindName is what kind of agency it is, in both languages.
func (o Organisation) KindName() i18n.Text {
	ref, err := LoadReference()
	if err != nil {
		return i18n.Text{EN: o.Kind, CY: o.Kind}
	}
	return nameOfKind(ref.Kinds.Agencies, o.Kind)
}

// nameOfKind names a kind; one that no list knows stands as it is.
func nameOfKind(kinds []Kind, key string) i18n.Text {
	if i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Key == key }); i >= 0 {
		return kinds[i].Name()
	}
	return i18n.Text{EN: key, CY: key}
}

// isKind says whether a form may send the kind: one of the list, or the one
// that the body has already.
func isKind(kinds []Kind, key, already string) bool {
	return key != "" && (key == already || slices.ContainsFunc(kinds, func(k Kind) bool { return k.Key == key }))
}
