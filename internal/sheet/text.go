package sheet

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decode returns a text file as text, whatever it is written in. Windows-1252 is
// what is left: every byte means something in it.
func decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")): // UTF-32, which nobody writes
		return "", fault(Binary)
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return checked(wide(data[2:], 1))
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return checked(wide(data[2:], 0))
	case zeros(data, 1) && !zeros(data, 0):
		return checked(wide(data, 1))
	case zeros(data, 0) && !zeros(data, 1):
		return checked(wide(data, 0))
	}
	if utf8.Valid(data) {
		return checked(string(data))
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", fault(Binary)
	}
	return checked(string(text))
}

// zeros says whether the bytes at every second place of the beginning are mostly
// zero, as those of UTF-16 without a mark are.
func zeros(data []byte, at int) bool {
	n, zero := 0, 0
	for i := at; i < min(len(data), 200); i += 2 {
		n++
		if data[i] == 0 {
			zero++
		}
	}
	return n > 3 && zero*4 > n*3
}

// wide reads UTF-16; high is at which of two bytes the higher stands.
func wide(data []byte, high int) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i+high])<<8 | uint16(data[2*i+1-high])
	}
	return string(utf16.Decode(units))
}

// checked refuses what is no text, and gives every line the same end.
func checked(s string) (string, error) {
	odd := 0
	for _, r := range s {
		if r == 0 {
			return "", fault(Binary)
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			odd++
		}
	}
	if odd > 10 && odd > len(s)/100 {
		return "", fault(Binary)
	}
	s = strings.TrimPrefix(s, "\ufeff")
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), nil
}
