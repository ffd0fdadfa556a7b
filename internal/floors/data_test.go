package floors

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// owners says whose a table is by the first word of its name.
var owners = map[string]string{
	"people":       "internal/people",
	"site":         "internal/site",
	"audit":        "internal/audit",
	"outbox":       "internal/outbox",
	"store":        "internal/store",
	"quiz":         "quiz",
	"certificates": "certificates",
	"course":       "course",
}

const schemaFile = "internal/store/schema.sql"

var (
	sqlComment = regexp.MustCompile(`--[^\n]*`)
	tableStmt  = regexp.MustCompile(`(?is)\bCREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF NOT EXISTS\s+)?(\w+)\s*(\(.*?)(;|\z)`)
	objectStmt = regexp.MustCompile(`(?i)\bCREATE\s+(?:UNIQUE\s+)?(INDEX|TRIGGER)\s+(\w+)[^;]*?\bON\s+(\w+)`)
	strictEnd  = regexp.MustCompile(`(?i)\bSTRICT\b[^()]*\z`)
	references = regexp.MustCompile(`(?i)\bREFERENCES\s+(\w+)`)
)

// sqlFiles are the migrations and the schema, without comments.
func sqlFiles(t tree) (names []string, text map[string]string) {
	text = map[string]string{}
	for name, raw := range t.texts {
		if strings.HasSuffix(name, ".sql") {
			text[name] = sqlComment.ReplaceAllString(raw, "")
		}
	}
	return slices.Sorted(maps.Keys(text)), text
}

func prefix(name string) string { first, _, _ := strings.Cut(name, "_"); return first }

// checkTables: a table bears the name of its room and is STRICT; what belongs
// to a table bears the table's name; a foreign key goes the way imports go.
func checkTables(t tree) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	floorOf := map[string]int{}
	for _, r := range picture {
		floorOf[r.dir] = r.floor
	}
	names, text := sqlFiles(t)
	for _, name := range names {
		for _, m := range tableStmt.FindAllStringSubmatch(text[name], -1) {
			table, body := m[1], m[2]
			room, ok := owners[prefix(table)]
			if !ok {
				fault("%s: the table %s bears no room's name", name, table)
			}
			if !strictEnd.MatchString(body) {
				fault("%s: the table %s is not STRICT", name, table)
			}
			for _, r := range references.FindAllStringSubmatch(body, -1) {
				other := owners[prefix(r[1])]
				if other != room && floorOf[other] >= floorOf[room] {
					fault("%s: %s refers to %s, which does not stand below it", name, table, r[1])
				}
			}
		}
		for _, m := range objectStmt.FindAllStringSubmatch(text[name], -1) {
			if !strings.HasPrefix(m[2], m[3]+"_") {
				fault("%s: the %s %s does not bear the name of %s", name, strings.ToLower(m[1]), m[2], m[3])
			}
		}
	}
	return faults
}

func TestTables(t *testing.T) { holds(t, checkTables) }

func TestTablesSeenToFail(t *testing.T) {
	sql := func(s string) map[string]string { return map[string]string{"internal/store/migrations/1.sql": s} }
	for _, b := range []breaks{
		{"good", sql("CREATE TABLE quiz_a (id TEXT) STRICT; CREATE TABLE quiz_b (id TEXT) STRICT, WITHOUT ROWID;" +
			"CREATE TABLE course_c (a TEXT REFERENCES quiz_a (id)) STRICT; CREATE INDEX quiz_a_id ON quiz_a (id);"), nil},
		{"no room", sql("CREATE TABLE answers (id TEXT) STRICT;"), []string{"answers bears no room's name"}},
		{"not strict", sql("CREATE TABLE quiz_a (id TEXT CHECK (id IN ('x'))\n);"), []string{"quiz_a is not STRICT"}},
		{"strict only in a comment", sql("CREATE TABLE quiz_a (id TEXT); -- STRICT"), []string{"quiz_a is not STRICT"}},
		{"a key upstairs", sql("CREATE TABLE quiz_a (c TEXT REFERENCES course_c (id)) STRICT;"), []string{"quiz_a refers to course_c"}},
		{"a key sideways", sql("CREATE TABLE quiz_a (c TEXT REFERENCES certificates_c (id)) STRICT;"), []string{"quiz_a refers to certificates_c"}},
		{"a stray index", sql("CREATE TABLE quiz_a (id TEXT) STRICT; CREATE UNIQUE INDEX fast ON quiz_a (id);"), []string{"index fast does not"}},
		{"a stray trigger", sql("CREATE TABLE quiz_a (id TEXT) STRICT; CREATE TRIGGER t BEFORE UPDATE ON quiz_a BEGIN SELECT 1; END;"),
			[]string{"trigger t does not"}},
	} {
		b.check(t, checkTables)
	}
}

var word = regexp.MustCompile(`[a-z]+(?:_[a-z0-9]+)+`)

// checkSQL: the SQL of a room names its own tables only. A room that must read
// across them does so through views, which are no tables and bear no room's name.
// The measurement's floor is what a page reads with no room around it.
func checkSQL(t tree) (faults []string) {
	tables := map[string]bool{}
	_, text := sqlFiles(t)
	for _, m := range tableStmt.FindAllStringSubmatch(text[schemaFile], -1) {
		tables[m[1]] = true
	}
	if len(tables) == 0 {
		return []string{schemaFile + " names no table"}
	}
	for _, s := range t.product() {
		t.strings(s, func(at, text string) {
			for _, name := range word.FindAllString(text, -1) {
				if tables[name] && s.dir != owners[prefix(name)] && s.dir != "cmd/bench" {
					faults = append(faults, fmt.Sprintf("%s names the table %s, which is %s's own", at, name, owners[prefix(name)]))
				}
			}
		})
	}
	return faults
}

func TestSQL(t *testing.T) { holds(t, checkSQL) }

func TestSQLSeenToFail(t *testing.T) {
	with := func(name, text string) map[string]string {
		return map[string]string{name: text, schemaFile: "CREATE TABLE quiz_marks (id TEXT) STRICT; CREATE TABLE people_persons (id TEXT) STRICT;"}
	}
	for _, b := range []breaks{
		{"its own", with("quiz/store.go", "const q = `SELECT x FROM quiz_marks`"), nil},
		{"another's", with("quiz/store.go", "const q = `SELECT x FROM quiz_marks JOIN people_persons p`"), []string{"names the table people_persons"}},
		{"from above", with("course/store.go", "const q = `DELETE FROM quiz_marks`"), []string{"course/store.go:2 names the table quiz_marks"}},
		{"a page", with("cmd/golau/internal/web/learner/l.go", `const q = "quiz_marks"`), []string{"names the table quiz_marks"}},
		{"no schema", map[string]string{"quiz/q.go": ""}, []string{"names no table"}},
	} {
		b.check(t, checkSQL)
	}
}

// evidence cannot be replaced or lost by a statement that looks harmless.
var lossy = []struct{ words, why string }{
	{`OR\s+REPLACE`, "it deletes the old row without a word"},
	{`REPLACE\s+INTO`, "it deletes the old row without a word"},
	{`OR\s+ROLLBACK`, "it would undo the writes of others in the same commit"},
	{`ON\s+DELETE\s+(CASCADE|SET)`, "evidence goes when nobody meant it to"},
	{`ON\s+UPDATE\s+CASCADE`, "evidence changes when nobody meant it to"},
	{`DROP\s+TRIGGER`, "an append-only table must stay one"}, // unless it is made anew: see anew
}

// anew leaves out a trigger that is dropped and at once made again by its name,
// as a migration must where a trigger has to let something more through.
func anew(text string) string {
	dropped := regexp.MustCompile(`(?i)DROP\s+TRIGGER\s+(\w+);`)
	return dropped.ReplaceAllStringFunc(text, func(drop string) string {
		name := dropped.FindStringSubmatch(drop)[1]
		_, after, _ := strings.Cut(text, drop)
		if regexp.MustCompile(`(?i)CREATE\s+TRIGGER\s+` + name + `\s+BEFORE`).MatchString(after) {
			return ""
		}
		return drop
	})
}

// checkLossy looks through the SQL of the product; a test may try the forbidden.
func checkLossy(t tree) (faults []string) {
	look := func(at, text string) {
		for _, l := range lossy {
			if m := regexp.MustCompile(`(?i)\b` + l.words + `\b`).FindString(text); m != "" {
				faults = append(faults, fmt.Sprintf("%s says %s: %s", at, m, l.why))
			}
		}
	}
	names, text := sqlFiles(t)
	for _, name := range names {
		look(name, anew(text[name]))
	}
	for _, s := range t.product() {
		t.strings(s, look)
	}
	return faults
}

func TestLossy(t *testing.T) { holds(t, checkLossy) }

func TestLossySeenToFail(t *testing.T) {
	for _, b := range []breaks{
		{"harmless", map[string]string{"quiz/s.go": `const q = "INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING"`, "a.sql": "-- ON DELETE CASCADE"}, nil},
		{"replace", map[string]string{"quiz/s.go": `const q = "INSERT OR REPLACE INTO a VALUES (1)"`}, []string{"OR REPLACE", "REPLACE INTO"}},
		{"replace into", map[string]string{"quiz/s.go": `const q = "replace into a VALUES (1)"`}, []string{"replace into"}},
		{"rollback", map[string]string{"a.sql": "INSERT OR ROLLBACK INTO a VALUES (1)"}, []string{"OR ROLLBACK"}},
		{"cascade", map[string]string{"a.sql": "CREATE TABLE quiz_a (x TEXT REFERENCES b ON DELETE  CASCADE) STRICT"}, []string{"CASCADE"}},
		{"a trigger dropped", map[string]string{"a.sql": "DROP TRIGGER quiz_answers_no_update"}, []string{"DROP TRIGGER"}},
		{"a trigger made anew", map[string]string{"a.sql": "DROP TRIGGER quiz_a;\nCREATE TRIGGER quiz_a BEFORE UPDATE ON quiz_a BEGIN SELECT 1; END;"}, nil},
		{"another made instead", map[string]string{"a.sql": "DROP TRIGGER quiz_a;\nCREATE TRIGGER quiz_ab BEFORE UPDATE ON quiz_a BEGIN SELECT 1; END;"}, []string{"DROP TRIGGER"}},
		{"in a test", map[string]string{"quiz/s_test.go": `const q = "INSERT OR REPLACE INTO a VALUES (1)"`}, nil},
	} {
		b.check(t, checkLossy)
	}
}
