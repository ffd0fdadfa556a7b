// Package static holds what a browser fetches beside the page: the style sheet,
// the scripts, the typeface and the pictures. Every file has an address made of
// its content, so that a browser may keep it for a year and still has the new
// one the moment it changes.
//
// Everything in the folders css, js, fonts and images is public. The package
// does not know pages, languages or people, nor who asks.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"
)

//go:embed LICENSE css js fonts images
var embedded embed.FS

// public names what is served; whatever else lies in the folder is source.
var public = []string{"LICENSE", "css", "js", "fonts", "images"}

// kinds are the content types. A file of another kind is a mistake that stops
// the start: nobody has thought about what a browser would do with it.
var kinds = map[string]string{
	"":       "text/plain; charset=utf-8", // LICENSE
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9./_-]+$`)

// Files are the public files as they were when opened; safe for many readers.
type Files struct {
	byName map[string]*file   // "css/golau.css"
	byPath map[string]*file   // "/static/0123456789ab/css/golau.css"
	scenes map[string]drawing // "quiet-room"
}

type file struct {
	path   string
	kind   string
	etag   string
	plain  []byte
	zipped func() []byte // made once, when first asked for; nil where it would save nothing
}

// Open reads every public file of dir, or of the program itself if dir is nil.
// It fails where a style sheet names a file that is not there.
func Open(dir fs.FS) (*Files, error) {
	if dir == nil {
		dir = embedded
	}
	contents := map[string][]byte{}
	for _, root := range public {
		err := fs.WalkDir(dir, root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			if strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "_") {
				return nil // as go:embed does, so that both ways see the same files
			}
			if _, known := kinds[path.Ext(name)]; !known {
				return fmt.Errorf("%s is not a kind of file that is served", name)
			}
			if !plainName.MatchString(name) {
				return fmt.Errorf("%q needs escapes in an address; use letters, figures, dots and hyphens", name)
			}
			contents[name], err = fs.ReadFile(dir, name)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("static: %w", err)
		}
	}

	f := &Files{byName: map[string]*file{}, byPath: map[string]*file{}, scenes: map[string]drawing{}}
	for name, content := range contents {
		if path.Ext(name) != ".css" {
			f.add(name, content)
		}
		if folder, base := path.Split(name); folder == "images/" {
			scene, err := parseDrawing(content)
			if err != nil {
				return nil, fmt.Errorf("static: %s: %w", name, err)
			}
			f.scenes[strings.TrimSuffix(base, ".svg")] = scene
		}
	}
	// Style sheets come last: their own hash has to change with the files they name.
	for name, content := range contents {
		if path.Ext(name) != ".css" {
			continue
		}
		content, err := f.address(name, content)
		if err != nil {
			return nil, fmt.Errorf("static: %w", err)
		}
		f.add(name, content)
	}
	return f, nil
}

// Path is where the named file ("css/golau.css") is served. An unknown name is
// a slip of the programmer's, not of a visitor's, so it panics; html/template
// makes an error of that.
func (f *Files) Path(name string) string {
	found, ok := f.byName[name]
	if !ok {
		panic(fmt.Sprintf("static: there is no file %q", name))
	}
	return found.path
}

func (f *Files) add(name string, content []byte) {
	sum := sha256.Sum256(content)
	digest := hex.EncodeToString(sum[:])
	added := &file{
		path:   "/static/" + digest[:12] + "/" + name,
		kind:   kinds[path.Ext(name)],
		etag:   digest[:32],
		plain:  content,
		zipped: sync.OnceValue(func() []byte { return zip(content) }),
	}
	f.byName[name] = added
	f.byPath[added.path] = added
}

var reference = regexp.MustCompile(`url\(\s*["']?([^"')\s]+)["']?\s*\)`)

// address rewrites the files that a style sheet names to where they are served.
func (f *Files) address(name string, content []byte) ([]byte, error) {
	var missing error
	rewritten := reference.ReplaceAllFunc(content, func(match []byte) []byte {
		target := string(reference.FindSubmatch(match)[1])
		if strings.HasPrefix(target, "#") || strings.HasPrefix(target, "data:") {
			return match
		}
		found, ok := f.byName[path.Join(path.Dir(name), target)]
		if !ok {
			missing = fmt.Errorf("%s names %s, which is not here", name, target)
			return match
		}
		return []byte("url(" + found.path + ")")
	})
	return rewritten, missing
}

// zip answers nil for what does not shrink, typefaces above all. It takes ten
// milliseconds for the style sheet, which every start and every test would pay.
func zip(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is a valid constant
	_, _ = w.Write(content)                               // a Buffer does not fail
	_ = w.Close()
	if b.Len() >= len(content)*9/10 {
		return nil
	}
	return b.Bytes()
}
