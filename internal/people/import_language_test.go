package people

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/sheet"
)

// Whoever is new is invited in the language that the list says, else in that of who
// brought it in; of an invitation that waits it is changed, also back, and whoever has
// an account keeps theirs.
func TestAListSaysInWhichLanguage(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	const head = "Name;E-mail address;Kind of work;Iaith\n"
	rest := "Rhian Morys;rhian@demo.example;Education;\nTom Ellis;tom@demo.example;Education;\n"
	in := func(email string) (l i18n.Lang) {
		t.Helper()
		if err := h.rx().Raw("SELECT language FROM people_invitations WHERE email_key = ? AND withdrawn_at IS NULL", email).Row().Scan(&l); err != nil {
			t.Fatal(email, err)
		}
		return l
	}
	list := head
	said := map[string]i18n.Lang{"": i18n.EN, "en": i18n.EN, "English": i18n.EN, "Saesneg": i18n.EN, "en-GB": i18n.EN,
		"cy": i18n.CY, "CY": i18n.CY, "Welsh": i18n.CY, "cymraeg": i18n.CY, "Y Gymraeg": i18n.CY, "cym": i18n.CY, "cy_GB": i18n.CY}
	typed := slices.Sorted(maps.Keys(said))
	for n, w := range typed {
		list += fmt.Sprintf("Nia Wyn;p%d@new.example;health;%s\n", n, w)
	}
	h.carry(s, list+rest, ImportChoice{Invite: true})
	for n, w := range typed {
		if got := in(fmt.Sprintf("p%d@new.example", n)); got != said[w] {
			t.Errorf("%q: invited in %q", w, got)
		}
	}
	if _, p := h.bring(s, list+rest); p.Does() || len(p.Notes) != 0 {
		t.Errorf("the same again: %+v", p)
	}
	one := head + "Nia Wyn;p0@new.example;health;Welsh\n" + rest
	_, p := h.bring(s, one)
	if len(p.Changed) != 1 || fmt.Sprint(p.Changed[0].Changes) != "[{language en cy}]" {
		t.Errorf("%+v", p)
	}
	i := h.carry(s, one, ImportChoice{})
	if in("p0@new.example") != i18n.CY {
		t.Error("the invitation that waits was not changed")
	}
	if err := h.UndoImport(t.Context(), asTom, i); err != nil {
		t.Fatal(err)
	}
	if err := h.WorkImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	if in("p0@new.example") != i18n.EN {
		t.Error("it was not taken back")
	}
	_, p = h.bring(s, head+strings.ReplaceAll(rest, "Education;\n", "Education;both\n"))
	if len(p.Faults) != 2 || p.Faults[0].Column != ColumnLang || p.Faults[0].Key != "people.import.fault.language" || !importWords.Has(p.Faults[0].Key) {
		t.Errorf("%+v", p.Faults)
	}
	rhian, err := PersonByID(h.rx(), h.rhian)
	if err != nil {
		t.Fatal(err)
	}
	other := string(rhian.Language.Other())
	_, p = h.bring(s, head+strings.Replace(rest, "Education;\n", "Education;"+other+"\n", 1))
	if !p.Fits() || p.Does() || len(p.Notes) != 1 || p.Notes[0].Key != noteLanguage {
		t.Errorf("somebody's own language: %+v", p)
	}
}

// Two columns are one name, under the usual headings of both languages; where a list
// has the whole name, they say nothing, and one of them alone is not enough.
func TestANameInTwoColumns(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	for _, heads := range []string{"Forename,Surname", "First name,Last name", "Enw cyntaf,Cyfenw", "given NAMES,Family-name", "enw bedydd,Enw teuluol"} {
		_, p := h.bring(s, heads+",E-mail,Job role\nRhian,Morys,rhian@demo.example,Education\nTom,Ellis,tom@demo.example,Education\n Nia Mair , Wyn ,nia@new.example,health\n")
		if !p.Fits() || p.Unchanged != 2 || len(p.Notes) != 0 || len(p.New) != 1 || p.New[0].Name != "Nia Mair Wyn" || len(p.Headings.Unknown) != 0 {
			t.Errorf("%s: %+v", heads, p)
		}
	}
	_, p := h.bring(s, "Surname,Name,Forename,E-mail,Job role\nX,Rhian Morys,Y,rhian@demo.example,Education\n")
	if !p.Fits() || p.Unchanged != 1 || len(p.Notes) != 0 || fmt.Sprint(p.Headings.Unknown) != "[Forename Surname]" {
		t.Errorf("beside a whole name: %+v", p)
	}
	_, p = h.bring(s, "Surname,E-mail,Job role\nMorys,rhian@demo.example,Education\n")
	if p.Fits() || fmt.Sprint(p.Headings.Missing, p.Headings.Unknown) != "[name] [Surname]" {
		t.Errorf("one alone: %+v", p)
	}
	_, p = h.bring(s, "Forename,Surname,E-mail,Job role\n,,rhian@demo.example,Education\nTom,=1+1,tom@demo.example,Education\n")
	if len(p.Faults) != 2 || p.Faults[0].Column != ColumnName || p.Faults[1].Typed != "Tom =1+1" {
		t.Errorf("no name: %+v", p.Faults)
	}
}

// A list that waits goes with whoever is erased, also where it has their name in two
// columns and none of their addresses.
func TestAnErasedNameInTwoColumns(t *testing.T) {
	traces := Traces{Name: "Rhian Mair Morys"}
	for _, c := range []struct {
		row  sheet.Row
		want bool
	}{{sheet.Row{Cells: []string{"Morys", "x", "RHIAN MAIR "}}, true}, {sheet.Row{Cells: []string{"Rhian", "Mair Morys"}}, true},
		{sheet.Row{Cells: []string{"Rhian", "Morys"}}, false}, {sheet.Row{Cells: []string{"Rhian Mair", "Ellis"}}, false}, {sheet.Row{Cells: []string{"", "Rhian Mair"}}, false}} {
		is := slices.ContainsFunc(c.row.Cells, func(cell string) bool { return traces.namedIn(cell, c.row.Cells) })
		if is != c.want {
			t.Errorf("%q: %v", c.row.Cells, is)
		}
	}
}

// What nobody ticked is counted: who is new and was not invited, and who does not
// stand in the list and stays.
func TestAnImportSaysWhatWasLeftOut(t *testing.T) {
	h := newHouse(t, Options{})
	s := scopeOf(h.school, h.east)
	list := head + "Rhian Morys;rhian@demo.example;health;;;;;\nNia Wyn;nia@new.example;health;;;;;\nWil Huws;wil@new.example;health;;;;;\n"
	if i := h.carry(s, list, ImportChoice{}); i.Uninvited != 2 || i.Stayed != 1 { // Tom leads
		t.Errorf("nothing ticked: %+v", i)
	}
	if i := h.carry(s, list, ImportChoice{Invite: true}); i.Uninvited != 0 || i.Stayed != 1 {
		t.Errorf("invited: %+v", i)
	}
}
