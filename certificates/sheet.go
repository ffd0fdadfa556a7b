package certificates

import (
	"errors"
	"strings"

	"golau/certificates/pdf"
	"golau/internal/i18n"
	"golau/internal/problem"
)

// Sheet returns all that stands on the certificate, in words, for the PDF and
// for the page that looks like it. base is the site's own address. Returns
// problem.Unavailable until the certificate is signed.
func (c Certificate) Sheet(words *i18n.Catalogue, base string) (pdf.Sheet, error) {
	fragment, err := c.Fragment()
	if err != nil {
		return pdf.Sheet{}, err
	}
	say := func(key string, args ...any) i18n.Text {
		key = "certificates.sheet." + key
		return i18n.Text{EN: words.T(i18n.EN, key, args...), CY: words.T(i18n.CY, key, args...)}
	}
	link := i18n.Text{EN: c.Address(base, string(i18n.EN)), CY: c.Address(base, string(i18n.CY))}
	s := pdf.Sheet{
		First: c.Language, Made: c.Issued.Time,
		IssuedBy: say("issued_by"), Issuer: c.Board.Name, Kind: say("kind"), Holder: c.HolderName, Has: say("has"),
		Course: c.Course.Title, OutcomesHead: say("outcomes"), Outcomes: c.Objectives,
		Code: link.In(c.Language) + "#" + fragment, CodeAlt: say("code_alt"), Number: c.Number(),
		Link: link, About: say("about_link"), Notes: []i18n.Text{say("supports")},
	}
	s.Facts = []pdf.Fact{{Label: say("completed"), Value: both(func(l i18n.Lang) string { return i18n.Date(l, c.Completed.Time) })}}
	if !c.ValidUntil.IsZero() {
		s.Facts = append(s.Facts, pdf.Fact{Label: say("valid_until"), Value: both(func(l i18n.Lang) string { return i18n.Date(l, c.ValidUntil.Time) })})
	}
	language := say("in_" + string(c.Language))
	s.Facts = append(s.Facts,
		pdf.Fact{Label: say("learning_time"), Value: both(func(l i18n.Lang) string { return i18n.Minutes(l, c.Course.Minutes) })},
		pdf.Fact{Label: say("edition"), Value: both(func(l i18n.Lang) string {
			return words.T(l, "certificates.sheet.edition_value", "Edition", c.Course.Edition, "Language", language.In(l))
		})})
	s.Address = both(func(l i18n.Lang) string {
		_, host, _ := strings.Cut(strings.TrimSuffix(base, "/"), "://")
		return host + "/" + string(l) + "/verify/" + c.Number()
	})
	s.Check = both(func(l i18n.Lang) string { return words.T(l, "certificates.sheet.check", "Address", s.Address.In(l)) })
	if !c.Reviewed {
		s.Notes = append(s.Notes, say("unreviewed"))
	}
	if c.Demonstration {
		s.Stamp = say("stamp")
		s.Notes = append(s.Notes, say("demonstration"))
	}
	return s, nil
}

func both(in func(i18n.Lang) string) i18n.Text { return i18n.Text{EN: in(i18n.EN), CY: in(i18n.CY)} }

// Draw returns the certificate as a PDF: the same certificate is always the same
// bytes. Returns problem.Unavailable until it is signed, and problem.Conflict
// when the fonts have no letters for the name.
func (c Certificate) Draw(words *i18n.Catalogue, base string) ([]byte, error) {
	s, err := c.Sheet(words, base)
	if err != nil {
		return nil, err
	}
	b, err := pdf.Draw(s)
	if errors.Is(err, pdf.ErrLetters) && Printed(c.HolderName) == "" {
		return nil, problem.New(problem.Conflict, "certificates.letters").Because(err)
	}
	return b, err
}

// Printed is a name as the PDF prints it, without accents that its letters lack,
// and "" where it has no letters for it. The certificate is no less valid then,
// but exists as a page only; so say it where the name is entered, and wherever
// the paper is compared.
func Printed(name string) string { return pdf.Printed(name) }

// PrintedName is the holder's name as it stands on the PDF; "" without one.
func (c Certificate) PrintedName() string { return Printed(c.HolderName) }
