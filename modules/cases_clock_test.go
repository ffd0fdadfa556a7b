package modules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golau/modules/scenario"
)

// elsewhen are the times that a case names of another hour than its own: what
// was before, or is to come. Their minutes are those of its first day and on;
// no path may come to the text when that has turned around.
var elsewhen = map[string]struct {
	at    int
	ahead bool
}{
	"callum d2_alone 11:00":         {11 * 60, true},
	"callum d2_alone/a 11:00":       {11 * 60, true},
	"callum d2_alone/b 11:00":       {11 * 60, true},
	"callum d2_door 11:00":          {11 * 60, true},
	"callum d3_gone 11:00":          {11 * 60, true},
	"callum d3_gone/b 11:00":        {11 * 60, true},
	"callum d4/c 11:00":             {11 * 60, false},
	"callum look at d3_here 11:00":  {11 * 60, true},
	"callum look at d3_gone 11:00":  {11 * 60, true},
	"haf start 9:00":                {21 * 60, true},
	"haf d1/d 8:00":                 {20 * 60, true},
	"haf d2/b 9:00":                 {21 * 60, true},
	"haf d4/a offered 9:00":         {45 * 60, true},
	"dawid d1/a 0:00":               {24 * 60, true},
	"dawid d3_gone/a offered 11:35": {23*60 + 35, false},
	"dawid d3_here/c offered 9:00":  {33 * 60, true},
	"dawid d4 6:00":                 {30 * 60, true},
	"dawid d4/a 0:00":               {24 * 60, false},
	"dawid d5/c offered 0:00":       {36 * 60, true},
	"osian d4/a offered 8:30":       {32*60 + 30, true},
	"rhys d2 7:00":                  {7 * 60, false},
	"rhys d3 7:20":                  {7*60 + 20, false},
	"rhys d1/c 3:00":                {15 * 60, true},
	"rhys d2/b 0:00":                {12 * 60, true},
	"semi d1/b offered 9:00":        {9 * 60, true},
	"semi d4_here/a 6:00":           {6 * 60, false},
	"semi d4_here/a 6:05":           {6*60 + 5, false},
	"semi d3_here/c 6:00":           {6 * 60, false},
	"semi d5 6:00":                  {6 * 60, false},
	"grace start 5:00":              {17 * 60, true},
	"grace d2 5:00":                 {17 * 60, true},
	"grace d1/c 6:00":               {30 * 60, true},
	"jordan d2 5:00":                {17 * 60, true},
	"jordan d2/b 5:00":              {17 * 60, true},
	"kayleigh d1/b 2:00":            {2 * 60, false},
	"kayleigh d2/b 9:00":            {9 * 60, true},
	"kayleigh d3/a 2:10":            {2*60 + 10, false},
	"kayleigh d5 9:00":              {9 * 60, false},
	"bryn d2/c 4:00":                {16 * 60, true},
	"bryn d1/b 2:00":                {14 * 60, true}, // votes
}

var (
	hourNames = []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	partNames = map[string]int{"half past": 30, "quarter past": 15, "quarter to": -15, "ten to": -10, "ten past": 10, "five to": -5, "five past": 5,
		"twenty to": -20, "twenty past": 20, "twenty-five to": -25, "twenty-five past": 25}

	hourName  = `(` + strings.Join(hourNames, "|") + `)\b`
	inFigures = regexp.MustCompile(`(?:^|[^\d.])(\d{1,2})[.:](\d{2})(?:$|\D)`)
	inParts   = regexp.MustCompile(`(half past|(?:quarter|ten|five|twenty|twenty-five) (?:to|past)) ` + hourName)
	inHours   = regexp.MustCompile(`\b(?:at|by|before|until|till|since|about|towards|nearly) ` + hourName + `(?: ([a-z]+)|[^ ]|$)`)
	oClock    = regexp.MustCompile(hourName + ` o’clock`)
	noHour    = strings.Fields("of sentence sentences thing nights days hours minutes people more place the a which time name years step steps side who whom whose to")
	middle    = regexp.MustCompile(`\b(?:noon|midnight)\b`)
)

// timesNamed are the times of day that an English text names, in minutes from
// midnight or noon: none says which half of the day it means.
func timesNamed(text string) (times []int) {
	text = strings.ToLower(text)
	hour := func(name string) int { return (slices.Index(hourNames, name) + 1) * 60 }
	for _, m := range inFigures.FindAllStringSubmatch(text, -1) {
		h, _ := strconv.Atoi(m[1])
		n, _ := strconv.Atoi(m[2])
		times = append(times, (h*60+n)%720)
	}
	for _, m := range inParts.FindAllStringSubmatch(text, -1) {
		times = append(times, (hour(m[2])+partNames[m[1]])%720)
	}
	for _, m := range oClock.FindAllStringSubmatch(text, -1) {
		times = append(times, hour(m[1])%720)
	}
	for _, m := range inHours.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(noHour, m[2]) {
			times = append(times, hour(m[1])%720)
		}
	}
	if middle.MatchString(text) {
		times = append(times, 0)
	}
	slices.Sort(times)
	return slices.Compact(times)
}

func TestTimesNamed(t *testing.T) {
	for text, want := range map[string]string{
		"At half past seven you ring; nine o’clock is tonight.":   "[450 540]",
		"Since noon. Before six, at one of them, by ten to two":   "[0 110 360]",
		"“6.05, ‘Bus station?’” on 0.5 of a mile, this afternoon": "[365]",
	} {
		if got := fmt.Sprint(timesNamed(text)); got != want {
			t.Errorf("%q names %s, want %s", text, got, want)
		}
	}
}

// What a case says of the time of day agrees with its clock on every path: what
// is met lies between the turn before and this one, what follows a choice
// between it and the next turn, and what was or is to come is still before or
// behind.
func TestNoCaseDisagreesWithItsClock(t *testing.T) {
	lib, findings := product(t)
	if err := Refuse(findings); err != nil {
		t.Fatal(err)
	}
	told, used := map[string]bool{}, map[string]bool{}
	for _, m := range lib.Modules {
		for _, s := range m.Cases {
			check := func(where, text string, from, at, to int) {
				for _, n := range timesNamed(text) {
					key := fmt.Sprintf("%s %s %d:%02d", s.ID, where, n/60, n%60)
					then, known := elsewhen[key]
					used[key] = true
					ok := known && (then.ahead && then.at >= at || !then.ahead && then.at <= at)
					for k := n; !known && k <= to; k += 720 {
						ok = ok || k >= from
					}
					if !ok && !told[key] {
						told[key] = true
						t.Errorf("%s: it is between %s and %s there: %s", key, clockOf(from), clockOf(to), text)
					}
				}
			}
			everyWay(t, s, nil, func(p scenario.Play) { timesOf(s, p, check) })
		}
	}
	for key := range elsewhen {
		if !used[key] {
			t.Errorf("%s: no text names it any longer; take it out of elsewhen", key)
		}
	}
}

// timesOf gives each text of a way with the span of time that it tells of, and
// when it is told.
func timesOf(s *scenario.Scenario, p scenario.Play, check func(where, text string, from, at, to int)) {
	check("start", s.Start.Text.EN, p.Turns[0].At, p.Turns[0].At, p.Turns[0].At)
	for _, l := range s.Looks(p) {
		check("look at "+l.Turn.ID, l.At.EN, l.Turn.At, l.Turn.At, l.Turn.At)
	}
	for i, turn := range p.Turns {
		from, next := turn.At, turn.At+28*24*60 // an ending may be weeks later
		if i > 0 {
			from = p.Turns[i-1].At
		}
		if i+1 < len(p.Turns) {
			next = p.Turns[i+1].At
		}
		check(turn.ID, turn.Text.EN, from, turn.At, turn.At)
		for _, o := range turn.Options {
			check(turn.ID+"/"+o.ID+" offered", o.Text.EN, turn.At, turn.At, turn.At)
		}
		check(turn.ID+"/"+turn.Chosen.ID, turn.Then.EN, turn.At, turn.At+turn.Chosen.Minutes, next)
	}
}

func clockOf(minutes int) string {
	return fmt.Sprintf("day %d, %02d:%02d", 1+minutes/1440, minutes/60%24, minutes%60)
}

// Time closes what a kind choice might have kept open: after breakfast the same
// call no longer keeps Semi in the house, he is found later, and it ends
// accordingly.
func TestTheFirstMorningIsOnAClock(t *testing.T) {
	lib, _ := product(t)
	m, _ := lib.Module("first-hours")
	semi, _ := m.Case("semi")
	for first, want := range map[string]string{"a": "06:15 d3_here e_here", "b": "06:45 d3_gone e_late"} {
		choices := []scenario.Choice{{Decision: "d1", Option: first}}
		got := ""
		for {
			p, err := semi.Play(choices)
			if err != nil {
				t.Fatal(err)
			}
			if p.Ending != nil {
				got += " " + p.Ending.ID
				break
			}
			if len(choices) == 1 {
				got = clockOf(p.At)[len("day 1, "):]
			} else if len(choices) == 2 {
				got += " " + p.Now.ID
			}
			choices = append(choices, scenario.Choice{Decision: p.Now.ID, Option: p.Now.Recommended().ID})
		}
		if got != want {
			t.Errorf("after d1.%s: %s, want %s", first, got, want)
		}
	}
}
