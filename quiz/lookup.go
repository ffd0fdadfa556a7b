package quiz

import "golau/internal/store"

// AttemptOf returns a person's own attempt; someone else's is problem.NotFound.
func AttemptOf(rx store.Rx, person, attempt string) (Attempt, error) {
	return attemptOf(rx, person, attempt)
}
