package people

import (
	"encoding/base64"

	"golau/internal/store"
)

// What a provider may lack, as words for whoever looks after the machine.
const (
	LacksClient  = "client"  // the name by which it knows the site
	LacksDomains = "domains" // every domain that it spoke for was taken from its agency
	LacksProof   = "proof"   // what the site proves itself with opens with none of the keys
	LacksTest    = "test"    // nobody has tried it since it was made
	LacksFault   = "fault"   // the last try found something
)

// Wholeness is a provider and what it lacks, nothing of which is secret.
type Wholeness struct {
	Provider
	Lacks []string
}

// ProvidersWhole says of every provider, by key, what a sign-in by it lacks. It asks
// no provider and no viewer: it is for the machine's own commands. The keys are
// those of the server that may have closed what the site proves itself with.
func ProvidersWhole(rx store.Rx, keys ...[]byte) ([]Wholeness, error) {
	all, err := providers(rx, "")
	if err != nil {
		return nil, err
	}
	found := make([]Wholeness, len(all))
	for i, p := range all {
		w := Wholeness{Provider: p}
		for _, lack := range []struct {
			what  string
			holds bool
		}{
			{LacksClient, p.ClientID == ""},
			{LacksDomains, len(p.Domains) == 0},
			{LacksProof, !opens(p, keys)},
			{LacksTest, p.Tested.IsZero()},
			{LacksFault, p.Fault != ""},
		} {
			if lack.holds {
				w.Lacks = append(w.Lacks, lack.what)
			}
		}
		w.sealed = ""
		found[i] = w
	}
	return found, nil
}

// opens says whether one of the keys opens what the site proves itself with.
func opens(p Provider, keys [][]byte) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(p.sealed)
	if err != nil {
		return false
	}
	for _, key := range keys {
		aead, err := closerOf(key, "provider")
		if err != nil || len(raw) < aead.NonceSize() {
			continue
		}
		if plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(p.ID)); err == nil && len(plain) > 0 {
			return true
		}
	}
	return false
}
