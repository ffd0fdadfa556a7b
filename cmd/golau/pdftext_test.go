package main

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
)

var (
	packed = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	letter = regexp.MustCompile(`(?m)^<([0-9A-F]{4})> <([0-9A-F]+)>$`)
	shown  = regexp.MustCompile(`<([0-9A-F]+)> Tj`)
)

// inflate opens what is packed in a PDF.
func inflate(pdf string) string {
	var b strings.Builder
	for _, m := range packed.FindAllStringSubmatch(pdf, -1) {
		if z, err := zlib.NewReader(bytes.NewReader([]byte(m[1]))); err == nil {
			_, _ = io.Copy(&b, z)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// drawn is what a PDF of ours shows: its glyphs, turned back into letters by the
// tables that each font brings for the purpose. The typeface numbers its glyphs
// alike in all weights, so one table will do.
func drawn(pdf string) string {
	inside := inflate(pdf)
	letters := map[string]string{}
	for _, m := range letter.FindAllStringSubmatch(inside, -1) {
		letters[m[1]] = utf16Hex(m[2])
	}
	var b strings.Builder
	for _, m := range shown.FindAllStringSubmatch(inside, -1) {
		for i := 0; i+4 <= len(m[1]); i += 4 {
			b.WriteString(letters[m[1][i:i+4]])
		}
		b.WriteByte(' ')
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func utf16Hex(s string) string {
	raw, err := hex.DecodeString(s)
	if err != nil {
		return ""
	}
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}
