package pdf

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golau/internal/i18n"
	"golau/internal/testneeds"
)

var update = flag.Bool("update", false, "write the golden text into testdata")

// Other programs read what we wrote: the words in the order of the structure,
// the tags, the fonts, the code.
func TestOtherProgramsAgree(t *testing.T) {
	long := crowded(i18n.CY, 10)
	long.Holder = "Anna-Wilhelmina Siân Gwenllïan Łucja Ŵyn Llŷr-Þorsteinsdóttir Nguyễn-Öztürk Őry Čapková Abcdefgh ij"
	for name, s := range map[string]Sheet{"en": sample(i18n.EN), "cy": sample(i18n.CY), "long": long} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name+".pdf")
			if err := os.WriteFile(path, draw(t, s), 0o600); err != nil {
				t.Fatal(err)
			}
			if out := runTool(t, "qpdf", "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors") {
				t.Errorf("qpdf: %s", out)
			}
			info := runTool(t, "pdfinfo", "poppler-utils", path)
			for _, want := range []string{"Tagged:          yes", "Pages:           1", "Suspects:        no", "JavaScript:      no", "(A4)", s.Number} {
				if !strings.Contains(info, want) {
					t.Errorf("pdfinfo lacks %q:\n%s", want, info)
				}
			}
			for i, line := range strings.Split(strings.TrimSpace(runTool(t, "pdffonts", "poppler-utils", path)), "\n") {
				if f := strings.Fields(line); i > 1 && strings.Join(f[len(f)-5:len(f)-2], " ") != "yes yes yes" {
					t.Errorf("a font is not embedded, subset and readable: %s", line)
				}
			}
			golden(t, name+".struct.txt", runTool(t, "pdfinfo", "poppler-utils", "-struct-text", path))
			if text := runTool(t, "pdftotext", "poppler-utils", path, "-"); !strings.Contains(text, s.Holder) {
				t.Errorf("search does not find the name:\n%s", text)
			}

			picture := strings.TrimSuffix(path, ".pdf")
			runTool(t, "pdftoppm", "poppler-utils", "-r", "200", "-png", "-singlefile", path, picture)
			if got := strings.TrimSpace(runTool(t, "zbarimg", "zbar-tools", "-q", "--raw", picture+".png")); got != s.Code {
				t.Errorf("the code reads %q", got)
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test ./certificates/pdf -update, then read the difference):\n%s", name, got)
	}
}

// runTool returns what a program of the Debian package pkg prints.
func runTool(t *testing.T, program, pkg string, args ...string) string {
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
