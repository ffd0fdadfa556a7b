package due

// Reminder is one of the occasions on which somebody is reminded of what is asked
// of them, each at most once.
type Reminder string

// The occasions. Of the last it is not they who hear, but whoever manages them.
const (
	Before30 Reminder = "before_30"
	Before7  Reminder = "before_7"
	Before1  Reminder = "before_1"
	After1   Reminder = "after_1"
	After7   Reminder = "after_7"
	After14  Reminder = "after_14"
)

// Reminders lists them in the order in which they come.
var Reminders = []Reminder{Before30, Before7, Before1, After1, After7, After14}

// offsets say how many days after the day they come: its own day for those before;
// for those after, the last day of grace, or the day from which it was asked again.
var offsets = map[Reminder]int{Before30: -30, Before7: -7, Before1: -1, After1: 1, After7: 7, After14: 14}

// Late says that a reminder is of something overdue.
func (r Reminder) Late() bool { return offsets[r] > 0 }

// LateBy is how many days a reminder may come after its day: what is older went by
// while a rule was paused or nothing was sent, and says nothing any more.
const LateBy = 14

// Term is what reminders are worked out from.
type Term struct {
	Due       Day // by its end it should be done
	GraceDays int // so much later it is overdue
	Asked     Day // since when it is asked
	Opens     Day // from when it can be done; "" = at once
	// From is the day from which it was asked again, after they had been let off or
	// while its rule was paused; "" = it was asked all the time.
	From Day
}

// Last is the last day before it is overdue.
func (t Term) Last() Day { return t.Due.Plus(0, t.GraceDays) }

// late is the day after which the late ones are counted: whoever was let off, or
// asked nothing meanwhile, is late only since it was asked again.
func (t Term) late() Day { return max(t.Last(), t.From) }

// Of is the day for which a reminder is planned, whether or not it is quiet; ok is
// false where it would have come before anything was asked.
func (t Term) Of(r Reminder) (day Day, ok bool) {
	if r.Late() {
		return t.late().Plus(0, offsets[r]), true
	}
	day = t.Due.Plus(0, offsets[r])
	return max(day, t.Opens), day >= t.Asked
}

// Reached lists the reminders whose day has come and that still say something:
// one letter does for all of them.
func (t Term) Reached(today Day) (all []Reminder) {
	for _, r := range Reminders {
		day, ok := t.Of(r)
		if ok && day <= today && today <= day.Plus(0, LateBy) && r.Late() == (today > t.Last()) {
			all = append(all, r)
		}
	}
	return all
}
