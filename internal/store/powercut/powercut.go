// Package powercut plays power cuts for tests: from what strace wrote down of all
// that a program asked of the disk, and said to the outside, it makes the files as
// a cut at any moment may leave them.
//
// It does not know what is in the files, nor what was said: a test that holds the
// one to the other has both.
package powercut

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Calls are the system calls that must be traced, as strace -e takes them.
const Calls = "trace=write,writev,pwrite64,pwritev,pwritev2,ftruncate,fallocate,fsync,fdatasync,sync_file_range"

// Op is what the program asked of the disk, or said: on standard output, or as the
// beginning of an answer by HTTP.
type Op struct {
	Call, File string // File: its name without the folder; "" for what was said
	Data       []byte
	at         int64
}

// asked is a call as strace -y -xx writes it, without its data.
var asked = regexp.MustCompile(`^(\w+)\((\d+)(?:<([^>]*)>)?(?:, "")?(.*)\)\s+= (-?\d+)`)

// ReadTrace reads what strace -f -y -xx wrote down of the database golau.db in one
// folder, in order. A call that was
// cut in two by another thread's stands where it ended; what was said to the
// outside, where it began.
func ReadTrace(from io.Reader, folder string) (ops []Op, err error) {
	open := map[string]string{}
	add := func(line string) error {
		op, ok, err := read(line, folder)
		if ok && err == nil {
			ops = append(ops, op)
		}
		return err
	}
	lines := bufio.NewReaderSize(from, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return ops, nil
		} else if err != nil {
			return nil, err
		}
		thread, what, _ := strings.Cut(strings.TrimSpace(line), " ")
		what = strings.TrimSpace(what)
		if begun, ok := strings.CutSuffix(what, "<unfinished ...>"); ok {
			open[thread] = strings.TrimSpace(begun)
			if !outside(what) {
				continue
			}
			what = open[thread] + ") = 0"
		} else if strings.HasPrefix(what, "<... ") {
			begun := open[thread]
			delete(open, thread)
			if outside(begun) {
				continue
			}
			_, rest, _ := strings.Cut(what, " resumed>")
			what = begun + rest
		}
		if err := add(what); err != nil {
			return nil, err
		}
	}
}

// withoutData takes the bytes that a call handed over out of its line: a pattern
// would take longer over them than over all the rest.
func withoutData(line string) (short, written string) {
	before, rest, found := strings.Cut(line, `, "\x`)
	if !found {
		return line, ""
	}
	data, after, found := strings.Cut(rest, `"`)
	if !found { // broken off
		return line, ""
	}
	return before + after, `\x` + data
}

// outside says whether a call tells somebody something, as against the disk.
func outside(call string) bool {
	if strings.HasPrefix(call, "write(1<") {
		return true
	}
	m := spoken.FindStringSubmatch(call)
	if m == nil {
		return false
	}
	path, _ := unhex(m[1])
	return bytes.HasPrefix(path, []byte("socket:"))
}

// unanswered is the end of a call within which the program was killed.
var unanswered = regexp.MustCompile(`\)\s*= \?(\s|$)`)

var spoken = regexp.MustCompile(`^write\(\d+<([^>]*)>`)

// read reads one call; ok is false for what changes nothing here.
func read(line, folder string) (op Op, ok bool, err error) {
	short, written := withoutData(line)
	m := asked.FindStringSubmatch(short)
	if m == nil {
		if unanswered.MatchString(line) { // the program was killed within it, and nothing was said after
			return op, false, nil
		}
		if name := fmt.Sprintf("% x", folder); strings.Contains(line, `\x`+strings.ReplaceAll(name, " ", `\x`)) {
			return op, false, fmt.Errorf("a call that is not understood: %.200s", line)
		}
		return op, false, nil
	}
	path, err := unhex(m[3])
	if err != nil {
		return op, false, err
	}
	data, err := unhex(written)
	if err != nil {
		return op, false, err
	}
	op = Op{Call: m[1], File: filepath.Base(string(path)), Data: data}
	numbers := strings.Split(strings.Trim(m[4], ", "), ", ")
	switch {
	case op.Call == "write" && (m[2] == "1" || bytes.HasPrefix(path, []byte("socket:"))):
		op.File = ""
		return op, m[2] == "1" || bytes.HasPrefix(data, []byte("HTTP/")), nil
	case filepath.Dir(string(path)) != folder || op.File != "golau.db" && op.File != "golau.db-wal": // the index of the log is made anew after a cut
		return op, false, nil
	case m[5] == "-1":
		return op, false, fmt.Errorf("the disk refused: %.200s", line)
	case op.Call == "pwrite64":
		op.at, err = strconv.ParseInt(numbers[1], 10, 64)
	case op.Call == "ftruncate":
		op.at, err = strconv.ParseInt(numbers[0], 10, 64)
	case op.Call == "fsync" || op.Call == "fdatasync":
	default:
		return op, false, fmt.Errorf("files are changed by %s, which no cut knows", op.Call)
	}
	if err != nil {
		return op, false, fmt.Errorf("%w: %.200s", err, line)
	}
	return taken(op, m[5], line)
}

// taken leaves of a write what the disk took: a call may end early, as when its
// program is going, and says how many bytes it took.
func taken(op Op, said, line string) (Op, bool, error) {
	if op.Call != "pwrite64" {
		return op, true, nil
	}
	n, err := strconv.Atoi(said)
	if err != nil || n > len(op.Data) {
		return op, false, fmt.Errorf("%d bytes were handed over and %s taken: %.200s", len(op.Data), said, line)
	}
	op.Data = op.Data[:n]
	return op, true, nil
}

// unhex reads what strace -xx writes for words: \x2f\x74. What stands as it is, as
// names of sockets do, is as it is.
func unhex(s string) ([]byte, error) {
	if !strings.HasPrefix(s, `\x`) {
		return []byte(s), nil
	}
	return hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
}

// Disk is a folder as a power cut may leave it: what was flushed is there, and of
// what was not, anything.
type Disk struct {
	kept    map[string][]byte
	pending map[string][]Op
}

// NewDisk is a folder with the files that were there before.
func NewDisk(begun map[string][]byte) *Disk {
	d := &Disk{kept: map[string][]byte{}, pending: map[string][]Op{}}
	for name, b := range begun {
		d.kept[name] = slices.Clone(b)
	}
	return d
}

// Do does to the files what was asked.
func (d *Disk) Do(op Op) {
	switch op.Call {
	case "pwrite64", "ftruncate":
		d.pending[op.File] = append(d.pending[op.File], op)
	case "fsync", "fdatasync":
		for _, p := range d.pending[op.File] {
			d.kept[op.File] = p.on(d.kept[op.File], nil)
		}
		delete(d.pending, op.File)
	}
}

// Dice gives a number below n.
type Dice = func(n int) int

// sector is what a disk writes whole, or not at all.
const sector = 512

// on does a write to a file; with dice, some of its sectors only.
func (op Op) on(file []byte, dice Dice) []byte {
	if op.Call == "ftruncate" {
		if n := int(op.at); n <= len(file) {
			return file[:n:n]
		}
		return append(file, make([]byte, int(op.at)-len(file))...)
	}
	for from := 0; from < len(op.Data); from += sector {
		if dice != nil && dice(2) == 0 {
			continue
		}
		part := op.Data[from:min(from+sector, len(op.Data))]
		at := int(op.at) + from
		if need := at + len(part); need > len(file) {
			file = append(file, make([]byte, need-len(file))...)
		}
		copy(file[at:], part)
	}
	return file
}

// Cut is the disk when the power fails now: without dice nothing of what was not
// flushed is there; with them some is, and some of it torn.
func (d *Disk) Cut(dice Dice) map[string][]byte {
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
			if dice(2) == 0 {
				left[name] = p.on(left[name], dice)
			}
		}
	}
	return left
}
