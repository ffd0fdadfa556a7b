package i18n

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

const goodEN = `
page.title: "Home"
page.hello: "Hello, {{.Name}}"
page.left: {one: "{{.Count}} module left for {{.Name}}", other: "{{.Count}} modules left for {{.Name}}"}
page.tally: "{{.Count}} of 10"
page.some: {one: "One part", other: "Some parts"}
`

const goodCY = `
page.title: "Hafan"
page.hello: "Helo, {{.Name}}"
page.left:
  zero: "Dim modiwl ar ôl i {{.Name}}"
  one: "{{.Count}} modiwl ar ôl i {{.Name}}"
  two: "{{.Count}} fodiwl ar ôl i {{.Name}}"
  few: "{{.Count}} modiwl ar ôl i {{.Name}} (ychydig)"
  many: "{{.Count}} modiwl ar ôl i {{.Name}} (llawer)"
  other: "{{.Count}} modiwl ar ôl i {{.Name}} (arall)"
page.tally: "{{.Count}} o 10"
page.some: {zero: "Dim rhan", one: "Un rhan", two: "Dwy ran", few: "Rhai rhannau", many: "Rhai rhannau", other: "Rhai rhannau"}
`

func files(en, cy string) fstest.MapFS {
	return fstest.MapFS{
		"en.yaml":            {Data: []byte(en)},
		"cy.yaml":            {Data: []byte(cy)},
		"rooms/door.en.yaml": {Data: []byte(`door.open: "Open"`)},
		"rooms/door.cy.yaml": {Data: []byte(`door.open: "Agor"`)},
	}
}

func TestT(t *testing.T) {
	c, err := Load(files(goodEN, goodCY))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		lang Lang
		key  string
		args []any
		want string
	}{
		{EN, "page.title", nil, "Home"},
		{CY, "page.title", nil, "Hafan"},
		{CY, "door.open", nil, "Agor"},
		{CY, "page.hello", []any{"Name", "Siân"}, "Helo, Siân"},
		{EN, "page.hello", []any{"Name", "<b>"}, "Hello, <b>"}, // escaping is the template's work
		{EN, "page.left", []any{"Count", 1, "Name", "Tom"}, "1 module left for Tom"},
		{EN, "page.left", []any{"Count", 0, "Name", "Tom"}, "0 modules left for Tom"},
		{CY, "page.left", []any{"Count", 0, "Name", "Tom"}, "Dim modiwl ar ôl i Tom"},
		{CY, "page.left", []any{"Count", 1, "Name", "Tom"}, "1 modiwl ar ôl i Tom"},
		{CY, "page.left", []any{"Count", 2, "Name", "Tom"}, "2 fodiwl ar ôl i Tom"},
		{CY, "page.left", []any{"Count", 3, "Name", "Tom"}, "3 modiwl ar ôl i Tom (ychydig)"},
		{CY, "page.left", []any{"Count", 6, "Name", "Tom"}, "6 modiwl ar ôl i Tom (llawer)"},
		{CY, "page.left", []any{"Count", 5, "Name", "Tom"}, "5 modiwl ar ôl i Tom (arall)"},
		{EN, "page.tally", []any{"Count", 1}, "1 of 10"}, // a count without plural forms
		{EN, "page.nowhere", nil, "[page.nowhere]"},
		{EN, "page.hello", nil, "[page.hello]"},
		{EN, "page.hello", []any{"Nmae", "Tom"}, "[page.hello]"},
		{EN, "page.hello", []any{"Name"}, "[page.hello]"},
		{EN, "page.hello", []any{7, "Tom"}, "[page.hello]"},
		{EN, "page.left", []any{"Name", "Tom"}, "[page.left]"},
		{CY, "page.some", []any{"Count", 2}, "Dwy ran"},
		{CY, "page.some", nil, "[page.some]"}, // the number is said in words, but must be given
	} {
		if got := c.T(tc.lang, tc.key, tc.args...); got != tc.want {
			t.Errorf("T(%s, %s, %v) = %q, want %q", tc.lang, tc.key, tc.args, got, tc.want)
		}
	}
	if got := c.TArgs(CY, "page.left", map[string]any{"Count": 2, "Name": "Ann"}); got != "2 fodiwl ar ôl i Ann" {
		t.Errorf("TArgs = %q", got)
	}
	if !c.Has("page.left") || !c.Has("page.tally") || !c.Has("page.title") || c.Has("page.nowhere") {
		t.Error("Has is wrong")
	}
	if got := strings.Join(c.Keys(), " "); got != "door.open page.hello page.left page.some page.tally page.title" {
		t.Errorf("Keys = %s", got)
	}
}

// Requests speak at the same time; go test -race watches this one.
func TestTConcurrently(t *testing.T) {
	c, err := Load(files(goodEN, goodCY))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for n := range 50 {
				c.T(Langs[n%2], "page.left", "Count", n, "Name", "Tom")
			}
		})
	}
	wg.Wait()
}

func TestLoadRefuses(t *testing.T) {
	for name, tc := range map[string]struct{ from, to, cyFrom, cyTo, want string }{
		"missing in Welsh":      {cyFrom: "page.title: \"Hafan\"\n", want: "page.title has no words in cy"},
		"missing in English":    {from: "page.title: \"Home\"\n", want: "page.title has no words in en"},
		"placeholder missing":   {cyFrom: "Helo, {{.Name}}", cyTo: "Helo", want: "page.hello has the placeholders [Name] in en and [] in cy"},
		"placeholder misspelt":  {cyFrom: "Helo, {{.Name}}", cyTo: "Helo, {{.Enw}}", want: "page.hello has the placeholders"},
		"a program":             {from: "Hello, {{.Name}}", to: "{{if .Name}}Hello{{end}}", want: "not of the shape"},
		"Welsh without few":     {cyFrom: "  few: \"{{.Count}} modiwl ar ôl i {{.Name}} (ychydig)\"\n", want: `page.left lacks the plural form "few"`},
		"English without one":   {from: `one: "{{.Count}} module left for {{.Name}}", `, want: `page.left lacks the plural form "one"`},
		"form of no use":        {from: "{one:", to: "{two: \"{{.Name}}\", one:", want: `form "two", which en does not use`},
		"gap in one form":       {cyFrom: "Dim modiwl ar ôl i {{.Name}}", cyTo: "Dim modiwl", want: `form "zero" has the placeholders []`},
		"plural in one only":    {from: `"{{.Count}} of 10"`, to: `{one: "1 of 10", other: "{{.Count}} of 10"}`, want: "page.tally has plural forms in one language only"},
		"twice in two files":    {from: "page.title", to: "door.open: \"x\"\npage.title", want: "door.open stands already in"},
		"twice in one file":     {from: "page.title", to: "page.title: \"x\"\npage.title", want: "page.title"},
		"empty":                 {cyFrom: `"Hafan"`, cyTo: `" "`, want: "is empty"},
		"a number, not text":    {from: `"Home"`, to: "1", want: "is not text"},
		"a number in a form":    {from: `other: "{{.Count}} modules left for {{.Name}}"`, to: `other: 3`, want: `form "other" is not text`},
		"not YAML":              {from: `"Home"`, to: `"Home`, want: "en.yaml"},
		"an odd brace":          {from: `"Home"`, to: `"{{Home"`, want: "not of the shape"},
		"placeholder not known": {from: `"Home"`, to: `"Home {{.X}}"`, want: "page.title has the placeholders [X] in en and [] in cy"},
	} {
		t.Run(name, func(t *testing.T) {
			en, cy := goodEN, goodCY
			if tc.from != "" {
				en = strings.Replace(en, tc.from, tc.to, 1)
			}
			if tc.cyFrom != "" {
				cy = strings.Replace(cy, tc.cyFrom, tc.cyTo, 1)
			}
			if en == goodEN && cy == goodCY {
				t.Fatal("the fault was not put in")
			}
			_, err := Load(files(en, cy))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Load = %v, want %q in it", err, tc.want)
			}
		})
	}
	if _, err := Load(fstest.MapFS{"en.yaml": {Data: []byte(`a: "b"`)}}); err == nil {
		t.Error("a catalogue without Welsh was loaded")
	}
}

// TestEmbedded holds the words of the program itself to the rules above.
func TestEmbedded(t *testing.T) {
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if !c.Has("i18n.minutes") {
		t.Error("the words of Minutes are not in the catalogue")
	}
}

func BenchmarkT(b *testing.B) {
	c, err := Load(files(goodEN, goodCY))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			c.T(CY, "page.title")
		}
	})
	b.Run("name", func(b *testing.B) {
		for b.Loop() {
			c.T(CY, "page.hello", "Name", "Siân")
		}
	})
	b.Run("plural", func(b *testing.B) {
		for b.Loop() {
			c.T(CY, "page.left", "Count", 3, "Name", "Siân")
		}
	})
}
