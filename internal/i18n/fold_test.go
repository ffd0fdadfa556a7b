package i18n

import "testing"

func TestFold(t *testing.T) {
	for word, want := range map[string]string{"Tŷ": "ty", "gŵr": "gwr", "TÎM": "tim", "plain": "plain", "w\u0302": "w", "ΆΒ": "αβ", "": ""} {
		if got := Fold(word); got != want {
			t.Errorf("%q becomes %q, want %q", word, got, want)
		}
	}
}
