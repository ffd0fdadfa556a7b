package pdf

import (
	"fmt"
	"strings"
)

// element is a node of the tree that a screen reader follows: a heading, a
// paragraph, an item. Its order is the order of reading, wherever on the sheet
// its marks stand.
type element struct {
	kind     string // PDF's standard types: H1, P, L, LI, …
	lang     string // language tag, "" = as the parent
	alt      string // words that stand for a picture
	actual   string // the words, when the letters drawn are not exactly they
	attrs    string // further attributes, as a PDF dictionary
	children []any  // mark, annotation or *element
	object   ref
}

// mark is the number of a piece of the page's content that belongs to an element.
type mark int

// annotation is an object of the page, a link, that belongs to an element.
type annotation ref

func (e *element) child(kind string) *element {
	c := &element{kind: kind}
	e.children = append(e.children, c)
	return c
}

// in sets the language of an element's words.
func (e *element) in(lang string) *element {
	e.lang = lang
	return e
}

// writeStructure writes the tree below root and the way back from every mark
// and annotation to its element, and returns the object of the tree.
func (d *document) writeStructure() ref {
	tree := d.file.reserve()
	d.number(d.root)
	d.writeElement(d.root, tree)

	var back strings.Builder
	back.WriteString("0 [")
	for _, owner := range d.owners {
		fmt.Fprintf(&back, "%s ", owner.object)
	}
	back.WriteByte(']')
	for i, owner := range d.linkOwners {
		fmt.Fprintf(&back, " %d %s", i+1, owner.object)
	}
	parents := d.file.add("<< /Nums [" + back.String() + "] >>")
	d.file.put(tree, fmt.Sprintf("<< /Type /StructTreeRoot /K [%s] /ParentTree %s /ParentTreeNextKey %d >>",
		d.root.object, parents, len(d.linkOwners)+1))
	return tree
}

func (d *document) number(e *element) {
	e.object = d.file.reserve()
	for _, c := range e.children {
		if sub, ok := c.(*element); ok {
			d.number(sub)
		}
	}
}

func (d *document) writeElement(e *element, parent ref) {
	var kids, extra strings.Builder
	for _, c := range e.children {
		switch c := c.(type) {
		case mark:
			fmt.Fprintf(&kids, "%d ", c)
		case annotation:
			fmt.Fprintf(&kids, "<< /Type /OBJR /Obj %s /Pg %s >> ", ref(c), d.page)
		case *element:
			fmt.Fprintf(&kids, "%s ", c.object)
			d.writeElement(c, e.object)
		}
	}
	if e.lang != "" {
		fmt.Fprintf(&extra, " /Lang (%s)", e.lang)
	}
	if e.alt != "" {
		fmt.Fprintf(&extra, " /Alt %s", textString(e.alt))
	}
	if e.actual != "" {
		fmt.Fprintf(&extra, " /ActualText %s", textString(e.actual))
	}
	if e.attrs != "" {
		fmt.Fprintf(&extra, " /A << %s >>", e.attrs)
	}
	d.file.put(e.object, fmt.Sprintf("<< /Type /StructElem /S /%s /P %s /Pg %s%s /K [%s] >>",
		e.kind, parent, d.page, extra.String(), kids.String()))
}
