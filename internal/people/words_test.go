package people

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golau/internal/store"
)

// Somebody is found by the beginning of every word of the name, of the address and of
// its parts, and by the staff number; never by another agency.
func TestFoundByTheBeginningOfAWord(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	other := scopeOf(h.twin, h.west)
	at := func(person string) string { return h.positionOf(person, s).ID }
	lloyd := at(h.joins("Siân Lloyd-Jones", "s.lloyd_jones@cwm-taf.example"))
	odd := at(h.joins("Ann O’Rees-Hughes", "nan@home.example"))
	many := at(h.joins("Mari (Gwen) Müller–Hughes,Parry", "m@home.example"))
	form := PositionForm{JobRole: Health, StaffNumber: "NW-0042 7", Version: h.positionOf(h.rhian, s).Version()}
	if err := h.SetPosition(t.Context(), Viewer{Person: h.tom}, s, at(h.rhian), form); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{
		"sian": lloyd, "SIÂN": lloyd, "Lloyd": lloyd, "lloyd-j": lloyd, "jones": lloyd, "jon si": lloyd, "Jones, Siân": lloyd,
		"s.lloyd_jones@cwm-taf.example": lloyd, "s.llo": lloyd, "@cwm-taf": lloyd,
		"orees": odd, "O'Rees": odd, "hughes ann": odd, "nan@": odd,
		"nw": at(h.rhian), "nw-00": at(h.rhian), "0042": at(h.rhian), "7 nw": at(h.rhian),
		"gwen": many, "(gwen": many, "muller": many, "müller–h": many, "parry": many, "gwen mari": many,
		strings.Repeat("mari ", 900) + "gwen": many, strings.TrimSpace(strings.Repeat("m mü mari ", 300)): many,
		"ones": "", "loyd": "", "sian hughes": "", `\`: "", `","`: "", "%": "", "sian%": "", "sian\x00": "",
	} {
		found, err := FoundBy(h.rx(), s, SearchWords(words))
		if err != nil || strings.Join(found, " ") != want {
			t.Errorf("%q finds %q, not %q; %v", words, found, want, err)
		}
		if found, err := FoundBy(h.rx(), other, SearchWords(words)); err != nil || len(found) > 0 {
			t.Errorf("%q finds %q of another agency; %v", words, found, err)
		}
	}
}

// The words follow whoever joins, is called otherwise, has another number or address,
// leaves and is erased: after whatever happened they are those of the positions.
func TestWordsFollowThePositions(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	r := rand.New(rand.NewPCG(7, 54))
	names := []string{"Mair Lloyd-Jones", "Ela Ela", "ap Rhys", "Ŵyn Ŷs"}
	odd := append(names, `Ann "Nan" \ Rees`, `","`, "]", "\t", "x\u2028y", "@", "@@ a@")
	var persons []string
	for n := range 60 {
		if len(persons) < 4 || r.IntN(4) == 0 {
			persons = append(persons, h.joins(names[r.IntN(len(names))], fmt.Sprintf("p%d.a_%d-b@c%d.example", n, r.IntN(3), r.IntN(3))))
		}
		person := persons[r.IntN(len(persons))]
		h.write(func(tx store.Tx) (err error) {
			switch r.IntN(5) {
			case 0:
				return tx.Exec("UPDATE people_positions SET words = '' WHERE person_id = ?", person).Error
			case 2:
				return tx.Exec("UPDATE people_positions SET words = words || char(10) || ? WHERE person_id = ? AND words <> ''", odd[r.IntN(len(odd))], person).Error
			case 1:
				return tx.Exec("UPDATE people_positions SET words = 'a' || char(10) || ' b  b@c-d ' || ? WHERE person_id = ?", odd[r.IntN(len(odd))], person).Error
			}
			return Rename(tx, person, names[r.IntN(len(names))])
		})
		h.wordsAgree()
	}
	found, err := FoundBy(h.rx(), s, SearchWords("mair"))
	if err != nil || len(found) == 0 {
		t.Fatalf("nobody is called Mair: %v", err)
	}
	for _, p := range persons {
		h.write(func(tx store.Tx) error { return Erase(tx, p) })
		h.wordsAgree()
	}
	if found, err := FoundBy(h.rx(), s, SearchWords("mair")); err != nil || len(found) > 0 {
		t.Errorf("who was erased is still found: %q, %v", found, err)
	}
}

// wordsAgree compares what triggers kept with what the positions say.
func (h *house) wordsAgree() {
	h.t.Helper()
	var rows []struct{ ID, Words string }
	if err := h.rx().Raw("SELECT id, words FROM people_positions").Scan(&rows).Error; err != nil {
		h.t.Fatal(err)
	}
	want := map[string]bool{}
	for _, r := range rows {
		before, after, at := strings.Cut(r.Words, "@")
		if at {
			after = "@" + after
		}
		_, behind, _ := strings.Cut(after, "\n")
		pieces := strings.FieldsFunc(before+" "+behind, func(c rune) bool { return strings.ContainsRune(" \n\\-._,;:()/&+\"–—‘“”", c) })
		whole := strings.FieldsFunc(r.Words, func(c rune) bool { return strings.ContainsRune(" \n\\", c) })
		for _, w := range slices.Concat(pieces, whole, strings.FieldsFunc(after, func(c rune) bool { return strings.ContainsRune(" \n\\", c) })) {
			want[r.ID+" "+w] = true
		}
	}
	var have []string
	if err := h.rx().Raw("SELECT position_id || ' ' || word FROM people_words").Scan(&have).Error; err != nil {
		h.t.Fatal(err)
	}
	for _, w := range have {
		if !want[w] {
			h.t.Errorf("%q stands there too much", w)
		}
		delete(want, w)
	}
	for w := range want {
		h.t.Errorf("%q is missing", w)
	}
}

// However many people there are, only those whose words begin alike are read.
func TestWordsAreFoundByAnIndex(t *testing.T) {
	h := newHouse(t, Options{})
	rows, err := h.rx().Query("EXPLAIN QUERY PLAN "+foundBy(3), make([]any, 12)...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	ranges := 0
	for rows.Next() {
		var id, parent, unused int
		var does string
		if err := rows.Scan(&id, &parent, &unused, &does); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(does, "SCAN") {
			t.Errorf("everybody is read: %s", does)
		}
		if strings.Contains(does, "word>? AND word<?") {
			ranges++
		}
	}
	if ranges != 3 {
		t.Errorf("%d ranges of the index", ranges)
	}
}
