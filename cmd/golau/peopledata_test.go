package main

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/i18n"
	"golau/internal/people"
)

// opened is what a ZIP holds, by name.
func opened(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(raw)
	}
	return files
}

// onlyOf holds that nobody else of the cast, and nothing of board B, is in somebody's data.
func (h *house) onlyOf(t *testing.T, who string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if strings.HasSuffix(name, ".pdf") {
			continue
		}
		if found(text) {
			t.Errorf("%s has what is board B's", name)
		}
		for other, m := range folk {
			for _, foreign := range []string{m.name, m.email, h.id[other], h.session[other]} {
				if other != who && strings.Contains(text, foreign) {
					t.Errorf("%s has %q of %s", name, foreign, other)
				}
			}
		}
	}
}

// Somebody who cannot sign in is handed the ZIP of the account page, beside the
// program that serves: theirs alone, for its owner alone, and on record without the data.
func TestPeopleData(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	out := filepath.Join(t.TempDir(), "nia.zip")
	lines, handed := h.count("audit_events"), h.count("audit_events WHERE verb = 'people.data_handed'")
	code, said, errs := golau(t, "people", "data", "--email", strings.ToUpper(folk["nia"].email), "-o", out, "--data", h.dir, "--base-url", "https://"+site)
	if code != exitDone || errs != "" || !strings.Contains(said, out) || strings.Contains(said, folk["nia"].name) {
		t.Fatalf("%d %s%s", code, said, errs)
	}
	info, err := os.Stat(out)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	files := opened(t, out)
	h.onlyOf(t, "nia", files)
	for name, holds := range map[string]string{"csv/people_persons.csv": folk["nia"].name, "csv/quiz_attempts.csv": h.did["nia"].final, "data.json": "certificates_issued",
		"certificates/" + certificates.Number(h.did["nia"].certificate) + ".pdf": "%PDF"} {
		if !strings.Contains(files[name], holds) {
			t.Errorf("%s lacks %q", name, holds)
		}
	}
	if h.count("audit_events") != lines+1 || h.count("audit_events WHERE verb = 'people.data_handed'") != handed+1 ||
		h.count("audit_events WHERE verb = 'people.data_handed' AND subject = ? AND via = 'cli' AND actor = ''", "person:"+h.id["nia"]) != 1 {
		t.Error("it is not on record, or more is")
	}
	if h.count("audit_details d JOIN audit_events e ON e.id = d.event_id WHERE e.verb = 'people.data_handed' AND d.detail <> '{}' AND d.detail <> 'null'") != 0 {
		t.Error("the record holds the data")
	}
	theirs := filepath.Join(t.TempDir(), "beca.zip") // the canary would be found if it were there
	if code, _, errs := golau(t, "people", "data", "--email", folk["beca"].email, "-o", theirs, "--data", h.dir); code != exitDone || !found(opened(t, theirs)["data.json"]) {
		t.Errorf("%d %s: Beca’s own data have no canary", code, errs)
	}
	h.as("alun").get("/en/admin/audit").has(h.words.T(i18n.EN, "admin.audit.verb.people.data_handed"))
}

// Of somebody who was invited and has no account, it holds what is kept: the
// invitation, in their language, and nobody who invited them.
func TestPeopleDataOfSomebodyInvited(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	alun, err := h.people.Resolve(t.Context(), h.session["alun"])
	if err != nil {
		t.Fatal(err)
	}
	m, err := people.MembershipsOf(h.db.Read(t.Context()), h.id["alun"])
	if err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{"Invited@shared.example", "other@shared.example"} {
		plan, err := h.people.Invite(t.Context(), alun, []people.NewInvitation{{Email: email, Name: "Gwestai " + email[:3], Organisation: m[0].Organisation.Name.EN,
			Board: m[0].Board.Name.EN, Role: people.Learner, JobRole: people.Health, Language: "cy"}}, "")
		if err != nil || len(plan) != 1 || len(plan[0].Problems) > 0 {
			t.Fatalf("%+v %v", plan, err)
		}
	}
	out := filepath.Join(t.TempDir(), "invited.zip")
	code, said, errs := golau(t, "people", "data", "--email", "invited@shared.example", "-o", out, "--data", h.dir)
	if code != exitDone || !strings.Contains(said, "kept: 1.") {
		t.Fatalf("%d %s%s", code, said, errs)
	}
	files := opened(t, out)
	h.onlyOf(t, "", files)
	if got := files["csv/people_invitations.csv"]; !strings.Contains(got, "Invited@shared.example") || !strings.Contains(got, "Gwestai Inv") || strings.Contains(got, "other@") {
		t.Errorf("%s", got)
	}
	if !strings.Contains(files["README.txt"], h.words.T(i18n.CY, "owndata.invited")) || files["csv/people_persons.csv"] != "" {
		t.Errorf("%s", files["README.txt"])
	}
	if h.count("audit_events WHERE verb = 'people.data_handed' AND subject LIKE 'invitation:%'") != 1 {
		t.Error("it is not on record")
	}
}

// What cannot be done is said, with what to do, and leaves neither a file nor a line
// of the record.
func TestPeopleDataRefuses(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	dir := t.TempDir()
	there := filepath.Join(dir, "there.zip")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := h.tables()
	for _, c := range []struct{ email, out, data, says string }{
		{"nobody@shared.example", "new.zip", h.dir, h.words.T(i18n.EN, "people.data.nobody")},
		{"no address", "new.zip", h.dir, h.words.T(i18n.EN, "people.email.shape")},
		{folk["nia"].email, "there.zip", h.dir, "is there already"},
		{folk["nia"].email, "no/such/folder.zip", h.dir, "cannot make the file"},
		{folk["nia"].email, "new.zip", filepath.Join(dir, "nowhere"), "--data"},
	} {
		code, out, errs := golau(t, "people", "data", "--email", c.email, "-o", filepath.Join(dir, c.out), "--data", c.data)
		if code != exitNo || out != "" || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%+v: %d %s%s", c, code, out, errs)
		}
	}
	h.unchanged(before)
	if raw, _ := os.ReadFile(there); string(raw) != "mine" {
		t.Error("it was written over")
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
		t.Errorf("%v %v", all, err)
	}
	if code, _, _ := golau(t, "people", "data", "--email", "x@y.example", "--data", h.dir); code != exitWrongUse {
		t.Errorf("without a file: %d", code)
	}
}
