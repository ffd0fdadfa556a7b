// Package board is the room of board officers, who answer for a region: what was
// finished there, in which agency, and the sheets that they take from it.
//
// It knows no answer and no mark of anybody. Whose agencies a page shows is decided by
// the officer's own memberships, never by the address.
package board

import (
	"embed"
	"net/url"
	"slices"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/reports"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Files holds the room's pages.
//
//go:embed pages
var Files embed.FS

// Room is what the officers' pages need.
type Room struct {
	DB     *store.DB
	People *people.Directory
	School *course.School
	Keys   *certificates.Keys
	Verify string // the site's own address, which a certificate's code leads to
}

// Routes lists the ways in.
func (r *Room) Routes() []web.Route {
	return append(slices.Concat(r.completionRoutes(), r.certificateRoutes(), r.checkRoutes()), web.Get("/board", web.Officer, func(c *web.Context, _ people.Viewer) error { return c.Go("/board/completions") }))
}

// teller says what a report holds in the language of the page.
func (r *Room) teller(c *web.Context) reports.Teller {
	return reports.Teller{Words: c.Site.Words, Lang: c.Lang, Title: r.School.TitleOf}
}

// answered are the boards for which the viewer answers, each once.
func answered(v people.Viewer) (boards []people.Board) {
	seen := map[string]bool{}
	for _, m := range v.Memberships {
		if m.Role == people.Officer && !seen[m.Board.ID] {
			seen[m.Board.ID] = true
			boards = append(boards, m.Board)
		}
	}
	return boards
}

// boardChoice is the choice between the boards for which the viewer answers.
func boardChoice(c *web.Context, v people.Viewer, chosen string) web.Input {
	i := web.Input{Name: "board", Label: c.T("board.completions.board")}
	for _, b := range answered(v) {
		i.Options = append(i.Options, option(b.Key, in(c, b.Name), chosen))
	}
	return i
}

// withQuery is an address with what is asked for.
func withQuery(path string, asked url.Values) string {
	if len(asked) == 0 {
		return path
	}
	return path + "?" + asked.Encode()
}

// option is a choice of a form.
func option(value, label, chosen string) web.Option {
	return web.Option{Value: value, Label: label, Chosen: value == chosen}
}

// in is a name in the language of the page.
func in(c *web.Context, t i18n.Text) string { return t.In(c.Lang) }
