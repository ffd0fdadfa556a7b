//go:build linux || darwin || freebsd

package backups

import (
	"path/filepath"
	"syscall"
)

// Free says how many bytes a program may still write to the disk of a folder.
func Free(dir string) (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return uint64(max(int64(s.Bavail), 0)) * uint64(s.Bsize), nil
}

// OneDisk says whether a folder of backups lies on the disk of the database: what
// takes the one takes the other. Where it cannot be told it says no.
func OneDisk(dir, database string) bool {
	var a, b syscall.Stat_t
	return syscall.Stat(dir, &a) == nil && syscall.Stat(filepath.Dir(database), &b) == nil && a.Dev == b.Dev
}
