package site

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"

	"golang.org/x/text/unicode/norm"
)

// maxWords is the longest line that the site says of itself, in characters.
const maxWords = 200

// clean returns the details as they will be stored. The problem is Invalid, and
// has every field that needs putting right.
func (d Details) clean() (Details, error) {
	all := problem.New(problem.Invalid, "people.invalid", "MaxWords", maxWords)
	all.Fields = map[string]string{}
	d.Owner, d.Privacy = d.Owner.clean("owner_", all), d.Privacy.clean("privacy_", all)
	d.Privacy.Hours, d.Privacy.Address = i18n.Text{}, i18n.Text{}
	if len(all.Fields) > 0 {
		return d, all
	}
	return d, nil
}

func (c Contact) clean(field string, all *problem.Error) Contact {
	for name, t := range map[string]*i18n.Text{"name": &c.Name, "hours": &c.Hours, "address": &c.Address} {
		*t = words(field+name, *t, maxWords, all)
	}
	c.Email = strings.TrimSpace(c.Email)
	if c.Email != "" {
		if _, err := people.CleanEmail(c.Email); err != nil {
			if e, ok := problem.As(err); ok {
				all.Fields[field+"email"] = e.Fields["email"]
			}
		}
	}
	phone, err := people.CleanPhone(field+"phone", c.Phone)
	if e, ok := problem.As(err); ok {
		all.Fields[field+"phone"] = e.Fields[field+"phone"]
		return c
	}
	c.Phone = phone
	return c
}

// words returns a line in both languages: composed, with single spaces, without
// what is not seen or turns the direction of the text.
func words(field string, t i18n.Text, longest int, all *problem.Error) i18n.Text {
	for lang, s := range map[string]*string{"_en": &t.EN, "_cy": &t.CY} {
		*s = strings.Join(strings.Fields(norm.NFC.String(*s)), " ")
		switch {
		case utf8.RuneCountInString(*s) > longest:
			all.Fields[field+lang] = "site.words.long"
		case !utf8.ValidString(*s) || strings.ContainsFunc(*s, unseen):
			all.Fields[field+lang] = "site.words.characters"
		}
	}
	if t.EN != "" && t.CY == "" {
		all.Fields[field+"_cy"] = "site.words.both"
	}
	if t.CY != "" && t.EN == "" {
		all.Fields[field+"_en"] = "site.words.both"
	}
	return t
}

func unseen(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Co, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
