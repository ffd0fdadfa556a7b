package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// ref is the number of an object in the file; the first is 1.
type ref int

func (r ref) String() string { return fmt.Sprintf("%d 0 R", int(r)) }

// file collects numbered objects and writes them with their table of contents.
type file struct{ objects [][]byte }

// reserve gives a number to an object that is written later.
func (f *file) reserve() ref {
	f.objects = append(f.objects, nil)
	return ref(len(f.objects))
}

func (f *file) put(r ref, body string) { f.objects[r-1] = []byte(body) }

func (f *file) add(body string) ref {
	r := f.reserve()
	f.put(r, body)
	return r
}

// addStream adds a compressed stream; entries are further lines of its dictionary.
func (f *file) addStream(entries string, data []byte) ref {
	var packed bytes.Buffer
	z, _ := zlib.NewWriterLevel(&packed, zlib.BestCompression) // the level exists
	_, _ = z.Write(data)                                       // a buffer takes all
	_ = z.Close()
	return f.addRawStream(entries+" /Filter /FlateDecode", packed.Bytes())
}

// addRawStream adds a stream as it is, for what other programs look for in the
// file's bytes, such as its metadata.
func (f *file) addRawStream(entries string, data []byte) ref {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<< %s /Length %d >>\nstream\n", entries, len(data))
	b.Write(data)
	b.WriteString("\nendstream")
	r := f.reserve()
	f.objects[r-1] = b.Bytes()
	return r
}

// bytes writes the file. Its identifier is a hash of its own content, so that
// the same sheet is the same file.
func (f *file) bytes(root, info ref) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(f.objects))
	for i, body := range f.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	id := sha256.Sum256(b.Bytes())
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root %s /Info %s /ID [<%X> <%X>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(offsets)+1, root, info, id[:16], id[:16], start)
	return b.Bytes()
}

// textString writes words as a hexadecimal UTF-16 string. Nothing in the words
// can end it, so a name can never become an instruction to the reader.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteByte('>')
	return b.String()
}

// byteString writes ASCII, such as an address, in the same safe way.
func byteString(s string) string { return fmt.Sprintf("<%X>", s) }

func date(t time.Time) string { return "(" + t.UTC().Format("D:20060102150405Z") + ")" }
