package learner

import (
	"fmt"
	"net/http"
	"unicode/utf8"

	"golau/certificates"
	"golau/certificates/pdf"
	"golau/cmd/golau/internal/web"
	"golau/internal/people"
	"golau/internal/store"
)

type certificatesPage struct {
	web.Frame
	Certificates []certificates.Certificate
	Now          store.Time
}

// certificates lists the viewer's own.
func (r *Room) certificates(c *web.Context, v people.Viewer) error {
	all, err := r.School.Certificates(c.Request().Context(), v)
	if err != nil {
		return err
	}
	p := &certificatesPage{Frame: web.Frame{Title: c.T("certificates.title"), Current: "certificates"}, Certificates: all, Now: c.Now()}
	return c.Show(http.StatusOK, "learner/certificates", p)
}

type certificatePage struct {
	web.Frame
	certificates.Certificate
	Status   certificates.Status
	Check    string // address of the public check
	Sheet    pdf.Sheet
	CodePath string
	CodeBox  string // of the code with its quiet zone
}

// LongName says whether the holder's name needs smaller letters, in letters and
// not in bytes: a Welsh name is no longer for its circumflexes.
func (p *certificatePage) LongName() bool { return utf8.RuneCountInString(p.Sheet.Holder) > 26 }

// quiet is the white margin that a QR code needs, in its own squares.
const quiet = 4

// certificate shows one of the viewer's own, line for line as it is printed.
func (r *Room) certificate(c *web.Context, v people.Viewer) error {
	x, err := r.School.Certificate(c.Request().Context(), v, c.Param("certificate"))
	if err != nil {
		return err
	}
	if x.Token == "" { // the list says that it is being signed
		return c.Go("/certificates")
	}
	p := &certificatePage{Frame: web.Frame{Title: c.T("certificate.tab"), Current: "certificates"}, Certificate: x,
		Status: x.StatusAt(c.Now()), Check: x.Address(r.Verify, string(c.Lang))}
	if p.Sheet, err = x.Sheet(c.Site.Words, r.Verify); err != nil {
		return err
	}
	p.Sheet.First = c.Lang // a page is in its reader's language first; the PDF in the holder's
	path, side, err := p.Sheet.CodePath()
	if err != nil {
		return err
	}
	p.CodePath, p.CodeBox = path, fmt.Sprintf("-%d -%d %d %d", quiet, quiet, side+2*quiet, side+2*quiet)
	return c.Show(http.StatusOK, "learner/certificate", p)
}

// pdf draws one of the viewer's own certificates on a sheet.
func (r *Room) pdf(c *web.Context, v people.Viewer) error {
	x, err := r.School.Certificate(c.Request().Context(), v, c.Param("certificate"))
	if err != nil {
		return err
	}
	body, err := x.Draw(c.Site.Words, r.Verify)
	if err != nil {
		return err
	}
	return c.Send("application/pdf", "golau-"+x.Number()+".pdf", body)
}
