package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"

	"golang.org/x/text/unicode/norm"
)

// LocalNote is what a board adds to a card and its module for its own area, in
// one of its editions. The course stays as it is.
type LocalNote struct {
	BoardID string
	About   string // the name of the card
	Edition int    // 0 before there is one
	Text    i18n.Text
	// ReviewBy is the day by which somebody looks at it again (2026-11-21).
	ReviewBy string
	SavedBy  string // the id of the person
	SavedAt  store.Time
}

// There says whether there is a note: an edition without words took it away.
func (n LocalNote) There() bool { return n.Text.Complete() }

// Lines are the lines of the note in a language.
func (n LocalNote) Lines(l i18n.Lang) []string {
	if !n.There() {
		return nil
	}
	return strings.Split(n.Text.In(l), "\n")
}

// Over says whether the day by which it was to be reviewed lies before today.
func (n LocalNote) Over(today string) bool { return n.There() && n.ReviewBy < today }

// LocalForm is an edition of a note as somebody writes it. Based is the edition
// that they had before them, Seen the Look of what they were shown as readers will
// see it, "" before that.
type LocalForm struct {
	Text     i18n.Text
	ReviewBy string
	Based    int
	Seen     string
}

// Look is a print of what is shown of a cleaned form before it is published, so
// that what is published is what was looked at.
func (f LocalForm) Look(board, about string) string {
	h := sha256.New()
	for _, s := range []string{board, about, f.Text.EN, f.Text.CY, f.ReviewBy} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// A note stands on an A5 card beside all that is there already.
const (
	maxNote      = 240 // characters
	maxNoteLines = 4
	maxReview    = 2 // years until it is looked at again
)

// Clean returns the form as it will be stored. The problem is Invalid, with the
// fields text_en, text_cy and review_by.
func (f LocalForm) Clean(today string) (LocalForm, error) {
	all := problem.New(problem.Invalid, "people.invalid", "MaxWords", maxNote, "MaxLines", maxNoteLines, "Years", maxReview)
	all.Fields = map[string]string{}
	for field, s := range map[string]*string{"text_en": &f.Text.EN, "text_cy": &f.Text.CY} {
		*s = cleanNote(*s)
		switch {
		case !utf8.ValidString(*s) || strings.ContainsFunc(strings.ReplaceAll(*s, "\n", ""), unseen):
			all.Fields[field] = "site.words.characters"
		case utf8.RuneCountInString(*s) > maxNote || strings.Count(*s, "\n") >= maxNoteLines:
			all.Fields[field] = "site.local.long"
		}
	}
	switch {
	case f.Text.EN == "" && f.Text.CY != "":
		all.Fields["text_en"] = "site.words.both"
	case f.Text.CY == "" && f.Text.EN != "":
		all.Fields["text_cy"] = "site.words.both"
	}
	if f.Text == (i18n.Text{}) {
		f.ReviewBy = ""
	} else if !reviewable(f.ReviewBy, today) {
		all.Fields["review_by"] = "site.local.day"
	}
	if len(all.Fields) == 0 && !slices.Equal(telephones(f.Text.EN), telephones(f.Text.CY)) {
		all.Fields["text_cy"] = "site.local.numbers"
	}
	if len(all.Fields) > 0 {
		return f, all
	}
	return f, nil
}

// telephone is what somebody could ring: five digits and more.
var telephone = regexp.MustCompile(`\d(?:[ -]?\d){4,}`)

// telephones are the numbers in a text, without what stands between their digits:
// whoever reads Welsh must reach whom the others reach.
func telephones(text string) []string {
	all := telephone.FindAllString(text, -1)
	for i := range all {
		all[i] = strings.NewReplacer(" ", "", "-", "").Replace(all[i])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// cleanNote takes away empty lines and doubled spaces.
func cleanNote(s string) string {
	var lines []string
	for line := range strings.Lines(norm.NFC.String(strings.ReplaceAll(s, "\r\n", "\n"))) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// reviewable says whether a day is one from today on that is not too far off.
func reviewable(day, today string) bool {
	on, err := time.Parse(time.DateOnly, day)
	now, wrong := time.Parse(time.DateOnly, today)
	return err == nil && wrong == nil && !on.Before(now) && !on.After(now.AddDate(maxReview, 0, 0))
}

// LocalBoard is a board for which the viewer may write. Another's is NotFound to an
// officer, as one that there is not; who is neither officer nor administrator is
// Forbidden.
func LocalBoard(rx store.Rx, v people.Viewer, key string) (people.Board, error) {
	if err := v.Require(people.WriteLocal); err != nil {
		return people.Board{}, err
	}
	if !v.May(people.ManagePeople) {
		if _, err := v.BoardScope(key); err != nil {
			return people.Board{}, err
		}
	}
	return people.BoardByKey(rx, key)
}

// SaveLocalNote makes a new edition of a board's note about a card; without words
// it takes the note away. The same again changes nothing. It refuses as LocalBoard
// does whoever may not write for the board. It returns Invalid as Clean does, and
// Conflict where somebody saved another edition meanwhile (site.local.changed) or
// where this is not what was looked at (site.local.unseen).
func SaveLocalNote(ctx context.Context, db *store.DB, v people.Viewer, board people.Board, about string, f LocalForm) error {
	rx := db.Read(ctx)
	if _, err := LocalBoard(rx, v, board.Key); err != nil {
		return err
	}
	f, err := f.Clean(people.Today(rx))
	if err != nil {
		return err
	}
	if f.Seen != f.Look(board.Key, about) {
		return problem.New(problem.Conflict, "site.local.unseen")
	}
	return db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		before, err := newestNote(tx.Rx, board.ID, about)
		if err != nil || before.Text == f.Text && before.ReviewBy == f.ReviewBy {
			return err
		}
		if before.Edition != f.Based {
			return problem.New(problem.Conflict, "site.local.changed")
		}
		err = tx.Exec(`INSERT INTO site_local_notes (id, board_id, about, edition, text_en, text_cy, review_by, saved_by, saved_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, tx.NewID(), board.ID, about, before.Edition+1, f.Text.EN, f.Text.CY, f.ReviewBy, v.Person, tx.Now).Error
		if err != nil {
			return err
		}
		return audit.Record(tx, "site.local_note_saved", "board:"+board.ID, map[string]any{"about": about, "edition": strconv.Itoa(before.Edition + 1),
			"before": before.Text, "after": f.Text, "review_by": f.ReviewBy})
	})
}
