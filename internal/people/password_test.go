package people

import (
	"strings"
	"testing"

	"golau/internal/problem"

	"pgregory.net/rapid"
)

func TestPasswordPolicy(t *testing.T) {
	known := []string{"Rhian Morys", "r.morys@hillschool.example", "Hill School", "Ysgol y Bryn"}
	for _, good := range []string{
		"marmalade tractor sky", "correct horse battery stap1e", "tri gair hollol wahanol", "xK9#mQ2$vL7p", "            a b c d e",
		"golau ar fryn pell", "safeguarding marmalade", "ŵyŷêâîôûẅ ŵŷ", "пароль длинный очень", "🦊 fox & 🦉 owl nest",
		strings.Repeat("ab cd ef gh ", 10) + "ijk", "copper violin " + strings.Repeat("ŵ ô ê ", 12),
		"\"'; DROP TABLE--", "rhian keeps eleven goats",
	} {
		if _, err := checkPassword("new", good, known...); err != nil {
			t.Errorf("%q is refused: %v", good, err)
		}
	}
	for bad, key := range map[string]string{
		"": "required", "short": "short", "elevenchars": "short", "ŵŷŵŷŵŷ": "short",
		strings.Repeat("abc ", 33): "long", strings.Repeat("ŵ", 65): "long", strings.Repeat("x", 1<<20): "long",
		"line\nbreak here": "characters", "nul\x00 in the middle": "characters", "\xff\xfe\xfd words and more": "characters",
		"password1234": "common", "Password1234!": "common", "P@ssw0rd1234": "common", "passwordpassword": "common",
		"123456789012": "common", "qwertyuiop12": "common", "qwertyuiopasdf": "common", "1qaz2wsx3edc": "common",
		"aaaaaaaaaaaa": "common", "abcabcabcabc": "common", "abcdefghijkl": "common", "zyxwvutsrqponm": "common",
		"letmein!!!!!!!": "common", "iloveyou2026": "common", "dragon123456": "common", "102030405060": "common", "nokia6230i!!": "common", "$unfl0w3r2026": "common", "2026!sunfl0wer!!": "common", "987654321098": "common",
		"golausafeguarding": "context", "Safeguarding2026!": "context", "Diogelu-Plant-26": "context", "CymruAmByth2026": "context",
		"RhianMorys2026": "context", "morysrhian!!!": "context", "hillschool2026": "context", "Ysgol-y-Bryn-1": "context",
		"rhian.golau.1987": "context", "GorffennafGolau": "context",
	} {
		_, err := checkPassword("new", bad, known...)
		e, ok := problem.As(err)
		if !ok || e.Kind != problem.Invalid || e.Fields["new"] != "people.password."+key {
			t.Errorf("%.40q: %v, want %s", bad, err, key)
		}
	}
	if n := len(common()); n < 10_000 {
		t.Errorf("only %d common passwords", n)
	}
}

// What one keyboard composes and another does not is one password.
func TestPasswordIsComposed(t *testing.T) {
	a, err1 := checkPassword("new", "w\u0302y ia\u0302r a chathod")
	b, err2 := checkPassword("new", "ŵy iâr a chathod")
	if err1 != nil || err2 != nil || a != b {
		t.Errorf("%q %v, %q %v", a, err1, b, err2)
	}
	h := newHouse(t, Options{Hasher: Argon2id{Memory: 64, Passes: 1}})
	hash, err := h.HashPassword(t.Context(), "w\u0302y ia\u0302r a chathod", "Rhian Morys")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.HashPassword(t.Context(), "rhianmorys12", "Rhian Morys"); problem.KindOf(err) != problem.Invalid {
		t.Errorf("a name as a password: %v", err)
	}
	if ok, err := h.o.Hasher.Matches("ŵy iâr a chathod", hash); !ok || err != nil {
		t.Errorf("does not match: %v", err)
	}
}

// Any three words of five letters or more that are not ours will do: there are
// no rules of composition.
func TestThreeWordsPass(t *testing.T) {
	words := []string{"marmalade", "tractor", "kettle", "purple", "violin", "copper", "lobster", "pencil", "glacier", "cushion"}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.Permutation(words).Draw(t, "words")
		sep := rapid.SampledFrom([]string{"", " ", "-", "."}).Draw(t, "between")
		if _, err := checkPassword("new", strings.Join(p[:3], sep), "Rhian Morys", "rhian@demo.example"); err != nil {
			t.Fatalf("%v: %v", p[:3], err)
		}
	})
}
