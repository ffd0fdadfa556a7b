package public

import (
	"net/http"
	"slices"
	"strings"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/site"
	"golau/modules"
)

// cardRoutes are the ways to the quick-reference cards. They are open to anybody
// who is not between two steps, and nothing notes whose numbers were asked for: as
// with the help above every page, nobody is told who was worried.
func (r *Room) cardRoutes() []web.Route {
	routes := []web.Route{
		web.Get("/cards", web.Public, r.cards),
		web.Get("/cards/:card", web.Public, r.card),
		web.Get("/cards/:card/pdf", web.Public, r.cardPDF),
	}
	for i := range routes {
		routes[i] = routes[i].Unnoted()
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
	Numbers  []cardNumber // at its foot
	Foot     string       // its small print, which Contact ends
	Contact  contactLink
	Beside   []contactLink // what else its module offers to whoever comes
	Local    web.LocalNote // what the board of the area adds
	Over     bool          // the day by which it was to be reviewed is past
}

// emergency is the number for danger.
const emergency = "999"

// cardNumber is a telephone number and whose it is, or a line to write one on.
type cardNumber struct{ Label, Number string }

// contactLink is whom to ask for the card in another format.
type contactLink struct{ Words, Link string }

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
	p := &cardPage{Card: card, Over: card.OutOfDate(c.Now().Time)}
	p.Area, p.Councils = area(c, v, c.QueryParam("council"))
	p.Local = r.localTo(c, v, p.Area, p.Area.Key != "" && p.Area.Key == c.QueryParam("council"))
	if d, err := site.Read(r.DB.Read(c.Request().Context())); err == nil {
		p.Owner = d.Owner
	}
	p.Beside = r.beside(c, card.Module)
	p.Numbers, p.Foot, p.Contact = r.numbers(c, p.Area), p.foot(c), p.contact(c, r.Base)
	return p, nil
}

// area is the council whose numbers are asked for by its key, else that of the
// reader's workplace, else none; and those from which one may be chosen.
func area(c *web.Context, v people.Viewer, key string) (people.Council, []people.Council) {
	councils := c.Site.People.CouncilsWithNumbers(c.Lang)
	if i := slices.IndexFunc(councils, func(o people.Council) bool { return o.Key == key }); i >= 0 {
		return councils[i], councils
	}
	return c.Site.People.CouncilOf(v), councils
}

// numbers are those of the area, of the reader's own place, and of the police.
func (r *Room) numbers(c *web.Context, area people.Council) []cardNumber {
	whose := c.T("cards.children")
	if area.Key != "" {
		whose = c.T("cards.children_of", "Council", area.Name.In(c.Lang))
	}
	all := []cardNumber{{whose, area.DayNumber}, {c.T("cards.duty_team"), area.OutOfHoursNumber}, {c.T("cards.dsp"), ""}}
	if f, ok := r.Library.Fact("police-non-emergency"); ok {
		all = append(all, cardNumber{c.T("cards.police"), f.Phone})
	}
	return all
}

// foot says where to find a number that is missing, what Golau is not, which
// edition the card is and who has checked it.
func (p *cardPage) foot(c *web.Context) string {
	var said []string
	switch {
	case p.Area.DayNumber == "" && p.Area.Key != "":
		said = append(said, c.T("help.find_council", "Council", p.Area.Name.In(c.Lang)))
	case p.Area.DayNumber == "":
		said = append(said, c.T("help.find"))
	case p.Area.CheckedOn != "":
		said = append(said, c.T("cards.numbers_checked", "Date", web.Day(c.Lang, p.Area.CheckedOn)))
	}
	said = append(said, c.T("cards.no_reports"), c.T("cards.edition", "Course", c.Site.Edition, "Edition", p.Card.Edition))
	reviewed := c.T("cards.not_reviewed")
	if p.Card.CheckedOn != "" {
		reviewed = c.T("cards.reviewed", "Date", web.Day(c.Lang, p.Card.CheckedOn), "Until", web.Day(c.Lang, p.Card.ReviewBy))
	}
	return strings.Join(append(said, reviewed, c.T("cards.format")), " ")
}

// contact is the owner, as they can be reached, or the page that says whom to
// ask, written out for paper.
func (p *cardPage) contact(c *web.Context, base string) contactLink {
	switch {
	case p.Owner.Email != "":
		return contactLink{p.Owner.Email, "mailto:" + p.Owner.Email}
	case p.Owner.Phone != "":
		return contactLink{p.Owner.Phone, "tel:" + web.Dial(p.Owner.Phone)}
	}
	page := base + c.Local("/contact")
	return contactLink{page, page}
}

// localTo is what a board adds to the card: that of the area which was chosen, or
// else of the reader's workplace. Where the database cannot answer, the card is
// shown without.
func (r *Room) localTo(c *web.Context, v people.Viewer, area people.Council, chosen bool) web.LocalNote {
	board := v.Home().Board.ID
	if chosen {
		var err error
		if board, err = people.BoardOfCouncil(r.DB.Read(c.Request().Context()), area.Key); err != nil {
			return web.LocalNote{}
		}
	}
	return c.LocalNote(r.Local.Of(board, c.Param("card")))
}
