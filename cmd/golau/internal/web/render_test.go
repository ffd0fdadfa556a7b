package web

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"golau/internal/i18n"
)

// bare is a look with nothing in it.
type bare struct{}

func (bare) Path(name string) string            { return name }
func (bare) Illustration(string) (string, bool) { return "", false }
func (bare) ViewBox(name string) (string, bool) { return "", false }
func file(text string) *fstest.MapFile          { return &fstest.MapFile{Data: []byte(text)} }
func rooms(a, b fstest.MapFS) map[string]fs.FS  { return map[string]fs.FS{"a": a, "b": b} }
func open(rooms map[string]fs.FS) (string, error) {
	words, err := i18n.Embedded()
	if err != nil {
		return "", err
	}
	r, err := ParsePages(words, bare{}, rooms)
	if err != nil {
		return "", err
	}
	return r.in[i18n.CY].DefinedTemplates(), nil
}

// All pages stand in one set: of two parts with one name, one would show on the
// other's pages, so the program does not start.
func TestPartsHaveNamesOfTheirOwn(t *testing.T) {
	part := file(`{{define "lettered"}}a, b, c{{end}}`)
	page := file(`{{define "main"}}{{template "lettered"}}{{end}}`)
	_, err := open(rooms(fstest.MapFS{"pages/x.html": page, "pages/parts.html": part}, fstest.MapFS{"pages/parts.html": part}))
	if err == nil || !strings.Contains(err.Error(), `there is a "lettered" already`) {
		t.Errorf("the second %q is taken: %v", "lettered", err)
	}
	names, err := open(rooms(fstest.MapFS{"pages/x.html": page, "pages/parts.html": part}, fstest.MapFS{"pages/x.html": page}))
	if err != nil || !strings.Contains(names, `"a/x"`) || !strings.Contains(names, `"b/x"`) {
		t.Errorf("pages that use one part: %s, %v", names, err)
	}
}
