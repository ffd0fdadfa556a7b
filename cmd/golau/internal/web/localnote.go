package web

import (
	"time"

	"golau/internal/i18n"
	"golau/internal/site"
)

// LocalNote is a board's note as a page shows it, in a language.
type LocalNote struct {
	site.LocalNote
	In   i18n.Lang
	Past bool // the day by which it was to be reviewed is past
}

// LocalNote is the note in the page's language, on this day.
func (c *Context) LocalNote(n site.LocalNote) LocalNote {
	return LocalNote{n, c.Lang, n.Over(c.Now().In(i18n.London()).Format(time.DateOnly))}
}

// Shown are its lines.
func (n LocalNote) Shown() []string { return n.Lines(n.In) }
