package main

import (
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"
)

// row is one line of the table.
type row struct {
	what, figure, floor, ratio, cpu, aim string
	met                                  bool // the aim; without an aim it says nothing
}

func (b *bench) add(r row) { b.rows = append(b.rows, r) }

// missed are the aims that were missed, each with what was measured instead.
func (b *bench) missed() (all []string) {
	for _, r := range b.rows {
		if r.aim != "" && !r.met {
			all = append(all, fmt.Sprintf("%s: %s, the aim is %s", r.what, r.figure, r.aim))
		}
	}
	return all
}

var heads = []string{"what", "figure", "floor", "ratio", "CPU each", "aim", ""}

func (r row) cells() []string {
	met := ""
	switch {
	case r.aim == "":
	case r.met:
		met = "met"
	default:
		met = "missed"
	}
	cells := []string{r.what, r.figure, r.floor, r.ratio, r.cpu, r.aim, met}
	for i, c := range cells[:6] {
		if c == "" {
			cells[i] = "–"
		}
	}
	return cells
}

// text is the table for a terminal.
func (b *bench) text() string {
	table := [][]string{heads}
	for _, r := range b.rows {
		table = append(table, r.cells())
	}
	widths := make([]int, len(heads))
	for _, line := range table {
		for i, c := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(c))
		}
	}
	var t strings.Builder
	for _, line := range table {
		for i, c := range line {
			t.WriteString(c + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c)+2))
		}
		t.WriteString("\n")
	}
	return t.String()
}

// markdown is the table for docs/running.md.
func (b *bench) markdown() string {
	var t strings.Builder
	fmt.Fprintf(&t, "%d cores, %s, %s/%s\n\n", runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	t.WriteString("| " + strings.Join(heads, " | ") + " |\n|" + strings.Repeat("---|", len(heads)) + "\n")
	for _, r := range b.rows {
		t.WriteString("| " + strings.Join(r.cells(), " | ") + " |\n")
	}
	return t.String()
}
