package board

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"golau/certificates"
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/sheet"
	"golau/internal/store"
)

// readAtOnce is how many certificates are held at a time, and zipPatience how long a
// reader may take for them.
const (
	readAtOnce  = 50
	zipPatience = 2 * time.Minute
)

// What lies beside the certificates.
const (
	listFile   = "certificates.csv"
	printsFile = "SHA256SUMS"
)

// certificatesZip sends all that is sought of the register: each certificate as its
// holder has it, a list of them, and the prints by which sha256sum checks the files.
// Files are drawn one by one as they are sent; what breaks off has no table of
// contents, and opens nowhere.
func (r *Room) certificatesZip(c *web.Context, v people.Viewer) error {
	ctx, q := c.Request().Context(), c.QueryParams()
	scope, err := v.BoardScope(q.Get("board"))
	if err != nil {
		return err
	}
	agencies, err := people.AgenciesUnder(r.DB.Read(ctx), scope, c.Lang)
	if err != nil {
		return err
	}
	f, err := sought(q, agencies)
	if err != nil {
		return err
	}
	ids, err := certificates.ReceivedIDs(r.DB.Read(ctx), scope, f)
	if err == nil && len(ids) == 0 {
		err = problem.New(problem.NotFound, "certificates.none_found")
	}
	if err != nil {
		return err
	}
	if err := r.People.NoteReport(ctx, v, scope, people.TakenCertificates); err != nil {
		return err
	}
	b := &bundle{c: c, base: r.Verify, agencies: agencies, zip: zip.NewWriter(beginZip(c)), now: r.DB.Read(ctx).Now()}
	if err := b.write(r.DB, scope, ids); err != nil {
		c.Site.Log.Error("certificates broke off", "id", web.RequestID(c), "err", err)
	}
	return nil
}

func beginZip(c *web.Context) io.Writer {
	h := c.Response().Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="golau-certificates-`+c.Now().Format(time.DateOnly)+`.zip"`)
	c.Response().WriteHeader(http.StatusOK)
	return c.Response()
}

// bundle is a file of certificates that is being written.
type bundle struct {
	c        *web.Context
	base     string
	agencies []people.Organisation
	zip      *zip.Writer
	now      store.Time
	list     bytes.Buffer // what is in it, as text
	rows     *csv.Writer  // onto list
	prints   bytes.Buffer // as sha256sum reads them
}

func (b *bundle) write(db *store.DB, scope people.BoardScope, ids []string) error {
	ctx, control := b.c.Request().Context(), http.NewResponseController(b.c.Response())
	words := b.c.Site.Words
	var how string
	for _, l := range i18n.Langs {
		how += words.T(l, "board.zip.readme", "List", listFile, "Prints", printsFile, "Command", "sha256sum -c "+printsFile) + "\n\n"
	}
	if err := b.add("README.txt", zip.Deflate, []byte(how)); err != nil {
		return err
	}
	b.list.WriteString("\ufeff")
	b.rows = csv.NewWriter(&b.list)
	b.rows.UseCRLF = true
	if err := b.rows.Write(sheet.Cells(b.heading())); err != nil {
		return err
	}
	for some := range slices.Chunk(ids, readAtOnce) {
		_ = control.SetWriteDeadline(b.c.Site.Now().Add(zipPatience)) // a test's writer has none
		all, err := certificates.ReceivedSome(db.Read(ctx), scope, some)
		if err != nil {
			return err
		}
		for _, x := range all {
			if err := b.certificate(x); err != nil {
				return err
			}
		}
		if err := b.zip.Flush(); err != nil {
			return err
		}
		b.c.Response().Flush()
	}
	b.rows.Flush()
	if err := b.add(listFile, zip.Deflate, b.list.Bytes()); err != nil {
		return err
	}
	if err := b.add(printsFile, zip.Deflate, b.prints.Bytes()); err != nil {
		return err
	}
	return b.zip.Close()
}

// certificate adds one and its row. One that cannot be printed has a row without a
// file: its holder was erased, or it is just being signed.
func (b *bundle) certificate(x certificates.Certificate) error {
	file, sum := "", ""
	body, err := x.Draw(b.c.Site.Words, b.base)
	switch problem.KindOf(err) {
	case problem.Conflict, problem.Unavailable:
		err = nil
	default:
		if err == nil {
			file = x.Number() + ".pdf"
			s := sha256.Sum256(body)
			sum = hex.EncodeToString(s[:])
			err = b.add(file, zip.Store, body) // it is compressed already
		}
	}
	if err != nil {
		return err
	}
	return b.rows.Write(sheet.Cells(b.row(x, file, sum)))
}

// add adds a file and its print.
func (b *bundle) add(name string, method uint16, body []byte) error {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: b.now.UTC()})
	if err != nil {
		return err
	}
	if name != printsFile {
		fmt.Fprintf(&b.prints, "%x  %s\n", sha256.Sum256(body), name)
	}
	_, err = w.Write(body)
	return err
}

func (b *bundle) heading() []string {
	t := b.c.T
	return []string{t("reports.column.number"), t("reports.column.name"), t("reports.column.agency"), t("cert.course"), t("reports.column.edition"),
		t("reports.column.language"), t("certificates.sheet.completed"), t("certificates.sheet.valid_until"), t("reports.column.state"), t("board.zip.file"), "SHA-256"}
}

func (b *bundle) row(x certificates.Certificate, file, sum string) []string {
	agency := ""
	for _, a := range b.agencies {
		if a.ID == x.Organisation {
			agency = in(b.c, a.Name)
		}
	}
	until := ""
	if !x.ValidUntil.IsZero() {
		until = x.ValidUntil.In(i18n.London()).Format(time.DateOnly)
	}
	return []string{x.Number(), x.HolderName, agency, in(b.c, x.Course.Title), x.Course.Edition, b.c.T("language." + string(x.Language)),
		x.Completed.In(i18n.London()).Format(time.DateOnly), until, b.c.T("verify.status_" + string(x.StatusAt(b.now))), file, sum}
}
