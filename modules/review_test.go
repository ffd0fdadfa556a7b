package modules

import (
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
)

// A review counts for the edition that it names, and only where it is whole.
func TestReview(t *testing.T) {
	const whole = "edition: \"2026.1\"\nreviewed_on: 2026-12-01\nrole: {en: \"Head of Safeguarding\", cy: \"Pennaeth Diogelu\"}\n"
	for name, c := range map[string]struct{ file, says string }{
		"nobody yet":    {"edition:\nreviewed_on:\nrole: {en: \"\", cy: \"\"}\n", ""},
		"whole":         {whole, ""},
		"no day":        {strings.Replace(whole, "2026-12-01", "", 1), "leave all of it empty while there is none"},
		"no edition":    {strings.Replace(whole, "\"2026.1\"", "", 1), "leave all of it empty while there is none"},
		"one language":  {strings.Replace(whole, "Pennaeth Diogelu", "", 1), "leave all of it empty while there is none"},
		"no such day":   {strings.Replace(whole, "2026-12-01", "2026-13-01", 1), "is not a day"},
		"unknown key":   {whole + "name: \"Somebody\"\n", "name"},
		"Welsh a draft": {whole, "the Welsh of lamp is a draft"},
	} {
		files := good(t)
		files["review.yaml"] = &fstest.MapFile{Data: []byte(c.file)}
		if name != "Welsh a draft" {
			replace(t, files, "lamp/module.yaml", "welsh: draft", "welsh: reviewed")
		}
		lib, findings := mustLoad(t, files)
		if said := list(findings); c.says == "" && len(findings) > 0 || !strings.Contains(said, c.says) || c.says != "" && !strings.Contains(said, "review.yaml") {
			t.Errorf("%s: %q", name, said)
		}
		if r := lib.Review(); name == "whole" && (!r.Of("2026.1") || r.Of("2026.2") || r.Role != i18n.Text{EN: "Head of Safeguarding", CY: "Pennaeth Diogelu"} || r.On != "2026-12-01") {
			t.Errorf("%+v", r)
		}
	}
	lib, _ := mustLoad(t, good(t))
	if lib.Review() != (Review{}) || lib.Review().Of("") {
		t.Errorf("without a file: %+v", lib.Review())
	}
}

// Nobody has reviewed the course that is compiled in. Whoever has is named in
// review.yaml, and this test is changed with it.
func TestNobodyHasReviewedTheCourse(t *testing.T) {
	var r Review
	var found []Finding
	if err := readYAML(Content(), report{"review.yaml", &found}, &r); err != nil || len(found) > 0 || r != (Review{}) {
		t.Errorf("%+v, %v, %v", r, found, err)
	}
}
