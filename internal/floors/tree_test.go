package floors

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// module is the project's own import path.
const module = "golau"

// tree is the project as it lies on the disk, or a small one made for a test.
type tree struct {
	set   *token.FileSet
	files []source          // Go, in order of their paths
	texts map[string]string // every file that is text, Go too, by path
}

// source is one Go file.
type source struct {
	path    string // from the root: "quiz/store.go"
	dir     string // "quiz"; "." for the root
	name    string
	test    bool
	imports []string
	ast     *ast.File
	lines   int
}

// outside are folders that hold nothing of ours: what is fetched, what is
// written while the program runs, and what git keeps for itself.
var outside = []string{".git", "node_modules", "golau-data", "dist", "shots", "testdata"}

// read takes in every text file below the root of fsys.
func read(fsys fs.FS) (tree, error) {
	t := tree{set: token.NewFileSet(), texts: map[string]string{}}
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains(outside, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if info, err := d.Info(); err != nil || !d.Type().IsRegular() || info.Size() > 2<<20 {
			return err // pictures and built programs
		}
		raw, err := fs.ReadFile(fsys, p)
		if err != nil || bytes.IndexByte(raw[:min(len(raw), 8000)], 0) >= 0 {
			return err
		}
		t.texts[p] = string(raw)
		if path.Ext(p) != ".go" {
			return nil
		}
		f, err := parser.ParseFile(t.set, p, raw, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s := source{path: p, dir: path.Dir(p), name: path.Base(p), test: strings.HasSuffix(p, "_test.go"), ast: f,
			lines: bytes.Count(raw, []byte("\n"))}
		for _, im := range f.Imports {
			name, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, name)
		}
		t.files = append(t.files, s)
		return nil
	})
	return t, err
}

// product is every Go file that is built into something.
func (t tree) product() []source {
	return slices.DeleteFunc(slices.Clone(t.files), func(s source) bool { return s.test })
}

// dirs are the folders that hold Go files of the product.
func (t tree) dirs() []string {
	seen := map[string]bool{}
	for _, s := range t.product() {
		seen[s.dir] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// at says where in its file a node stands.
func (t tree) at(n ast.Node) string {
	p := t.set.Position(n.Pos())
	return p.Filename + ":" + strconv.Itoa(p.Line)
}

// strings returns every string literal of a file that is not an import or a
// struct tag, with where it stands.
func (t tree) strings(s source, each func(at, text string)) {
	ast.Inspect(s.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				if text, err := strconv.Unquote(n.Value); err == nil {
					each(t.at(n), text)
				}
			}
		}
		return true
	})
}

// below says whether dir is folder or lies in it.
func below(dir, folder string) bool { return dir == folder || strings.HasPrefix(dir, folder+"/") }

// belowAny says whether dir is one of the folders or lies in one.
func belowAny(dir string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return below(dir, f) })
}

// whole is the project itself, read once.
var whole = sync.OnceValues(func() (tree, error) { return read(os.DirFS("../..")) })

// holds fails the test for every fault that a rule finds in the project.
func holds(t *testing.T, rule func(tree) []string) {
	t.Helper()
	house, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	if len(house.product()) < 50 {
		t.Fatalf("only %d Go files were found: the test looks in the wrong place", len(house.product()))
	}
	for _, fault := range rule(house) {
		t.Error(fault)
	}
}

// breaks is a small project with faults. A rule is worth nothing until it has
// been seen to fail.
type breaks struct {
	name  string
	files map[string]string // a Go file without a package clause is given one
	want  []string          // a part of each fault, in order; none = the rule must let it pass
}

func (b breaks) check(t *testing.T, rule func(tree) []string) {
	t.Helper()
	t.Run(b.name, func(t *testing.T) {
		t.Helper()
		small := fstest.MapFS{}
		for name, text := range b.files {
			if path.Ext(name) == ".go" && !strings.Contains(text, "package ") {
				text = "package " + path.Base(path.Dir(name)) + "\n" + text
			}
			small[name] = &fstest.MapFile{Data: []byte(text)}
		}
		made, err := read(small)
		if err != nil {
			t.Fatal(err)
		}
		got := rule(made)
		if len(got) != len(b.want) {
			t.Fatalf("%d faults, expected %d:\n%s", len(got), len(b.want), strings.Join(got, "\n"))
		}
		for i, want := range b.want {
			if !strings.Contains(got[i], want) {
				t.Errorf("fault %d is %q, expected it to say %q", i+1, got[i], want)
			}
		}
	})
}
