package modules

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golau/internal/i18n"
)

// Figure is what was once counted, kept with all that a reader needs so as not
// to take it for more: when, by whom, what it counts and what it does not. A page
// shows it by ::: figure key.
type Figure struct {
	Key string `yaml:"key"`
	// Title says the finding, Base of what it is a number or share, Period which
	// time and place it is of.
	Title  i18n.Text `yaml:"title"`
	Base   i18n.Text `yaml:"base"`
	Period i18n.Text `yaml:"period"`
	// Counts and Not say what it counts, and what it does not.
	Counts i18n.Text `yaml:"counts"`
	Not    i18n.Text `yaml:"not"`
	// Unit is "count" or "percent".
	Unit string `yaml:"unit"`
	// Children says that it counts children as the tables of the NRM do, whose
	// meaning of the word has changed.
	Children bool     `yaml:"children"`
	IDs      []string `yaml:"ids"`
	// Source and Confidence are those of every row that names none of its own.
	Source       string `yaml:"source"`
	Confidence   string `yaml:"confidence"`
	OpenQuestion string `yaml:"open_question"`
	CheckedOn    string `yaml:"checked_on"`
	ReviewBy     string `yaml:"review_by"`
	// Rows are one bar each.
	Rows []FigureRow `yaml:"rows"`

	file string
}

// FigureRow is one number of a figure.
type FigureRow struct {
	Label i18n.Text `yaml:"label"`
	// Note stands beside the label: what the share is in numbers. It may be empty.
	Note       i18n.Text `yaml:"note"`
	Year       int       `yaml:"year"` // the last that it is of
	Value      int       `yaml:"value"`
	Source     string    `yaml:"source"`
	Confidence string    `yaml:"confidence"`
}

// Figure returns the figure with that key.
func (l *Library) Figure(key string) (Figure, bool) {
	f, ok := l.figures[key]
	return f, ok
}

// Shown is the row's number as it is printed.
func (f Figure) Shown(r FigureRow) string {
	if f.Unit == percent {
		return strconv.Itoa(r.Value) + "%"
	}
	s := strconv.Itoa(r.Value)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Whole is what the longest bar possible stands for: all of what a share is of,
// or else the largest number.
func (f Figure) Whole() int {
	if f.Unit == percent {
		return 100
	}
	most := 0
	for _, r := range f.Rows {
		most = max(most, r.Value)
	}
	return most
}

const (
	percent = "percent"
	count   = "count"
	// redefined is the first year whose tables may mean something else by "child".
	redefined = 2024
	mostRows  = 8
	// beside is how many letters of a label and its note fit above their bar on a
	// telephone.
	beside = 44
)

// loadFigures reads figures.yaml, which content need not have.
func (ld *loader) loadFigures() (map[string]Figure, error) {
	rep := report{"figures.yaml", ld.out}
	var file struct {
		Welsh   string
		Figures []Figure
	}
	if err := readYAML(ld.fsys, rep, &file); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	figures := map[string]Figure{}
	unchecked := 0
	for _, f := range file.Figures {
		f.file = rep.file
		for i := range f.Rows {
			r := &f.Rows[i]
			if r.Source == "" {
				r.Source = f.Source
			}
			if r.Confidence == "" {
				r.Confidence = f.Confidence
			}
		}
		if _, twice := figures[f.Key]; twice {
			rep.fault(0, "figure "+f.Key, "the key stands twice")
		}
		ld.checkFigure(rep, f)
		if f.CheckedOn == "" {
			unchecked++
		}
		figures[f.Key] = f
	}
	if unchecked > 0 {
		rep.warn(0, "", "%d of %d figures have not been checked against their live source", unchecked, len(file.Figures))
	}
	return figures, nil
}

func (ld *loader) checkFigure(rep report, f Figure) {
	where := "figure " + f.Key
	for _, t := range []i18n.Text{f.Title, f.Base, f.Period, f.Counts, f.Not} {
		if !t.Complete() {
			rep.fault(0, where, "words are missing in English or Welsh")
			break
		}
	}
	if !slugShape.MatchString(f.Key) {
		rep.fault(0, where, "the key must be of small letters, digits and dashes")
	}
	if f.Unit != count && f.Unit != percent {
		rep.fault(0, where, "the unit %q is neither count nor percent", f.Unit)
	}
	if len(f.IDs) == 0 {
		rep.fault(0, where, "it names no facts")
	}
	for _, id := range f.IDs {
		if _, ok := ld.refs.ids[id]; !ok {
			rep.fault(0, where, "the fact id %s is not in fact-ids.yaml", id)
		}
	}
	for _, day := range []string{f.CheckedOn, f.ReviewBy} {
		if _, err := parseDay(day); err != nil {
			rep.fault(0, where, "%q is not a day like 2026-11-21", day)
		}
	}
	if len(f.Rows) == 0 || len(f.Rows) > mostRows {
		rep.fault(0, where, "it has %d rows; from 1 to %d can be shown", len(f.Rows), mostRows)
	}
	for _, r := range f.Rows {
		ld.checkRow(rep, where, f, r)
	}
	for _, lang := range i18n.Langs {
		straight(rep, where, f.Title.In(lang)+f.Base.In(lang)+f.Period.In(lang)+f.Counts.In(lang)+f.Not.In(lang))
		for _, n := range strangers(f, lang) {
			rep.fault(0, where, "the title says %s, which is in no row (%s)", n, lang)
		}
	}
	// A child has not meant the same in all years (I-10): such years do not stand
	// side by side, or a reader sees a rise or a fall that may be none.
	before := slices.ContainsFunc(f.Rows, func(r FigureRow) bool { return r.Year < redefined })
	since := slices.ContainsFunc(f.Rows, func(r FigureRow) bool { return r.Year >= redefined })
	if f.Children && before && since {
		rep.fault(0, where, "it counts children in years before %d beside later ones; “child” may not mean the same in both", redefined)
	}
}

func (ld *loader) checkRow(rep report, where string, f Figure, r FigureRow) {
	where += ", row " + r.Label.EN
	if !r.Label.Complete() || (r.Note.EN == "") != (r.Note.CY == "") {
		rep.fault(0, where, "words are missing in English or Welsh")
	}
	if r.Value < 1 || f.Unit == percent && r.Value > 100 {
		rep.fault(0, where, "%d cannot be shown", r.Value)
	}
	if r.Year < 2000 || r.Year > 2100 {
		rep.fault(0, where, "the year is missing")
	}
	if r.Confidence != "V" && r.Confidence != "V2" {
		rep.fault(0, where, "the confidence is %q; a number is shown only where it was read, V or V2", r.Confidence)
	}
	if !ld.refs.hasSource(r.Source) {
		rep.fault(0, where, "the source %q is not in sources.yaml", r.Source)
	}
	for _, lang := range i18n.Langs {
		if n := utf8.RuneCountInString(r.Label.In(lang) + " " + r.Note.In(lang)); n > beside {
			rep.fault(0, where, "label and note have %d letters together (at most %d) in %s", n, beside, lang)
		}
	}
}

var numeral = regexp.MustCompile(`\d[\d,]*%?`)

// strangers are the numbers in the title that stand in no row, so that the words
// cannot say another number than the picture. Years are none.
func strangers(f Figure, lang i18n.Lang) (out []string) {
	var known []string
	for _, r := range f.Rows {
		known = append(known, f.Shown(r))
		known = append(known, numeral.FindAllString(r.Note.In(lang), -1)...)
	}
	for _, n := range numeral.FindAllString(f.Title.In(lang), -1) {
		n = strings.TrimRight(n, ",")
		if !year.MatchString(n) && !slices.Contains(known, n) {
			out = append(out, n)
		}
	}
	return out
}

// figure puts the figure that b names into the page's parts.
func (c *canvas) figure(b block) {
	f, ok := c.figures[b.arg]
	if !ok {
		c.fault(b.line, c.where, "::: figure %s is not in figures.yaml", b.arg)
		return
	}
	if strings.TrimSpace(b.text) != "" {
		c.fault(b.line, c.where, "::: figure %s holds words; they belong into figures.yaml", b.arg)
	}
	c.part(Part{Figure: &f})
}

// unshown warns of figures that no page shows.
func (l *Library) unshown(rep report) {
	shown := map[string]bool{}
	for _, page := range l.pages {
		for _, part := range page[i18n.EN].Parts {
			if part.Figure != nil {
				shown[part.Figure.Key] = true
			}
		}
	}
	for _, key := range sortedKeys(l.figures) {
		if !shown[key] {
			rep.warn(0, "figure "+key, "no page shows it")
		}
	}
}

// dueFigures are the warnings for figures whose review date lies before now.
func (l *Library) dueFigures(now time.Time) (due []Finding) {
	for _, key := range sortedKeys(l.figures) {
		f := l.figures[key]
		if over(f.ReviewBy, now) {
			report{f.file, &due}.warn(0, "figure "+key, "was to be reviewed by %s", f.ReviewBy)
		}
	}
	return due
}
