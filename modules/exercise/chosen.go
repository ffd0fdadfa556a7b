package exercise

// Gap is what is still open in choices that were sent.
type Gap string

// The gaps.
const (
	None  Gap = "none"  // nothing is chosen
	Twice Gap = "twice" // another step has the same place
)

// Gaps returns what is still open, by the id of the line; of a record that is
// marked, nothing marked at all is the gap of its first line. An empty map is an
// exercise that is done.
func (e *Exercise) Gaps(chosen map[string]string) map[string]Gap {
	gaps, marked, at := map[string]Gap{}, false, map[string]string{}
	for i := range e.Lines {
		l := &e.Lines[i]
		id := chosen[l.ID]
		if _, ok := e.textOf(l, id); !ok {
			gaps[l.ID] = None
			continue
		}
		marked = marked || id == Marked
		if e.Kind != Order {
			continue
		}
		if _, taken := at[id]; taken {
			gaps[l.ID], gaps[at[id]] = Twice, Twice
		}
		at[id] = l.ID
	}
	if e.Kind == Signs && !marked && len(e.Lines) > 0 {
		gaps[e.Lines[0].ID] = None
	}
	return gaps
}

// Fits says whether choices that were kept are an exercise done, as it is written
// today: one that was rewritten since begins again.
func (e *Exercise) Fits(chosen map[string]string) bool {
	return len(chosen) == len(e.Lines) && len(e.Gaps(chosen)) == 0
}

// Read takes the choices out of a form: field returns what was sent under the
// field of a line. What is not known is left as it was sent, and is a gap.
func (e *Exercise) Read(field func(string) string) map[string]string {
	chosen := make(map[string]string, len(e.Lines))
	for i := range e.Lines {
		id := field(e.Lines[i].Field())
		if e.Kind == Signs && id == "" {
			id = Left
		}
		chosen[e.Lines[i].ID] = id
	}
	return chosen
}

// Field is what a line is called in a form.
func (l *Line) Field() string { return "line-" + l.ID }
