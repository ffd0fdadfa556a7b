package steward

import (
	"golau/internal/i18n"
	"golau/internal/store"
)

// Check is one thing that was looked at, and how it stands. Its words are
// admin.health.<Name>.<State>, and what to do about it
// admin.health.<Name>.<State>_do.
type Check struct {
	Name  string
	State string // "good", or what is the matter: "old", "none", …
	Bad   bool   // it cannot wait
	At    store.Time
	Count int
	Bytes uint64
	Text  string     // a version or a name, the same in both languages
	Path  string     // where something can be done about it, below the language; "" for nowhere
	Also  []Sentence // what else there is to say, before what to do
	Do    string     // what to do, by the key of its message; "" for the state's own
	Said  string     // the machine's own words, in English; "" for none
}

// Sentence is a sentence by the key of its message, and what it is told about.
type Sentence struct {
	Key  string
	At   store.Time
	Text string
	Name i18n.Text // what something is called, in both languages
}

// Say returns the check with one more sentence.
func (c Check) Say(key string, at store.Time, text string) Check {
	return c.SayOf(key, at, text, i18n.Text{})
}

// SayOf returns the check with one more sentence, about something that has a name.
func (c Check) SayOf(key string, at store.Time, text string, name i18n.Text) Check {
	c.Also = append(c.Also[:len(c.Also):len(c.Also)], Sentence{key, at, text, name})
	return c
}

// Good says whether nothing needs doing.
func (c Check) Good() bool { return c.State == good }

const good = "good"

// As returns the check in the first of the states whose condition holds, or as
// good.
func (c Check) As(states ...State) Check {
	c.State = good
	for _, s := range states {
		if s.Holds {
			c.State, c.Bad = s.Name, s.Bad
			return c
		}
	}
	return c
}

// State is something that may be the matter.
type State struct {
	Name  string
	Holds bool
	Bad   bool
}
