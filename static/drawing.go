package static

import (
	"errors"
	"regexp"
	"strings"
)

// drawing is a picture that pages carry inside themselves, so that the style
// sheet colours it: by day, in the dark, in print.
type drawing struct {
	viewBox string
	inner   string
}

var (
	outline = regexp.MustCompile(`(?s)^\s*<svg\b[^>]*\bviewBox="([-0-9. ]+)"[^>]*>(.*)</svg>\s*$`)
	title   = regexp.MustCompile(`(?s)<title>.*?</title>`)
)

// Illustration is the markup inside the <svg> of images/<name>.svg. The title is
// left out: what a picture shows is said by the page, in the reader's language.
func (f *Files) Illustration(name string) (string, bool) {
	found, ok := f.scenes[name]
	return found.inner, ok
}

// ViewBox is the frame that the markup of Illustration is drawn in.
func (f *Files) ViewBox(name string) (string, bool) {
	found, ok := f.scenes[name]
	return found.viewBox, ok
}

func parseDrawing(content []byte) (drawing, error) {
	parts := outline.FindStringSubmatch(string(content))
	if parts == nil {
		return drawing{}, errors.New("not one <svg> with a viewBox")
	}
	inner := title.ReplaceAllString(parts[2], "")
	inner = strings.ReplaceAll(inner, ">\n<", "><")
	return drawing{viewBox: parts[1], inner: strings.TrimSpace(inner)}, nil
}
