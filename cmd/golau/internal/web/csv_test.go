package web

import (
	"encoding/csv"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"

	"github.com/labstack/echo/v4"
)

func sheetOf(t *testing.T, rows func(put func([]string) error) error) (string, error) {
	t.Helper()
	words, err := i18n.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	c := &Context{Context: echo.New().NewContext(httptest.NewRequest("POST", "/", nil), rec), Lang: i18n.CY,
		Site: &Site{Words: words, Log: slog.New(slog.DiscardHandler), Now: time.Now}}
	err = c.CSV("x.csv", []string{"A", "=B"}, rows)
	return rec.Body.String(), err
}

// A sheet has its heading also when it is empty; what was put comes out; and one
// that broke off says so in its last row.
func TestSheet(t *testing.T) {
	body, err := sheetOf(t, func(func([]string) error) error { return nil })
	if err != nil || body != "\ufeffA,'=B\r\n" {
		t.Errorf("%q, %v", body, err)
	}
	many := func(end error) func(put func([]string) error) error {
		return func(put func([]string) error) error {
			for range 1000 {
				if err := put([]string{"x,\"y\"", "+1\r\n2"}); err != nil {
					return err
				}
			}
			return end
		}
	}
	if body, err = sheetOf(t, many(nil)); err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(all) != 1001 || all[1000][0] != `x,"y"` || all[1000][1] != "'+1\n2" {
		t.Errorf("%d rows, %v, %q", len(all), err, all[len(all)-1])
	}
	if body, err = sheetOf(t, many(io.ErrUnexpectedEOF)); err != nil || !strings.Contains(body[len(body)-200:], "yw’n gyfan") {
		t.Errorf("%v %q", err, body[len(body)-200:])
	}
	fault := errors.New("first")
	if body, err = sheetOf(t, func(func([]string) error) error { return fault }); err != fault || body != "" {
		t.Errorf("%q, %v", body, err)
	}
}
