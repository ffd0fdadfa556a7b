package course

import "slices"

// stillDone returns a cycle as it is, unless it follows one that was done by an
// account that does not stand behind this one any more: then the last cycle before
// that one is asked again as it was asked, in a row of its own.
func (w *settling) stillDone(r *Rule, p settled, a Assignment, l learnt) (Assignment, error) {
	rests := func(a Assignment) bool { return a.DoneBefore != "" && l.finished(r, "") < a.DoneBefore }
	if !rests(a) {
		return a, nil
	}
	before, err := assignments(w.tx.Rx, "WHERE a.position_id = ? AND a.rule_id = ? AND a.cycle < ? ORDER BY a.cycle DESC", p.ID, r.ID, a.Cycle)
	if err != nil {
		return a, err
	}
	var was Assignment
	n := r.first(p.Since, a.Asked, l)
	n.Position = p.ID
	if i := slices.IndexFunc(before, func(b Assignment) bool { return !rests(b) }); i >= 0 {
		n, was = before[i], before[i]
	}
	if err := endAssignment(w.tx, a.ID, endedMoved); err != nil {
		return a, err
	}
	n.ID, n.Cycle = w.tx.NewID(), a.Cycle+1
	return n, w.insertInPlaceOf(was, n)
}
