package audit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golau/internal/store"
)

// emptied is the verb of a line that says which details were emptied. Its
// subject says on whose account, its print which lines, so that the chain holds
// both.
const emptied = "audit.emptied"

// span is a run of lines, both ends with it.
type span struct{ first, last int64 }

// add adds a line behind all others.
func add(spans []span, id int64) []span {
	if n := len(spans); n > 0 && spans[n-1].last == id-1 {
		spans[n-1].last = id
		return spans
	}
	return append(spans, span{id, id})
}

// Emptied records that the details of the lines were emptied in the same
// transaction, and on whose account: a subject. Without such a line an empty
// detail is a fault.
func Emptied(tx store.Tx, account string, lines []int64) error {
	if len(lines) == 0 {
		return nil
	}
	slices.Sort(lines)
	var spans []span
	for _, id := range slices.Compact(lines) {
		spans = add(spans, id)
	}
	before, err := emptiedBefore(tx.Rx)
	if err != nil {
		return err
	}
	print := fmt.Sprint(before, ";")
	for i, s := range spans {
		if i > 0 {
			print += ","
		}
		print += fmt.Sprint(s.first, "-", s.last)
	}
	return RecordOf(tx, emptied, account, print, nil)
}

// emptiedBefore says how many details were empty before emptying got lines. Each
// such line repeats it, so that none can be added unnoticed.
func emptiedBefore(rx store.Rx) (n int64, err error) {
	err = rx.Raw("SELECT count(*) FROM audit_emptied_before").Scan(&n).Error
	return n, store.Explain(err)
}

// uncovered returns a Fault for the first empty detail that no line accounts for.
func uncovered(rx store.Rx, empty []span) error {
	if len(empty) == 0 {
		return nil
	}
	before, err := emptiedBefore(rx)
	if err != nil {
		return err
	}
	var old []int64
	if err := rx.Raw("SELECT event_id FROM audit_emptied_before ORDER BY event_id").Scan(&old).Error; err != nil {
		return store.Explain(err)
	}
	var covered []span
	for _, id := range old {
		covered = add(covered, id)
	}
	var lines []struct {
		ID    int64
		Print string
	}
	if err := rx.Raw("SELECT id, print FROM audit_events WHERE verb = ? ORDER BY id", emptied).Scan(&lines).Error; err != nil {
		return store.Explain(err)
	}
	for _, l := range lines {
		spans, ok := parse(l.Print, before, l.ID)
		if !ok {
			return Fault{l.ID, "it does not say which details were emptied, or not as many were empty before"}
		}
		covered = append(covered, spans...)
	}
	slices.SortFunc(covered, func(a, b span) int { return int(a.first - b.first) })
	return firstOutside(empty, covered)
}

// firstOutside returns a Fault for the first line of the empty that is in none of
// the covered; both are in order.
func firstOutside(empty, covered []span) error {
	for _, e := range empty {
		at := e.first
		for at <= e.last {
			for len(covered) > 0 && covered[0].last < at {
				covered = covered[1:]
			}
			if len(covered) == 0 || covered[0].first > at {
				return Fault{at, "its detail was emptied without a line"}
			}
			at = covered[0].last + 1
		}
	}
	return nil
}

// parse reads the print of a line: which details before it were emptied.
func parse(print string, before, line int64) (spans []span, ok bool) {
	count, list, ok := strings.Cut(print, ";")
	if !ok || count != strconv.FormatInt(before, 10) {
		return nil, false
	}
	for _, part := range strings.Split(list, ",") {
		from, to, _ := strings.Cut(part, "-")
		first, wrong := strconv.ParseInt(from, 10, 64)
		last, wrong2 := strconv.ParseInt(to, 10, 64)
		if wrong != nil || wrong2 != nil || first < 1 || last < first || last >= line {
			return nil, false
		}
		spans = append(spans, span{first, last})
	}
	return spans, true
}
