// Package yamlfile reads one YAML file strictly: a key that nothing reads is a
// fault, for a misspelt one would be a silent gap. It does not know what any
// file is about.
package yamlfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Fault is what is wrong with a file, and in which line; 0 where that is unknown.
type Fault struct {
	Line int
	What string
}

func (f *Fault) Error() string {
	if f.Line == 0 {
		return f.What
	}
	return fmt.Sprintf("line %d: %s", f.Line, f.What)
}

// Decode reads raw, a single document, into v. The error is a *Fault: the first
// thing that is wrong. Of an empty document v stays as it is.
func Decode(raw []byte, v any) error {
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(v); err != nil && !errors.Is(err, io.EOF) {
		return fault(err)
	}
	var more yaml.Node
	if err := d.Decode(&more); err == nil {
		return &Fault{Line: more.Line, What: "a second document begins; a file holds one"}
	} else if !errors.Is(err, io.EOF) {
		return fault(err)
	}
	return nil
}

var (
	place   = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)`)
	unknown = regexp.MustCompile(`^field (.+) not found in type .*$`)
)

func fault(err error) *Fault {
	what := err.Error()
	if several := (*yaml.TypeError)(nil); errors.As(err, &several) {
		what = several.Errors[0]
	}
	f := &Fault{What: what}
	if m := place.FindStringSubmatch(what); m != nil {
		f.Line, _ = strconv.Atoi(m[1])
		f.What = m[2]
	}
	f.What = unknown.ReplaceAllString(f.What, `unknown field "$1"`)
	return f
}
