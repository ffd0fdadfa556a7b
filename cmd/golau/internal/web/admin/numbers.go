package admin

import (
	"cmp"
	"strconv"

	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// numbersRoutes are the officer's ways in to the numbers of their board's councils.
func (r *Room) numbersRoutes() []web.Route {
	const at = "/board/local/:board/council/:council"
	return []web.Route{web.Get(at, web.Officer, r.numbers), web.Post(at, web.Officer, r.changeNumbers)}
}

// numbersEdition is an edition of a council's numbers with the name of whoever
// saved it, "" where they are no longer here or nobody was noted.
type numbersEdition struct {
	people.KeptNumbers
	Who string
}

// numbersHistory lists the editions of a council's numbers, the newest first.
func numbersHistory(rx store.Rx, council string) ([]numbersEdition, error) {
	history, err := people.NumbersHistory(rx, council)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, n := range history {
		ids = append(ids, n.SavedBy)
	}
	names, err := people.Names(rx, ids)
	all := make([]numbersEdition, len(history))
	for i, n := range history {
		all[i] = numbersEdition{n, names[n.SavedBy]}
	}
	return all, err
}

type numbersPage struct {
	LocalBase
	Board   people.Board
	Area    people.Council // as it is kept
	F       people.NumbersForm
	Old     bool
	Preview bool // how it will look stands above the form
	History []numbersEdition
}

// Shown is the council as readers will see it.
func (p *numbersPage) Shown() people.Council {
	c := p.Area
	c.DayNumber, c.OutOfHoursNumber, c.CheckedOn = p.F.DayNumber, p.F.OutOfHoursNumber, p.F.CheckedOn
	return c
}

// openNumbers gathers the page of a council's numbers: NotFound for one that is
// not for the officer's board to look after.
func (r *Room) openNumbers(c *web.Context, v people.Viewer) (*numbersPage, error) {
	rx := r.DB.Read(c.Request().Context())
	scope, err := v.BoardScope(c.Param("board"))
	if err != nil {
		return nil, err
	}
	p := &numbersPage{LocalBase: localDoor{r, "/board/local"}.base(c)}
	if p.Board, err = people.BoardByKey(rx, c.Param("board")); err != nil {
		return nil, err
	}
	if p.Area, err = people.CouncilUnder(rx, scope, c.Param("council")); err != nil {
		return nil, err
	}
	if p.History, err = numbersHistory(rx, p.Area.Key); err != nil {
		return nil, err
	}
	p.Old = p.Area.Old(people.Today(rx))
	p.sent("numbers", p.Here+"/"+p.Board.Key+"/council/"+p.Area.Key)
	return p, nil
}

// numbers shows a council's numbers, to be checked.
func (r *Room) numbers(c *web.Context, v people.Viewer) error {
	p, err := r.openNumbers(c, v)
	if err != nil {
		return err
	}
	p.F = people.NumbersForm{DayNumber: p.Area.DayNumber, OutOfHoursNumber: p.Area.OutOfHoursNumber, CheckedOn: p.Area.CheckedOn}
	if len(p.History) > 0 {
		p.F.Based = p.History[0].Edition
	}
	return r.showForm(c, "admin/numbers", &p.Form, p)
}

// read takes the form as it was sent; "checked today" fills in the day.
func (p *numbersPage) read(c *web.Context, today string) {
	p.F = people.NumbersForm{DayNumber: c.Field("day_number"), OutOfHoursNumber: c.Field("out_of_hours_number"),
		CheckedOn: typedDay(c, "checked_on"), Seen: c.Field("seen")}
	p.F.Based, _ = strconv.Atoi(c.Field("based"))
	if c.Field("go") == "today" {
		p.F.CheckedOn = today
	}
}

// preview shows what was typed as its readers will see it, or what is wrong.
func (p *numbersPage) preview(today string) (err error) {
	if p.F, err = p.F.Clean(today); err != nil {
		return err
	}
	p.Preview, p.F.Seen = true, p.F.Look(p.Area.Key)
	return nil
}

// changeNumbers shows how the numbers will look, or publishes what was looked at
// and nothing else.
func (r *Room) changeNumbers(c *web.Context, v people.Viewer) error {
	p, err := r.openNumbers(c, v)
	if err != nil {
		return err
	}
	today := people.Today(r.DB.Read(c.Request().Context()))
	p.read(c, today)
	switch {
	case c.Switching():
	case c.Field("go") == "publish":
		if err = r.People.ChangeNumbers(c.Request().Context(), v, p.Board.Key, p.Area.Key, p.F); err == nil {
			return c.Go(p.FormTo + "?done=local_saved")
		}
		if refused, ok := problem.As(err); ok && refused.Key == "people.numbers.unseen" {
			err = cmp.Or(p.preview(today), err)
		}
	default:
		err = p.preview(today)
	}
	if err := p.take(c, err, "council", "day_number", "out_of_hours_number", "checked_on"); err != nil {
		return err
	}
	return r.showForm(c, "admin/numbers", &p.Form, p)
}

// localCouncil is a council as the officer's list shows it.
type localCouncil struct {
	people.Council
	Old bool // its numbers were checked more than a year ago
}

// councilsUnder lists the councils of a board.
func councilsUnder(rx store.Rx, v people.Viewer, board string) (all []localCouncil, err error) {
	scope, err := v.BoardScope(board)
	if err != nil {
		return nil, err
	}
	cs, err := people.CouncilsUnder(rx, scope)
	for _, c := range cs {
		all = append(all, localCouncil{c, c.Old(people.Today(rx))})
	}
	return all, err
}
