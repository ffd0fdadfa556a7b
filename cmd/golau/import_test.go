package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/sheet"
	"golau/internal/sheet/sheettest"
)

// bring sends a file to where lists are brought in.
func (b *browser) bring(path, name string, data []byte, fields ...string) *reply {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		_ = w.WriteField(fields[i], fields[i+1])
	}
	part, _ := w.CreateFormFile("file", name)
	_, _ = part.Write(data)
	_ = w.Close()
	return b.send(http.MethodPost, path, &body, "Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin")
}

// looked is the address of what a list would do.
func (b *browser) looked(t *testing.T, lang string, data []byte) string {
	t.Helper()
	r := b.bring("/"+lang+"/lead/import", "people.csv", data).want(http.StatusSeeOther)
	to := r.Header.Get("Location")
	if !regexp.MustCompile(`^/(en|cy)/lead/import/[a-z0-9]{26}$`).MatchString(to) {
		t.Fatalf("leads to %q", to)
	}
	return to
}

var planOf = regexp.MustCompile(`name="plan" value="([0-9a-f]+)"`)

const listHead = "Name,E-mail address,Kind of work,Team,Staff number\r\n"

// T1-14: a list that another agency's lead brought in is there for nobody else, nor
// for a colleague before it is carried out.
func TestAnImportIsItsLeads(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri, dilwyn := h.as("lowri"), h.as("dilwyn")
	at := lowri.looked(t, "en", []byte(listHead+folk["nia"].name+","+folk["nia"].email+",health,Wards,\r\nNew Person,new@school-a.example,health,,\r\n"))
	page := lowri.get(at).want(http.StatusOK).has("Wards").has("New Person")
	sound(t, "a plan", page)
	plan := planOf.FindStringSubmatch(page.Body)[1]
	before := h.count("people_teams") + h.count("people_invitations") + h.count("outbox_jobs")
	other := strings.Replace(at, at[len("/en/lead/import/"):], nobodys.open, 1)
	for _, path := range []string{"", "/marked", "/undo"} {
		form := url.Values{"plan": {plan}, "invite": {"yes"}}
		sameAnswer(t, path, dilwyn.post(at+path, form).want(http.StatusNotFound), dilwyn.post(other+path, form))
	}
	sameAnswer(t, "looking", dilwyn.get(at).want(http.StatusNotFound), dilwyn.get(other))
	h.work()
	if h.count("people_teams")+h.count("people_invitations")+h.count("outbox_jobs") != before {
		t.Error("something was done by looking, or by somebody else")
	}
	for _, form := range []url.Values{{"plan": {"0"}, "invite": {"yes"}}, {"invite": {"yes"}}} {
		lowri.post(at, form).want(http.StatusConflict).has(h.words.T(i18n.EN, "people.import.stale"))
	}
	lowri.post(at, url.Values{"plan": {plan}, "invite": {"yes"}}).leads(at)
	lowri.get(at).want(http.StatusOK).has(h.words.T(i18n.EN, "lead.import.running_title"), h.words.T(i18n.EN, "lead.import.progress", "Done", 0, "Of", 3))
	lowri.post(at, url.Values{"plan": {plan}, "invite": {"yes"}}).leads(at) // twice is once
	if err := h.people.WorkImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := lowri.get(at).want(http.StatusOK).has(h.words.T(i18n.EN, "lead.import.done_title"))
	sound(t, "done", done)
	sound(t, "lists", lowri.get("/cy/lead/import").want(http.StatusOK).has(h.words.T(i18n.CY, "lead.import.state.done")))
	if h.count("people_invitations WHERE email_key = 'new@school-a.example' AND role = 'learner'") != 1 || h.count("people_teams WHERE name_en = 'Wards'") != 1 {
		t.Error("it was not carried out")
	}
	dilwyn.get(at).want(http.StatusNotFound)
	dilwyn.post(at+"/undo", nil).want(http.StatusNotFound)
	lowri.post(at+"/undo", nil).leads(at)
	if err := h.people.WorkImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	lowri.get(at).want(http.StatusOK).has(h.words.T(i18n.EN, "lead.import.undone_title"))
	if h.count("people_teams WHERE closed_at IS NULL") != 0 || h.count("people_invitations WHERE withdrawn_at IS NOT NULL") != 1 {
		t.Error("it was not taken back")
	}
	for _, l := range i18n.Langs {
		h.as("alun").get("/" + string(l) + "/admin/audit").want(http.StatusOK).has(h.words.T(l, "admin.audit.verb.people.import_undone"))
	}
}

// What is taken out and brought in again changes nothing: as text and as workbook,
// in either language, whatever anybody is called.
func TestExportingAndImportingAgainIsNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	lowri.post("/en/lead/teams", url.Values{"name_en": {"Wards/2"}, "name_cy": {"Wardiau"}}).leads("/en/lead/teams?done=team_added")
	team := regexp.MustCompile(`/lead/teams/([a-z0-9]{26})`).FindStringSubmatch(lowri.get("/en/lead/teams").Body)[1]
	lowri.post("/en/lead/teams", url.Values{"name_en": {"Night"}, "name_cy": {"Nos"}, "parent": {team}}).leads("/en/lead/teams?done=team_added")
	teams := regexp.MustCompile(`/lead/teams/([a-z0-9]{26})`).FindAllStringSubmatch(lowri.get("/en/lead/teams").Body, -1)
	lowri.post("/en/lead/people/"+h.position("nia"), url.Values{"job_role": {"police-justice"}, "team": {teams[len(teams)-1][1]}, "group": {"C"},
		"works_since": {"2019-09-01"}, "staff_number": {"-0017"}, "manager": {folk["lowri"].email}}).want(http.StatusSeeOther)
	lowri.post("/en/lead/people/"+h.position("huw"), url.Values{"job_role": {"health"}, "staff_number": {"=cmd|' /C calc'!A0"}, "manager": {folk["nia"].email}}).want(http.StatusSeeOther)
	lowri.post("/en/lead/people/"+h.position("huw")+"/suspend", url.Values{"reason": {"Leave"}}).want(http.StatusSeeOther)
	for _, l := range []string{"en", "cy"} {
		for _, kind := range []sheet.Kind{sheet.CSV, sheet.XLSX} {
			out := lowri.post("/"+l+"/lead/people/export", url.Values{"format": {string(kind)}}).want(http.StatusOK)
			table, err := sheet.Read([]byte(out.Body))
			if err != nil || table.Kind != kind || len(table.Rows) < 3 {
				t.Fatalf("%s %s: %v, %d rows", l, kind, err, len(table.Rows))
			}
			suspended, says := slices.Index(table.Heading, h.words.T(i18n.Lang(l), "lead.people.suspended")), slices.Index(table.Heading, h.words.T(i18n.Lang(l), "lead.sheet.language"))
			if suspended < 0 || says < 0 {
				t.Fatalf("the headings: %q", table.Heading)
			}
			for _, row := range table.Rows {
				want := map[bool]string{true: h.words.T(i18n.Lang(l), "lead.sheet.yes")}[row.Cells[1] == folk["huw"].email]
				if _, named := people.LanguageNamed(row.Cells[says]); row.Cells[suspended] != want || !named {
					t.Errorf("%s %s: %q", l, kind, row.Cells)
				}
			}
			for _, other := range []string{"en", "cy"} {
				page := lowri.get(lowri.looked(t, other, []byte(out.Body))).want(http.StatusOK)
				lang := i18n.Lang(other)
				page.has(h.words.T(lang, "lead.import.nothing"), h.words.T(lang, "lead.import.n_unchanged", "Count", len(table.Rows)))
				if strings.Contains(page.Body, h.words.T(lang, "lead.import.button")+"</button>") || strings.Contains(page.Body, h.words.T(lang, "lead.import.unknown_columns", "Columns", "")[:20]) {
					t.Errorf("%s %s in %s: there is something to do", l, kind, other)
				}
			}
		}
	}
	if out := lowri.post("/en/lead/people/export", nil); strings.Contains(out.Body, ",=") || strings.Contains(out.Body, ",-") || !strings.Contains(out.Body, "'=cmd") {
		t.Error("a cell begins a formula")
	}
}

// What must be put right is told in the lead's language, and comes back in the file,
// as text and as workbook; what is put right there goes through.
func TestAListComesBackWithWhatIsWrong(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	data := []byte("Enw;E-bost;Math o waith;Rhif staff\n" + folk["nia"].name + ";" + folk["nia"].email + ";Iechyd;=1+1\nX;not an address;dewin;7\n")
	at := lowri.looked(t, "cy", data)
	page := lowri.get(at).want(http.StatusOK).has(h.words.T(i18n.CY, "people.email.shape"), h.words.T(i18n.CY, "people.import.fault.job_role"))
	sound(t, "faults", page)
	if planOf.MatchString(page.Body) {
		t.Error("it can be carried out")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(lowri.post(at+"/marked", nil).want(http.StatusOK).Body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 || rows[0][4] != h.words.T(i18n.CY, "lead.import.marked") || rows[1][4] != "" || rows[1][3] != "'=1+1" || !strings.Contains(rows[2][4], h.words.T(i18n.CY, "people.email.shape")) {
		t.Errorf("marked: %q %v", rows, err)
	}
	marked, err := sheet.Read([]byte(lowri.post(at+"/marked", url.Values{"format": {"xlsx"}}).want(http.StatusOK).Body))
	if err != nil || len(marked.Rows) != 2 || marked.Rows[0].Cells[3] != "=1+1" || !strings.Contains(marked.Rows[1].Cells[4], h.words.T(i18n.CY, "people.email.shape")) {
		t.Errorf("marked: %+v %v", marked, err)
	}
	lowri.get(strings.Replace(at, "/cy/", "/en/", 1)).has(h.words.T(i18n.EN, "people.email.shape"))
}

// A file that is too large is told so with what is allowed, before anything is kept.
func TestAFileThatIsTooLarge(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	for _, over := range []int{1 << 17, 1 << 20, 5 * sheet.MaxBytes} { // the page stays, with its menu and its form
		for _, l := range i18n.Langs {
			page := lowri.bring("/"+string(l)+"/lead/import", "x.csv", bytes.Repeat([]byte("x"), sheet.MaxBytes+over), "at", "school-a/board-a").want(http.StatusUnprocessableEntity)
			page.has("10 MiB", `id="file-error"`, `href="#file"`, h.words.T(l, "lead.import.title"), "/lead/people\"")
			sound(t, "too large", page)
		}
	}
	lowri.bring("/en/lead/import", "x.csv", bytes.Repeat([]byte("x"), sheet.MaxBytes+1<<17), "at", "school-b/board-b").want(http.StatusNotFound)
	lowri.bring("/cy/lead/import", "x.csv", bytes.Repeat([]byte("x"), sheet.MaxBytes+1)).want(http.StatusUnprocessableEntity).has("10 MiB")
	lowri.bring("/cy/lead/import", "x.csv", nil).want(http.StatusUnprocessableEntity).has(h.words.T(i18n.CY, "people.import.file.none"))
	if h.count("people_imports") != 0 {
		t.Error("something was kept")
	}
	lowri.bring("/en/lead/teams", "x.csv", []byte("x"), "name_en", "X").want(http.StatusUnsupportedMediaType) // files come in by one way alone
	h.clock.Advance(time.Second)
}

// Whatever comes in as a list gets a clear answer in the reader's language,
// and nothing is done by it, not half either.
func TestOddListsChangeNothing(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	state := func() string {
		all := rows(t, h.db.Read(t.Context()))
		delete(all, "people_imports")
		return fmt.Sprint(all)
	}
	before := state()
	for n, f := range sheettest.Corpus() {
		l := i18n.Langs[n%2]
		r := lowri.bring("/"+string(l)+"/lead/import", "list.xlsx", f.Data())
		if r.Status != http.StatusSeeOther {
			if f.Fault == "" && f.Name != "nothing" || r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Body, "govuk-error-summary") {
				t.Errorf("%s: %d\n%s", f.Name, r.Status, r.gist())
			}
			continue
		}
		page := lowri.get(r.Header.Get("Location")).want(http.StatusOK)
		says := strings.Contains(page.Body, h.words.T(l, "lead.import.faults_text")) || strings.Contains(page.Body, h.words.T(l, "lead.import.missing_columns", "Columns", "")[:30]) ||
			strings.Contains(page.Body, h.words.T(l, "lead.import.twice_columns", "Columns", "")[:30])
		switch goes := planOf.MatchString(page.Body); {
		case f.Fault != "":
			t.Errorf("%s: it is read", f.Name)
		case f.Good != goes:
			t.Errorf("%s: can be carried out: %v\n%s", f.Name, goes, page.gist())
		case !f.Good && !says:
			t.Errorf("%s: nothing says what is wrong\n%s", f.Name, page.gist())
		}
		if n%8 == 0 {
			sound(t, f.Name, page)
		}
	}
	if state() != before {
		t.Error("something was changed")
	}
}

// The same list by the machine: what it would do, done, the same again, and taken
// out to be brought in as nothing.
func TestThePeopleCommands(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	h.closeNow()
	list := filepath.Join(t.TempDir(), "people.csv")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(want int, args ...string) string {
		t.Helper()
		status, out, errs := golau(t, append([]string{"people"}, append(args, "--agency", "school-a", "--board", "board-a", "--data", h.dir)...)...)
		if status != want {
			t.Fatalf("%v: %d %s%s", args, status, out, errs)
		}
		return out + errs
	}
	write(listHead + folk["nia"].name + "," + folk["nia"].email + ",wizard,Wards,7\n")
	if out := run(exitNo, "import", list); !strings.Contains(out, "Row 2, Kind of work:") || !strings.Contains(out, "(wizard)") {
		t.Error(out)
	}
	write("nothing")
	if out := run(exitNo, "import", list); !strings.Contains(out, "nobody in this file") {
		t.Error(out)
	}
	write(listHead + folk["nia"].name + "," + folk["nia"].email + ",health,Wards,7\nNew Person,new@school-a.example,health,Wards,\n")
	if out := run(exitDone, "import", list, "--dry-run", "--invite"); !strings.Contains(out, "New: 1") || strings.Contains(out, "carried out") {
		t.Error(out)
	}
	if out := run(exitDone, "import", list, "--invite"); !strings.Contains(out, "People invited: 1") || !strings.Contains(out, "People changed: 1") || !strings.Contains(out, "Teams made: 1") {
		t.Error(out)
	}
	if out := run(exitDone, "import", list, "--invite"); !strings.Contains(out, "Unchanged: 2") || strings.Contains(out, "carried out") {
		t.Error(out)
	}
	for _, name := range []string{"out.csv", "out.xlsx"} {
		to := filepath.Join(t.TempDir(), name)
		run(exitDone, "export", "-o", to, "--lang", "cy")
		run(exitNo, "export", "-o", to)
		if out := run(exitDone, "import", to, "--leavers"); !strings.Contains(out, "Unchanged: 3") && !strings.Contains(out, "Unchanged: 4") || strings.Contains(out, "carried out") || !strings.Contains(out, "Not in the list: 0") {
			t.Errorf("%s: %s", name, out)
		}
	}
	if out := run(exitNo, "import", filepath.Join(t.TempDir(), "none.csv")); !strings.Contains(out, "cannot read the list") {
		t.Error(out)
	}
	if status, out, errs := golau(t, "people", "import", list, "--agency", "nowhere", "--data", h.dir); status != exitNo || !strings.Contains(errs, "no such agency") {
		t.Errorf("%d %s%s", status, out, errs)
	}
}

// A folder into which another system puts its lists: what is carried out lies in
// done, what must be put right in refused, with the answer beside it; what may still
// be written is left alone, nobody is recorded as a leaver, and nobody is invited
// unless that was set.
func TestAFolderOfLists(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := livedIn(t, func(w *wiring) { w.run.ImportDir, w.run.ImportLanguage = dir, i18n.CY })
	nia := listHead + folk["nia"].name + "," + folk["nia"].email + ",health,Wards,7\nNew Person,new@school-a.example,health,Wards,\n"
	put := func(name, text string, age time.Duration) {
		t.Helper()
		path := filepath.Join(dir, name)
		at := h.clock.Now().Add(-age)
		if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	look := func() map[string]string {
		t.Helper()
		if err := h.feeds.look(t.Context()); err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		_ = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				body, _ := os.ReadFile(path)
				name, _ := filepath.Rel(dir, path)
				all[regexp.MustCompile(`/\d{8}-\d{6}-`).ReplaceAllString(name, "/")] = string(body)
			}
			return err
		})
		return all
	}
	put("school-a.board-a.csv", nia, 0)
	put("notes.txt", "x", time.Hour)
	put("nowhere.csv", nia, time.Hour)
	put("school-a.board-a.2026-11-21.csv", strings.Replace(nia, "health", "wizard", 1), time.Hour)
	all := look()
	if len(all) != 6 || all["school-a.board-a.csv"] == "" || all["refused/nowhere.csv"] == "" || !strings.Contains(all["nowhere.csv.report.txt"], "no such agency") ||
		!strings.Contains(all["school-a.board-a.2026-11-21.csv.report.txt"], "(wizard)") || h.count("people_import_steps") != 0 {
		t.Errorf("%q", all)
	}
	welsh, english, both := strings.Cut(all["nowhere.csv.report.txt"], "\n\n") // the folder's language first
	if !both || !strings.Contains(welsh, h.words.T(i18n.CY, "people.import.machine.agency")) || !strings.Contains(english, h.words.T(i18n.EN, "people.import.machine.agency")) {
		t.Errorf("%q", all["nowhere.csv.report.txt"])
	}
	left := h.count("people_positions WHERE left_at IS NOT NULL")
	put("school-a.board-a.csv", nia, time.Hour)
	all = look()
	if all["done/school-a.board-a.csv"] != nia || !strings.Contains(all["school-a.board-a.csv.report.txt"], "People changed: 1") || !strings.Contains(all["school-a.board-a.csv.report.txt"], h.words.T(i18n.CY, "lead.import.n_uninvited", "Count", 1)) ||
		h.count("people_positions WHERE staff_number = '7'") != 1 || h.count("people_positions WHERE left_at IS NOT NULL") != left || h.count("people_invitations WHERE email_key = 'new@school-a.example'") != 0 {
		t.Errorf("%q", all)
	}
	h.feeds.invite = true
	put("school-a.board-a.csv", "Forename,Surname,E-mail,Job role,Language\nNew,Person,new@school-a.example,health,\nOther,Person,other@school-a.example,health,English\n", time.Hour)
	look()
	if h.count("people_invitations WHERE email_key = 'new@school-a.example' AND language = 'cy'") != 1 || h.count("people_invitations WHERE email_key = 'other@school-a.example' AND language = 'en'") != 1 {
		t.Error("not invited in the folder's language, or not in their own")
	}
}

// A row that is longer than the heading comes back with what is wrong, can be brought
// in as it came back, and is wrong until it was put right.
func TestATooLongRowComesBack(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	lowri := h.as("lowri")
	data := []byte("Name,E-mail address,Kind of work\n" + folk["nia"].name + "," + folk["nia"].email + ",health,B,C\n")
	wrong := h.words.T(i18n.EN, "people.import.fault.cells")
	lowri.get(lowri.looked(t, "en", data)).want(http.StatusOK).has(wrong, ">"+h.words.T(i18n.EN, "lead.import.whole_row")+"<")
	for _, kind := range []string{"csv", "xlsx"} {
		out := lowri.post(lowri.looked(t, "en", data)+"/marked", url.Values{"format": {kind}}).want(http.StatusOK)
		table, err := sheet.Read([]byte(out.Body))
		if err != nil || len(table.Heading) != 6 || table.Heading[5] != h.words.T(i18n.EN, "lead.import.marked") || !strings.HasPrefix(table.Rows[0].Cells[5], h.words.T(i18n.EN, "lead.import.whole_row")) {
			t.Fatalf("%s: %+v %v", kind, table, err)
		}
		page := lowri.get(lowri.looked(t, "en", []byte(out.Body))).want(http.StatusOK).has(wrong)
		if planOf.MatchString(page.Body) {
			t.Errorf("%s: as it came back it goes through", kind)
		}
		if kind == "csv" {
			mended := strings.Replace(out.Body, ",B,C,", ",,,", 1)
			lowri.get(lowri.looked(t, "en", []byte(mended))).has(h.words.T(i18n.EN, "lead.import.n_faults", "Count", 0))
		}
	}
}
