// Package audit writes down what happened, so that nobody, not even the person
// who runs the server, can change it later without being noticed: each line is
// chained to the one before by a hash.
//
// It does not know what a verb means. Names and values go into the detail,
// which erasure may empty; the chain holds only its salted hash.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"golau/internal/store"
)

// Event is one line of the record.
type Event struct {
	ID         int64
	At         store.Time
	Actor      string // person id, "" for nobody
	Via        string // "web", "worker", "cli"
	Verb       string // "quiz.submitted"
	Subject    string // "attempt:<id>"
	DetailHash string
	Print      string // of the row of evidence that the line speaks of, "" for none
	Hash       string
}

// Record adds a line about subject in the transaction that changes it: what
// did not happen is not recorded, what is not recorded did not happen.
func Record(tx store.Tx, verb, subject string, detail map[string]any) error {
	return RecordOf(tx, verb, subject, "", detail)
}

// RecordOf is Record with the print of a row of evidence, which the chain then
// holds fast: whoever changes the row later, or takes it away, is noticed. A
// print is a hash and tells nothing; it stays when the detail is emptied.
func RecordOf(tx store.Tx, verb, subject, print string, detail map[string]any) error {
	body := []byte("{}")
	if len(detail) > 0 {
		var err error
		if body, err = json.Marshal(detail); err != nil {
			return fmt.Errorf("audit %s: %w", verb, err)
		}
	}
	var salt [16]byte
	if _, err := io.ReadFull(tx.Rand(), salt[:]); err != nil {
		return fmt.Errorf("audit %s: %w", verb, err)
	}
	last, err := lastLine(tx.Rx)
	if err != nil {
		return fmt.Errorf("audit %s: %w", verb, err)
	}
	e := Event{ID: last.ID + 1, At: tx.Now, Actor: tx.By.Person, Via: tx.By.Via, Verb: verb, Subject: subject, Print: print}
	saltHex := hex.EncodeToString(salt[:])
	e.DetailHash = hashDetail(saltHex, string(body))
	e.Hash = e.chain(last.Hash)
	return insert(tx, e, saltHex, string(body))
}

func hashDetail(salt, body string) string {
	h := sha256.Sum256([]byte(salt + "\n" + body))
	return hex.EncodeToString(h[:])
}

// chain computes the line's hash from everything it says and the line before.
// Each part is preceded by its length, so that no two lines read the same.
func (e Event) chain(before string) string {
	h := sha256.New()
	parts := []string{before, strconv.FormatInt(e.ID, 10), strconv.FormatInt(e.At.UnixMicro(), 10),
		e.Actor, e.Via, e.Verb, e.Subject, e.DetailHash}
	if e.Print != "" { // the first lines were chained without
		parts = append(parts, e.Print)
	}
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))
}
