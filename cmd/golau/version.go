package main

import (
	"database/sql"
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is the release; its commit comes from the build.
const version = "0.1.0"

type versionCmd struct{}

// Run prints the versions that a fault report needs.
func (versionCmd) Run(s *streams) error {
	commit := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, kv := range info.Settings {
			if kv.Key == "vcs.revision" {
				commit = kv.Value
			}
		}
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	var lite string
	if err := db.QueryRow("SELECT sqlite_version()").Scan(&lite); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "golau %s\ncommit %s\ngo %s\nsqlite %s\n", version, commit, runtime.Version(), lite)
	return nil
}
