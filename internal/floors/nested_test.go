package floors

import (
	"fmt"
	"go/ast"
	"testing"
)

// nestedOnPurpose is the test that sees the store refuse a Write in a Write.
const nestedOnPurpose = "internal/store/write_test.go"

// checkNested refuses a Write that stands inside the function given to another.
// The store sees the inner one only by the context it gave to that function;
// with the caller's own, captured, the one writer would wait for itself.
func checkNested(t tree) (faults []string) {
	for _, s := range t.files {
		if s.path == nestedOnPurpose {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			outer, ok := opensWrite(n)
			if !ok {
				return true
			}
			for _, arg := range outer.Args {
				fn, ok := arg.(*ast.FuncLit)
				if !ok {
					continue
				}
				ast.Inspect(fn.Body, func(n ast.Node) bool {
					if inner, ok := opensWrite(n); ok {
						faults = append(faults, fmt.Sprintf("%s: a Write in the Write of %s: give the inner one tx", t.at(inner), t.at(outer)))
						return false // what stands in it is told by its own
					}
					return true
				})
			}
			return true
		})
	}
	return faults
}

// opensWrite says whether n is a call of the store's Write: other things that
// are written to take one argument.
func opensWrite(n ast.Node) (*ast.CallExpr, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 3 {
		return nil, false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return call, ok && sel.Sel.Name == "Write"
}

func TestNoWriteInAWrite(t *testing.T) { holds(t, checkNested) }

func TestNoWriteInAWriteSeenToFail(t *testing.T) {
	const open, shut = "func f() { db.Write(ctx, by, func(_ C, tx T) error {\n", "\nreturn nil })\n}"
	for _, b := range []breaks{
		{"one", map[string]string{"course/c.go": open + "put(tx)" + shut}, nil},
		{"one after the other", map[string]string{"course/c.go": "func f() { db.Write(ctx, by, fn)\ndb.Write(ctx, by, fn) }"}, nil},
		{"a hash inside", map[string]string{"course/c.go": open + "h.Write(b)" + shut}, nil},
		{"the test of it", map[string]string{nestedOnPurpose: open + "db.Write(c, by, fn)" + shut}, nil},
		{"the caller's context", map[string]string{"course/c.go": open + "return s.db.Write(ctx, by, fn)" + shut}, []string{"course/c.go:3: a Write in the Write of course/c.go:2"}},
		{"deeper", map[string]string{"quiz/q_test.go": open + "for range x { go func() { if err := db.Write(ctx, by, fn); err != nil { return } }() }" + shut}, []string{"quiz/q_test.go:3"}},
		{"three storeys", map[string]string{"course/c.go": open + "db.Write(ctx, by, func(_ C, tx T) error {\ndb.Write(ctx, by, fn)\nreturn nil })" + shut}, []string{"course/c.go:3", "course/c.go:4"}},
	} {
		b.check(t, checkNested)
	}
}
