package modules

import (
	"slices"
	"strings"
)

// The forms of ::: diagram: how its items, which are text like any other, are
// drawn together. So what a picture says is read out, and prints in any colours.
var diagramForms = []string{
	"sum",   // one and one make the last
	"route", // one, and then those that come on top of it
	"steps", // one after the other
	"table", // who sits around it
}

// diagram writes a list as a picture: ::: diagram FORM TITLE.
func (c *canvas) diagram(b block, d dress) {
	d.Kind, d.Title, _ = strings.Cut(b.arg, " ")
	if !slices.Contains(diagramForms, d.Kind) {
		c.fault(b.line, c.where, "::: diagram %s is not one of the forms %s", d.Kind, strings.Join(diagramForms, ", "))
	}
	if strings.TrimSpace(d.Title) == "" {
		c.fault(b.line, c.where, "::: diagram %s needs a title: what the picture shows", d.Kind)
	}
	if items(b.text) < 2 {
		c.fault(b.line, c.where, "::: diagram %s has fewer than two items", d.Kind)
	}
	c.execute(&c.out, "diagram", d)
}
