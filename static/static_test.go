package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

func open(t *testing.T) *Files {
	t.Helper()
	f, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func get(f *Files, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) []byte {
	t.Helper()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// names are those of the embedded files, found without the code under test.
func names(t *testing.T) []string {
	t.Helper()
	var found []string
	err := fs.WalkDir(embedded, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 20 {
		t.Fatalf("only %d files are embedded: %v", len(found), found)
	}
	return found
}

func TestEveryFileIsServedUnderItsOwnHash(t *testing.T) {
	f := open(t)
	kind := map[string]string{
		"LICENSE": "text/plain; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".svg": "image/svg+xml", ".woff2": "font/woff2",
	}
	if len(f.byPath) != len(f.byName) {
		t.Errorf("%d addresses for %d files", len(f.byPath), len(f.byName))
	}
	tags := map[string]string{}
	for _, name := range names(t) {
		address := f.Path(name)
		r := get(f, "GET", address)
		content := body(t, r)
		sum := sha256.Sum256(content)
		if want := "/static/" + hex.EncodeToString(sum[:])[:12] + "/" + name; address != want || r.StatusCode != 200 {
			t.Errorf("%s lies at %s and answers %d; want %s", name, address, r.StatusCode, want)
		}
		if original, _ := fs.ReadFile(embedded, name); path.Ext(name) != ".css" && !bytes.Equal(original, content) {
			t.Errorf("%s is served changed", name)
		}
		want := kind[path.Ext(name)]
		if want == "" {
			want = kind[path.Base(name)]
		}
		for header, value := range map[string]string{
			"Content-Type": want, "Cache-Control": "public, max-age=31536000, immutable",
			"X-Content-Type-Options": "nosniff", "Content-Encoding": "",
		} {
			if got := r.Header.Get(header); got != value {
				t.Errorf("%s: %s is %q, want %q", name, header, got, value)
			}
		}

		if tag := r.Header.Get("ETag"); tags[tag] != "" {
			t.Errorf("%s has the ETag of %s", name, tags[tag])
		} else {
			tags[tag] = name
		}
		if got := r.Header.Get("Content-Length"); got != strconv.Itoa(len(content)) {
			t.Errorf("%s: %s bytes are announced, %d come", name, got, len(content))
		}

		packed := get(f, "GET", address, "Accept-Encoding", "gzip")
		sent := body(t, packed)
		if packed.Header.Get("Content-Encoding") == "" {
			if ext := path.Ext(name); ext == ".css" || ext == ".js" {
				t.Errorf("%s is not compressed", name)
			}
			continue
		}
		if got := packed.Header.Get("Content-Length"); got != strconv.Itoa(len(sent)) {
			t.Errorf("%s compressed: %s bytes are announced, %d come", name, got, len(sent))
		}
		unzip, err := gzip.NewReader(bytes.NewReader(sent))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if plain, err := io.ReadAll(unzip); err != nil || !bytes.Equal(plain, content) {
			t.Errorf("%s is another file when compressed (%v)", name, err)
		}
		if path.Ext(name) == ".woff2" {
			t.Errorf("%s is compressed twice", name)
		}
		if len(sent) >= len(content) {
			t.Errorf("%s grows from %d to %d", name, len(content), len(sent))
		}
		if packed.Header.Get("ETag") == r.Header.Get("ETag") || packed.Header.Get("Vary") != "Accept-Encoding" || r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: a cache could mix its two forms up", name)
		}
	}
}

func small() fstest.MapFS {
	return fstest.MapFS{
		"LICENSE":           {Data: []byte("ours")},
		"static.go":         {Data: []byte("package static")},
		"css/golau.css":     {Data: []byte(`a{src:url("../fonts/a.woff2")} b{background:url( '../images/a.svg' )} c{fill:url(#c)} d{background:url(data:image/png;base64,AA)}`)},
		"js/golau.js":       {Data: []byte("1")},
		"js/.golau.js.swp":  {Data: []byte("half")},
		"js/_draft.js":      {Data: []byte("half")},
		"fonts/a.woff2":     {Data: []byte("one")},
		"images/a.svg":      {Data: []byte("<svg xmlns=\"x\" viewBox=\"0 0 1 2\" role=\"img\">\n<title>An A</title>\n<path d=\"M0 0\"/>\n<g>\n</g>\n</svg>\n")},
		"images/old/a.svg":  {Data: []byte("not a drawing of ours")},
		"../outside/secret": {Data: []byte("secret")},
	}
}

func TestAStyleSheetChangesItsAddressWithWhatItNames(t *testing.T) {
	before, err := Open(small())
	if err != nil {
		t.Fatal(err)
	}
	css := string(body(t, get(before, "GET", before.Path("css/golau.css"))))
	want := "a{src:url(" + before.Path("fonts/a.woff2") + ")} b{background:url(" + before.Path("images/a.svg") + ")} c{fill:url(#c)} d{background:url(data:image/png;base64,AA)}"
	if css != want {
		t.Errorf("got  %s\nwant %s", css, want)
	}

	changed := small()
	changed["fonts/a.woff2"] = &fstest.MapFile{Data: []byte("two")}
	after, err := Open(changed)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"fonts/a.woff2", "css/golau.css"} {
		if before.Path(name) == after.Path(name) {
			t.Errorf("%s keeps its address", name)
		}
	}
	if before.Path("js/golau.js") != after.Path("js/golau.js") {
		t.Error("a file that did not change moved")
	}
}

func TestOpenRefusesWhatWouldBreakAPage(t *testing.T) {
	for name, c := range map[string]struct {
		change func(fstest.MapFS)
		says   string
	}{
		"a font is gone": {func(m fstest.MapFS) { delete(m, "fonts/a.woff2"); m["fonts/b.woff2"] = &fstest.MapFile{} }, "../fonts/a.woff2"},
		"a sheet from outside": {func(m fstest.MapFS) {
			m["css/b.css"] = &fstest.MapFile{Data: []byte("a{src:url(https://example.org/a)}")}
		}, "https://example.org/a"},
		"an unknown kind":       {func(m fstest.MapFS) { m["js/golau.js.map"] = &fstest.MapFile{} }, "js/golau.js.map"},
		"a page":                {func(m fstest.MapFS) { m["images/a.html"] = &fstest.MapFile{} }, "images/a.html"},
		"a name with a space":   {func(m fstest.MapFS) { m["fonts/a b.woff2"] = &fstest.MapFile{} }, "a b.woff2"},
		"a picture without box": {func(m fstest.MapFS) { m["images/b.svg"] = &fstest.MapFile{Data: []byte("<svg></svg>")} }, "images/b.svg"},
		"no scripts": {func(m fstest.MapFS) {
			delete(m, "js/golau.js")
			delete(m, "js/.golau.js.swp")
			delete(m, "js/_draft.js")
		}, "js"},
	} {
		m := small()
		c.change(m)
		_, err := Open(m)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that names %s", name, err, c.says)
		}
	}
	missing := small()
	delete(missing, "LICENSE")
	if _, err := Open(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without the licence: %v", err)
	}
}

func TestOnlyThePublicFoldersAreRead(t *testing.T) {
	f, err := Open(small())
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(maps.Keys(f.byName))
	want := []string{"LICENSE", "css/golau.css", "fonts/a.woff2", "images/a.svg", "images/old/a.svg", "js/golau.js"}
	if !slices.Equal(got, want) {
		t.Errorf("public are %v, want %v", got, want)
	}
}

func TestAnUnknownNameIsAnError(t *testing.T) {
	f := open(t)
	for _, name := range []string{"", "golau.css", "css/golau.cs", "/css/golau.css", "static.go"} {
		func() {
			defer func() {
				if said := recover(); said == nil || !strings.Contains(said.(string), `"`+name+`"`) {
					t.Errorf("Path(%q) says %v", name, said)
				}
			}()
			f.Path(name)
		}()
	}
}

func TestIllustrationIsTheInsideOfADrawing(t *testing.T) {
	f, err := Open(small())
	if err != nil {
		t.Fatal(err)
	}
	inner, ok := f.Illustration("a")
	if want := `<path d="M0 0"/><g></g>`; inner != want || !ok {
		t.Errorf("got %q, %v; want %q", inner, ok, want)
	}
	if box, ok := f.ViewBox("a"); box != "0 0 1 2" || !ok {
		t.Errorf("the frame is %q, %v", box, ok)
	}
	for _, name := range []string{"b", "", "a.svg", "images/a.svg", "../images/a"} {
		if inner, ok := f.Illustration(name); ok || inner != "" {
			t.Errorf("Illustration(%q) gives %q", name, inner)
		}
		if box, ok := f.ViewBox(name); ok || box != "" {
			t.Errorf("ViewBox(%q) gives %q", name, box)
		}
	}
}
