package web

import (
	"fmt"
	"html/template"
	"strings"
)

// The windows that show progress. A finished step is lit, the present one is
// bold with a sill, the others are empty. They repeat in a picture what the
// words beside them say, so they are hidden from screen readers.
const (
	arch     = `d="M3 30 V13 a10 10 0 0 1 20 0 V30 Z"`
	lit      = `<path class="gwin gwin--lit" ` + arch + `/><path class="gwin-bar" d="M13 3 V30 M3 17 H23"/>`
	present  = `<path class="gwin gwin--now" ` + arch + `/><path class="gwin-sill" d="M1 32.5 H25"/>`
	half     = `<path class="gwin" ` + arch + `/><path class="gwin-half" d="M4 18 H22 V29 H4 Z"/>`
	empty    = `<path class="gwin" ` + arch + `/>`
	gwinStep = 34
	inARow   = 10 // windows side by side that the narrowest screen has room for
)

// windows draws a row: done of them lit, the one numbered now (from 1, 0 for
// none) bold, total in all.
func windows(done, now, total int) template.HTML {
	states := make([]string, total)
	for i := range states {
		switch {
		case i+1 == now:
			states[i] = present
		case i < done:
			states[i] = lit
		default:
			states[i] = empty
		}
	}
	return row(states)
}

// row draws windows side by side, ten to a picture: where there is no room for
// twenty beside each other, the second ten stand below the first.
func row(states []string) template.HTML {
	var b strings.Builder
	for first := 0; first == 0 || first < len(states); first += inARow {
		some := states[first:min(first+inARow, len(states))]
		fmt.Fprintf(&b, `<svg viewBox="0 0 %d 34" aria-hidden="true" focusable="false">`, max(1, len(some))*gwinStep-8)
		for i, s := range some {
			fmt.Fprintf(&b, `<g transform="translate(%d)">%s</g>`, i*gwinStep, s)
		}
		b.WriteString(`</svg>`)
	}
	return template.HTML(b.String())
}

// window draws one window by state: "done", "now", "begun" or anything else.
func window(state string) template.HTML {
	shape := empty
	switch state {
	case "done":
		shape = lit
	case "now":
		shape = present
	case "begun":
		shape = half
	}
	return template.HTML(`<svg viewBox="0 0 26 34" aria-hidden="true" focusable="false">` + shape + `</svg>`)
}

// WindowRow draws a row from the state of each step, for steps done out of
// order: questions that were skipped, say.
func WindowRow(states []string) template.HTML {
	drawn := make([]string, len(states))
	for i, s := range states {
		switch s {
		case "done":
			drawn[i] = lit
		case "now":
			drawn[i] = present
		default:
			drawn[i] = empty
		}
	}
	return row(drawn)
}
