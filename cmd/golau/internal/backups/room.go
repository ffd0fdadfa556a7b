package backups

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// room refuses a backup for which there is no room, before it takes what is left:
// where the live database lies on the same disk, its writers need that.
func room(from, to string) error {
	dir := filepath.Dir(to)
	var need uint64
	for _, name := range []string{from, from + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			need += uint64(info.Size())
		}
	}
	need += need/10 + 1<<20
	have, err := Free(dir)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return nil
	case err != nil:
		return fmt.Errorf("cannot write to %s: %w", dir, err)
	case have < need:
		return fmt.Errorf("%w: %s has %s free, and a backup may need %s; make room, or choose another folder", errFull, dir, Size(have), Size(need))
	}
	return nil
}

// Size writes a number of bytes as people read it.
func Size(n uint64) string {
	if n < 10<<20 {
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d MB", n>>20)
}
