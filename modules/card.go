package modules

import (
	"crypto/sha256"
	"strconv"
	"time"

	"golau/internal/i18n"
)

// Card is a quick-reference card: what a module comes to, or what to do now, on
// one sheet of A5. Its words are whole; telephone numbers of a place, and who
// owns the site, are for whoever shows it to put beside them.
type Card struct {
	// Slug names the card in addresses: that of its module, or its own.
	Slug string
	// Module is whose card it is, nil for a card about no module.
	Module *Module
	Title  i18n.Text
	// Lead says when to take the card in hand; most have none.
	Lead i18n.Text
	// First says when to call 999, and what to do meanwhile.
	First  i18n.Text
	Blocks []CardBlock
	// Key is the sentence to take away.
	Key i18n.Text
	// Facts are the ids of all that the card rests on, sorted.
	Facts []string
	// CheckedOn and ReviewBy are the days on which a professional checked the card
	// and on which it is out of date (2026-11-21); both empty until somebody has.
	CheckedOn, ReviewBy string
	// Edition is a short hash of all that the card says, in both languages.
	Edition string

	file string
}

// OutOfDate says whether the day by which the card was to be reviewed is over.
func (c *Card) OutOfDate(now time.Time) bool { return over(c.ReviewBy, now) }

// CardBlock is a heading of a card with a few lines under it.
type CardBlock struct {
	Heading i18n.Text
	Ordered bool // the lines are steps, in their order
	Items   []i18n.Text
	// Lines are how many lines to write on follow.
	Lines int
}

// Ruled is one value for each line to write on.
func (b CardBlock) Ruled() []struct{} { return make([]struct{}, b.Lines) }

// Cards returns every card: those of no module first, by their slugs, then the
// modules' in their order.
func (l *Library) Cards() []*Card { return l.cards }

// Card returns the card with that slug.
func (l *Library) Card(slug string) (*Card, bool) {
	for _, c := range l.cards {
		if c.Slug == slug {
			return c, true
		}
	}
	return nil, false
}

// cardEdition hashes what a card says, so that two prints can be told apart.
func cardEdition(c *Card) string {
	h := sha256.New()
	put(h, c.Slug, c.CheckedOn, c.ReviewBy)
	for _, t := range []i18n.Text{c.Title, c.Lead, c.First, c.Key} {
		put(h, t.EN, t.CY)
	}
	for _, b := range c.Blocks {
		put(h, b.Heading.EN, b.Heading.CY, strconv.FormatBool(b.Ordered), strconv.Itoa(b.Lines), strconv.Itoa(len(b.Items)))
		for _, item := range b.Items {
			put(h, item.EN, item.CY)
		}
	}
	return short(h)
}
