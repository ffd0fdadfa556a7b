package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestTheLogIsFoldedBesideTheWriter: what was written comes into the file while others
// go on writing, long before the writer would fold the log itself.
func TestTheLogIsFoldedBesideTheWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "golau.db")
	db := opened(t, Options{Path: path})
	if err := db.Write(t.Context(), tester, putting("the-first-of-them")); err != nil {
		t.Fatal(err)
	}
	for n := range 8 * foldEvery {
		if err := db.Write(t.Context(), tester, putting(fmt.Sprint("another", n))); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(file, []byte("the-first-of-them")) {
			if n < foldEvery/2 {
				t.Errorf("folded after %d commits", n)
			}
			return
		}
	}
	t.Errorf("nothing is in the file after %d commits", 8*foldEvery)
}
