package quiz

import "golau/internal/store"

// AttemptOf returns a person's own attempt; someone else's is problem.NotFound.
func AttemptOf(rx store.Rx, person, attempt string) (Attempt, error) {
	return attemptOf(rx, person, attempt)
}

// Marked says whether any attempt of the person has been marked: from then on
// their name is part of the evidence.
func Marked(rx store.Rx, person string) (bool, error) {
	var n int
	err := rx.Raw(`SELECT count(*) FROM (SELECT 1 FROM quiz_marks m JOIN quiz_attempts a ON a.id = m.attempt_id
		WHERE a.person_id = ? LIMIT 1)`, person).Scan(&n).Error
	return n > 0, store.Explain(err)
}
