package admin

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/site"
	"golau/internal/store"
	"golau/modules"
)

// localDoor is a way in to what boards add for their area: the administrator's,
// for every board, and an officer's, for their own. Whose boards a page shows is
// decided by the viewer, never by the address alone.
type localDoor struct {
	*Room
	at string // its path
}

func (r *Room) localRoutes() (routes []web.Route) {
	for at, a := range map[string]web.Audience{"/admin/local": web.Admin, "/board/local": web.Officer} {
		d := localDoor{r, at}
		routes = append(routes,
			web.Get(at, a, d.all),
			web.Get(at+"/:board/:about", a, d.note),
			web.Post(at+"/:board/:about", a, d.change))
	}
	return routes
}

// LocalBase is what every page of either door hands to the layout.
type LocalBase struct {
	Form
	Here    string // path of the list
	Officer bool   // at the officer's door
}

func (d localDoor) base(c *web.Context) LocalBase {
	b := LocalBase{Form: form(c, "local", c.T("admin.local.title")), Here: d.at, Officer: d.at == "/board/local"}
	if b.Officer {
		b.Current = "board"
	}
	return b
}

type localPage struct {
	LocalBase
	Boards []localBoard
}

// localBoard is a board with what it adds to each card.
type localBoard struct {
	people.Board
	Cards    []localCard
	Councils []localCouncil // whose numbers the officer looks after
}

// localCard is a card with the note about it, if there is one.
type localCard struct {
	*modules.Card
	Note site.LocalNote
	Over bool
}

// boards are those for which this door opens, to this viewer.
func (d localDoor) boards(rx store.Rx, v people.Viewer) ([]people.Board, error) {
	all, err := people.Boards(rx)
	if d.at == "/board/local" {
		all = slices.DeleteFunc(all, func(b people.Board) bool {
			_, err := v.BoardScope(b.Key)
			return err != nil
		})
	}
	return all, err
}

// all lists the notes of the viewer's boards, card by card.
func (d localDoor) all(c *web.Context, v people.Viewer) error {
	p := &localPage{LocalBase: d.base(c)}
	rx := d.DB.Read(c.Request().Context())
	boards, err := d.boards(rx, v)
	if err != nil {
		return err
	}
	notes, err := site.LocalNotes(rx)
	if err != nil {
		return err
	}
	at := map[[2]string]site.LocalNote{}
	for _, n := range notes {
		at[[2]string{n.BoardID, n.About}] = n
	}
	for _, b := range boards {
		line := localBoard{Board: b}
		if p.Officer {
			if line.Councils, err = councilsUnder(rx, v, b.Key); err != nil {
				return err
			}
		}
		for _, card := range d.School.Library().Cards() {
			n := at[[2]string{b.ID, card.Slug}]
			line.Cards = append(line.Cards, localCard{card, n, n.Over(people.Today(rx))})
		}
		p.Boards = append(p.Boards, line)
	}
	return c.Show(http.StatusOK, "admin/local", p)
}

type localNotePage struct {
	LocalBase
	Board   people.Board
	Card    *modules.Card
	F       site.LocalForm
	Preview bool // how it will look stands above the form
	History []localEdition
}

// localEdition is an edition of the note with the name of whoever saved it, ""
// where they are no longer here.
type localEdition struct {
	site.LocalNote
	Who string
}

// Shown is the note as readers will see it, in both languages.
func (p *localNotePage) Shown(l i18n.Lang) web.LocalNote {
	return web.LocalNote{LocalNote: site.LocalNote{Text: p.F.Text, ReviewBy: p.F.ReviewBy}, In: l}
}

// open gathers the page of a note: NotFound for a board or card that there is not,
// or a board that is not the officer's.
func (d localDoor) open(c *web.Context, v people.Viewer) (*localNotePage, error) {
	rx := d.DB.Read(c.Request().Context())
	boards, err := d.boards(rx, v)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(boards, func(b people.Board) bool { return b.Key == c.Param("board") })
	if at < 0 {
		return nil, problem.New(problem.NotFound, "web.not_found")
	}
	b := boards[at]
	card, ok := d.School.Library().Card(c.Param("about"))
	if !ok {
		return nil, problem.New(problem.NotFound, "web.not_found")
	}
	p := &localNotePage{LocalBase: d.base(c), Board: b, Card: card}
	p.sent("note", d.at+"/"+b.Key+"/"+card.Slug)
	return p, p.remember(rx)
}

// remember lists the editions that there are, the newest first.
func (p *localNotePage) remember(rx store.Rx) error {
	history, err := site.LocalHistory(rx, p.Board.ID, p.Card.Slug)
	if err != nil {
		return err
	}
	var ids []string
	for _, n := range history {
		ids = append(ids, n.SavedBy)
	}
	names, err := people.Names(rx, ids)
	if err != nil {
		return err
	}
	for _, n := range history {
		p.History = append(p.History, localEdition{n, names[n.SavedBy]})
	}
	return nil
}

// begin fills the form with an edition, which becomes one more when it is saved.
func (p *localNotePage) begin(n site.LocalNote) {
	p.F.Text, p.F.ReviewBy = n.Text, n.ReviewBy
	if len(p.History) > 0 {
		p.F.Based = p.History[0].Edition
	}
}

// note shows a board's note about a card, to be changed.
func (d localDoor) note(c *web.Context, v people.Viewer) error {
	p, err := d.open(c, v)
	if err != nil {
		return err
	}
	if len(p.History) > 0 {
		p.begin(p.History[0].LocalNote)
	}
	return d.showForm(c, "admin/local-note", &p.Form, p)
}

// read takes the form as it was sent.
func (p *localNotePage) read(c *web.Context) {
	p.F.Text = i18n.Text{EN: c.Field("text_en"), CY: c.Field("text_cy")}
	p.F.ReviewBy = typedDay(c, "review_by")
	p.F.Based, _ = strconv.Atoi(c.Field("based"))
	p.F.Seen = c.Field("seen")
}

// change shows how a note will look, fills the form with an earlier edition, or
// saves one more: what was looked at, and nothing else.
func (d localDoor) change(c *web.Context, v people.Viewer) error {
	p, err := d.open(c, v)
	if err != nil {
		return err
	}
	p.read(c)
	switch {
	case c.Switching():
	case c.Field("restore") != "":
		err = p.restore(c.Field("restore"))
	case c.Field("go") == "publish":
		if err = site.SaveLocalNote(c.Request().Context(), d.DB, v, p.Board, p.Card.Slug, p.F); err == nil {
			d.Local.Clear()
			return c.Go(p.FormTo + "?done=local_saved")
		}
		err = cmp.Or(p.unseen(d.today(c), err), err)
	default:
		err = p.preview(d.today(c))
	}
	if err := p.take(c, err, "local", "text_en", "text_cy", "review_by"); err != nil {
		return err
	}
	return d.showForm(c, "admin/local-note", &p.Form, p)
}

func (d localDoor) today(c *web.Context) string {
	return people.Today(d.DB.Read(c.Request().Context()))
}

// unseen shows what was to be published, where that is not what was looked at.
func (p *localNotePage) unseen(today string, err error) error {
	if refused, ok := problem.As(err); ok && refused.Key == "site.local.unseen" {
		return p.preview(today)
	}
	return nil
}

// preview shows what was typed as its readers will see it, or what is wrong.
func (p *localNotePage) preview(today string) (err error) {
	if p.F, err = p.F.Clean(today); err != nil {
		return err
	}
	p.Preview, p.F.Seen = true, p.F.Look(p.Board.Key, p.Card.Slug)
	return nil
}

// restore fills the form with an earlier edition; nothing is saved yet. It
// returns NotFound for an edition that there is not.
func (p *localNotePage) restore(edition string) error {
	for _, n := range p.History {
		if strconv.Itoa(n.Edition) == edition {
			p.begin(n.LocalNote)
			return nil
		}
	}
	return problem.New(problem.NotFound, "web.not_found")
}
