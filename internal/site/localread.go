package site

import (
	"context"
	"sync"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// noteRow is an edition of a note as it is kept.
type noteRow struct {
	BoardID, About string
	Edition        int
	TextEN, TextCY string
	ReviewBy       string
	SavedBy        string
	SavedAt        store.Time
}

func (r noteRow) note() LocalNote {
	return LocalNote{r.BoardID, r.About, r.Edition, i18n.Text{EN: r.TextEN, CY: r.TextCY}, r.ReviewBy, r.SavedBy, r.SavedAt}
}

func notesOf(rows []noteRow, err error) ([]LocalNote, error) {
	notes := make([]LocalNote, len(rows))
	for i, r := range rows {
		notes[i] = r.note()
	}
	return notes, store.Explain(err)
}

// LocalHistory returns every edition of a board's note about a card, the newest
// first.
func LocalHistory(rx store.Rx, board, about string) ([]LocalNote, error) {
	var rows []noteRow
	err := rx.Raw(`SELECT board_id, about, edition, text_en, text_cy, review_by, saved_by, saved_at
		FROM site_local_notes WHERE board_id = ? AND about = ? ORDER BY edition DESC`, board, about).Scan(&rows).Error
	return notesOf(rows, err)
}

// newestNote is the newest edition; the zero note where there is none.
func newestNote(rx store.Rx, board, about string) (LocalNote, error) {
	all, err := LocalHistory(rx, board, about)
	if err != nil || len(all) == 0 {
		return LocalNote{BoardID: board, About: about}, err
	}
	return all[0], nil
}

// LocalNotes returns the newest edition of every note of every board.
func LocalNotes(rx store.Rx) ([]LocalNote, error) {
	var rows []noteRow
	err := rx.Raw(`SELECT n.board_id, n.about, n.edition, n.text_en, n.text_cy, n.review_by, n.saved_by, n.saved_at
		FROM site_local_notes n WHERE n.edition = (SELECT max(m.edition) FROM site_local_notes m
			WHERE m.board_id = n.board_id AND m.about = n.about) ORDER BY n.board_id, n.about`).Scan(&rows).Error
	return notesOf(rows, err)
}

// LocalOver counts the notes past the day by which they were to be reviewed.
func LocalOver(rx store.Rx) (int, error) {
	all, err := LocalNotes(rx)
	over := 0
	for _, n := range all {
		if n.Over(people.Today(rx)) {
			over++
		}
	}
	return over, err
}

// notesKept is how long the notes are kept in memory: every lesson may show one,
// and they change a few times a year.
const notesKept = time.Minute

// LocalShelf holds the newest notes as they were read last.
type LocalShelf struct {
	DB *store.DB

	mu   sync.Mutex
	at   time.Time
	read map[[2]string]LocalNote
}

// Of returns a board's note about a card as it was a minute ago at most, the zero
// note where there is none. When the database cannot answer, what was read last
// is better than nothing.
func (s *LocalShelf) Of(board, about string) LocalNote {
	s.mu.Lock()
	defer s.mu.Unlock()
	if board == "" {
		return LocalNote{}
	}
	if now := s.DB.Now().Time; s.read == nil || now.Sub(s.at) > notesKept || now.Before(s.at) {
		if all, err := LocalNotes(s.DB.Read(context.Background())); err == nil {
			s.read, s.at = make(map[[2]string]LocalNote, len(all)), now
			for _, n := range all {
				s.read[[2]string{n.BoardID, n.About}] = n
			}
		}
	}
	return s.read[[2]string{board, about}]
}

// Clear lets the next page read the notes anew.
func (s *LocalShelf) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read = nil
}
