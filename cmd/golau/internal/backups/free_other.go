//go:build !linux && !darwin && !freebsd

package backups

import "errors"

// Free cannot be told here.
func Free(string) (uint64, error) { return 0, errors.ErrUnsupported }

// OneDisk cannot be told here.
func OneDisk(dir, database string) bool { return false }
