package web

import (
	"bytes"
	"net/http"

	"golau/internal/problem"
	"golau/internal/sheet"
)

// XLSX sends a workbook of rows, of which some columns are counts. It is packed as a whole, so that an error
// comes before anything was sent.
func (c *Context) XLSX(filename string, heading []string, rows func(put func(row []string) error) error, counts ...int) error {
	var b bytes.Buffer
	err := sheet.WriteXLSX(&b, func(put func([]string) error) error {
		if err := put(heading); err != nil {
			return err
		}
		return rows(put)
	}, counts...)
	if err != nil {
		return err
	}
	_ = http.NewResponseController(c.Response()).SetWriteDeadline(c.Site.Now().Add(longUpload)) // a test's writer has none
	h := c.Response().Header()
	h.Set("Content-Language", string(c.Lang))
	h.Set("Content-Disposition", `attachment; filename="`+filename+`"`)
	return c.Blob(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b.Bytes())
}

// SheetKind is the kind of list that somebody asks for by name, text where they name
// none. One that there is not is problem.NotFound: nobody gets another unasked.
func SheetKind(name string) (sheet.Kind, error) {
	switch kind := sheet.Kind(name); kind {
	case "":
		return sheet.CSV, nil
	case sheet.CSV, sheet.XLSX:
		return kind, nil
	}
	return "", problem.New(problem.NotFound, "web.not_found")
}

// List sends rows as whoever asks wants them: a workbook, in which some columns are
// counts, or, unless they ask for one, text.
func (c *Context) List(name string, kind sheet.Kind, heading []string, rows func(put func(row []string) error) error, counts ...int) error {
	if kind == sheet.XLSX {
		return c.XLSX(name+".xlsx", heading, rows, counts...)
	}
	return c.CSV(name+".csv", heading, rows)
}
