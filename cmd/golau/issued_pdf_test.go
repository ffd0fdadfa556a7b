package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/testneeds"
)

// tool returns what a program of the Debian package pkg prints.
func tool(t *testing.T, program, pkg string, args ...string) string {
	t.Helper()
	cmd := exec.Command(testneeds.Tool(t, program, pkg), args...)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, complaints.String())
	}
	return string(out)
}

// Other programs agree with the PDF that the site hands out, not only with
// samples of the drawing: whole, tagged, one page of A4, its fonts inside, in
// its holder's language, with a code that leads to the check and is genuine.
func TestTheIssuedPDF(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for l, who := range map[i18n.Lang]string{i18n.EN: "nia", i18n.CY: "huw"} {
		b := h.as(who)
		b.learnAll(t, l)
		id := b.certificate()
		path := filepath.Join(t.TempDir(), who+".pdf")
		if err := os.WriteFile(path, []byte(b.get("/"+string(l)+"/certificates/"+id+"/pdf").want(http.StatusOK).Body), 0o600); err != nil {
			t.Fatal(err)
		}
		if out := tool(t, "qpdf", "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors") {
			t.Errorf("qpdf: %s", out)
		}
		info := tool(t, "pdfinfo", "poppler-utils", path)
		for _, want := range []string{"Tagged:          yes", "Pages:           1", "Suspects:        no", "JavaScript:      no", "Encrypted:       no", "(A4)", certificates.Number(id)} {
			if !strings.Contains(info, want) {
				t.Errorf("pdfinfo lacks %q:\n%s", want, info)
			}
		}
		fonts := strings.Split(strings.TrimSpace(tool(t, "pdffonts", "poppler-utils", path)), "\n")
		for _, line := range fonts[2:] {
			if f := strings.Fields(line); strings.Join(f[len(f)-5:len(f)-2], " ") != "yes yes yes" {
				t.Errorf("a font is not embedded, subset and readable: %s", line)
			}
		}
		plain := path + ".qdf"
		tool(t, "qpdf", "qpdf", "--qdf", "--object-streams=disable", path, plain)
		written, err := os.ReadFile(plain)
		if err != nil {
			t.Fatal(err)
		}
		catalogue, _, _ := strings.Cut(string(written), "endobj")
		if len(fonts) < 4 || !strings.Contains(catalogue, "/Type /Catalog") || !strings.Contains(catalogue, "/Lang ("+string(l)+"-GB)") {
			t.Errorf("%d fonts; the document says of itself:\n%s", len(fonts)-2, catalogue)
		}
		picture := strings.TrimSuffix(path, ".pdf")
		tool(t, "pdftoppm", "poppler-utils", "-r", "200", "-png", "-singlefile", path, picture)
		code := strings.TrimSpace(tool(t, "zbarimg", "zbar-tools", "-q", "--raw", picture+".png"))
		at, payload, _ := strings.Cut(code, "#")
		if claims, err := certificates.VerifyPayload(h.keys, payload); at != "https://"+site+"/"+string(l)+"/verify/"+id || err != nil || claims.ID != id {
			t.Errorf("the code reads %q: %+v, %v", code, claims, err)
		}
	}
}
