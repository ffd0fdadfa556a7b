package public

import (
	"golau/certificates/pdf"
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
)

// cardPDF draws a card on a sheet of A5, in the language of the address.
func (r *Room) cardPDF(c *web.Context, v people.Viewer) error {
	p, err := r.openCard(c, v)
	if err != nil {
		return err
	}
	body, err := pdf.DrawCard(p.drawing(c))
	if err != nil {
		return err
	}
	return c.Send("application/pdf", "golau-"+p.Card.Slug+"-"+string(c.Lang)+".pdf", body)
}

// drawing is the card as it is drawn: the words of the page, line for line.
func (p *cardPage) drawing(c *web.Context) pdf.Card {
	in := func(t i18n.Text) string { return t.In(c.Lang) }
	d := pdf.Card{Lang: c.Lang, Made: c.Now().Time, Title: in(p.Card.Title), Lead: in(p.Card.Lead),
		Urgent: pdf.Number{Label: c.T("cards.danger"), Number: emergency, Dial: emergency}, First: in(p.Card.First),
		Blank: c.T("cards.blank"), Key: in(p.Card.Key), Foot: p.Foot, Contact: p.Contact.Words, Link: p.Contact.Link, About: p.Contact.Words}
	if m := p.Card.Module; m != nil {
		d.From = append(d.From, c.T("cards.of_module", "Number", m.Number))
	}
	if p.Owner.Name.Complete() {
		d.From = append(d.From, in(p.Owner.Name))
	}
	for _, b := range p.Card.Blocks {
		block := pdf.Block{Heading: in(b.Heading), Ordered: b.Ordered, Lines: b.Lines}
		for _, item := range b.Items {
			block.Items = append(block.Items, []pdf.Piece{{Words: in(item)}})
		}
		d.Blocks = append(d.Blocks, block)
	}
	if p.Local.There() {
		said := c.T("local.review", "Date", web.Day(c.Lang, p.Local.ReviewBy))
		if p.Local.Past {
			said = c.T("local.over", "Date", web.Day(c.Lang, p.Local.ReviewBy))
		}
		block := pdf.Block{Heading: c.T("local.title"), Foot: said}
		for _, line := range p.Local.Shown() {
			var pieces []pdf.Piece
			for _, s := range web.Numbers(line) {
				pieces = append(pieces, pdf.Piece(s))
			}
			block.Items = append(block.Items, pieces)
		}
		d.Blocks = append(d.Blocks, block)
	}
	for _, n := range p.Numbers {
		d.Numbers = append(d.Numbers, pdf.Number{Label: n.Label, Number: n.Number, Dial: web.Dial(n.Number)})
	}
	return d
}
