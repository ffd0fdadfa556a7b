package web

import (
	"encoding/csv"
	"errors"
	"net/http"
	"time"

	"golau/internal/sheet"
)

// sheetPatience is how long a reader may take for the next rows of a sheet; the
// sheet as a whole may take as long as it needs.
const sheetPatience = 30 * time.Second

// flushEvery is how many rows are gathered before they are sent.
const flushEvery = 200

// CSV streams a sheet of rows: nothing is held but the row under way. rows calls
// put for each. An error before the first row is returned, and a page can still
// be shown; one that comes later ends the sheet with a row that says so, since
// half a sheet must not pass for a whole one.
func (c *Context) CSV(filename string, heading []string, rows func(put func(row []string) error) error) error {
	control := http.NewResponseController(c.Response())
	var w *csv.Writer
	n := 0
	begin := func() error {
		h := c.Response().Header()
		h.Set("Content-Type", "text/csv; charset=utf-8")
		h.Set("Content-Language", string(c.Lang))
		h.Set("Content-Disposition", `attachment; filename="`+filename+`"`)
		c.Response().WriteHeader(http.StatusOK)
		if _, err := c.Response().Write([]byte("\ufeff")); err != nil { // or a spreadsheet takes ŵ for something else
			return err
		}
		w = csv.NewWriter(c.Response())
		w.UseCRLF = true
		return w.Write(sheet.Cells(heading))
	}
	err := rows(func(row []string) error {
		if w == nil {
			if err := begin(); err != nil {
				return err
			}
		}
		if n++; n%flushEvery == 0 {
			_ = control.SetWriteDeadline(c.Site.Now().Add(sheetPatience)) // a test's writer has none
			w.Flush()
		}
		return errors.Join(w.Write(sheet.Cells(row)), w.Error())
	})
	if w == nil {
		if err == nil {
			if err = begin(); err == nil {
				w.Flush()
			}
		}
		return err
	}
	if err != nil {
		c.Site.Log.Error("a sheet broke off", "id", RequestID(c), "err", err)
		_ = w.Write([]string{c.T("web.sheet_broken", "Number", RequestID(c))})
	}
	w.Flush()
	return nil
}
