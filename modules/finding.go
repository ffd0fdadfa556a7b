package modules

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Finding is something an author must mend (or, as a warning, look at).
type Finding struct {
	// File is the path within the content; Line counts from 1, 0 is unknown.
	File string
	Line int
	// Where names the place in the author's words: "section danger".
	Where   string
	Message string
	Warning bool
}

// String is the finding on one line: file:line: where: message.
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		b.WriteString(":" + strconv.Itoa(f.Line))
	}
	if f.Where != "" {
		b.WriteString(": " + f.Where)
	}
	b.WriteString(": ")
	if f.Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(f.Message)
	return b.String()
}

// Refuse returns an error naming every finding that is not a warning, or nil:
// content with a fault is not shown to anyone.
func Refuse(findings []Finding) error {
	var faults []error
	for _, f := range findings {
		if !f.Warning {
			faults = append(faults, errors.New(f.String()))
		}
	}
	return errors.Join(faults...)
}

// report collects findings of one file.
type report struct {
	file string
	out  *[]Finding
}

func (r report) fault(line int, where, format string, args ...any) {
	*r.out = append(*r.out, Finding{File: r.file, Line: line, Where: where, Message: fmt.Sprintf(format, args...)})
}

func (r report) warn(line int, where, format string, args ...any) {
	*r.out = append(*r.out, Finding{File: r.file, Line: line, Where: where, Message: fmt.Sprintf(format, args...), Warning: true})
}

// sortFindings puts findings in the order in which an author walks the files.
func sortFindings(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line,
			strings.Compare(a.Where, b.Where), strings.Compare(a.Message, b.Message))
	})
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// shared counts the members of a that are in b.
func shared(a, b []string) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}
