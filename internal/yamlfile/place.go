package yamlfile

import (
	"iter"

	"go.yaml.in/yaml/v3"
)

// Place is a part of a file and the line where it begins. The zero Place is a part
// that is not there.
type Place struct {
	Line int
	node *yaml.Node
}

// Whole is all of a file; of one that cannot be read it is nothing.
func Whole(raw []byte) Place {
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil || len(doc.Content) == 0 {
		return Place{}
	}
	return placeOf(doc.Content[0])
}

// placeOf is a part where it is written: what an alias stands for.
func placeOf(n *yaml.Node) Place {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return Place{n.Line, n}
}

// Fields yields what stands under each key, with the line of the key.
func (p Place) Fields() iter.Seq2[string, Place] {
	return func(yield func(string, Place) bool) {
		if p.node == nil || p.node.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(p.node.Content); i += 2 {
			key, value := p.node.Content[i], placeOf(p.node.Content[i+1])
			value.Line = key.Line
			if !yield(key.Value, value) {
				return
			}
		}
	}
}

// At is what stands under a key.
func (p Place) At(key string) Place {
	for name, value := range p.Fields() {
		if name == key {
			return value
		}
	}
	return Place{}
}

// Items yields the entries of a list.
func (p Place) Items() iter.Seq[Place] {
	return func(yield func(Place) bool) {
		if p.node == nil || p.node.Kind != yaml.SequenceNode {
			return
		}
		for _, n := range p.node.Content {
			if !yield(placeOf(n)) {
				return
			}
		}
	}
}

// Text is a word or sentence, "" for all else.
func (p Place) Text() string {
	if p.node == nil || p.node.Kind != yaml.ScalarNode {
		return ""
	}
	return p.node.Value
}
