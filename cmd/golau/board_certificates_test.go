package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/store"
)

// An officer has every certificate of their board's agencies in its register, finds
// them again, and takes out one or many with prints that show a change; the officer of
// another board sees nothing of it.
func TestAnOfficerReceivesCertificates(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	gwen, emrys := h.as("gwen"), h.as("emrys")
	const at = "/board/certificates"
	for _, l := range i18n.Langs {
		sound(t, "none yet", gwen.get("/"+string(l)+at).want(http.StatusOK).has(h.words.T(l, "board.certificates.none")))
	}
	gwen.get("/en" + at + ".zip").want(http.StatusNotFound)
	numbers := map[string]string{}
	for _, who := range []string{"nia", "huw"} {
		h.learnt(h.id[who], i18n.CY)
		h.as(who).sit("/cy"+strings.TrimPrefix(finalPath, "/en"), true)
		var id string
		if err := h.db.Read(t.Context()).Raw("SELECT id FROM certificates_issued WHERE person_id = ?", h.id[who]).Row().Scan(&id); err != nil {
			t.Fatal(err)
		}
		numbers[who] = id
	}
	h.work()
	nia := certificates.Number(numbers["nia"])
	for _, l := range i18n.Langs {
		page := gwen.get("/"+string(l)+at).want(http.StatusOK).has(nia, folk["nia"].name, folk["huw"].name, h.words.T(l, "verify.status_valid"), h.words.T(l, "board.certificates.week", "Count", 2))
		sound(t, "the register", page)
		sound(t, "one", gwen.get("/"+string(l)+at+"/"+numbers["nia"]).want(http.StatusOK).has(nia, folk["nia"].name).lacks(folk["huw"].name))
		emrys.get("/"+string(l)+at).want(http.StatusOK).lacks(nia, folk["nia"].name)
	}
	today := url.QueryEscape(h.clock.Now().In(i18n.London()).Format("2/1/2006"))
	for query, there := range map[string]bool{"number=" + nia: true, "number=" + certificates.Number(numbers["huw"]): false, "agency=school-a": true, "agency=school-b": false, "agency=nowhere": false,
		"edition=2026.2": true, "edition=1999.1": false, "from=" + today: true, "to=1/1/2020": false, "status=valid": true, "status=revoked": false} {
		page := gwen.get("/en" + at + "?" + query).want(http.StatusOK)
		if strings.Contains(page.Body, folk["nia"].name) != there {
			t.Errorf("%s: %v", query, !there)
		}
	}
	wrong := gwen.get("/cy"+at+"?from=soon&number=GL-1").want(http.StatusUnprocessableEntity).has(`value="soon"`, `value="GL-1"`, h.words.T(i18n.CY, "reports.no_day")).lacks(folk["nia"].name)
	sound(t, "wrong", wrong)
	pdf := gwen.get("/en" + at + "/" + numbers["nia"] + "/pdf").want(http.StatusOK)
	if own := h.as("nia").get("/en/certificates/" + numbers["nia"] + "/pdf"); own.Body != pdf.Body {
		t.Error("the board has another sheet than the holder")
	}
	for _, path := range []string{at + "/" + numbers["nia"], at + "/" + numbers["nia"] + "/pdf"} {
		sameAnswer(t, path, emrys.get("/en"+path).want(http.StatusNotFound), emrys.get("/en"+strings.Replace(path, numbers["nia"], nobodys.open, 1)))
	}
	gwen.get("/en" + at + ".zip?board=board-b").want(http.StatusNotFound)
	emrys.get("/en" + at + ".zip").want(http.StatusNotFound)

	h.write(func(tx store.Tx) error { return certificates.Revoke(tx, numbers["huw"], "for the test") })
	files := filesOf(t, gwen.get("/en"+at+".zip").want(http.StatusOK).Body)
	if string(files[nia+".pdf"]) != pdf.Body || len(files) != 5 {
		t.Errorf("%d files", len(files))
	}
	for line := range strings.Lines(string(files["SHA256SUMS"])) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if got := fmt.Sprintf("%x", sha256.Sum256(files[name])); len(files[name]) == 0 || got != sum {
			t.Errorf("%s: %s, not %s", name, got, sum)
		}
	}
	if n := strings.Count(string(files["SHA256SUMS"]), "\n"); n != 4 {
		t.Errorf("%d prints", n)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(files["certificates.csv"], []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 3 || !strings.Contains(fmt.Sprint(rows), h.words.T(i18n.EN, "verify.status_revoked")) || !strings.Contains(fmt.Sprint(rows), fmt.Sprintf("%x", sha256.Sum256([]byte(pdf.Body)))) {
		t.Errorf("%v %v", rows, err)
	}
	if n := h.count("audit_events WHERE verb = 'people.report_exported'"); n != 2 {
		t.Errorf("%d of two were noted", n)
	}
}

// filesOf are the files of an archive that is whole.
func filesOf(t *testing.T, body string) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return files
}
