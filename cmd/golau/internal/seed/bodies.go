package seed

import (
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// agency is an organisation to be added, and who works there.
type agency struct {
	key, kind string
	name      i18n.Text
	council   string // key
	boards    []string
	domain    string
	jobs      []people.JobRole
	size      int // its part of the crowd
}

// The two boards.
const (
	arian  = "dyffryn-arian"
	hafren = "bro-hafren"
)

func both(en, cy string) i18n.Text { return i18n.Text{EN: en, CY: cy} }

var boards = []people.NewBoard{
	{Key: arian, Name: both("Dyffryn Arian Regional Safeguarding Children Board", "Bwrdd Diogelu Plant Rhanbarthol Dyffryn Arian")},
	{Key: hafren, Name: both("Bro Hafren Regional Safeguarding Children Board", "Bwrdd Diogelu Plant Rhanbarthol Bro Hafren")},
}

// councils are fictional; their numbers are from the range that Ofcom keeps free
// for drama, so that nobody's telephone ever rings.
var councils = []people.NewCouncil{
	{Key: "demo-" + arian, Name: both("Dyffryn Arian", "Dyffryn Arian"), DayNumber: "01632 960145", OutOfHoursNumber: "01632 960146"},
	{Key: "demo-" + hafren, Name: both("Bro Hafren", "Bro Hafren"), DayNumber: "01632 960245", OutOfHoursNumber: "01632 960246"},
}

// agencies stand in pairs, one under each board, so that a number from the wrong
// region looks wrong. The police work under both; the council and the schools
// of Dyffryn Arian share an e-mail domain, which therefore proves neither.
var agencies = []agency{
	{"arian-council", "council", both("Dyffryn Arian Council, children’s services", "Cyngor Dyffryn Arian, gwasanaethau plant"),
		"demo-" + arian, []string{arian}, "dyffrynarian.example", []people.JobRole{people.SocialCare, people.SocialCare, people.Carers}, 5},
	{"hafren-council", "council", both("Bro Hafren Council, children’s services", "Cyngor Bro Hafren, gwasanaethau plant"),
		"demo-" + hafren, []string{hafren}, "brohafren.example", []people.JobRole{people.SocialCare, people.SocialCare, people.Carers}, 4},
	{"arian-health", "health-board", both("Cwm Arian Health Board", "Bwrdd Iechyd Cwm Arian"),
		"demo-" + arian, []string{arian}, "cwmarian-health.example", []people.JobRole{people.Health}, 5},
	{"hafren-health", "health-board", both("Glannau Hafren Health Board", "Bwrdd Iechyd Glannau Hafren"),
		"demo-" + hafren, []string{hafren}, "glannauhafren-health.example", []people.JobRole{people.Health}, 5},
	{"arian-schools", "schools", both("Dyffryn Arian Federation of Schools", "Ffederasiwn Ysgolion Dyffryn Arian"),
		"demo-" + arian, []string{arian}, "dyffrynarian.example", []people.JobRole{people.Education}, 5},
	{"hafren-schools", "schools", both("Bro Hafren Federation of Schools", "Ffederasiwn Ysgolion Bro Hafren"),
		"demo-" + hafren, []string{hafren}, "ysgolion-brohafren.example", []people.JobRole{people.Education}, 4},
	{"glannau-police", "police", both("Glannau Police", "Heddlu’r Glannau"),
		"", []string{arian, hafren}, "heddlu-glannau.example", []people.JobRole{people.PoliceJustice, people.PoliceJustice, people.Border}, 5},
	{"arian-homes", "housing", both("Cartrefi Arian Housing Association", "Cymdeithas Dai Cartrefi Arian"),
		"demo-" + arian, []string{arian}, "cartrefi-arian.example", []people.JobRole{people.Housing}, 2},
	{"hafren-homes", "housing", both("Cartrefi Hafren Housing Association", "Cymdeithas Dai Cartrefi Hafren"),
		"demo-" + hafren, []string{hafren}, "cartrefi-hafren.example", []people.JobRole{people.Housing}, 2},
	{"llusern", "voluntary", both("Llusern Young People’s Project", "Prosiect Pobl Ifanc Llusern"),
		"demo-" + arian, []string{arian}, "llusern.example", []people.JobRole{people.Voluntary, people.Carers}, 2},
	{"y-bont", "voluntary", both("Y Bont Young People’s Project", "Prosiect Pobl Ifanc Y Bont"),
		"demo-" + hafren, []string{hafren}, "ybont.example", []people.JobRole{people.Voluntary}, 1},
	{"arian-board", "board-unit", both("Dyffryn Arian Board Support Unit", "Uned Gymorth Bwrdd Dyffryn Arian"),
		"demo-" + arian, []string{arian}, "bwrdd-dyffrynarian.example", nil, 0},
	{"hafren-board", "board-unit", both("Bro Hafren Board Support Unit", "Uned Gymorth Bwrdd Bro Hafren"),
		"demo-" + hafren, []string{hafren}, "bwrdd-brohafren.example", nil, 0},
}

// places are the ids of bodies that have been added, by key.
type places struct{ board, organisation map[string]string }

// addBodies adds boards and agencies and returns their ids.
func addBodies(tx store.Tx, boards []people.NewBoard, agencies []agency) (p places, err error) {
	p = places{map[string]string{}, map[string]string{}}
	for _, b := range boards {
		if p.board[b.Key], err = people.AddBoard(tx, b); err != nil {
			return p, err
		}
	}
	for _, a := range agencies {
		id, err := people.AddOrganisation(tx, people.NewOrganisation{Key: a.key, Name: a.name, Kind: a.kind, CouncilKey: a.council})
		if err != nil {
			return p, err
		}
		p.organisation[a.key] = id
		for _, b := range a.boards {
			if err := people.LinkBoard(tx, id, p.board[b]); err != nil {
				return p, err
			}
		}
		if err := people.AddDomain(tx, id, a.domain); err != nil {
			return p, err
		}
	}
	return p, nil
}
