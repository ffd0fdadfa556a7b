package public

import (
	"net/http"
	"slices"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/site"
	"golau/modules"
)

// cardRoutes are the ways to the quick-reference cards. They are open to anybody,
// also to whoever is half signed in, and nothing notes whose numbers were asked
// for: as with the help above every page, nobody is told who was worried.
func (r *Room) cardRoutes() []web.Route {
	routes := []web.Route{
		web.Get("/cards", web.Public, r.cards),
		web.Get("/cards/:card", web.Public, r.card),
	}
	for i := range routes {
		routes[i] = routes[i].OpenHalfway().Unnoted()
	}
	return routes
}

type cardsPage struct {
	web.Frame
	Cards []*modules.Card
}

// cards lists them all.
func (r *Room) cards(c *web.Context, _ people.Viewer) error {
	p := &cardsPage{web.Frame{Title: c.T("cards.title"), Current: "cards"}, r.Library.Cards()}
	return c.Show(http.StatusOK, "public/cards", p)
}

// cardPage is a card with what its reader's place and the site put beside it.
type cardPage struct {
	web.Frame
	Card *modules.Card
	// Area is the council whose numbers stand on the card: the one chosen, else
	// that of the reader's workplace, else none.
	Area     people.Council
	Councils []people.Council // from which one may be chosen
	Owner    site.Contact
	Police   string // the number for what is not urgent
	Site     string // the site's own address, as paper needs it
	Over     bool   // the day by which it was to be reviewed is past
}

// Asked is what the card's other forms must be told of the area.
func (p *cardPage) Asked() string {
	if p.Area.Key == "" {
		return ""
	}
	return "?council=" + p.Area.Key
}

// card shows one.
func (r *Room) card(c *web.Context, v people.Viewer) error {
	p, err := r.openCard(c, v)
	if err != nil {
		return err
	}
	p.Title, p.Current = c.T("cards.tab"), "cards"
	p.Alternate = "/cards/" + p.Card.Slug + p.Asked()
	return c.Show(http.StatusOK, "public/card", p)
}

// openCard gathers what stands on a card. It returns NotFound for a card that
// there is not. What the site says of its owner is left out where the database
// cannot answer: whoever is worried about a child gets the rest.
func (r *Room) openCard(c *web.Context, v people.Viewer) (*cardPage, error) {
	card, ok := r.Library.Card(c.Param("card"))
	if !ok {
		return nil, echoNotFound()
	}
	p := &cardPage{Card: card, Site: r.Base, Over: card.OutOfDate(c.Now().Time)}
	p.Councils = c.Site.People.CouncilsWithNumbers(c.Lang)
	p.Area = c.Site.People.CouncilOf(v)
	chosen := slices.IndexFunc(p.Councils, func(o people.Council) bool { return o.Key == c.QueryParam("council") })
	if chosen >= 0 {
		p.Area = p.Councils[chosen]
	}
	if f, ok := r.Library.Fact("police-non-emergency"); ok {
		p.Police = f.Phone
	}
	if d, err := site.Read(r.DB.Read(c.Request().Context())); err == nil {
		p.Owner = d.Owner
	}
	return p, nil
}
