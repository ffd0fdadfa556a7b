package store

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write schema.sql from the migrations")

// The migrations make exactly the schema that schema.sql shows a reader.
func TestSchemaIsTheTruth(t *testing.T) {
	if *update {
		Schema = ""
	}
	path := filepath.Join(t.TempDir(), "golau.db")
	db, err := Open(t.Context(), Options{Path: path})
	if *update {
		sql, err := open(Options{Path: path, Synchronous: "FULL"}, 1, "_txlock=immediate")
		if err != nil {
			t.Fatal(err)
		}
		defer sql.Close()
		live, err := LiveSchema(t.Context(), sql)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("schema.sql", []byte(live), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%v\n(after changing a migration that was never released: go test ./internal/store -run Schema -update)", err)
	}
	db.Close()
}
