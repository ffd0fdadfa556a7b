package people

import (
	"slices"

	"golau/internal/i18n"
	"golau/internal/problem"
	"golau/internal/store"
)

// Person is somebody with an account, as other rooms see them.
type Person struct {
	ID          string
	Email       string
	Name        string
	Language    i18n.Lang
	DemoKey     string
	CreatedAt   store.Time
	SuspendedAt store.Time
	// SuspendedReason is what the administrator wrote; "" when nothing.
	SuspendedReason string
}

// Suspended says whether the person is shut out.
func (p Person) Suspended() bool { return !p.SuspendedAt.IsZero() }

// Council is where a worry about a child in its area is reported. Numbers are
// "" when nobody has checked one.
type Council struct {
	Key              string
	Name             i18n.Text
	DayNumber        string
	OutOfHoursNumber string
	CheckedOn        string // 2026-11-21
	Website          string
	Area             i18n.Text // where the name does not say it
	BoardID          string    // under which its area stands; "" where only its agencies say so
	Retired          bool      // it is in no list, and no agency has it
}

// Called is the council's name with its area, where one chooses among many.
func (c Council) Called(l i18n.Lang) string {
	if area := c.Area.In(l); area != "" {
		return c.Name.In(l) + " (" + area + ")"
	}
	return c.Name.In(l)
}

// PersonByID returns a person, or problem.NotFound; whoever was erased is not
// there.
func PersonByID(rx store.Rx, id string) (Person, error) {
	var p Person
	err := rx.Raw(`SELECT id, email, name, language, coalesce(demo_key, '') AS demo_key, created_at, suspended_at, suspended_reason
		FROM people_persons WHERE id = ? AND erased_at IS NULL`, id).Scan(&p).Error
	return p, found(p.ID, err)
}

// Names returns the names of the persons with the ids; who does not exist, or
// was erased, is absent.
func Names(rx store.Rx, ids []string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	var ps []struct{ ID, Name string }
	err := rx.Raw("SELECT id, name FROM people_persons WHERE id IN ? AND erased_at IS NULL", ids).Scan(&ps).Error
	for _, p := range ps {
		names[p.ID] = p.Name
	}
	return names, store.Explain(err)
}

// body is a row of people_boards, people_organisations or people_councils.
type body struct {
	ID, Key, NameEN, NameCY, Kind, KindEN, KindCY, CouncilKey string
	Retired                                                   bool
}

func (b body) text() i18n.Text { return i18n.Text{EN: b.NameEN, CY: b.NameCY} }
func (b body) board() Board {
	return Board{ID: b.ID, Key: b.Key, Name: b.text(), Kind: b.Kind, OwnKind: i18n.Text{EN: b.KindEN, CY: b.KindCY}}
}
func (b body) organisation() Organisation {
	return Organisation{ID: b.ID, Key: b.Key, Name: b.text(), Kind: b.Kind, CouncilKey: b.CouncilKey, Retired: b.Retired}
}

const (
	selectBoard        = `SELECT id, key, name_en, name_cy, kind, kind_en, kind_cy FROM people_boards`
	selectOrganisation = `SELECT id, key, name_en, name_cy, kind, coalesce(council_key, '') AS council_key, retired_at IS NOT NULL AS retired
		FROM people_organisations`
)

// AgenciesUnder returns the agencies that work or have worked under a board, in the
// alphabet of a language: what was finished in one stays.
func AgenciesUnder(rx store.Rx, s BoardScope, l i18n.Lang) ([]Organisation, error) {
	var bs []body
	err := rx.Raw(selectOrganisation+" WHERE id IN (SELECT organisation_id FROM people_organisation_boards WHERE board_id = ?)", s.Board()).Scan(&bs).Error
	os := make([]Organisation, len(bs))
	for i, b := range bs {
		os[i] = b.organisation()
	}
	order := i18n.Collator(l)
	slices.SortFunc(os, func(a, b Organisation) int { return order.CompareString(a.Name.In(l), b.Name.In(l)) })
	return os, store.Explain(err)
}

// Boards returns every board, by key.
func Boards(rx store.Rx) ([]Board, error) {
	var bs []body
	err := rx.Raw(selectBoard + " ORDER BY key").Scan(&bs).Error
	boards := make([]Board, len(bs))
	for i, b := range bs {
		boards[i] = b.board()
	}
	return boards, store.Explain(err)
}

// BoardByID returns a board, or problem.NotFound.
func BoardByID(rx store.Rx, id string) (Board, error) {
	var b body
	err := rx.Raw(selectBoard+" WHERE id = ?", id).Scan(&b).Error
	return b.board(), found(b.ID, err)
}

// BoardByKey returns a board, or problem.NotFound.
func BoardByKey(rx store.Rx, key string) (Board, error) {
	var b body
	err := rx.Raw(selectBoard+" WHERE key = ?", key).Scan(&b).Error
	return b.board(), found(b.ID, err)
}

// OrganisationByID returns an organisation, or problem.NotFound.
func OrganisationByID(rx store.Rx, id string) (Organisation, error) {
	var b body
	err := rx.Raw(selectOrganisation+" WHERE id = ?", id).Scan(&b).Error
	return b.organisation(), found(b.ID, err)
}

// OrganisationByKey returns an organisation, or problem.NotFound.
func OrganisationByKey(rx store.Rx, key string) (Organisation, error) {
	var b body
	err := rx.Raw(selectOrganisation+" WHERE key = ?", key).Scan(&b).Error
	return b.organisation(), found(b.ID, err)
}

// Organisations returns the agencies that work under a board, by key.
func Organisations(rx store.Rx, board string) ([]Organisation, error) {
	var bs []body
	err := rx.Raw(selectOrganisation+` WHERE id IN (SELECT organisation_id FROM people_organisation_boards
		WHERE board_id = ? AND unlinked_at IS NULL) ORDER BY key`, board).Scan(&bs).Error
	os := make([]Organisation, len(bs))
	for i, b := range bs {
		os[i] = b.organisation()
	}
	return os, store.Explain(err)
}

// councilRow is a row of people_councils.
type councilRow struct {
	Key, NameEN, NameCY, DayNumber, OutOfHoursNumber, CheckedOn, Website string
	AreaEN, AreaCY, BoardID                                              string
	Retired                                                              bool
}

func (c councilRow) council() Council {
	return Council{Key: c.Key, Name: i18n.Text{EN: c.NameEN, CY: c.NameCY}, DayNumber: c.DayNumber,
		OutOfHoursNumber: c.OutOfHoursNumber, CheckedOn: c.CheckedOn, Website: c.Website,
		Area: i18n.Text{EN: c.AreaEN, CY: c.AreaCY}, BoardID: c.BoardID, Retired: c.Retired}
}

const selectCouncil = `SELECT key, name_en, name_cy, day_number, out_of_hours_number, checked_on, website,
	area_en, area_cy, coalesce(board_id, '') AS board_id, retired_at IS NOT NULL AS retired FROM people_councils`

// CouncilByKey returns a council, or problem.NotFound.
func CouncilByKey(rx store.Rx, key string) (Council, error) {
	var c councilRow
	err := rx.Raw(selectCouncil+" WHERE key = ?", key).Scan(&c).Error
	return c.council(), found(c.Key, err)
}

// Councils returns every council, retired ones too, by key.
func Councils(rx store.Rx) ([]Council, error) {
	var rows []councilRow
	err := rx.Raw(selectCouncil + " ORDER BY key").Scan(&rows).Error
	cs := make([]Council, len(rows))
	for i, r := range rows {
		cs[i] = r.council()
	}
	return cs, store.Explain(err)
}

// found returns problem.NotFound when a query for one row gave none.
func found(id string, err error) error {
	if err != nil {
		return store.Explain(err)
	}
	if id == "" {
		return problem.New(problem.NotFound, "people.not_found")
	}
	return nil
}
