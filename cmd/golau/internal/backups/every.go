package backups

import (
	"fmt"
	"os"
	"time"
)

// share is how often the time that a backup took passes before the next, where it
// is the program that decides. Of twenty minutes one is spent on backups: the disk
// is given a twentieth of what it can take, and five minutes hold for a database
// that is copied and read back in a quarter of one. Beyond that State says so,
// since what then keeps to minutes copies changes and not the whole.
const share = 20

// pause is how long after a backup another is due, if something was written.
func (r *Rota) pause() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Gently {
		return max(r.Every, share*r.took)
	}
	return r.Every
}

// rare is how long after a backup the next comes, where the program would make
// them more often if each took less; 0 where it makes them as often as it should.
func (r *Rota) rare() time.Duration {
	if pause := r.pause(); r.Gently && pause > r.Every {
		return pause
	}
	return 0
}

// written says whether the file was touched since the last backup began. Where
// this program has made none, it is taken to have been.
func (r *Rota) written() bool {
	r.mu.Lock()
	was := r.state
	r.mu.Unlock()
	return was == "" || was != r.stateOf()
}

// stateOf tells two states of the database file and its log apart, without
// reading them.
func (r *Rota) stateOf() string {
	state := ""
	for _, name := range []string{r.Database, r.Database + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			state += fmt.Sprint(info.Size(), " ", info.ModTime().UnixNano(), "\n")
		}
	}
	return state
}
