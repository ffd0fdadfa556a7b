package floors

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// row is one package of the house.
type row struct {
	floor int
	dir   string
	why   string
}

// The floors from the ground up. An import goes to a lower floor, or, on the
// same floor, into the package's own subfolder. Never sideways, never up.
const (
	footing  = iota // how a file is read, whoever reads it
	ground          // speaks of nothing but itself
	kept            // the database; letters that are written already
	propped         // the database as a test opens it
	noted           // what happened, and what follows from it
	people          // who is here
	named           // what the site says of itself
	rooms           // three rooms with no doors between them
	dated           // rules about days and numbers, whoever they are said of
	school          // the one place that knows the three together
	offices         // looks after the installation, through all rooms
	desks           // what every door needs: pages' common ground, letters, the cast
	doors           // the pages of one audience
	programs        // what is started
)

// picture is docs/house.md §1 as a table. A package without a row fails, and so
// does a row without a package.
var picture = []row{
	{programs, "cmd/golau", "reads the settings and wires everything, so it may know everything"},
	{programs, "cmd/bench", "starts the built program and measures it from outside; imports none of its rooms"},

	{doors, "cmd/golau/internal/web/public", "shows the rooms to whoever comes; decides nothing"},
	{doors, "cmd/golau/internal/web/account", "shows people their account; decides nothing"},
	{doors, "cmd/golau/internal/web/learner", "shows the school to its learners; decides nothing"},
	{doors, "cmd/golau/internal/web/lead", "shows a training lead their own agency; decides nothing"},
	{doors, "cmd/golau/internal/web/board", "shows board officers what their agencies did; decides nothing"},
	{doors, "cmd/golau/internal/web/api", "answers other systems; decides nothing"},
	{doors, "cmd/golau/internal/web/admin", "shows the installation to whoever runs it; decides nothing"},

	{desks, "cmd/golau/internal/web", "what pages share. It must not know an audience's pages, or no audience could be changed alone"},
	{desks, "cmd/golau/internal/letters", "words a fact as a letter; above the rooms whose facts it tells"},
	{desks, "cmd/golau/internal/backups", "copies the database and reads the copy back; decides nothing about what is in it"},
	{desks, "cmd/golau/internal/metrics", "counts patterns and numbers; knows nobody"},
	{desks, "cmd/golau/internal/seed", "plays the cast through the school's verbs, like anybody"},

	{offices, "internal/steward", "what waits, what was recorded and what is kept of somebody lie in every room; somebody must know them all"},

	{school, "course", "finishing a quiz may issue a certificate: somebody must know all three, and only one"},
	{school, "course/reports", "reads what several rooms keep through views of its own; changes nothing"},
	{dated, "course/due", "says by when and in what state; knows nobody of whom it is said"},
	{dated, "course/disclose", "says which numbers would tell of a few people; knows nobody who is counted"},

	{rooms, "modules", "a library is read; it asks nobody who reads"},
	{rooms, "modules/scenario", "a branching case follows choices; knows nobody who makes them"},
	{rooms, "modules/exercise", "lays what was chosen beside what is recommended; knows nobody who chooses"},
	{rooms, "quiz", "marks what it is given; what a pass leads to is the school's business"},
	{rooms, "certificates", "issues what it is told; never asks again whether it was deserved"},
	{rooms, "certificates/pdf", "draws a sheet of words; knows no certificate"},

	{people, "internal/people", "nearly every verb asks who is asking; people ask about no course"},

	{named, "internal/site", "says whose the site is and how far its setting up has come: it asks people, and people ask it nothing"},

	{noted, "internal/audit", "needs a transaction, and nothing else of the house"},
	{noted, "internal/outbox", "keeps jobs without knowing what they do"},

	{kept, "internal/store", "hands out transactions; knows no table's meaning"},
	{kept, "internal/mail", "sends what is written already; keeps nothing"},

	{kept, "internal/sso", "speaks with agencies' own sign-ins; keeps nothing, and knows nobody"},
	{kept, "internal/sso/ssotest", "an agency's sign-in for a test, within its room"},
	{kept, "internal/mail/mailtest", "a mail server for a test, within the post room"},
	{propped, "internal/store/storetest", "opens a database for a test; above the store it opens, below all that is tested on it"},

	{ground, "internal/bearer/bearertest", "forges tokens for a test, within their room"},
	{ground, "internal/bearer", "signs and reads what other systems bring; knows nobody it lets in"},
	{ground, "internal/problem", "every room says what went wrong in its words"},
	{ground, "internal/i18n", "every room may speak both languages"},
	{ground, "internal/floors", "reads files; imports nothing and is imported by nothing"},
	{ground, "internal/robot", "takes the course from outside, for drills and measurements; knows addresses and forms alone"},
	{kept, "internal/store/powercut", "plays power cuts for a test: files and what strace saw, and nothing of the store"},
	{ground, "internal/testneeds", "any test may say what it needs of the machine"},
	{ground, "internal/sheet", "a list is read and written alike whatever it is about, and nothing in it is worked out"},
	{ground, "internal/sheet/sheettest", "odd and hostile lists for tests of whoever reads them, within the room that reads them first"},
	{ground, "static", "files for browsers; knows no page"},

	{footing, "internal/yamlfile", "a misspelt key is no silent gap, in any file"},
}

// forTests are packages that no built program may hold.
var forTests = []string{"internal/store/storetest", "internal/store/powercut", "internal/mail/mailtest", "internal/sso/ssotest", "internal/bearer/bearertest", "internal/sheet/sheettest", "internal/testneeds", "internal/floors"}

// checkPicture compares the imports of every Go file, tests too, with the rows.
func checkPicture(picture []row) func(tree) []string {
	floorOf := map[string]int{}
	for _, r := range picture {
		floorOf[r.dir] = r.floor
	}
	return func(t tree) (faults []string) {
		fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
		dirs := t.dirs()
		for _, r := range picture {
			if !slices.Contains(dirs, r.dir) {
				fault("%s stands in the picture, but holds no Go code: remove its row", r.dir)
			}
			if r.why == "" {
				fault("%s has no reason in the picture", r.dir)
			}
		}
		for _, s := range t.files {
			from, known := floorOf[s.dir]
			if !known {
				fault("%s: the package %s is not in the picture: give it a row with a reason, and draw it in docs/house.md", s.path, s.dir)
				continue
			}
			for _, im := range s.imports {
				dir, ours := strings.CutPrefix(im, module+"/")
				if !ours || dir == s.dir { // a test of the package from outside imports it
					continue
				}
				to, known := floorOf[dir]
				switch {
				case !known:
					fault("%s imports %s, which is not in the picture", s.path, dir)
				case slices.Contains(forTests, dir) && !s.test && !slices.Contains(forTests, s.dir):
					fault("%s imports %s, which is for tests alone", s.path, dir)
				case to < from, to == from && below(dir, s.dir):
				case to == from:
					fault("%s imports %s sideways: both stand on one floor", s.path, dir)
				default:
					fault("%s imports %s, which stands above it", s.path, dir)
				}
			}
		}
		return faults
	}
}

func TestFloors(t *testing.T) { holds(t, checkPicture(picture)) }

func TestFloorsSeenToFail(t *testing.T) {
	small := []row{
		{3, "cmd/golau/internal/web/learner", "a page"},
		{2, "cmd/golau/internal/web", "what pages share"},
		{1, "course", "knows both"},
		{0, "quiz", "a room"},
		{0, "modules", "a room"},
		{0, "modules/part", "within a room"},
	}
	good := map[string]string{
		"cmd/golau/internal/web/learner/l.go": `import _ "golau/cmd/golau/internal/web"`,
		"cmd/golau/internal/web/w.go":         `import _ "golau/course"`,
		"course/c.go":                         `import (_ "golau/quiz"; _ "golau/modules"; _ "strings")`,
		"quiz/q.go":                           ``,
		"modules/m.go":                        `import _ "golau/modules/part"`,
		"modules/part/p.go":                   ``,
		"modules/m_test.go":                   "package modules_test\nimport _ \"golau/modules\"",
	}
	rule := checkPicture(small)
	with := func(name, text string) map[string]string {
		files := map[string]string{name: text}
		for n, x := range good {
			if n != name {
				files[n] = x
			}
		}
		return files
	}
	for _, b := range []breaks{
		{"as drawn", good, nil},
		{"sideways", with("quiz/q.go", `import _ "golau/modules"`), []string{"quiz/q.go imports modules sideways"}},
		{"sideways in a test", with("quiz/q_test.go", `import _ "golau/modules"`), []string{"q_test.go imports modules sideways"}},
		{"up", with("modules/m.go", `import _ "golau/course"`), []string{"imports course, which stands above"}},
		{"up out of a subfolder", with("modules/part/p.go", `import _ "golau/modules"`), []string{"part/p.go imports modules sideways"}},
		{"web to its room", with("cmd/golau/internal/web/w.go", `import _ "golau/cmd/golau/internal/web/learner"`),
			[]string{"learner, which stands above it"}},
		{"not in the picture", with("reports/r.go", ``), []string{"the package reports is not in the picture"}},
		{"a package nobody has", with("quiz/q.go", `import _ "golau/ghost"`), []string{"imports ghost, which is not in the picture"}},
	} {
		b.check(t, rule)
	}
	breaks{"a row without code", good, []string{"attic stands in the picture"}}.check(t, checkPicture(append(small, row{0, "attic", "forgotten"})))
	breaks{"a row without a reason", with("attic/a.go", ``), []string{"attic has no reason"}}.check(t, checkPicture(append(small, row{0, "attic", ""})))
	breaks{"test support in the product", map[string]string{
		"course/c.go":             `import _ "golau/internal/testneeds"`,
		"course/c_test.go":        `import _ "golau/internal/testneeds"`,
		"internal/testneeds/t.go": ``,
	}, []string{"course/c.go imports internal/testneeds, which is for tests alone"}}.check(t, checkPicture([]row{
		{1, "course", "a room"}, {0, "internal/testneeds", "for tests"},
	}))
}
