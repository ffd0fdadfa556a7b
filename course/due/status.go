package due

// Status is where somebody stands with what they must do.
type Status string

// The statuses. Whoever was let off is exempt whatever else is true.
const (
	Exempt     Status = "exempt"
	InDate     Status = "in_date"
	Expiring   Status = "expiring"
	Expired    Status = "expired"
	Overdue    Status = "overdue"
	DueSoon    Status = "due_soon"
	InProgress Status = "in_progress"
	NotStarted Status = "not_started"
)

// Statuses lists every status, those that need somebody's eye first.
var Statuses = []Status{Overdue, Expired, DueSoon, Expiring, InProgress, NotStarted, InDate, Exempt}

// How long before their day a duty is due soon, and what was done is expiring,
// in days.
const (
	SoonDays     = 30
	ExpiringDays = 90
)

// Duty is what the status follows from. Its days are "" where there is none.
type Duty struct {
	Due         Day  // by its end it should be done
	GraceDays   int  // so much later it is overdue
	Started     bool // anything of it
	Done        Day  // the last time
	ValidUntil  Day  // the last day on which that counts
	ExemptUntil Day  // the last day on which they are let off
}

// On returns the status on a day. What was done says more than what is due
// again: it is in date until its last day has ended in London. Grace is for what
// was never done; what has expired says so on the certificate itself.
func (d Duty) On(today Day) Status {
	switch {
	case d.ExemptUntil != "" && today <= d.ExemptUntil:
		return Exempt
	case d.Done != "" && d.ValidUntil != "" && today > d.ValidUntil:
		return Expired
	case d.Done != "" && d.ValidUntil != "" && today.Plus(0, ExpiringDays) >= d.ValidUntil:
		return Expiring
	case d.Done != "":
		return InDate
	case d.Due != "" && today > d.Due.Plus(0, d.GraceDays):
		return Overdue
	case d.Due != "" && today.Plus(0, SoonDays) >= d.Due:
		return DueSoon
	case d.Started:
		return InProgress
	}
	return NotStarted
}

// Turns lists the days on which the status may change by itself, in no order.
func (d Duty) Turns() (days []Day) {
	if d.ExemptUntil != "" {
		days = append(days, d.ExemptUntil.Plus(0, 1))
	}
	switch {
	case d.Done != "" && d.ValidUntil != "":
		days = append(days, d.ValidUntil.Plus(0, -ExpiringDays), d.ValidUntil.Plus(0, 1))
	case d.Done == "" && d.Due != "":
		days = append(days, d.Due.Plus(0, -SoonDays), d.Due.Plus(0, d.GraceDays+1))
	}
	return days
}
