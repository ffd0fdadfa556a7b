package main

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/yamlfile"
	"golau/modules"
)

// The page of sources says what awaits a professional's check: under every module
// the facts that rest on practice and those that were read in a secondary source
// only, with their sentence; of each source how it was read; and of each sentence
// that goes out of date how sure it is, as facts.yaml has it.
func TestTheSourcesSayWhatAwaitsACheck(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	raw, err := os.ReadFile("../../modules/content/facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Welsh string
		Facts []modules.Fact
	}
	if err := yamlfile.Decode(raw, &file); err != nil {
		t.Fatal(err)
	}
	lib := h.school.Library()
	for _, l := range i18n.Langs {
		page := h.visitor().get("/" + string(l) + "/sources").want(http.StatusOK)
		sound(t, "sources", page)
		for _, a := range lib.Awaiting() {
			id := "awaiting-elsewhere"
			if a.Module != nil {
				id = "awaiting-" + a.Module.Slug
			}
			part := find(page.doc(), both(tag("details"), byID(id)))
			said := flat(textOf(part))
			for _, f := range append(a.Practice, a.Weak...) {
				if !strings.Contains(said, flat(f.ID+" "+f.Text.In(l))) {
					t.Errorf("%s, %s: %s is missing", l, id, f.ID)
				}
			}
			if none := h.words.T(l, "awaiting.no_source"); strings.Contains(said, flat(none)) != lacksSource(a.Weak) {
				t.Errorf("%s, %s: whether a source is missing is not said as it is: %s", l, id, said)
			}
		}
		text := flat(page.text())
		for _, f := range file.Facts {
			_, after, ok := strings.Cut(text, flat(f.Text.In(l)+" "+h.words.T(l, "sources.read_in")))
			mark := h.words.T(l, "sources.weak")
			until := strings.Index(after, flat(h.words.T(l, "sources.unchecked")))
			if !ok || until < 0 || strings.Contains(after[:until], flat(mark)) != (f.Confidence == "V2") {
				t.Errorf("%s: %s is %s, and the page says %.200s", l, f.Key, f.Confidence, after)
			}
		}
		for _, s := range lib.Sources {
			how := map[string]string{modules.ReadArchived: map[i18n.Lang]string{i18n.EN: "archived copy", i18n.CY: "copi wedi’i archifo"}[l], modules.ReadLive: map[i18n.Lang]string{i18n.EN: "live web", i18n.CY: "we fyw"}[l]}[s.Read]
			if said := textOf(find(page.doc(), byID("source-"+s.ID))); how == "" || !strings.Contains(said, how) {
				t.Errorf("%s: how %s was read is not said: %s", l, s.ID, said)
			}
		}
	}
}

// lacksSource says whether one of these names no source.
func lacksSource(facts []modules.Awaited) bool {
	for _, f := range facts {
		if len(f.Sources) == 0 {
			return true
		}
	}
	return false
}
