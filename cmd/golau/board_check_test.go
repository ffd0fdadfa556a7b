package main

import (
	"bytes"
	"encoding/csv"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
)

// handIn sends files to be checked, as a browser does where several may be chosen.
func (b *browser) handIn(path string, files [][2]string, fields ...string) *reply {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		_ = w.WriteField(fields[i], fields[i+1])
	}
	for _, f := range files {
		part, _ := w.CreateFormFile("file", f[0])
		_, _ = part.Write([]byte(f[1]))
	}
	_ = w.Close()
	return b.send(http.MethodPost, path, &body, "Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin")
}

// An officer hands in numbers, lists and files, and each is answered; what cannot be
// read is told, and what was typed stays.
func TestAnOfficerChecksMany(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const at = "/board/certificates/check"
	h.learnt(h.id["nia"], i18n.CY)
	h.as("nia").sit("/cy"+strings.TrimPrefix(finalPath, "/en"), true)
	h.work()
	var id string
	if err := h.db.Read(t.Context()).Raw("SELECT id FROM certificates_issued WHERE person_id = ?", h.id["nia"]).Row().Scan(&id); err != nil {
		t.Fatal(err)
	}
	number, pdf := certificates.Number(id), h.as("nia").get("/en/certificates/"+id+"/pdf").want(http.StatusOK).Body
	files := [][2]string{{"", ""}, {"nia.pdf", pdf}, {"altered.pdf", pdf + "\n"}, {"list.csv", "Who,Number\r\nNia," + strings.ToLower(number) + "\r\nNobody,\r\n"}, {"alone.txt", number}}
	const typed = "\r\nsoon <b>\r\nGL-00000-00000-00000-00000-000000\r\n"
	gwen := h.as("gwen")
	for _, l := range i18n.Langs {
		path := "/" + string(l) + at
		t.Logf("%s", path)
		sound(t, "the form", gwen.get(path).want(http.StatusOK))
		page := gwen.handIn(path, files, "numbers", typed+number).want(http.StatusOK).
			has(folk["nia"].name, "soon &lt;b&gt;", h.words.T(l, "board.check.answer", "Count", 7), h.words.T(l, "board.check.likeness.same"), h.words.T(l, "board.check.likeness.other"),
				h.words.T(l, "board.check.line", "Number", "4"), h.words.T(l, "board.check.row", "File", "list.csv", "Number", "2"), h.words.T(l, "board.check.row", "File", "alone.txt", "Number", "1"))
		sound(t, "the answer", page)
		for text, n := range map[string]int{h.words.T(l, "verify.status_valid") + "</strong>": 6, h.words.T(l, "verify.status_unknown") + "</strong>": 3, h.words.T(l, "board.check.likeness.same"): 1} {
			if got := strings.Count(page.Body, text); got != n {
				t.Errorf("%s: %q %d times, not %d", l, text, got, n)
			}
		}
		sheet := gwen.handIn(path, files, "numbers", typed+number, "as", "csv").want(http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(sheet.Body, "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 8 || rows[3][1] != number || rows[3][3] != folk["nia"].name || rows[4][9] != h.words.T(l, "board.check.likeness.same") || rows[1][1] != "soon <b>" {
			t.Errorf("%s: %v %q", l, err, rows)
		}
		for name, wrong := range map[string]*reply{
			"nothing":       gwen.handIn(path, nil, "numbers", " \r\n"),
			"too many":      gwen.handIn(path, nil, "numbers", strings.Repeat("1\n", 1001)),
			"no list":       gwen.handIn(path, [][2]string{{"x.bin", "\x00\x01\x02\xff"}}, "numbers", "kept as typed"),
			"no number":     gwen.handIn(path, [][2]string{{"x.csv", "Name\r\nNia\r\n"}}),
			"empty":         gwen.handIn(path, [][2]string{{"x.csv", ""}}),
			"far too large": gwen.handIn(path, [][2]string{{"x.pdf", strings.Repeat("x", 25<<20)}}),
		} {
			sound(t, name, wrong.want(http.StatusUnprocessableEntity).has("error-summary").lacks(folk["nia"].name))
		}
		gwen.handIn(path, [][2]string{{"x.bin", "\x00\x01\x02\xff"}}, "numbers", "kept as typed").has("kept as typed", h.words.T(l, "board.check.unreadable", "File", "x.bin"))
	}
	h.as("lowri").handIn("/en"+at, nil, "numbers", number).want(http.StatusForbidden).lacks(folk["nia"].name)
}
