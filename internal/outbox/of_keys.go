package outbox

import "golau/internal/store"

// Outcome is what became of a job, as whoever asked for it sees it.
type Outcome struct {
	Failed bool // given up
	Due    store.Time
	Tries  int
	Answer string // the last word of whoever was asked; see Answer
}

// OutcomesOf returns what became of the jobs of a kind with these keys; those that
// are not kept any more are absent.
func OutcomesOf(rx store.Rx, kind string, keys []string) (map[string]Outcome, error) {
	all := map[string]Outcome{}
	if len(keys) == 0 {
		return all, nil
	}
	var rows []struct {
		Key, Answer string
		Failed      bool
		Tries       int
		DueAt       store.Time
	}
	err := rx.Raw("SELECT key, answer, failed_at IS NOT NULL AS failed, tries, due_at FROM outbox_jobs WHERE kind = ? AND key IN ?", kind, keys).Scan(&rows).Error
	for _, r := range rows {
		all[r.Key] = Outcome{r.Failed, r.DueAt, r.Tries, r.Answer}
	}
	return all, store.Explain(err)
}
