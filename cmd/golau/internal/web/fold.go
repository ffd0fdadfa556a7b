package web

import (
	"fmt"
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
	funcs   template.FuncMap
	waiting map[string][]place // where each action stands, by its source
	sources []string           // in the order in which they were met
}

// place is where a node stands.
type place struct {
	list *parse.ListNode
	at   int
}

// settled are the functions that depend on nothing but their arguments.
var settled = []string{"t", "path", "asset", "scene", "print"}

func newFolder(funcs template.FuncMap) *folder {
	return &folder{funcs: funcs, waiting: map[string][]place{}}
}

func (f *folder) fold(t *template.Template) error {
	for _, page := range t.Templates() {
		if page.Tree != nil {
			f.list(page.Tree.Root)
		}
	}
	said, err := f.say()
	if err != nil {
		return err
	}
	for i, source := range f.sources {
		for _, p := range f.waiting[source] {
			p.list.Nodes[p.at] = &parse.TextNode{NodeType: parse.NodeText, Pos: p.list.Nodes[p.at].Position(), Text: []byte(said[i])}
		}
	}
	return nil
}

// between stands between what two actions come to. No word or picture has it: it
// is no character of a page.
const between = "\x1e"

// say returns what the actions come to, as html/template itself says: all in one
// template, since to make one for each took a sixth of the start.
func (f *folder) say() ([]string, error) {
	if len(f.sources) == 0 {
		return nil, nil
	}
	t, err := template.New("").Funcs(f.funcs).Parse(strings.Join(f.sources, between))
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	if err := t.Execute(&b, nil); err != nil {
		return nil, err
	}
	said := strings.Split(b.String(), between)
	if len(said) != len(f.sources) {
		return nil, fmt.Errorf("what %d actions say falls into %d parts", len(f.sources), len(said))
	}
	return said, nil
}

// list finds the actions of a list that are settled.
func (f *folder) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for i, node := range l.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			if constant(n.Pipe) {
				f.note(n.String(), place{l, i})
			}
		case *parse.IfNode:
			f.branch(n.BranchNode)
		case *parse.WithNode:
			f.branch(n.BranchNode)
		case *parse.RangeNode:
			f.branch(n.BranchNode)
		}
	}
}

func (f *folder) branch(n parse.BranchNode) {
	f.list(n.List)
	f.list(n.ElseList)
}

func (f *folder) note(source string, at place) {
	if len(f.waiting[source]) == 0 {
		f.sources = append(f.sources, source)
	}
	f.waiting[source] = append(f.waiting[source], at)
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
