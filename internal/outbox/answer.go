package outbox

import (
	"context"

	"golau/internal/store"
)

// Answer is what somebody outside said when a job asked them for something.
type Answer struct {
	At   store.Time // zero: nobody was asked yet
	Word string     // what they said, in a word of whoever asked; "" for a plain yes
}

// asked is what a handler notes of its job while it runs.
type asked struct {
	somebody bool
	word     string
}

type askedKey struct{}

// Answered notes, in the context that a handler was called with, that somebody
// outside was asked and what they said: "" when they took it. A job may be done
// and have asked nobody, so being done does not tell. Elsewhere it does nothing.
func Answered(ctx context.Context, word string) {
	if a, ok := ctx.Value(askedKey{}).(*asked); ok {
		*a = asked{true, word}
	}
}

// note keeps what was answered beside the job.
func note(tx store.Tx, j Job, a asked) error {
	if !a.somebody {
		return nil
	}
	return tx.Exec("UPDATE outbox_jobs SET answered_at = ?, answer = ? WHERE id = ?", tx.Now, a.word, j.ID).Error
}

// LastAnswer returns the newest answer to any job that was one of the words.
func LastAnswer(rx store.Rx, words ...string) (Answer, error) {
	var row struct {
		AnsweredAt store.Time
		Answer     string
	}
	err := rx.Raw(`SELECT answered_at, answer FROM outbox_jobs WHERE answered_at IS NOT NULL AND answer IN ?
		ORDER BY answered_at DESC, id DESC LIMIT 1`, words).Scan(&row).Error
	return Answer{row.AnsweredAt, row.Answer}, store.Explain(err)
}
