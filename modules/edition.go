package modules

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"strconv"

	"golau/internal/i18n"
	"golau/modules/scenario"
)

// moduleEdition hashes what a learner of m is shown, in both languages. Two
// texts with the same edition read the same to the last letter; a comment or a
// fact id in the source changes nothing.
func moduleEdition(m *Module) string {
	h := sha256.New()
	put(h, m.Slug, strconv.Itoa(m.Number), m.Title.EN, m.Title.CY, m.Lead.EN, m.Lead.CY, strconv.Itoa(m.Minutes.Total))
	for _, o := range m.Objectives {
		put(h, o.ID, o.Text.EN, o.Text.CY)
	}
	for _, s := range m.Sections {
		put(h, s.ID, s.Title.EN, s.Title.CY, s.Scene, strconv.Itoa(s.Minutes))
		for _, part := range []HTML{s.Note, s.HTML, s.Short} {
			put(h, string(part.In(i18n.EN)), string(part.In(i18n.CY)))
		}
	}
	return short(h)
}

// caseEdition hashes a case: it stands beside its module, whose edition it does
// not change.
func caseEdition(s *scenario.Scenario) string {
	h := sha256.New()
	put(h, s.ID, s.Scene, s.Graph())
	for _, said := range s.Everything() {
		put(h, said.Text.EN, said.Text.CY)
	}
	return short(h)
}

// put writes each string with its length before it, so that "ab","c" and
// "a","bc" do not hash alike.
func put(h hash.Hash, parts ...string) {
	for _, p := range parts {
		_, _ = io.WriteString(h, strconv.Itoa(len(p))+":"+p)
	}
}

// short is 12 hex digits: enough to tell editions apart, little enough to print
// on a certificate.
func short(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil))[:12] }
