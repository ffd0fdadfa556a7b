package public

import (
	"golau/internal/i18n"
	"golau/modules"
)

// chart is a figure as it is drawn: 560 units wide, a bar below its words, so
// that the same drawing serves a telephone and a desk.
type chart struct {
	modules.Figure
	Height int
	Bars   []bar
	// Sources and Sure say of which rows they are where not of all.
	Sources []origin
	Sure    []origin
}

// bar is one row: where its words, its bar and its number stand.
type bar struct {
	modules.FigureRow
	Shown                       string
	TextY, BarY, NumberY, Width int
}

// origin is where rows were read and how surely, with their labels; without
// labels it is of all rows.
type origin struct {
	Source     modules.Source
	Confidence string
	Of         []i18n.Text
}

// Units of the drawing: a row takes 62, the longest bar 469.
const (
	rowHeight  = 62
	longestBar = 469
)

// OfAWhole says whether the bars are shares, so that the whole is drawn behind
// them.
func (c chart) OfAWhole() bool { return c.Unit == "percent" }

// Chart draws a figure of the page.
func (p *textPage) Chart(f *modules.Figure) chart {
	c := chart{Figure: *f, Height: rowHeight*len(f.Rows) - 4}
	for i, r := range f.Rows {
		y := rowHeight * i
		c.Bars = append(c.Bars, bar{r, f.Shown(r), y + 22, y + 32, y + 49, max(1, longestBar*r.Value/f.Whole())})
	}
	c.Sources = grouped(f.Rows, func(r modules.FigureRow) string { return r.Source }, func(id string) origin { return origin{Source: p.Source(id)} })
	c.Sure = grouped(f.Rows, func(r modules.FigureRow) string { return r.Confidence }, func(s string) origin { return origin{Confidence: s} })
	return c
}

// grouped gathers the labels of the rows that have the same, in the order in
// which they come. Where all have the same, none needs a label.
func grouped(rows []modules.FigureRow, by func(modules.FigureRow) string, as func(string) origin) (groups []origin) {
	at := map[string]int{}
	for _, r := range rows {
		key := by(r)
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key], groups = i, append(groups, as(key))
		}
		groups[i].Of = append(groups[i].Of, r.Label)
	}
	if len(groups) == 1 {
		groups[0].Of = nil
	}
	return groups
}
