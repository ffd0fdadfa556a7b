package static

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The pictures are put into pages as they are, so they are held to what the
// pages' own policy allows, and to ids that cannot meet on one page.
func TestPicturesAreSafeToPutIntoAPage(t *testing.T) {
	f := open(t)
	sheet := string(body(t, get(f, "GET", f.Path("css/golau.css"))))
	allowed := []string{
		"class", "fill", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "transform", "id", "clip-path",
		"stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "opacity", "viewBox",
	}
	owner := map[string]string{}
	for _, name := range names(t) {
		picture, is := strings.CutPrefix(name, "images/")
		if !is {
			continue
		}
		picture = strings.TrimSuffix(picture, ".svg")
		inner, ok := f.Illustration(picture)
		if !ok || inner == "" {
			t.Errorf("%s is empty", name)
		}
		read := xml.NewDecoder(strings.NewReader("<svg>" + inner + "</svg>"))
		for {
			token, err := read.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			start, is := token.(xml.StartElement)
			if !is {
				continue
			}
			if !slices.Contains([]string{"svg", "g", "path", "rect", "circle", "ellipse", "clipPath"}, start.Name.Local) {
				t.Errorf("%s has <%s>", name, start.Name.Local)
			}
			for _, a := range start.Attr {
				switch {
				case !slices.Contains(allowed, a.Name.Local):
					t.Errorf("%s has %s=%q", name, a.Name.Local, a.Value)
				case a.Name.Local == "id" && owner[a.Value] != "":
					t.Errorf("%s and %s both have the id %s", name, owner[a.Value], a.Value)
				case a.Name.Local == "id":
					owner[a.Value] = name
				case a.Name.Local == "class":
					for class := range strings.FieldsSeq(a.Value) {
						if !regexp.MustCompile(`\.` + regexp.QuoteMeta(class) + `[^\w-]`).MatchString(sheet) {
							t.Errorf("%s: nothing colours .%s", name, class)
						}
					}
				}
			}
		}
	}
}

func TestScriptsAndStylesKeepToThePolicy(t *testing.T) {
	// Trusted Types would stop the first six, the content policy the rest; and an
	// import from beside would look under the hash of another file.
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\bimport\b|//[a-z.]+\.[a-z]+/|@import`)
	for _, name := range names(t) {
		if ext := path.Ext(name); ext != ".js" && ext != ".css" {
			continue
		}
		content, err := fs.ReadFile(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		if found := forbidden.Find(content); found != nil {
			t.Errorf("%s has %s", name, found)
		}
	}
}

// A worried person on a train opens the first page: this is what has to arrive
// beside it. The limits are promises; the page's own share of 90 kB is the rest.
func TestAFirstVisitIsLight(t *testing.T) {
	f := open(t)
	sent := func(name string) int {
		return len(body(t, get(f, "GET", f.Path(name), "Accept-Encoding", "gzip")))
	}
	for _, c := range []struct {
		what  string
		names []string
		limit int
	}{
		{"the style sheet", []string{"css/golau.css"}, 22_000},
		{"the scripts", []string{"js/golau.js", "js/quiz.js"}, 8_000},
		{"the typeface", []string{
			"fonts/atkinson-hyperlegible-next-400.woff2", "fonts/atkinson-hyperlegible-next-600.woff2", "fonts/atkinson-hyperlegible-next-700.woff2",
		}, 45_000},
		{"the largest picture", []string{"images/one-window.svg"}, 2_000},
	} {
		total := 0
		for _, name := range c.names {
			total += sent(name)
		}
		t.Logf("%s: %d bytes of %d", c.what, total, c.limit)
		if total > c.limit {
			t.Errorf("%s: %d bytes are sent, %d are promised", c.what, total, c.limit)
		}
	}
}
