package people

import (
	"context"
	"strconv"

	"golau/internal/audit"
	"golau/internal/outbox"
	"golau/internal/store"
)

// InactiveWarned is the fact that somebody is to hear that they will be erased
// as inactive; its payload is a WarnedFact.
const InactiveWarned = "people.inactive_warned"

// WarnedFact says who is warned.
type WarnedFact struct{ Person string }

// Notice is for how many days whoever is warned may still come back.
const Notice = 30

// warnedSince is a warning that nothing has happened after.
const warnedSince = "FROM people_warned w WHERE w.person_id = people_persons.id AND w.at > " + lastHere

// unwarned are those who would be erased as inactive and do not know it; warned
// those who do.
var (
	unwarned = store.Passing{Kind: Inactive, Table: "people_persons", Key: "id", Since: lastHere,
		Where: inactive + " AND NOT EXISTS (SELECT 1 " + warnedSince + ")"}
	warned = store.Passing{Kind: Inactive, Table: "people_persons", Key: "id", Since: lastHere,
		Where: inactive + " AND EXISTS (SELECT 1 " + warnedSince + ")"}
)

// soon is the moment since which somebody has been away for so long that they are
// warned when they are kept for days.
func soon(now store.Time, days int) store.Time { return store.At(now.AddDate(0, 0, Notice-days)) }

// Warnings says how many have been warned that they will be erased as inactive
// after so many days, and how many would be now.
func Warnings(rx store.Rx, now store.Time, days int) (told, due int, err error) {
	if days == 0 {
		return 0, 0, nil
	}
	if told, _, err = warned.Old(rx, soon(now, days)); err == nil {
		due, _, err = unwarned.Old(rx, soon(now, days))
	}
	return told, due, err
}

// ToWarn returns up to n people who are to be warned now.
func ToWarn(rx store.Rx, now store.Time, days, n int) ([]string, error) {
	if days == 0 {
		return nil, nil
	}
	return unwarned.Next(rx, soon(now, days), n)
}

// Warn warns somebody on behalf of a run that began then, by a letter, and says
// whether it had to: whoever came back meanwhile is not warned.
func Warn(tx store.Tx, person string, began store.Time, days int) (bool, error) {
	if due, err := unwarned.Still(tx.Rx, person, soon(began, days)); err != nil || !due {
		return false, err
	}
	err := tx.Exec(`INSERT INTO people_warned (person_id, at) VALUES (?, ?)
		ON CONFLICT (person_id) DO UPDATE SET at = excluded.at, counts_from = NULL`, person, began).Error
	if err == nil {
		err = outbox.Put(tx, InactiveWarned, warnedKey(person, began), WarnedFact{person})
	}
	if err != nil {
		return false, err
	}
	return true, audit.Record(tx, "people.warned", "person:"+person, nil)
}

func warnedKey(person string, at store.Time) string {
	return person + "/" + strconv.FormatInt(at.UnixMicro(), 10)
}

// WarningGoes says whether a letter of warning is still wanted, when it is about
// to go. From then on nothing counts until it has gone.
func WarningGoes(ctx context.Context, db *store.DB, person string) (wanted bool, err error) {
	var row struct {
		PersonID   string
		CountsFrom store.Time
	}
	err = db.Read(ctx).Raw("SELECT person_id, counts_from FROM people_warned WHERE person_id = ?", person).Scan(&row).Error
	if err != nil || row.PersonID == "" || row.CountsFrom.IsZero() {
		return row.PersonID != "", store.Explain(err)
	}
	return true, db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
		return tx.Exec("UPDATE people_warned SET counts_from = NULL WHERE person_id = ?", person).Error
	})
}

// StaleWarnings returns whose warning is about nothing any more: they are not
// about to be erased as inactive.
func StaleWarnings(rx store.Rx, now store.Time, days int) (persons []string, err error) {
	all, err := ids(rx, "SELECT person_id FROM people_warned ORDER BY person_id")
	if err != nil || days == 0 {
		return all, err
	}
	for _, id := range all {
		still, err := warned.Still(rx, id, soon(now, days))
		if err != nil {
			return nil, err
		}
		if !still {
			persons = append(persons, id)
		}
	}
	return persons, nil
}

func ids(rx store.Rx, query string, args ...any) (all []string, err error) {
	err = rx.Raw(query, args...).Scan(&all).Error
	return all, store.Explain(err)
}

// WithdrawWarning takes a warning back.
func WithdrawWarning(tx store.Tx, person string) error {
	r := tx.Exec("DELETE FROM people_warned WHERE person_id = ?", person)
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	return audit.Record(tx, "people.warning_withdrawn", "person:"+person, nil)
}

// Uncounted returns whose warning does not count yet.
func Uncounted(rx store.Rx) ([]string, error) {
	return ids(rx, "SELECT person_id FROM people_warned WHERE counts_from IS NULL OR counts_from > ? ORDER BY person_id", rx.Now())
}

// CountWarning lets a warning count since its letter went or was given up, once
// it did. A moment at which that cannot have been, since the clock was wrong,
// is now.
func CountWarning(tx store.Tx, person string) error {
	var at store.Time
	if err := tx.Raw("SELECT at FROM people_warned WHERE person_id = ?", person).Scan(&at).Error; err != nil || at.IsZero() {
		return store.Explain(err)
	}
	over, there, err := outbox.Over(tx.Rx, InactiveWarned, warnedKey(person, at))
	if err != nil || there && over.IsZero() {
		return err
	}
	if over.Before(at.Time) || over.After(tx.Now.Time) {
		over = tx.Now
	}
	return tx.Exec("UPDATE people_warned SET counts_from = ? WHERE person_id = ?", over, person).Error
}

// unwarn forgets that somebody was warned: they are here.
func unwarn(tx store.Tx, person string) error {
	return tx.Exec("DELETE FROM people_warned WHERE person_id = ?", person).Error
}
