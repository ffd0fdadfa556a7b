package quiz

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func choices(worths ...worth) []keyChoice {
	var all []keyChoice
	for i, w := range worths {
		all = append(all, keyChoice{ID: choiceID(i), Worth: w})
	}
	return all
}

func TestCredit(t *testing.T) {
	oneChoice := key{Type: Single, Choices: choices("1", "0.5", "0", "0")}
	twoOfFour := key{Type: Multiple, Choices: choices("1", "1", "0", "0")}
	threeOfFive := key{Type: Multiple, Choices: choices("1", "1", "1", "0", "0")}
	oneOfFour := key{Type: Multiple, Choices: choices("1", "0", "0", "0")}
	fourSteps := key{Type: Ordering, Choices: choices("", "", "", "")}
	threePairs := key{Type: Matching, Rows: []keyRow{{ID: "1", Right: "b"}, {ID: "2", Right: "a"}, {ID: "3", Right: "a"}}}
	twoLines := key{Type: Rewrite, Rows: []keyRow{{ID: "1", Choices: choices("1", "0.5", "0")}, {ID: "2", Choices: choices("0", "1")}}}
	chosen := func(ids ...string) Response { return Response{Choices: ids} }
	order := func(ids ...string) Response { return Response{Order: ids} }
	for _, c := range []struct {
		name string
		key  key
		give Response
		want Credit
	}{
		{"single: nothing", oneChoice, Response{}, 0},
		{"single: best", oneChoice, chosen("a"), Whole},
		{"single: safe but slower", oneChoice, chosen("b"), Whole / 2},
		{"single: less safe", oneChoice, chosen("c"), 0},
		{"multiple: nothing", twoOfFour, Response{}, 0},
		{"multiple: one right", twoOfFour, chosen("a"), Whole / 2},
		{"multiple: all right", twoOfFour, chosen("a", "b"), Whole},
		{"multiple: a wrong one costs a share", twoOfFour, chosen("a", "b", "c"), Whole / 2},
		{"multiple: right and wrong", twoOfFour, chosen("a", "c"), 0},
		{"multiple: only wrong", twoOfFour, chosen("c", "d"), 0},
		{"multiple: everything", twoOfFour, chosen("a", "b", "c", "d"), 0},
		{"multiple: fewer wrong than right cost more", threeOfFive, chosen("a", "b", "c", "d"), Whole / 2},
		{"multiple: everything of three and two", threeOfFive, chosen("a", "b", "c", "d", "e"), 0},
		{"multiple: everything of one and three", oneOfFour, chosen("a", "b", "c", "d"), 0},
		{"multiple: one right beside one wrong of one and three", oneOfFour, chosen("a", "b"), 0},
		{"ordering: nothing", fourSteps, Response{}, 0},
		{"ordering: right", fourSteps, order("a", "b", "c", "d"), Whole},
		{"ordering: backwards", fourSteps, order("d", "c", "b", "a"), 0},
		{"ordering: first put last keeps two neighbours", fourSteps, order("b", "c", "d", "a"), Whole / 3 * 2},
		{"ordering: one neighbour", fourSteps, order("b", "a", "c", "d"), Whole / 3},
		{"ordering: a gap is no neighbour", fourSteps, order("a", "", "b", ""), 0},
		{"ordering: begun", fourSteps, order("a", "b", "", ""), Whole / 3},
		{"matching: nothing", threePairs, Response{}, 0},
		{"matching: right", threePairs, Response{Rows: map[string]string{"1": "b", "2": "a", "3": "a"}}, Whole},
		{"matching: one row", threePairs, Response{Rows: map[string]string{"1": "b", "2": "b"}}, Whole / 3},
		{"rewrite: right", twoLines, Response{Rows: map[string]string{"1": "a", "2": "b"}}, Whole},
		{"rewrite: half a line", twoLines, Response{Rows: map[string]string{"1": "b"}}, Whole / 4},
		{"rewrite: a line and a half", twoLines, Response{Rows: map[string]string{"1": "b", "2": "b"}}, Whole / 4 * 3},
	} {
		if got := credit(c.key, c.give); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestCreditIsShownRoundedDown(t *testing.T) {
	for c, want := range map[Credit]string{
		0: "0", Whole: "1", Whole / 2: "0.5", 7*Whole + Whole/2: "7.5", 8*Whole - 1: "7.9", Whole / 3: "0.3", 10 * Whole: "10",
	} {
		if c.String() != want {
			t.Errorf("%d parts: %q, want %q", c, c, want)
		}
	}
	if got := Credit(8*Whole - 1).Percent(10 * Whole); got != 79 {
		t.Errorf("just under 80 %% is shown as %d", got)
	}
	if got := Credit(0).Percent(0); got != 0 {
		t.Errorf("nothing of nothing is %d", got)
	}
}

// The mark that decides is exact: 79.99 % does not pass at 80, 80 % does.
func TestPassIsExact(t *testing.T) {
	possible := 3 * Whole
	if (2 * Whole).reaches(67, possible) {
		t.Error("two of three passes at 67 %")
	}
	if !(2 * Whole).reaches(66, possible) {
		t.Error("two of three fails at 66 %")
	}
	if !(8*Whole).reaches(80, 10*Whole) || (8*Whole-1).reaches(80, 10*Whole) {
		t.Error("80 % is not the border")
	}
}

func TestWholeCanBeShared(t *testing.T) {
	for n := Credit(1); n <= maxShares; n++ {
		if Whole%(2*n) != 0 {
			t.Errorf("half a share of %d is not whole", n)
		}
	}
}

// genKey makes a key of any kind, and genResponse an answer that the paper allows.
func genKey(t *rapid.T) key {
	worths := func(n int, of ...worth) []keyChoice {
		return choices(rapid.SliceOfN(rapid.SampledFrom(of), n, n).Draw(t, "worths")...)
	}
	one := func(n int) []keyChoice { // one best, at most one half
		ws := make([]worth, n)
		for i := range ws {
			ws[i] = "0"
		}
		ws[0] = "1"
		if n > 2 && rapid.Bool().Draw(t, "half") {
			ws[1] = "0.5"
		}
		return choices(rapid.Permutation(ws).Draw(t, "order")...)
	}
	n := rapid.IntRange(2, maxShares).Draw(t, "n")
	switch kind := rapid.SampledFrom([]Kind{Single, Multiple, Ordering, Matching, Rewrite}).Draw(t, "kind"); kind {
	case Single:
		return key{Type: kind, Choices: one(n)}
	case Multiple:
		return key{Type: kind, Choices: append(worths(n-1, "0", "1"), keyChoice{ID: choiceID(n - 1), Worth: "1"})}
	case Ordering:
		return key{Type: kind, Choices: choices(make([]worth, n)...)}
	case Matching:
		k := key{Type: kind}
		for i := range n {
			k.Rows = append(k.Rows, keyRow{ID: rowID(i), Right: choiceID(rapid.IntRange(0, n-1).Draw(t, "right"))})
		}
		return k
	default:
		k := key{Type: kind}
		for i := range n {
			k.Rows = append(k.Rows, keyRow{ID: rowID(i), Choices: one(3)})
		}
		return k
	}
}

func genResponse(t *rapid.T, k key) Response {
	var ids []string
	for _, c := range k.Choices {
		ids = append(ids, c.ID)
	}
	switch k.Type {
	case Single:
		return Response{Choices: []string{rapid.SampledFrom(ids).Draw(t, "choice")}}
	case Multiple:
		return Response{Choices: rapid.SliceOfDistinct(rapid.SampledFrom(ids), rapid.ID[string]).Draw(t, "choices")}
	case Ordering:
		order := rapid.Permutation(ids).Draw(t, "order")
		for i := range order {
			if rapid.IntRange(0, 4).Draw(t, "gap") == 0 {
				order[i] = ""
			}
		}
		return Response{Order: order}
	}
	r := Response{Rows: map[string]string{}}
	for _, row := range k.Rows {
		if n := rapid.IntRange(-1, 2).Draw(t, "row"); n >= 0 {
			r.Rows[row.ID] = choiceID(n)
		}
	}
	return r
}

func TestCreditProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := genKey(t)
		r := genResponse(t, k)
		c := credit(k, r)
		if c < 0 || c > Whole {
			t.Fatalf("credit %d of %d", c, Whole)
		}
		if credit(k, Response{}) != 0 {
			t.Fatal("nothing earns something")
		}
		valid := k.Type != Multiple || slices.ContainsFunc(k.Choices, func(c keyChoice) bool { return c.Worth == "0" })
		if p := credit(k, perfect(k)); valid && p != Whole {
			t.Fatalf("the best answer earns %d", p)
		}
		// Correcting one thing never lowers the mark.
		if better := correct(t, k, r); credit(k, better) < c {
			t.Fatalf("a correction lowers the mark from %d to %d: %v, %v", c, credit(k, better), r, better)
		}
	})
}

// correct puts right one choice or row of an answer. An ordering is left: moving
// one step may break another neighbourhood.
func correct(t *rapid.T, k key, r Response) Response {
	best := perfect(k)
	switch k.Type {
	case Single:
		return best
	case Multiple:
		c := rapid.SampledFrom(k.Choices).Draw(t, "corrected")
		without := slices.DeleteFunc(slices.Clone(r.Choices), func(id string) bool { return id == c.ID })
		if c.Worth == "1" {
			without = append(without, c.ID)
		}
		return Response{Choices: without}
	case Matching, Rewrite:
		row := rapid.SampledFrom(k.Rows).Draw(t, "corrected").ID
		rows := map[string]string{}
		for id, c := range r.Rows {
			rows[id] = c
		}
		rows[row] = best.Rows[row]
		return Response{Rows: rows}
	}
	return r
}
