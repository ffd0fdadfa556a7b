package people

import (
	"context"

	"golau/internal/audit"
	"golau/internal/problem"
	"golau/internal/store"
)

// BoardOn is a board as the machine's own commands name it, by its key. It asks no
// viewer: whoever works on the machine can do more than that. No such board is Invalid
// with the field board.
func BoardOn(rx store.Rx, key string) (BoardScope, error) {
	b, err := BoardByKey(rx, key)
	if problem.KindOf(err) == problem.NotFound {
		return BoardScope{}, problem.InvalidField("board", "people.report.board")
	}
	return BoardScope{b.ID}, err
}

// What somebody may take out of what a board answers for, as the record calls it.
const (
	TakenCompletions  = "completions"
	TakenCertificates = "certificates" // many of the register
	TakenCertificate  = "certificate"  // one of it
)

// Taken are all of them.
var Taken = []string{TakenCompletions, TakenCertificates, TakenCertificate}

// NoteReport records that an officer has taken a board's report out.
func (d *Directory) NoteReport(ctx context.Context, v Viewer, s BoardScope, report string) error {
	return noteReport(ctx, d.db, v.Actor("web"), s, report)
}

// NoteReportTaken records that somebody at the machine has.
func NoteReportTaken(ctx context.Context, db *store.DB, s BoardScope, report string) error {
	return noteReport(ctx, db, store.Actor{Via: "cli"}, s, report)
}

func noteReport(ctx context.Context, db *store.DB, by store.Actor, s BoardScope, report string) error {
	return db.Write(ctx, by, func(_ context.Context, tx store.Tx) error {
		return audit.Record(tx, "people.report_exported", "board:"+s.Board(), map[string]any{"report": report})
	})
}
