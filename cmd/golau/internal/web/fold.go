package web

import (
	"html/template"
	"slices"
	"strings"
	"text/template/parse"
)

// Every page is parsed once for each language, so most of what its templates
// call is settled before anybody asks: words without arguments, addresses,
// pictures. A folder puts these into the text of the templates, and showing a
// page is left with what depends on its reader.
//
// It must run before a template is first executed, for only then does
// html/template look at the place where each action stands. What is put in is
// escaped for text, which also does for attributes in quotes; there are no other
// places, since the policy allows no script and no style within a page.
type folder struct {
	funcs template.FuncMap
	known map[string]string // what an action comes to
}

// settled are the functions that depend on nothing but their arguments.
var settled = []string{"t", "path", "asset", "scene", "print"}

func newFolder(funcs template.FuncMap) *folder { return &folder{funcs, map[string]string{}} }

func (f *folder) fold(t *template.Template) error {
	for _, page := range t.Templates() {
		if page.Tree == nil {
			continue
		}
		if err := f.list(page.Tree.Root); err != nil {
			return err
		}
	}
	return nil
}

func (f *folder) list(l *parse.ListNode) error {
	if l == nil {
		return nil
	}
	for i, node := range l.Nodes {
		var err error
		switch n := node.(type) {
		case *parse.ActionNode:
			if constant(n.Pipe) {
				l.Nodes[i], err = f.text(n)
			}
		case *parse.IfNode:
			err = f.branch(n.BranchNode)
		case *parse.WithNode:
			err = f.branch(n.BranchNode)
		case *parse.RangeNode:
			err = f.branch(n.BranchNode)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *folder) branch(n parse.BranchNode) error {
	if err := f.list(n.List); err != nil {
		return err
	}
	return f.list(n.ElseList)
}

// text is what an action comes to, as html/template itself says.
func (f *folder) text(n *parse.ActionNode) (parse.Node, error) {
	source := n.String()
	said, ok := f.known[source]
	if !ok {
		t, err := template.New("").Funcs(f.funcs).Parse(source)
		if err != nil {
			return nil, err
		}
		var b strings.Builder
		if err := t.Execute(&b, nil); err != nil {
			return nil, err
		}
		said = b.String()
		f.known[source] = said
	}
	return &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(said)}, nil
}

// constant says whether a pipe calls settled functions with words as they stand.
func constant(p *parse.PipeNode) bool {
	if len(p.Decl) > 0 {
		return false
	}
	for _, c := range p.Cmds {
		if name, ok := c.Args[0].(*parse.IdentifierNode); !ok || !slices.Contains(settled, name.Ident) {
			return false
		}
		for _, arg := range c.Args[1:] {
			switch a := arg.(type) {
			case *parse.StringNode, *parse.NumberNode:
			case *parse.PipeNode:
				if !constant(a) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}
