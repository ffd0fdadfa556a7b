package course

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Worded is a letter for which an agency may have words of its own.
type Worded string

// The letters for which it may.
const (
	WordedBefore  Worded = "before" // to the learner, while there is time
	WordedLate    Worded = "late"   // and when something is overdue or has run out
	WordedNudge   Worded = "nudge"
	WordedManager Worded = "manager"
	WordedWeekly  Worded = "weekly"
)

// WordedLetters lists them.
var WordedLetters = []Worded{WordedBefore, WordedLate, WordedNudge, WordedManager, WordedWeekly}

// The longest words of an agency's own, in characters.
const (
	MostSubject = 100
	MostOpening = 500
	MostClosing = 1000
)

// Wording is what an agency says in a letter in its own words; what is empty in both
// languages is said in the usual ones.
type Wording struct {
	Subject, Opening i18n.Text // one paragraph
	Closing          i18n.Text // one a line
	Version          int       // how often it was changed
}

// Own says whether anything is in the agency's own words.
func (w Wording) Own() bool { return w.Subject.EN+w.Opening.EN+w.Closing.EN != "" }

// Worded says for which words a letter asks.
func (n Letter) Worded() Worded {
	switch n.Kind {
	case ToManager:
		return WordedManager
	case ToLead:
		return WordedWeekly
	case Nudge:
		return WordedNudge
	}
	for _, i := range n.Items {
		if i.Late() {
			return WordedLate
		}
	}
	return WordedBefore
}

// Wording returns an agency's own words in a letter.
func (s *School) Wording(ctx context.Context, scope people.OrganisationScope, of Worded) (Wording, error) {
	return wordingAt(s.db.Read(ctx), scope.Organisation(), scope.Board(), of)
}

func wordingAt(rx store.Rx, organisation, board string, of Worded) (w Wording, err error) {
	var r struct {
		SubjectEN, SubjectCY, OpeningEN, OpeningCY, ClosingEN, ClosingCY string
		Version                                                          int
	}
	err = rx.Raw(`SELECT subject_en, subject_cy, opening_en, opening_cy, closing_en, closing_cy, version FROM course_wordings
		WHERE organisation_id = ? AND board_id = ? AND letter = ?`, organisation, board, of).Scan(&r).Error
	return Wording{i18n.Text{EN: r.SubjectEN, CY: r.SubjectCY}, i18n.Text{EN: r.OpeningEN, CY: r.OpeningCY},
		i18n.Text{EN: r.ClosingEN, CY: r.ClosingCY}, r.Version}, store.Explain(err)
}

// Clean returns the words as they are kept: with single spaces, the closing
// without empty lines. Words in one language alone, too long, with what cannot be
// seen, or with an address of the web (the only link of a letter is Golau's own, so
// that nobody learns to follow others) are Invalid, with fields like "closing_cy".
func (w Wording) Clean() (Wording, error) {
	wrong := problem.New(problem.Invalid, "course.wording.invalid", "MostSubject", MostSubject, "MostOpening", MostOpening, "MostClosing", MostClosing)
	wrong.Fields = map[string]string{}
	for _, f := range []struct {
		name, long string
		text       *i18n.Text
		most       int
		lines      bool
	}{
		{"subject", "course.wording.subject_long", &w.Subject, MostSubject, false},
		{"opening", "course.wording.opening_long", &w.Opening, MostOpening, false},
		{"closing", "course.wording.closing_long", &w.Closing, MostClosing, true},
	} {
		for lang, text := range map[string]*string{"_en": &f.text.EN, "_cy": &f.text.CY} {
			*text = cleanWords(*text, f.lines)
			if key := faultOf(*text, f.most, f.long); key != "" {
				wrong.Fields[f.name+lang] = key
			}
		}
		if f.text.EN == "" && f.text.CY != "" {
			wrong.Fields[f.name+"_en"] = "course.wording.both"
		}
		if f.text.CY == "" && f.text.EN != "" {
			wrong.Fields[f.name+"_cy"] = "course.wording.both"
		}
	}
	if len(wrong.Fields) > 0 {
		return w, wrong
	}
	return w, nil
}

// cleanWords puts the spaces of what was typed in order, and leaves line breaks where
// lines are wanted.
func cleanWords(s string, lines bool) string {
	if !lines {
		return strings.Join(strings.Fields(s), " ")
	}
	var kept []string
	for line := range strings.Lines(s) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// isAddress says whether mail programs would make a link to a website of a word:
// "hwb.example/x", but neither "a.m." nor somebody's e-mail address.
func isAddress(word string) bool {
	word, _, _ = strings.Cut(strings.TrimFunc(word, unicode.IsPunct), "/")
	last := word[strings.LastIndex(word, ".")+1:]
	return last != word && !strings.Contains(word, "@") && !strings.Contains(word, "..") && utf8.RuneCountInString(last) > 1 &&
		!strings.ContainsFunc(last, func(r rune) bool { return !unicode.IsLetter(r) })
}

// faultOf says by a key what is wrong with words; "" = nothing.
func faultOf(s string, most int, long string) string {
	small := strings.ToLower(s)
	switch {
	case utf8.RuneCountInString(s) > most:
		return long
	case !utf8.ValidString(s), strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }):
		return "course.wording.characters"
	case strings.Contains(small, "://"), strings.Contains(small, "www."), slices.ContainsFunc(strings.Fields(s), isAddress):
		return "course.wording.address"
	}
	return ""
}

// SetWording keeps an agency's own words in a letter, from then on also in letters
// that wait. Where somebody else changed them since they were shown (Version), the
// problem is Conflict (course.wording.changed); otherwise problems are those of
// Clean. The same again changes nothing.
func (s *School) SetWording(ctx context.Context, v people.Viewer, scope people.OrganisationScope, of Worded, w Wording) error {
	w, err := w.Clean()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		was, err := wordingAt(tx.Rx, scope.Organisation(), scope.Board(), of)
		same := w
		same.Version = was.Version
		if err != nil || same == was {
			return err
		}
		if was.Version != w.Version {
			return problem.New(problem.Conflict, "course.wording.changed")
		}
		err = tx.Exec(`INSERT INTO course_wordings (organisation_id, board_id, letter, subject_en, subject_cy, opening_en, opening_cy, closing_en, closing_cy, version)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (organisation_id, board_id, letter) DO UPDATE SET subject_en = excluded.subject_en,
				subject_cy = excluded.subject_cy, opening_en = excluded.opening_en, opening_cy = excluded.opening_cy,
				closing_en = excluded.closing_en, closing_cy = excluded.closing_cy, version = version + 1`,
			scope.Organisation(), scope.Board(), of, w.Subject.EN, w.Subject.CY, w.Opening.EN, w.Opening.CY, w.Closing.EN, w.Closing.CY).Error
		if err != nil {
			return err
		}
		return audit.Record(tx, "course.wording_set", "organisation:"+scope.Organisation(), map[string]any{"board": scope.Board(), "letter": string(of),
			"before": was.details(), "after": w.details()})
	})
}

// details is what the record keeps of words.
func (w Wording) details() map[string]any {
	both := func(t i18n.Text) map[string]any { return map[string]any{"en": t.EN, "cy": t.CY} }
	return map[string]any{"subject": both(w.Subject), "opening": both(w.Opening), "closing": both(w.Closing)}
}
