package store

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fileOp is what the program asked of the disk, or said.
type fileOp struct {
	call, file string // file: its name without the folder
	data       []byte
	at         int64
}

// asked is a call as strace -y -xx writes it.
var asked = regexp.MustCompile(`^(\w+)\((\d+)(?:<([^>]*)>)?(?:, "((?:\\x[0-9a-f]{2})*)")?(.*)\)\s+= (-?\d+)`)

// readTrace reads what strace wrote down of one folder, in order. A call that was
// cut in two by another thread's stands where it ended; what was said to the
// outside, where it began.
func readTrace(t *testing.T, from io.Reader, folder string) (ops []fileOp) {
	t.Helper()
	open := map[string]string{}
	lines := bufio.NewReaderSize(from, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return ops
		} else if err != nil {
			t.Fatal(err)
		}
		thread, what, _ := strings.Cut(strings.TrimSpace(line), " ")
		what = strings.TrimSpace(what)
		if begun, ok := strings.CutSuffix(what, "<unfinished ...>"); ok {
			open[thread] = strings.TrimSpace(begun)
			if strings.HasPrefix(what, "write(1<") {
				ops = appendOp(t, ops, open[thread]+") = 0", folder)
			}
			continue
		}
		if strings.HasPrefix(what, "<... ") {
			begun := open[thread]
			delete(open, thread)
			if strings.HasPrefix(begun, "write(1<") {
				continue
			}
			_, rest, _ := strings.Cut(what, " resumed>")
			what = begun + rest
		}
		ops = appendOp(t, ops, what, folder)
	}
}

func appendOp(t *testing.T, ops []fileOp, line, folder string) []fileOp {
	t.Helper()
	m := asked.FindStringSubmatch(line)
	if m == nil {
		if name := fmt.Sprintf("% x", folder); strings.Contains(line, `\x`+strings.ReplaceAll(name, " ", `\x`)) {
			t.Fatalf("a call that is not understood: %.200s", line)
		}
		return ops
	}
	path, _ := unhex(m[3])
	data, err := unhex(m[4])
	if err != nil {
		t.Fatal(err)
	}
	op := fileOp{call: m[1], file: filepath.Base(string(path)), data: data}
	numbers := strings.Split(strings.Trim(m[5], ", "), ", ")
	switch inside := filepath.Dir(string(path)) == folder; {
	case op.call == "write" && m[2] == "1":
		op.file = ""
		return append(ops, op)
	case !inside || strings.HasSuffix(op.file, "-shm"): // the index of the log is made anew after a cut
		return ops
	case m[6] == "-1":
		t.Fatalf("the disk refused: %.200s", line)
	case op.call == "pwrite64":
		op.at, err = strconv.ParseInt(numbers[1], 10, 64)
	case op.call == "ftruncate":
		op.at, err = strconv.ParseInt(numbers[0], 10, 64)
	case op.call == "fsync" || op.call == "fdatasync":
	default:
		t.Fatalf("files are changed by %s, which no cut knows", op.call)
	}
	if err != nil || op.call == "pwrite64" && strconv.Itoa(len(op.data)) != m[6] {
		t.Fatalf("%v: %.200s", err, line)
	}
	return append(ops, op)
}

// unhex reads what strace -xx writes for words: \x2f\x74.
func unhex(s string) ([]byte, error) { return hex.DecodeString(strings.ReplaceAll(s, `\x`, "")) }

// disk is a folder as a power cut may leave it: what was flushed is there, and of
// what was not, anything.
type disk struct {
	kept    map[string][]byte
	pending map[string][]fileOp
}

func newDisk(begun map[string][]byte) *disk {
	d := &disk{kept: map[string][]byte{}, pending: map[string][]fileOp{}}
	for name, b := range begun {
		d.kept[name] = slices.Clone(b)
	}
	return d
}

func (d *disk) do(op fileOp) {
	switch op.call {
	case "pwrite64", "ftruncate":
		d.pending[op.file] = append(d.pending[op.file], op)
	case "fsync", "fdatasync":
		for _, p := range d.pending[op.file] {
			d.kept[op.file] = p.on(d.kept[op.file], nil)
		}
		delete(d.pending, op.file)
	}
}

// sector is what a disk writes whole, or not at all.
const sector = 512

// on does a write to a file; with dice, some of its sectors only.
func (op fileOp) on(file []byte, dice *rand.Rand) []byte {
	if op.call == "ftruncate" {
		if n := int(op.at); n <= len(file) {
			return file[:n:n]
		}
		return append(slices.Clip(file), make([]byte, int(op.at)-len(file))...)
	}
	for from := 0; from < len(op.data); from += sector {
		if dice != nil && dice.IntN(2) == 0 {
			continue
		}
		part := op.data[from:min(from+sector, len(op.data))]
		at := int(op.at) + from
		if need := at + len(part); need > len(file) {
			file = append(slices.Clip(file), make([]byte, need-len(file))...)
		}
		copy(file[at:], part)
	}
	return file
}

// cut is the disk when the power fails now: without dice nothing of what was not
// flushed is there; with them some is, and some of it torn.
func (d *disk) cut(dice *rand.Rand) map[string][]byte {
	left := map[string][]byte{}
	for name, b := range d.kept {
		left[name] = slices.Clone(b)
	}
	if dice == nil {
		return left
	}
	names := make([]string, 0, len(d.pending))
	for name := range d.pending {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, p := range d.pending[name] {
			if dice.IntN(2) == 0 {
				left[name] = p.on(slices.Clone(left[name]), dice)
			}
		}
	}
	return left
}
