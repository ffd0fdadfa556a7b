package mail_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golau/internal/mail"
)

func TestFolderKeepsLetters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	f := mail.Folder{Dir: dir, Now: now}
	m := note()
	for range 2 { // sent twice is one letter
		if err := f.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || files[0].Name() != "completed-4f2k.eml" {
		t.Fatalf("files %v: %v", files, err)
	}
	info, err := files[0].Info()
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the letter: %v, %v", info.Mode(), err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, files[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	head, parts := read(t, string(raw))
	if to, err := head.AddressList("To"); err != nil || to[0].Address != m.To {
		t.Errorf("To %v: %v", to, err)
	}
	if parts["text/plain"] != m.Text || parts["text/html"] != m.HTML {
		t.Errorf("parts %q", parts)
	}
}

func TestFolderStaysInItsFolder(t *testing.T) {
	above := t.TempDir()
	f := mail.Folder{Dir: filepath.Join(above, "mail"), Now: now}
	for _, id := range []string{"../../etc/passwd", "..", `..\..\x`, "/etc/passwd", "a/b", ".hidden", "ŵ"} {
		m := note()
		m.ID = id
		if err := f.Send(t.Context(), m); err != nil {
			t.Logf("%q is refused: %v", id, err)
		}
	}
	if files, err := os.ReadDir(above); err != nil || len(files) != 1 {
		t.Errorf("beside the folder lie %v, %v", files, err)
	}
	files, err := os.ReadDir(f.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range files {
		if e.IsDir() || filepath.Ext(e.Name()) != ".eml" {
			t.Errorf("in the folder lies %q", e.Name())
		}
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mail")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (mail.Folder{Dir: file, Now: now}).Send(t.Context(), note()); err == nil {
		t.Error("a letter was written into a file that is no folder")
	}
}

func TestMemory(t *testing.T) {
	var box mail.Memory
	full := errors.New("full")
	box.Fail = full
	if err := box.Send(t.Context(), note()); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	box.Fail = nil
	if err := box.Send(t.Context(), note()); err != nil {
		t.Fatal(err)
	}
	sent := box.Sent()
	if len(sent) != 1 || sent[0] != note() {
		t.Fatalf("sent %v", sent)
	}
	sent[0].To = "changed" // a reader's copy
	if box.Sent()[0].To != note().To {
		t.Error("what was sent can be changed from outside")
	}
}
