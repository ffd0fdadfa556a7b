package admin

import (
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
)

// Whatever is pasted, each line that says something is one invitation under its
// own number; and seven cells, separated and quoted as spreadsheets do, are read
// as they were.
func FuzzReadList(f *testing.F) {
	words, err := i18n.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"", "a@b.example", "e-mail;name\na@b.example;Ŵyn\r\n\n;;;;;;;;", "a@b.example,\"Ifans, Nia\",x", "\"", "a\tb\tc\td\tlead\thealth\tCymraeg\n", "e-bost\n", "\u2028\r\r\n"} {
		f.Add(s)
	}
	plain := strings.NewReplacer("\"", "", "\n", "", "\r", "", "\t", "", ";", "")
	f.Fuzz(func(t *testing.T, text string) {
		list, numbers := readList(words, text)
		lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
		if len(list) != len(numbers) || !slices.IsSorted(numbers) || len(slices.Compact(slices.Clone(numbers))) != len(numbers) {
			t.Fatalf("%d invitations, numbers %v", len(list), numbers)
		}
		said := slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return strings.TrimSpace(l) == "" })
		if left := len(said) - len(list); left < 0 || left > 1 || left == 1 && !isHeading(cells(said[0])[0]) {
			t.Errorf("%d lines say something, %d were read", len(said), len(list))
		}
		for i, n := range numbers {
			if got := cells(lines[n-1]); list[i].Email != got[0] || list[i].Name != got[1] {
				t.Errorf("line %d is %q, and was read as %q", n, lines[n-1], list[i])
			}
		}
		for _, sep := range []string{"\t", ";", ","} {
			var in [7]string
			quoted := make([]string, len(in))
			for i := range in {
				in[i] = strings.TrimSpace(plain.Replace(strings.ToValidUTF8(text[min(i, len(text)):], "")))
				quoted[i] = `"` + in[i] + `"`
			}
			if got := cells(strings.Join(quoted, sep)); got != in {
				t.Errorf("with %q between them %q is read as %q", sep, in, got)
			}
		}
	})
}
