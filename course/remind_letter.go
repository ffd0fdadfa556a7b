package course

import (
	"context"

	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/outbox"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// LetterKind says what a letter of the school is for.
type LetterKind string

// The kinds of letters.
const (
	ToLearner LetterKind = "reminder"
	ToManager LetterKind = "escalation"
	ToLead    LetterKind = "digest"
	Nudge     LetterKind = "nudge"
)

// LetterKinds lists them.
var LetterKinds = []LetterKind{ToLearner, ToManager, ToLead, Nudge}

// Reminded is the fact that a letter of the school is to go; its key is the
// letter's id, its payload a RemindedFact.
const Reminded = "course.reminded"

// RemindedFact names the letter, and to whom it goes.
type RemindedFact struct{ Person, Letter string }

// putLetter puts a letter down, unless there is one of its kind to the same position
// on that day, and the job that sends it.
func putLetter(tx store.Tx, kind LetterKind, position string, day, planned due.Day) error {
	id := tx.NewID()
	r := tx.Exec(`INSERT INTO course_letters (id, kind, position_id, organisation_id, board_id, day, planned_on, put_at)
		SELECT ?, ?, id, organisation_id, board_id, ?, ?, ? FROM roster WHERE id = ? ON CONFLICT (position_id, kind, day) DO NOTHING`,
		id, kind, day, planned, tx.Now, position)
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	var person string
	if err := tx.Raw("SELECT person_id FROM roster WHERE id = ?", position).Scan(&person).Error; err != nil {
		return store.Explain(err)
	}
	return outbox.Put(tx, Reminded, id, RemindedFact{person, id})
}

// Letter is what a letter of the school says, as things are when it is written.
type Letter struct {
	Kind         LetterKind
	Said         bool // it went already
	Organisation people.Organisation
	// Items are what is asked of its reader, or of those whom they manage.
	Items []LetterItem
	More  int // of those whom a letter to a lead or manager does not name
	// Of what goes to a lead: how many have which status, where those are listed of
	// whom it names the first, and whether they are a part of the agency.
	Counts map[due.Status]int
	Place  people.Place
	Part   bool
	// Wording is the agency's own, as far as it has some.
	Wording Wording
}

// Says is whether there is anything to say still.
func (n Letter) Says() bool { return len(n.Items) > 0 || calls(n.Counts) }

// LetterItem is one thing that is asked of somebody.
type LetterItem struct {
	Person string // name; "" where it is the reader
	Course i18n.Text
	Parts  []i18n.Text // the modules; none = the whole course
	Due    due.Day
	Status due.Status
}

// Late says whether it is overdue, or has run out.
func (i LetterItem) Late() bool { return i.Status == due.Overdue || i.Status == due.Expired }

// letterRow is a letter as it was put down.
type letterRow struct {
	ID, PositionID, OrganisationID, BoardID string
	Kind                                    LetterKind
	Day                                     due.Day
	Outcome                                 string
}

// LetterByID returns what a letter says now, or problem.NotFound. What was
// finished, paused, ended or switched off since it was put down, and whoever left or moved, is
// not in it.
func (s *School) LetterByID(ctx context.Context, id string) (n Letter, err error) {
	rx := s.db.Read(ctx)
	var row letterRow
	err = rx.Raw("SELECT id, kind, position_id, organisation_id, board_id, day, outcome FROM course_letters WHERE id = ?", id).Scan(&row).Error
	if err != nil {
		return n, store.Explain(err)
	}
	if row.ID == "" {
		return n, problem.New(problem.NotFound, "course.not_found")
	}
	n.Kind, n.Said = row.Kind, row.Outcome != ""
	if n.Organisation, err = people.OrganisationByID(rx, row.OrganisationID); err != nil || n.Said {
		return n, err
	}
	switched, err := switchesAt(rx, row.OrganisationID, row.BoardID)
	if err != nil {
		return n, err
	}
	switch n.Kind {
	case ToLearner, Nudge:
		n.Items, err = s.remindedOf(rx, row, switched)
	case ToManager:
		if switched[due.After14].Off {
			return n, nil
		}
		n.Items, err = s.overdueTold(rx, row)
		n.More = max(0, len(n.Items)-mostNamed)
		n.Items = n.Items[:len(n.Items)-n.More]
	case ToLead:
		if switched[Weekly].Off {
			return n, nil
		}
		err = s.digest(rx, row, &n)
	}
	if err != nil {
		return n, err
	}
	n.Wording, err = wordingAt(rx, row.OrganisationID, row.BoardID, n.Worded())
	return n, err
}

// remindedOf is what a letter reminds its reader of; nothing of what was switched off
// since it was put down.
func (s *School) remindedOf(rx store.Rx, row letterRow, switched switches) (items []LetterItem, err error) {
	var person string
	err = rx.Raw("SELECT person_id FROM roster WHERE id = ? AND left_at IS NULL", row.PositionID).Scan(&person).Error
	if err != nil || person == "" {
		return nil, store.Explain(err)
	}
	asked, err := s.toNudge(rx, row.PositionID, person)
	for _, a := range asked {
		of := row.Kind == Nudge
		if err == nil && !of { // found by the assignment (+): of a day there may be tens of thousands
			err = rx.Raw("SELECT EXISTS (SELECT 1 FROM course_reminders WHERE assignment_id = ? AND +day = ? AND kind NOT IN ?)", a.Assignment.ID, row.Day, append(switched.off(), due.After14)).Scan(&of).Error
		}
		if of {
			items = append(items, s.item("", a))
		}
	}
	return items, store.Explain(err)
}

// overdueTold is who of a manager's people is overdue, of those of whom a letter
// tells; a lead's letter tells of those whom nobody manages.
func (s *School) overdueTold(rx store.Rx, row letterRow) (items []LetterItem, err error) {
	leads, err := people.LeadsAt(rx, row.OrganisationID, row.BoardID)
	if err != nil {
		return nil, err
	}
	var there bool
	if err := rx.Raw("SELECT EXISTS (SELECT 1 FROM roster WHERE id = ? AND left_at IS NULL AND NOT suspended)", row.PositionID).Scan(&there).Error; err != nil || !there {
		return nil, store.Explain(err)
	}
	lead := row.PositionID // tells of those who have no manager, where its reader leads
	for _, id := range leads {
		if id == row.PositionID {
			lead = ""
		}
	}
	var whose []struct{ ID, Person, Name, Assignment string }
	err = rx.Raw(`SELECT r.id, r.person_id AS person, r.name, a.id AS assignment FROM course_reminders m JOIN course_assignments a ON a.id = m.assignment_id AND a.ended_at IS NULL
		JOIN roster r ON r.id = a.position_id AND r.left_at IS NULL
		WHERE m.day = ? AND m.kind = ? AND m.to_id IN (?, ?) AND (m.to_id = '' OR m.to_id = r.manager_id) AND r.organisation_id = ? AND r.board_id = ? ORDER BY r.name, r.id, a.due_on`,
		row.Day, due.After14, row.PositionID, lead, row.OrganisationID, row.BoardID).Scan(&whose).Error
	for _, w := range whose {
		var asked []Asked
		if err == nil {
			asked, err = s.undone(rx, w.ID, w.Person)
		}
		for _, a := range asked {
			if i := s.item(w.Name, a); a.Assignment.ID == w.Assignment && i.Late() {
				items = append(items, i)
			}
		}
	}
	return items, store.Explain(err)
}

// item is what is asked, as a letter names it.
func (s *School) item(name string, a Asked) LetterItem {
	i := LetterItem{Person: name, Due: a.Assignment.Due, Status: a.Status}
	if c, err := s.Course(a.Rule.Course); err == nil {
		i.Course = c.Title
	}
	for _, slug := range a.Rule.Parts {
		if title := s.partTitle(slug); title.EN != "" {
			i.Parts = append(i.Parts, title)
		}
	}
	return i
}

// NoteLetter notes that a letter went, or that there was nothing to say. What was
// noted stays.
func (s *School) NoteLetter(ctx context.Context, id string, sent bool) error {
	outcome := "silent"
	if sent {
		outcome = "sent"
	}
	return s.db.Write(ctx, store.Actor{Via: "worker"}, func(_ context.Context, tx store.Tx) error {
		return tx.Exec("UPDATE course_letters SET outcome = ?, said_at = ? WHERE id = ? AND outcome = ''", outcome, tx.Now, id).Error
	})
}
