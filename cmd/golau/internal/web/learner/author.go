package learner

import (
	"fmt"
	"strings"

	"golau/modules"
)

// Author tells whoever writes the course what its check says of it, as the files
// are now. There is one only where the site reads them at each request.
type Author struct {
	Questions func(module string) int // how many the bank of a module holds
	Found     []Note
}

// Note is a line of golau check: file:line: where: message.
type Note struct {
	File, Text string
	Warning    bool
}

// About are the lines about a module: its folder, and its bank.
func (a *Author) About(module string) (notes []Note) {
	for _, n := range a.Found {
		if strings.HasPrefix(n.File, module+"/") || n.File == module+".yaml" {
			notes = append(notes, n)
		}
	}
	return notes
}

// authorNotes stand at the foot of a page of the course.
type authorNotes struct {
	Parity    *modules.Parity // of a part of a lesson; nil for other pages
	Alike     bool            // nothing differs between the languages
	Questions int
	Grade     string
	Facts     string
	Notes     []Note
}

// notes are those about a part of a module; nil where nobody writes.
func (r *Room) notes(m *modules.Module, s *modules.Section) *authorNotes {
	if r.Author == nil {
		return nil
	}
	p := s.Parity()
	n := &authorNotes{Parity: &p, Alike: p.Alike(), Questions: r.Author.Questions(m.Slug), Grade: fmt.Sprintf("%.1f", p.Grade),
		Facts: strings.Join(p.Facts, " "), Notes: r.Author.About(m.Slug)}
	for _, note := range n.Notes {
		n.Alike = n.Alike && note.Warning
	}
	return n
}

// allNotes are those about all of the course, without its warnings.
func (r *Room) allNotes() *authorNotes {
	if r.Author == nil {
		return nil
	}
	n := &authorNotes{Alike: true}
	for _, note := range r.Author.Found {
		if !note.Warning {
			n.Notes, n.Alike = append(n.Notes, note), false
		}
	}
	return n
}
