package backups

import (
	"os"
	"path/filepath"
	"testing"

	"golau/internal/testneeds"
)

// A folder beside the database lies on its disk; one in the memory of the machine,
// or none, does not.
func TestOneDisk(t *testing.T) {
	dir := t.TempDir()
	database := filepath.Join(dir, "golau.db")
	if !OneDisk(dir, database) {
		t.Error("a folder beside the database lies elsewhere")
	}
	if OneDisk(filepath.Join(dir, "none"), database) {
		t.Error("a folder that is not there lies on the disk")
	}
	elsewhere, err := os.MkdirTemp("/dev/shm", "golau-disk-")
	if err != nil {
		testneeds.Missing(t, "no other disk here: "+err.Error())
	}
	defer os.RemoveAll(elsewhere)
	if OneDisk(elsewhere, database) {
		t.Error("the memory of the machine is the disk")
	}
}
