package modules

import (
	"io/fs"

	"golau/internal/yamlfile"
)

// CheckPictures looks whether every picture that a module or case names can be
// drawn, and is described in words: whoever cannot see it is told what it shows. A
// page leaves out what is not there without a word.
func CheckPictures(content fs.FS, l *Library, drawn, described func(name string) bool) []Finding {
	var out []Finding
	look := func(file, where, name string, line func(whole yamlfile.Place) int) {
		rep, before := report{file, &out}, len(out)
		switch {
		case name == "":
		case !drawn(name):
			rep.fault(0, where, "there is no picture %q: name one of static/images, or leave the scene out", name)
		case !described(name):
			rep.fault(0, where, "nothing says what the picture %q shows: add scene.%s to both files of internal/i18n/messages", name, name)
		}
		if raw, err := fs.ReadFile(content, file); err == nil && len(out) > before {
			out[before].Line = max(1, line(yamlfile.Whole(raw)))
		}
	}
	for _, m := range l.Modules {
		for _, s := range m.Sections {
			look(m.Slug+"/module.yaml", "scene of "+s.ID, s.Scene, func(p yamlfile.Place) int { return p.At("scene").At(s.ID).Line })
		}
		for _, c := range m.Cases {
			look(m.Slug+"/cases/"+c.ID+".yaml", "scene", c.Scene, func(p yamlfile.Place) int { return p.At("scene").Line })
		}
	}
	return out
}
