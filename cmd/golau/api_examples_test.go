package main

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golau/internal/people"
)

var (
	shellBlock = regexp.MustCompile("(?s)```bash\n(.*?)```")
	shellWord  = regexp.MustCompile(`'[^']*'|"(?:[^"\\]|\\.)*"|\S+`)
)

// shellWords are the words of a command as a shell would hand them on.
func shellWords(line string, variables *strings.Replacer) (all []string) {
	for _, w := range shellWord.FindAllString(line, -1) {
		switch w[0] {
		case '\'':
			w = w[1 : len(w)-1]
		case '"':
			w = strings.ReplaceAll(variables.Replace(w[1:len(w)-1]), `\"`, `"`)
		}
		all = append(all, w)
	}
	return all
}

// The examples of docs/api.md are answered as the page says, and as openapi.json
// describes.
func TestTheExamplesWork(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	d := readDescription(t)
	h := livedIn(t)
	s := h.letIn("lowri", people.TokenScopes(people.Lead)...)
	nia := h.position("nia")
	version := strings.Trim(s.get("/people/"+nia).Header.Get("ETag"), `"`)
	variables := strings.NewReplacer("$TOKEN", s.token, "$BASE", "/api/v1", "$ID", nia, "$VERSION", version)
	n := 0
	for _, block := range shellBlock.FindAllStringSubmatch(string(page), -1) {
		status := 0
		for line := range strings.Lines(block[1]) {
			if said, ok := strings.CutPrefix(line, "# "); ok {
				status, _ = strconv.Atoi(strings.TrimSpace(said))
				continue
			}
			n++
			words := shellWords(strings.TrimSpace(line), variables)
			method, body, headers := http.MethodGet, "", []string{}
			for i, w := range words {
				switch w {
				case "-X":
					method = words[i+1]
				case "-d":
					body = words[i+1]
				case "-H":
					name, value, _ := strings.Cut(words[i+1], ": ")
					headers = append(headers, name, value)
				}
			}
			address := words[len(words)-1]
			got := h.visitor().send(method, address, strings.NewReader(body), headers...)
			if got.Status != status {
				t.Errorf("%s: %d, want %d\n%s", line, got.Status, status, got.Body)
			}
			d.answered(method, strings.TrimPrefix(address, "/api/v1"), body, got)
		}
	}
	if n < 12 {
		t.Errorf("only %d examples", n)
	}
	var codes []string
	for _, row := range regexp.MustCompile(`(?m)^\| [0-9, ]+ \| ([^|]+) \|`).FindAllStringSubmatch(string(page), -1) {
		for _, code := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(row[1], -1) {
			codes = append(codes, code[1])
		}
	}
	var described []string
	for _, code := range d.doc.Components.Schemas["Problem"].Value.Properties["code"].Value.Enum {
		described = append(described, code.(string))
	}
	slices.Sort(codes)
	slices.Sort(described)
	if !slices.Equal(codes, described) {
		t.Errorf("the page tells of %v, openapi.json of %v", codes, described)
	}
}
