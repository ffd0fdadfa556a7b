package quiz

import (
	"strconv"

	"golau/internal/i18n"
)

// Paper is what a learner sees of an attempt, in both languages so that the
// language can be changed without losing the place.
//
// Its types have no field for a worth, a right answer or a feedback, and its
// ids are dealt anew for every attempt: those of the bank would give the key
// away, since the best option stands first there.
type Paper struct {
	Questions []PaperQuestion `json:"questions"`
}

// PaperQuestion is one question as shown.
type PaperQuestion struct {
	Number  int        `json:"number"` // from 1
	Type    Kind       `json:"type"`
	Stem    i18n.Text  `json:"stem"`
	Choices []Choice   `json:"choices,omitempty"` // options; the steps to order; the right sides to match
	Rows    []PaperRow `json:"rows,omitempty"`    // matching: left sides; rewrite: lines
}

// Choice is something that can be chosen.
type Choice struct {
	ID   string    `json:"id"` // "a", "b", … in the order shown
	Text i18n.Text `json:"text"`
}

// PaperRow is a row that is given one choice: of its own (rewrite), or of the
// question's (matching).
type PaperRow struct {
	ID      string    `json:"id"` // "1", "2", … in the order shown
	Text    i18n.Text `json:"text"`
	Choices []Choice  `json:"choices,omitempty"`
}

// Offers returns the choices that can be given to row r.
func (q PaperQuestion) Offers(r PaperRow) []Choice {
	if q.Type == Rewrite {
		return r.Choices
	}
	return q.Choices
}

// key is what marks one question of one attempt. It is kept in a column of its
// own, and no exported function returns it.
type key struct {
	Type       Kind        `json:"type"`
	Section    string      `json:"section,omitempty"`
	Mistake    string      `json:"mistake,omitempty"`
	Difficulty int         `json:"difficulty"`
	Choices    []keyChoice `json:"choices,omitempty"` // ordering: in the right order
	Rows       []keyRow    `json:"rows,omitempty"`
}

type keyChoice struct {
	ID    string `json:"id"`  // on the paper
	Ref   string `json:"ref"` // in the bank
	Worth worth  `json:"worth,omitempty"`
}

type keyRow struct {
	ID      string      `json:"id"`
	Ref     string      `json:"ref"`
	Right   string      `json:"right,omitempty"`   // matching
	Choices []keyChoice `json:"choices,omitempty"` // rewrite
}

// feedback maps a place on the paper to what is said about it afterwards: a
// choice "a", a row "1", or a choice of a row "1.a".
type feedback map[string]i18n.Text

func (f feedback) put(place string, t i18n.Text) {
	if t != (i18n.Text{}) {
		f[place] = t
	}
}

// sheet is one question, frozen: what is shown, what marks it, what is said
// afterwards.
type sheet struct {
	number int
	ref    string
	target Target
	paper  PaperQuestion
	key    key
	said   feedback
}

// freeze makes a sheet of a bank question, with everything shuffled that is not
// in an order of its own.
func freeze(d *dice, number int, q question) sheet {
	s := sheet{
		number: number, ref: q.ID, target: q.target(),
		paper: PaperQuestion{Number: number, Type: q.Type, Stem: q.Stem},
		key:   key{Type: q.Type, Section: q.Section, Mistake: q.Mistake, Difficulty: q.Difficulty},
		said:  feedback{},
	}
	switch q.Type {
	case Single, Multiple:
		s.paper.Choices, s.key.Choices = freezeOptions(d, q.Options, "", s.said)
	case Ordering:
		s.freezeSteps(d, q.Steps)
	case Matching:
		s.freezePairs(d, q.Pairs)
	case Rewrite:
		for i, l := range q.Lines {
			row := PaperRow{ID: rowID(i), Text: l.Label}
			k := keyRow{ID: row.ID, Ref: l.ID}
			row.Choices, k.Choices = freezeOptions(d, l.Options, row.ID+".", s.said)
			s.paper.Rows = append(s.paper.Rows, row)
			s.key.Rows = append(s.key.Rows, k)
		}
	}
	return s
}

func freezeOptions(d *dice, options []option, prefix string, said feedback) ([]Choice, []keyChoice) {
	var shown []Choice
	var keys []keyChoice
	for i, o := range shuffled(d, options) {
		id := choiceID(i)
		shown = append(shown, Choice{id, o.Text})
		keys = append(keys, keyChoice{ID: id, Ref: o.ID, Worth: o.Worth})
		said.put(prefix+id, o.Feedback)
	}
	return shown, keys
}

func (s *sheet) freezeSteps(d *dice, steps []step) {
	places := make([]int, len(steps))
	for i := range places {
		places[i] = i
	}
	shuffle(d, places) // places[i] is where step i of the right order is shown
	s.paper.Choices = make([]Choice, len(steps))
	for i, st := range steps {
		id := choiceID(places[i])
		s.paper.Choices[places[i]] = Choice{id, st.Text}
		s.key.Choices = append(s.key.Choices, keyChoice{ID: id, Ref: st.ID})
		s.said.put(id, st.Feedback)
	}
}

// freezePairs shows each right side once, even where two pairs share it.
func (s *sheet) freezePairs(d *dice, pairs []pair) {
	ids := map[i18n.Text]string{}
	for _, p := range shuffled(d, pairs) {
		if _, shown := ids[p.Right]; !shown {
			ids[p.Right] = choiceID(len(ids))
			s.paper.Choices = append(s.paper.Choices, Choice{ids[p.Right], p.Right})
		}
	}
	for i, p := range pairs {
		row := PaperRow{ID: rowID(i), Text: p.Left}
		s.paper.Rows = append(s.paper.Rows, row)
		s.key.Rows = append(s.key.Rows, keyRow{ID: row.ID, Ref: p.ID, Right: ids[p.Right]})
		s.said.put(row.ID, p.Feedback)
	}
}

func choiceID(i int) string { return string(rune('a' + i)) }

func rowID(i int) string { return strconv.Itoa(i + 1) }
