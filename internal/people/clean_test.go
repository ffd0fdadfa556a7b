package people

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golau/internal/i18n"
	"golau/internal/problem"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"  Rhian   Morys ":             "Rhian Morys",
		"Siân Llŷr-Ŵyn":                "Siân Llŷr-Ŵyn",
		"Sia\u0302n":                   "Siân",
		"O’Neill":                      "O’Neill",
		"’t Hooft":                     "’t Hooft",
		"D'Arcy, J. R.":                "D'Arcy, J. R.",
		"Catrin (Cati) Ellis":          "Catrin (Cati) Ellis",
		"Nguyễn Thị Ánh":               "Nguyễn Thị Ánh",
		"محمد علي":                     "محمد علي",
		"李雷":                           "李雷",
		"Li\u00a0Lei":                  "Li Lei",
		"Henry 3":                      "Henry 3",
		"Jo":                           "Jo",
		strings.Repeat("ŵ", 100):       strings.Repeat("ŵ", 100),
		strings.Repeat("w\u0302", 100): strings.Repeat("ŵ", 100),
	} {
		if got, err := CleanName(in); err != nil || got != want {
			t.Errorf("%q → %q, %v", in, got, err)
		}
	}
	for in, key := range map[string]string{
		"": "required", "   ": "required", "\u00a0": "required",
		"J": "short", "12345": "short", "-": "short", "'’": "short", "2": "short",
		strings.Repeat("a", 101): "long",
		"=1+1 Smith":             "characters", "+44 Smith": "characters", "@smith": "characters", "-Smith": "first", ".Smith": "first", "3rd Smith": "first",
		"Rhian\nMorys": "characters", "Rhian\tMorys": "characters", "Rhian\x00": "characters", "Rhian\x7f": "characters",
		"Rhian\u202eMorys": "characters", "Rhian\u2066M": "characters", "Rhian\u200dM": "characters", "Rhian\u00adM": "characters",
		"Rhian\ufeff": "characters", "Rhian\u2028M": "characters", "Rhian\u3164": "characters", "Rhian\u115f": "characters",
		"Rhian\ufe0f": "characters", "Rhian\u034f": "characters", "Rhian\ue000": "characters", "Rhian\U000e0041": "characters",
		"Rhian 😀": "characters", "<b>Rhian</b>": "characters", "Rhian; DROP": "characters", "Rhian\\": "characters", "Rhian\"": "characters",
		"Rhian\u20dd": "characters", "R" + strings.Repeat("\u0323\u0307", 3): "characters", "\xff\xfe": "characters", "Rhian\xc3": "characters",
	} {
		_, err := CleanName(in)
		e, ok := problem.As(err)
		if !ok || e.Kind != problem.Invalid || e.Fields["name"] != "people.name."+key {
			t.Errorf("%q: %v, want %s", in, err, key)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	for _, s := range []string{"Rhian", "Sia\u0302n", "\u202e", "=A", "ﬁ", "ﷺ", "a\u0323\u0307\u0323"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out, err := CleanName(in)
		if err != nil {
			return
		}
		if again, err := CleanName(out); err != nil || again != out {
			t.Errorf("%q → %q → %q, %v", in, out, again, err)
		}
		if n := utf8.RuneCountInString(out); n < minName || n > maxName || !norm.NFC.IsNormalString(out) || strings.TrimSpace(out) != out {
			t.Errorf("%q → %q", in, out)
		}
		for _, r := range out {
			if !unicode.IsPrint(r) || unicode.In(r, unicode.Cf, unicode.Bidi_Control, unicode.Other_Default_Ignorable_Code_Point) {
				t.Errorf("%q keeps %U", in, r)
			}
		}
	})
}

func TestCleanEmail(t *testing.T) {
	for in, want := range map[string]string{
		" Rhian@Demo.Example ":                 "rhian@demo.example",
		"first.last+tag@sub.gov.wales":         "first.last+tag@sub.gov.wales",
		"o'neill@x-y.example":                  "o'neill@x-y.example",
		strings.Repeat("a", 64) + "@b.example": strings.Repeat("a", 64) + "@b.example",
	} {
		if got, err := CleanEmail(in); err != nil || got != want {
			t.Errorf("%q → %q, %v", in, got, err)
		}
	}
	for in, key := range map[string]string{
		"": "required", " ": "required",
		"rhіan@demo.example": "ascii", "rhian@dêmo.example": "ascii", "a\u202eb@c.example": "ascii", "a@b\u3002example": "ascii",
		strings.Repeat("a", 65) + "@b.example": "long", "a@" + strings.Repeat("b.", 130) + "example": "long",
		"rhian": "shape", "@b.example": "shape", "a@": "shape", "a@b": "shape", "a@@b.example": "shape", "a@b@c.example": "shape",
		"a..b@c.example": "shape", ".a@c.example": "shape", "a.@c.example": "shape", "a b@c.example": "shape",
		"a@-b.example": "shape", "a@b-.example": "shape", "a@b..example": "shape", "a@b.example.": "shape", "a@1.2.3.4": "shape",
		"a@[1.2.3.4]": "shape", `"a"@b.example`: "shape", "a\r\nBcc: x@y.example@b.example": "shape", "a\x00@b.example": "shape",
		"a@b.example\nBcc:c": "shape", "<a@b.example>": "shape", "mailto:a@b.example": "shape", "a,b@c.example": "shape",
	} {
		_, err := CleanEmail(in)
		e, ok := problem.As(err)
		if !ok || e.Kind != problem.Invalid || e.Fields["email"] != "people.email."+key {
			t.Errorf("%q: %v, want %s", in, err, key)
		}
	}
}

// Case and blanks never make a second account.
func TestCleanEmailIsOneKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[a-z0-9]{1,8}(\.[a-z0-9+_-]{1,8}){0,2}@([a-z0-9]{1,8}\.){1,3}[a-z]{2,6}`).Draw(t, "key")
		typed := []byte(key)
		for i := range typed {
			if rapid.Bool().Draw(t, "upper") {
				typed[i] = strings.ToUpper(string(typed[i]))[0]
			}
		}
		if got, err := CleanEmail(" " + string(typed) + "\t"); err != nil || got != key {
			t.Fatalf("%s → %s, %v; want %s", typed, got, err, key)
		}
	})
}

func TestKeyOf(t *testing.T) {
	for in, want := range map[string]string{
		"Bwrdd Diogelu’r Glannau":    "bwrdd-diogelu-r-glannau",
		" Ysgol  Tŷ'r Felin (Llŷn) ": "ysgol-ty-r-felin-llyn",
		"北京":                         "body",
		strings.Repeat("board ", 20): strings.TrimSuffix(strings.Repeat("board-", 10), "-"),
		"A":                          "a",
	} {
		if got := keyOf(in); got != want || !isKey(got) {
			t.Errorf("%q → %q, want %q", in, got, want)
		}
	}
	for _, bad := range []string{"", "-a", "a-", "a--b", "A", "ŵ", "a b", "a/b", strings.Repeat("a", 61)} {
		if isKey(bad) {
			t.Errorf("%q passes for a key", bad)
		}
	}
}

// What a board or an agency may be called is what a certificate can draw.
func TestNamesOfBodies(t *testing.T) {
	for in, want := range map[string]string{
		"Bwrdd Diogelu’r Glannau":      "Bwrdd Diogelu’r Glannau",
		" Ysgol\tŴyn  (Rhif 2) ":       "Ysgol Ŵyn (Rhif 2)",
		"Sant y Brynia\u0302u & Co-op": "Sant y Bryniâu & Co-op",
	} {
		if got, err := cleanText("name", i18n.Text{EN: in, CY: in}); err != nil || got.EN != want || got.CY != want {
			t.Errorf("%q → %+v, %v", in, got, err)
		}
	}
	for _, in := range []string{"Glannau\x00Board", "Glannau\x07", "\u202eGlannau", "Glan\u200bnau", "Glan\u00adnau", "Glannau\u2028x\u0085\x1b[2J", "Bwrdd 海",
		"Glаnnau", "Glannau\xff", "Glannau 😀", "=1+1", "<b>Glannau"} {
		_, err := cleanText("name", i18n.Text{EN: in, CY: "Glannau"})
		if e, ok := problem.As(err); !ok || e.Kind != problem.Invalid || e.Fields["name_en"] != "people.text.characters" || e.Fields["name_cy"] != "" {
			t.Errorf("%q: %v", in, err)
		}
	}
}
