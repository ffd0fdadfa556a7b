package lead

import (
	"slices"
	"strconv"

	"golau/cmd/golau/internal/letters"
	"golau/cmd/golau/internal/web"
	"golau/course"
	"golau/course/due"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
)

type wordingPage struct {
	web.Frame
	web.FormErrors
	Done    string
	Place   people.Place
	AtKey   string
	Letter  course.Worded
	To      string
	Back    string
	Version int
	Fields  []wordField
	Samples []letters.Sample
}

// wordField is one field of an agency's own words, with what is said where it stays
// empty.
type wordField struct {
	web.Input
	Area  bool
	Usual string
}

// wording shows an agency's own words in one letter, and what the letter is like.
func (r *Room) wording(c *web.Context, v people.Viewer) error {
	_, scope, err := v.LedWholeAt(c.QueryParam("at"))
	if err != nil {
		return err
	}
	w, err := r.School.Wording(c.Request().Context(), scope, worded(c))
	if err != nil {
		return err
	}
	return r.showWording(c, v, c.QueryParam("at"), w, nil)
}

// worded is the letter that the address names; "" where there is none of that name.
func worded(c *web.Context) course.Worded {
	l := course.Worded(c.Param("letter"))
	if !slices.Contains(course.WordedLetters, l) {
		return ""
	}
	return l
}

func (r *Room) showWording(c *web.Context, v people.Viewer, at string, w course.Wording, wrong error) error {
	place, _, err := v.LedWholeAt(at)
	if err != nil {
		return err
	}
	p := &wordingPage{Place: place, Letter: worded(c), Version: w.Version, Done: done(c)}
	if p.Letter == "" {
		return problem.New(problem.NotFound, "people.not_found")
	}
	var status int
	if p.FormErrors, status, err = c.Take(wrong, "subject_en", "subject_cy", "opening_en", "opening_cy", "closing_en", "closing_cy"); err != nil {
		return err
	}
	p.Title, p.Current, p.To = c.T("lead.words.letter."+string(p.Letter)), "lead", "/lead/reminders/words/"+string(p.Letter)
	p.Alternate, p.FormID, p.FormTo = p.To, "words", p.To
	p.AtKey, _ = wholePlaces(c, v, place)
	p.Back = withQuery("/lead/reminders/settings", [][2]string{{"at", p.AtKey}}, "")
	clean, _ := w.Clean() // what is wrong is said above; the sample shows it all the same
	day := due.DayOf(r.DB.Now().Time)
	p.Samples = r.Post.Samples(p.Letter, place, r.School.Courses()[0], day, clean)
	p.fields(c, w)
	return c.Show(status, "lead/wording", p)
}

// fields fills in the form: each of three in both languages.
func (p *wordingPage) fields(c *web.Context, w course.Wording) {
	for _, f := range []struct {
		name  string
		text  i18n.Text
		usual func(letters.Said) string
	}{
		{"subject", w.Subject, func(s letters.Said) string { return s.Subject }},
		{"opening", w.Opening, func(s letters.Said) string { return s.Opening }},
		{"closing", w.Closing, func(s letters.Said) string { return s.Closing }},
	} {
		for _, s := range p.Samples {
			l := string(s.Lang)
			name := f.name + "_" + l
			p.Fields = append(p.Fields, wordField{web.Input{Name: name, Label: c.T("lead.words." + name), Hint: c.T("lead.words." + f.name + "_hint"),
				Value: f.text.In(s.Lang), Lang: l, Error: p.At(name)}, f.name != "subject", f.usual(s.Usual)})
		}
	}
	p.Call(func(field string) string {
		for _, f := range p.Fields {
			if f.Name == field {
				return f.Label
			}
		}
		return ""
	})
}

// setWording keeps an agency's own words, or shows what a letter would be like.
func (r *Room) setWording(c *web.Context, v people.Viewer) error {
	at, l := c.Field("at"), worded(c)
	_, scope, err := v.LedWholeAt(at)
	if err != nil {
		return err
	}
	w := course.Wording{Subject: text(c, "subject"), Opening: text(c, "opening"), Closing: text(c, "closing")}
	w.Version, _ = strconv.Atoi(c.Field("version"))
	if c.Switching() || l == "" {
		return r.showWording(c, v, at, w, nil)
	}
	if c.Field("do") == "preview" {
		_, err = w.Clean()
		return r.showWording(c, v, at, w, err)
	}
	if err := r.School.SetWording(c.Request().Context(), v, scope, l, w); err != nil {
		return r.showWording(c, v, at, w, err)
	}
	return c.Go(withPlace("/lead/reminders/words/"+string(l)+"?done=words", at))
}

// text is what was typed in both languages.
func text(c *web.Context, field string) i18n.Text {
	return i18n.Text{EN: c.Field(field + "_en"), CY: c.Field(field + "_cy")}
}
