package seed

import (
	"path/filepath"
	"testing"
	"time"
)

func TestTmp(t *testing.T) {
	dir := "/tmp/seedout"
	b := time.Now()
	if err := Demo(t.Context(), filepath.Join(dir, "d.db"), filepath.Join(dir, "keys")); err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(b))
}
