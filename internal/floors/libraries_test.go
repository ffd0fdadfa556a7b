package floors

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// library says who may import a package from outside, so that replacing it is
// one folder's work.
type library struct {
	path string
	in   []string // folders
	file string   // when set, a file of this name may too, wherever it lies
	why  string
}

// libraries has a row for each package that the product imports from outside
// the standard library, and for the two of the standard library that are kept
// to few places. A row that nobody uses fails.
var libraries = []library{
	{"github.com/labstack/echo/v4", []string{"cmd/golau/internal/web", "cmd/bench"}, "", "its support ends; its successor is to be one folder's work, and the measurement's floor"},
	{"gorm.io/gorm", []string{"internal/store"}, "store.go", "a query builder beside the tables, and nowhere else"},
	{"gorm.io/driver/sqlite", []string{"internal/store"}, "", "only the store knows which database it is"},
	{"modernc.org/sqlite", []string{"internal/store", "cmd/bench"}, "", "only the store knows which engine reads the file; the measurement's floor is the engine without the store"},
	{"github.com/pressly/goose/v3", []string{"internal/store"}, "", "only the store changes the schema"},
	{"database/sql", []string{"internal/store", "cmd/golau", "cmd/bench"}, "store.go", "rows are scanned where the SQL stands; commands ask for a version or a copy"},
	{"os/exec", []string{"internal/testneeds", "cmd/bench"}, "", "the product starts no other program; the measurement starts the product"},
	{"github.com/alecthomas/kong", []string{"cmd/golau"}, "", "only a command reads flags and the environment"},
	{"github.com/alexedwards/argon2id", []string{"internal/people"}, "", "passwords are hashed behind one gate"},
	{"github.com/golang-jwt/jwt/v5", []string{"certificates", "internal/sso", "internal/bearer"}, "", "what is signed is signed where its key is kept"},
	{"github.com/coreos/go-oidc/v3", []string{"internal/sso"}, "", "only one room speaks with agencies' own sign-ins"},
	{"golang.org/x/oauth2", []string{"internal/sso"}, "", "only one room speaks with agencies' own sign-ins"},
	{"go.yaml.in/yaml/v3", []string{"internal/yamlfile", "cmd/golau/internal/seed"}, "", "files are read strictly; the oracle of the demonstration shares nothing with the rooms it answers"},
	{"github.com/yuin/goldmark", []string{"modules"}, "", "only the library reads Markdown"},
	{"github.com/nicksnyder/go-i18n/v2", []string{"internal/i18n"}, "", "plural rules behind one catalogue"},
	{"github.com/go-playground/locales", []string{"internal/i18n"}, "", "dates and numbers behind one catalogue"},
	{"github.com/xuri/excelize/v2", []string{"internal/sheet"}, "", "workbooks are opened behind one guard, which counts before anything makes sense of them"},
	{"golang.org/x/text", []string{"internal/i18n", "internal/sheet", "internal/people", "internal/site", "certificates/pdf", "cmd/golau/internal/seed"}, "",
		"order of the alphabet, letters that can be written in two ways, and lists in Windows-1252"},
	{"github.com/wneessen/go-mail", []string{"internal/mail"}, "", "only the post room speaks SMTP"},
	{"github.com/schollz/progressbar/v3", []string{"cmd/golau"}, "", "only a command shows how far it is"},
	{"golang.org/x/term", []string{"cmd/golau"}, "", "only a command asks whether a person is watching"},
	{"golang.org/x/crypto/acme", []string{"cmd/golau"}, "", "only the program that listens gets itself certificates for TLS"},
	{"github.com/prometheus/client_golang", []string{"cmd/golau/internal/metrics"}, "", "only the meter knows in which form numbers are read"},
	{"rsc.io/qr", []string{"certificates/pdf", "cmd/golau/internal/web/account"}, "", "the sheet bears a code, and so does the page that sets an app up"},
	{"github.com/go-webauthn/webauthn", []string{"internal/people"}, "", "passkeys are checked where sessions begin"},
	{"github.com/pquerna/otp", []string{"internal/people"}, "", "codes are compared behind one throttle"},
}

func checkLibraries(libraries []library) func(tree) []string {
	return func(t tree) (faults []string) {
		fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
		used := map[string]bool{}
		for _, s := range t.product() {
			for _, im := range s.imports {
				i := slices.IndexFunc(libraries, func(l library) bool {
					return im == l.path || strings.HasPrefix(im, l.path+"/") && im != "database/sql/driver"
				})
				first, _, _ := strings.Cut(im, "/")
				switch {
				case i < 0 && strings.Contains(first, "."):
					fault("%s imports %s, which has no row: say who may, and why (and write docs/adr)", s.path, im)
				case i < 0:
				case !belowAny(s.dir, libraries[i].in) && (libraries[i].file == "" || s.name != libraries[i].file):
					fault("%s imports %s: %s", s.path, im, libraries[i].why)
				default:
					used[libraries[i].path] = true
				}
			}
		}
		for _, l := range libraries {
			if !used[l.path] {
				fault("nobody imports %s: remove its row", l.path)
			}
		}
		return faults
	}
}

func TestLibraries(t *testing.T) { holds(t, checkLibraries(libraries)) }

func TestLibrariesSeenToFail(t *testing.T) {
	rows := []library{
		{"example.org/echo", []string{"web"}, "", "one folder's work"},
		{"example.org/orm", []string{"store"}, "store.go", "beside the tables"},
	}
	good := map[string]string{
		"web/learner/l.go": `import _ "example.org/echo/middleware"`,
		"store/db.go":      `import _ "example.org/orm"`,
		"quiz/store.go":    `import _ "example.org/orm"`,
		"quiz/q_test.go":   `import _ "example.org/anything"`,
	}
	with := func(name, text string) map[string]string {
		files := maps.Clone(good)
		files[name] = text
		return files
	}
	for _, b := range []breaks{
		{"as written", good, nil},
		{"the wrong room", with("quiz/q.go", `import _ "example.org/echo"`), []string{"quiz/q.go imports example.org/echo: one folder's work"}},
		{"the wrong file", with("quiz/q.go", `import _ "example.org/orm"`), []string{"quiz/q.go imports example.org/orm: beside the tables"}},
		{"a new one", with("quiz/q.go", `import _ "example.org/new"`), []string{"example.org/new, which has no row"}},
		{"one nobody uses", map[string]string{"web/w.go": `import _ "example.org/echo"`}, []string{"nobody imports example.org/orm"}},
	} {
		b.check(t, checkLibraries(rows))
	}
}
