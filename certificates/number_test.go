package certificates

import (
	"strings"
	"testing"

	"golau/internal/store"
)

// FuzzParseNumber looks for something typed that breaks the reading of numbers,
// or that is read as a number which, written again in any of its ways, is read
// as another.
func FuzzParseNumber(f *testing.F) {
	id := strings.Repeat("7", 23) + "0g8"
	for _, seed := range []string{"", "GL", id, Number(id), strings.ToLower(Number(id)), " " + strings.ReplaceAll(Number(id), "-", " ") + "\n",
		"https://golau.example/cy/verify/" + id + "#1.abc", "https://golau.example/en/verify/" + id + "/?x#y", "/verify/", "//verify//",
		"GL" + strings.Repeat("7", 26), "gl" + strings.Repeat("l", 24), strings.Repeat("O", 26), strings.Repeat("İ", 13), "\xff\xfe" + id,
		"GL-\u2011" + id + "\u00ad", strings.Repeat("-", 5000), "' OR 1=1 --", "../../etc/passwd", strings.Repeat("7", 24) + "\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		id, ok := ParseNumber(typed)
		if !ok {
			return
		}
		if len(id) != 26 || !store.IsID(id) || strings.Trim(id, "0123456789abcdefghjkmnpqrstvwxyz") != "" {
			t.Fatalf("%q is read as %q, which is no id", typed, id)
		}
		for _, again := range []string{id, Number(id), strings.ToLower(Number(id)), strings.ReplaceAll(Number(id), "-", ""),
			"https://golau.example/en/verify/" + id + "#1.x", "  " + Number(id) + "\r\n"} {
			if got, ok := ParseNumber(again); !ok || got != id {
				t.Errorf("%q is read as %s; written again as %q it is read as %q, %v", typed, id, again, got, ok)
			}
		}
	})
}
