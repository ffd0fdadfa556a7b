package floors

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// taking is something that is given, never taken, outside a few places.
type taking struct {
	what string   // package and name
	in   []string // folders that may
	why  string
}

// takings: what a function takes from its surroundings cannot be given by a
// test. Tests themselves may take what they like.
var takings = []taking{
	{"os.Getenv", []string{"cmd/golau", "internal/testneeds"}, "only a command reads the environment; a test's needs are a test's"},
	{"os.LookupEnv", []string{"cmd/golau"}, "only a command reads the environment"},
	{"os.Environ", []string{"cmd/golau"}, "only a command reads the environment"},
	{"os.ExpandEnv", []string{"cmd/golau"}, "only a command reads the environment"},
	// The store keeps the clock and the chance that it was opened with, and falls
	// back to these two.
	{"time.Now", []string{"cmd", "internal/store"}, "time is given: tx.Now, rx.Now()"},
	{"rand.Reader", []string{"cmd", "internal/store"}, "chance is given: tx.Rand(), tx.NewID()"},
	{"time.Since", []string{"cmd"}, "time is given"},
	{"time.Until", []string{"cmd"}, "time is given"},
	{"time.Sleep", nil, "nothing waits by the clock: it makes tests slow and then wrong"},
	// The worker looks for jobs every few seconds; its tests call Once.
	{"time.NewTicker", []string{"cmd", "internal/outbox"}, "nothing waits by the clock, but the worker"},
	{"time.After", []string{"cmd"}, "nothing waits by the clock"},
	{"time.Tick", nil, "nothing waits by the clock"},
	{"time.AfterFunc", []string{"cmd"}, "nothing waits by the clock"},
}

// dice are imports of chance that nobody gave.
var dice = []string{"math/rand", "math/rand/v2"}

func checkTakings(t tree) (faults []string) {
	for _, s := range t.product() {
		for _, im := range s.imports {
			if slices.Contains(dice, im) && !below(s.dir, "cmd") {
				faults = append(faults, s.path+" imports "+im+": chance is given: tx.Rand(), tx.NewID()")
			}
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok {
				for _, k := range takings {
					if k.what == x.Name+"."+sel.Sel.Name && !belowAny(s.dir, k.in) {
						faults = append(faults, fmt.Sprintf("%s: %s: %s", t.at(sel), k.what, k.why))
					}
				}
			}
			return true
		})
	}
	return faults
}

func TestTakings(t *testing.T) { holds(t, checkTakings) }

func TestTakingsSeenToFail(t *testing.T) {
	for _, b := range []breaks{
		{"given", map[string]string{"cmd/golau/m.go": "import (\"os\"; \"time\")\nvar _, _ = os.Getenv(\"A\"), time.Now()",
			"quiz/q_test.go": "import \"time\"\nvar _ = time.Now()"}, nil},
		{"the environment", map[string]string{"quiz/q.go": "import \"os\"\nvar _ = os.Getenv(\"A\")"}, []string{"quiz/q.go:3: os.Getenv"}},
		{"the environment, in a page", map[string]string{"cmd/bench/b.go": "import \"os\"\nvar _, _ = os.LookupEnv(\"A\")"}, []string{"os.LookupEnv"}},
		{"the clock", map[string]string{"quiz/q.go": "import \"time\"\nvar now = time.Now"}, []string{"time.Now: time is given"}},
		{"a wait", map[string]string{"cmd/golau/m.go": "import \"time\"\nfunc f() { time.Sleep(1) }"}, []string{"time.Sleep"}},
		{"dice", map[string]string{"quiz/q.go": `import _ "math/rand/v2"`}, []string{"imports math/rand/v2"}},
		{"keys", map[string]string{"quiz/q.go": "import \"crypto/rand\"\nvar r = rand.Reader"}, []string{"rand.Reader: chance is given"}},
	} {
		b.check(t, checkTakings)
	}
}

// powers of the query builder that hide what happens to a table.
var powers = map[string]string{
	"AutoMigrate":   "the schema is what the migrations say",
	"Migrator":      "the schema is what the migrations say",
	"Save":          "it writes every column, also those somebody else has changed; name the columns",
	"FirstOrCreate": "a condition made of a struct drops zero values",
	"FirstOrInit":   "a condition made of a struct drops zero values",
	"Association":   "tables are joined in words",
	"Preload":       "tables are joined in words",
}

// writers are the folders whose verbs open a Write. A page never does: the verb
// that it calls opens the one there is.
var writers = []string{"course", "internal/people", "internal/site", "certificates", "internal/outbox", "internal/store", "internal/steward", "cmd/golau/internal/seed"}

func checkPowers(t tree) (faults []string) {
	for _, s := range t.product() {
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "gorm" && (n.Sel.Name == "Model" || n.Sel.Name == "DeletedAt") {
					faults = append(faults, fmt.Sprintf("%s: gorm.%s: a table has the columns that its migration says", t.at(n), n.Sel.Name))
				}
			case *ast.CallExpr:
				sel, ok := n.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if why := powers[sel.Sel.Name]; why != "" {
					faults = append(faults, fmt.Sprintf("%s: %s: %s", t.at(n), sel.Sel.Name, why))
				}
				if sel.Sel.Name == "Write" && len(n.Args) == 3 && !belowAny(s.dir, writers) {
					faults = append(faults, fmt.Sprintf("%s opens a Write: that is the verb's to do, once", t.at(n)))
				}
			}
			return true
		})
	}
	return faults
}

func TestPowers(t *testing.T) { holds(t, checkPowers) }

func TestPowersSeenToFail(t *testing.T) {
	for _, b := range []breaks{
		{"words", map[string]string{"quiz/store.go": "func f(tx T) { tx.Exec(\"INSERT\"); w.Write(b) }", "course/c.go": "func f() { db.Write(ctx, by, fn) }"}, nil},
		{"auto migrate", map[string]string{"quiz/store.go": "func f() { db.AutoMigrate(&X{}) }"}, []string{"AutoMigrate"}},
		{"the migrator", map[string]string{"quiz/store.go": "func f() { db.Migrator().AddColumn(&X{}, \"y\") }"}, []string{"Migrator"}},
		{"save", map[string]string{"quiz/store.go": "func f() { tx.Save(&x) }"}, []string{"Save: it writes every column"}},
		{"the model", map[string]string{"quiz/store.go": "type X struct { gorm.Model }"}, []string{"gorm.Model"}},
		{"soft deletion", map[string]string{"quiz/store.go": "type X struct { D gorm.DeletedAt }"}, []string{"gorm.DeletedAt"}},
		{"a page that writes", map[string]string{"cmd/golau/internal/web/learner/l.go": "func f() { db.Write(ctx, by, fn) }"}, []string{"learner/l.go:2 opens a Write"}},
		{"a room that writes by itself", map[string]string{"quiz/q.go": "func f() { db.Write(ctx, by, fn) }"}, []string{"opens a Write"}},
	} {
		b.check(t, checkPowers)
	}
}

// Sizes that keep a file one idea and a handler three movements.
const (
	maxLines   = 400
	maxMedian  = 130
	maxHandler = 30
)

// checkSizes counts the lines of what is written by hand, tests too.
func checkSizes(t tree) (faults []string) {
	var all []int
	for name, text := range t.texts {
		if n := strings.Count(text, "\n"); n > maxLines && slices.ContainsFunc([]string{".go", ".html", ".mjs"}, func(e string) bool { return strings.HasSuffix(name, e) }) {
			faults = append(faults, fmt.Sprintf("%s has %d lines; at most %d", name, n, maxLines))
		}
	}
	for _, s := range t.product() {
		all = append(all, s.lines)
		if !below(s.dir, "cmd/golau/internal/web") {
			continue
		}
		for _, d := range s.ast.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !isHandler(f) {
				continue
			}
			if n := t.set.Position(f.End()).Line - t.set.Position(f.Pos()).Line + 1; n > maxHandler {
				faults = append(faults, fmt.Sprintf("%s: the handler %s has %d lines; at most %d: it reads, calls one verb, shows", t.at(f), f.Name.Name, n, maxHandler))
			}
		}
	}
	slices.Sort(faults)
	slices.Sort(all)
	if m := all[len(all)/2]; m > maxMedian {
		faults = append(faults, fmt.Sprintf("half of the Go files have more than %d lines; at most %d", m, maxMedian))
	}
	return faults
}

// isHandler says whether a function takes a request and who is looking.
func isHandler(f *ast.FuncDecl) bool {
	var types []string
	for _, p := range f.Type.Params.List {
		types = append(types, typeName(p.Type))
	}
	return len(types) == 2 && types[0] == "Context" && types[1] == "Viewer"
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func TestSizes(t *testing.T) { holds(t, checkSizes) }

func TestSizesSeenToFail(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("\n", n) }
	handler := func(n int) string {
		return "func (r *R) show(c *web.Context, v people.Viewer) error {" + lines(n-1) + "}"
	}
	small := map[string]string{"quiz/a.go": "", "quiz/b.go": ""}
	with := func(name, text string) map[string]string {
		files := map[string]string{name: text}
		for n, x := range small {
			files[n] = x
		}
		return files
	}
	for _, b := range []breaks{
		{"small", with("cmd/golau/internal/web/learner/l.go", handler(maxHandler)), nil},
		{"a long file", with("quiz/c.go", lines(maxLines)), []string{"quiz/c.go has " + strconv.Itoa(maxLines+1)}},
		{"a long page", with("web/pages/p.html", lines(maxLines+1)), []string{"p.html has"}},
		{"a long handler", with("cmd/golau/internal/web/learner/l.go", handler(maxHandler+1)), []string{"handler show has 31 lines"}},
		{"long files all over", map[string]string{"a/a.go": lines(200), "b/b.go": lines(300), "c/c.go": ""}, []string{"half of the Go files"}},
	} {
		b.check(t, checkSizes)
	}
}

// disclaims finds the sentence of a package comment that says what the package
// does not know, have or do.
var disclaims = regexp.MustCompile(`\b(not|no|nothing|nobody|never|none)\b`)

func checkComments(t tree) (faults []string) {
	said := map[string]string{}
	for _, s := range t.product() {
		said[s.dir] += s.ast.Doc.Text()
	}
	for _, dir := range t.dirs() {
		switch {
		case said[dir] == "":
			faults = append(faults, dir+" has no package comment")
		case !disclaims.MatchString(said[dir]):
			faults = append(faults, dir+": the package comment says what it is for, but not what it does not know")
		}
	}
	return faults
}

func TestComments(t *testing.T) { holds(t, checkComments) }

func TestCommentsSeenToFail(t *testing.T) {
	for _, b := range []breaks{
		{"both", map[string]string{"quiz/q.go": "// Package quiz asks. It does not know courses.\npackage quiz", "quiz/a.go": ""}, nil},
		{"none", map[string]string{"quiz/q.go": ""}, []string{"quiz has no package comment"}},
		{"apart from the package", map[string]string{"quiz/q.go": "// It is not attached.\n\npackage quiz"}, []string{"quiz has no package comment"}},
		{"half", map[string]string{"quiz/q.go": "// Package quiz asks and notes.\npackage quiz"}, []string{"not what it does not know"}},
	} {
		b.check(t, checkComments)
	}
}
