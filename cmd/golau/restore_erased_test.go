package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golau/certificates"
	"golau/internal/audit"
	"golau/internal/people"
	"golau/internal/steward"
	"golau/internal/store"
)

// A backup from before an erasure does not bring anybody back: by the list that
// lies beside it, or is named, they are erased again; without one it says so.
func TestRestoreErasesAgain(t *testing.T) {
	t.Parallel()
	h := livedIn(t)
	file := filepath.Join(h.dir, "backups", "golau-20261101T000000Z.db")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := golau(t, "backup", file, "--data", h.dir); code != exitDone {
		t.Fatal(errs)
	}
	alun := h.as("alun")
	for _, who := range []string{"nia", "huw"} {
		alun.post("/en/admin/people/"+h.id[who]+"/erase", url.Values{"reason": {"asked for it"}, "confirm": {folk[who].email}, "proof": {h.spare("alun")}}).want(http.StatusSeeOther)
	}
	var late string // came after the backup and was erased
	h.write(func(tx store.Tx) (err error) {
		late, err = people.AddPerson(tx, people.NewPerson{Email: "late@shared.example", Name: "Late", Language: "en"})
		return err
	})
	alun.post("/en/admin/people/"+late+"/erase", url.Values{"reason": {"asked for it"}, "confirm": {"late@shared.example"}, "proof": {h.spare("alun")}}).want(http.StatusSeeOther)
	h.work()
	list := filepath.Join(h.dir, "backups", steward.ListName)
	if body, err := os.ReadFile(list); err != nil || strings.Count(string(body), "\n") != 4 || strings.Contains(string(body), "@") {
		t.Fatalf("%s %v", body, err)
	}

	data := filepath.Join(t.TempDir(), "elsewhere")
	code, out, errs := golau(t, "restore", file, "--data", data, "--keys", filepath.Join(h.dir, "keys"))
	if code != exitDone || !strings.Contains(out, "erased: 2 again, of 3 on the list") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	leftInFiles(t, data)
	again := open(t, data)
	rx := again.db.Read(t.Context())
	if n, err := certificates.Check(rx, again.keys); n != 2 || err != nil {
		t.Errorf("%d certificates: %v", n, err)
	}
	if _, err := audit.Verify(rx); err != nil {
		t.Error(err)
	}
	if _, err := people.PersonByID(rx, h.id["huw"]); err == nil {
		t.Error("Huw is back")
	}
	again.work()
	if kept, err := steward.ReadList(filepath.Join(data, steward.ListName)); len(kept) != 3 || err != nil {
		t.Errorf("the list that goes on: %v %v", kept, err)
	}

	apart := copyOf(t, file)
	code, out, _ = golau(t, "restore", apart, "--data", filepath.Join(t.TempDir(), "x"))
	if code != exitDone || !strings.Contains(out, "there is no erased.txt beside the backup") {
		t.Errorf("silently: %d %s", code, out)
	}
	code, out, errs = golau(t, "restore", apart, "--data", filepath.Join(t.TempDir(), "x"), "--erased", filepath.Join(h.dir, steward.ListName))
	if code != exitDone || !strings.Contains(out, "erased: 2 again") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	broken := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(broken, []byte("# x\nnobody\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs = golau(t, "restore", apart, "--data", filepath.Join(t.TempDir(), "x"), "--erased", broken); code != exitNo || !strings.Contains(errs, "line 2") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}
