package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

// sqlish is what attackers type where they guess that words become SQL: to end
// a string, to make a condition true, to join another table, to write, to wait,
// to read a file, to confuse a pattern or a number, and for other databases too,
// since nobody tells them which it is.
var sqlish = []string{
	`'`, `"`, `''`, "`", `\`, `\'`, `';--`, `'--`, `' #`, `'/*`, `*/`, `' OR 1=1 --`, `' OR '1'='1`, `" OR ""="`, `') OR ('1'='1`, `1 OR 1=1`, `1; DROP TABLE people_persons`,
	`'; DROP TABLE people_persons; --`, `'; UPDATE people_memberships SET role='admin'; --`, `'; DELETE FROM audit_events; --`, `'; INSERT INTO people_boards DEFAULT VALUES; --`,
	`' UNION SELECT token_hash FROM people_sessions --`, `' UNION SELECT name, sql FROM sqlite_master --`, `x' UNION ALL SELECT NULL,NULL,NULL --`, `' AND (SELECT count(*) FROM people_persons) > 0 --`,
	`' AND substr((SELECT password_hash FROM people_persons LIMIT 1),1,1) = '$`, `' || (SELECT sqlite_version()) || '`, `'||randomblob(1000000000)||'`, `' AND 1=like('ABC',upper(hex(randomblob(500000000)))) --`,
	`'; ATTACH DATABASE '/tmp/x.db' AS x; --`, `' AND load_extension('x.so') --`, `'; PRAGMA writable_schema=1; --`, `' AND readfile('/etc/passwd') --`, `%`, `_`, `%' ESCAPE '!`, `?`, `?1`, `:name`, `@p1`, `$1`,
	`'; WAITFOR DELAY '0:0:5' --`, `' AND pg_sleep(5) --`, `' AND SLEEP(5) #`, `1e309`, `0x27`, `CHAR(39)`, `NULL`, `%27%20OR%201=1`, "\u2019 OR 1=1 --", "\u02bc OR 1=1 --", "\uff07 OR 1=1 --",
}

var (
	actions = regexp.MustCompile(`/(JavaScript|JS|URI|Launch|OpenAction|AA|SubmitForm|GoToR|EmbeddedFile|AcroForm)\b`)
	object  = regexp.MustCompile(`(?m)^\d+ 0 obj`)
	packet  = regexp.MustCompile(`(?s)<x:xmpmeta.*?</x:xmpmeta>`)
)

// bones is a PDF without its words: how many objects it has, what it can do, and
// the elements of its description.
func bones(t *testing.T, pdf string) string {
	t.Helper()
	whole := pdf + inflate(pdf)
	var elements []string
	d := xml.NewDecoder(strings.NewReader(packet.FindString(whole)))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Sprint("its description is broken: ", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			elements = append(elements, e.Name.Local)
		}
	}
	if len(elements) == 0 {
		t.Error("the PDF has no description")
	}
	plain := packed.ReplaceAllString(pdf, "") // in whose bytes anything may stand by chance
	return fmt.Sprint(len(object.FindAllString(plain, -1)), actions.FindAllString(plain, -1), elements)
}

// printable is a word without what no form takes and the sheet's typeface does
// not have.
func printable(word string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r > 0x24f {
			return '.'
		}
		return r
	}, word))
}
