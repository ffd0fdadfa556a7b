package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golau/certificates"
	"golau/internal/steward"
	"golau/internal/store"
)

// listed reads who was erased since the backup was made. Nobody may come back
// silently: where there is no list, the command says so.
func (c *restoreCmd) listed(s *streams) (map[string]time.Time, error) {
	if c.Erased != "" {
		return steward.ReadList(c.Erased)
	}
	all := map[string]time.Time{}
	read := 0
	for _, dir := range []string{filepath.Dir(c.File), c.Data} {
		path := filepath.Join(dir, steward.ListName)
		found, err := steward.ReadList(path)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		read++
		for id, at := range found {
			all[id] = at
		}
	}
	if read == 0 {
		fmt.Fprintf(s.out, "erased: there is no %s beside the backup. If anybody was erased after it was made, they are back: "+
			"restore again with --erased FILE, the list from the data folder that was in use\n", steward.ListName)
	}
	return all, nil
}

// eraseAgain erases whoever the backup has brought back, says how many that were,
// and keeps the list in the folder part.
func eraseAgain(ctx context.Context, s *streams, part string, db *store.DB, keys *certificates.Keys, listed map[string]time.Time) (n int, err error) {
	if len(listed) == 0 {
		return 0, nil
	}
	keeper := &steward.Steward{DB: db, Keys: keys, Lists: []string{filepath.Join(part, steward.ListName)}}
	if n, err = keeper.EraseAgain(ctx, listed); err == nil {
		err = keeper.Relist(ctx, listed)
	}
	if err != nil {
		return n, err
	}
	fmt.Fprintf(s.out, "erased: %d again, of %d on the list\n", n, len(listed))
	return n, nil
}
