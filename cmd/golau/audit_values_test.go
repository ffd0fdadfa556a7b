package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golau/cmd/golau/internal/web/admin"
	"golau/internal/i18n"
	"golau/internal/people"
	sitewords "golau/internal/site"
	"golau/internal/steward"

	"golang.org/x/net/html"
)

// detailNames are the names of details in the code of the rooms whose details
// are told, with where each stands: of every map[string]any that is written out,
// and of what is added to one that is called detail.
func detailNames(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, room := range []string{"people", "site", "steward", "outbox", "audit"} {
		files, err := os.ReadDir("../../internal/" + room)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			path := "../../internal/" + room + "/" + f.Name()
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			note := func(e ast.Expr) {
				if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					name, _ := strconv.Unquote(lit.Value)
					found[name] = path
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					if m, ok := n.Type.(*ast.MapType); ok {
						if v, ok := m.Value.(*ast.Ident); ok && v.Name == "any" {
							for _, e := range n.Elts {
								note(e.(*ast.KeyValueExpr).Key)
							}
						}
					}
				case *ast.IndexExpr:
					if x, ok := n.X.(*ast.Ident); ok && x.Name == "detail" {
						note(n.Index)
					}
				}
				return true
			})
		}
	}
	for _, form := range []any{people.BoardForm{}, people.CouncilForm{}, sitewords.Details{}, sitewords.Notices{}} {
		fieldNames(reflect.TypeOf(form), found)
	}
	for _, name := range []string{"person", "verb", "subject", "via", "from", "to"} { // what was asked for, steward.Question
		found[name] = "export.go"
	}
	return found
}

// fieldNames adds what the fields of a form are called in the record.
func fieldNames(form reflect.Type, found map[string]string) {
	for f := range form.Fields() {
		name := strings.ToLower(regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(f.Name, "${1}_$2"))
		found[name] = form.Name()
		if f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeOf(i18n.Text{}) {
			fieldNames(f.Type, found)
		}
	}
}

// constants are the values of the constants of a file.
func constants(t *testing.T, path string, of *regexp.Regexp) (all []string) {
	t.Helper()
	code, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range of.FindAllStringSubmatch(string(code), -1) {
		all = append(all, m[1])
	}
	if len(all) < 2 {
		t.Fatalf("%s: %q", path, all)
	}
	return all
}

// Whatever the record can hold in a detail has words in both languages, or says
// the same in both: its name, and every value that is a word of the program.
// The words of a table are read from the rule of its column, the others from
// where they are defined.
func TestEveryDetailHasWords(t *testing.T) {
	t.Parallel()
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	told := slices.Concat(admin.OwnValues, admin.OtherValues, slices.Collect(maps.Keys(admin.ValueWords)))
	names := detailNames(t)
	if len(names) < 60 {
		t.Errorf("only %d names were found", len(names))
	}
	for name, where := range names {
		if !words.Has("admin.audit.detail." + name) {
			t.Errorf("%s: admin.audit.detail.%s has no words", where, name)
		}
		if n := len(slices.DeleteFunc(slices.Clone(told), func(s string) bool { return s != name })); n != 1 {
			t.Errorf("%s: %d rules say what the values of %q are", where, n, name)
		}
	}
	column := func(name string) []string {
		schema, err := os.ReadFile("../../internal/store/schema.sql")
		if err != nil {
			t.Fatal(err)
		}
		m := regexp.MustCompile(`CHECK \(` + name + ` IN \(([^)]*)\)`).FindSubmatch(schema)
		if m == nil {
			t.Fatalf("no column %s says what it may hold", name)
		}
		var all []string
		for v := range strings.SplitSeq(string(m[1]), ",") {
			if v = strings.Trim(strings.TrimSpace(v), "'"); v != "" {
				all = append(all, v)
			}
		}
		return all
	}
	kinds := []string{steward.Warned}
	for _, k := range sitewords.DefaultSchedule() {
		kinds = append(kinds, k.Kind)
	}
	values := map[string][]string{}
	for _, name := range []string{"role", "job_role", "nation", "language", "purpose", "outcome", "proof", "factor", "step"} {
		values[admin.ValueWords[name]] = column(name)
	}
	values["admin.audit.by."] = column("via")
	values[admin.ValueWords["report"]] = people.Taken
	values["admin.audit.value.why."] = []string{steward.HeldClock, steward.HeldPeople}
	values["admin.audit.value.fault."] = slices.Concat(constants(t, "../../internal/sso/fault.go", regexp.MustCompile(`(?m)^\t[A-Z]\w+ += "(\w+)"`)),
		constants(t, "../../internal/mail/fault.go", regexp.MustCompile(`(?m)^\t[A-Z]\w+ +Fault = "(\w+)"`)))
	values["retention.kind."] = slices.DeleteFunc(kinds, func(k string) bool { return k == steward.Warned })
	for prefix, all := range values {
		for _, v := range all {
			if v != "written" && !words.Has(prefix+v) { // written is no fault of a letter that was tried
				t.Errorf("%s%s has no words", prefix, v)
			}
		}
	}
	n := 0
	for file, code := range sources(t, ".go") {
		for _, m := range regexp.MustCompile(`audit\.Record(?:Of)?\(.*?, "[a-z_]+\.[a-z_]+", "([a-z]+):([a-z]+)"`).FindAllStringSubmatch(code, -1) {
			if n++; !words.Has("admin.audit.which." + m[1] + "." + m[2]) {
				t.Errorf("%s: admin.audit.which.%s.%s has no words", file, m[1], m[2])
			}
		}
		for _, m := range regexp.MustCompile(`audit\.Record(?:Of)?\(.*?, "(?:people|site|steward|outbox|audit)\.[a-z_]+", "([a-z]+):`).FindAllStringSubmatch(code, -1) {
			if !words.Has("admin.audit.kind." + m[1]) {
				t.Errorf("%s: admin.audit.kind.%s has no words", file, m[1])
			}
		}
	}
	if n < 5 {
		t.Errorf("only %d subjects", n)
	}
}

// What was changed in one language only shows, with what was there before in
// front; what was not changed does not.
func TestAChangeInOneLanguageShows(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	owner := i18n.Text{EN: "Glannau Partnership", CY: "Partneriaeth Glannau"}
	change := func(d sitewords.Details) {
		t.Helper()
		v, err := h.people.Resolve(t.Context(), h.as("alun").token())
		if err == nil {
			err = sitewords.Change(t.Context(), h.db, v, d)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	change(sitewords.Details{Owner: sitewords.Contact{Name: owner, Email: "help@glannau.example"}})
	owner.CY = "Partneriaeth y Glannau"
	change(sitewords.Details{Owner: sitewords.Contact{Name: owner, Email: "help@glannau.example"}})
	for _, l := range i18n.Langs {
		page := h.as("alun").get("/" + string(l) + "/admin/audit?verb=site.details_changed").want(http.StatusOK)
		row := find(find(page.doc(), tag("tbody")), tag("tr"))
		said := flat(textOf(row))
		before, after := strings.Index(said, "Partneriaeth Glannau"), strings.Index(said, "Partneriaeth y Glannau")
		if before < 0 || after < before || strings.Count(said, "Glannau Partnership") != 2 {
			t.Errorf("%s: %s", l, said)
		}
		if strings.Contains(said, "help@glannau.example") {
			t.Errorf("%s: what was not changed is told too: %s", l, said)
		}
		if n := len(findAll(row, func(n *html.Node) bool { return tag("span")(n) && attr(n, "lang") == string(l.Other()) })); n != 2 {
			t.Errorf("%s: %d words of the other language", l, n)
		}
	}
}
