package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// A real folder and a real database that the program cannot write are told by
// config, and refused by serve before it opens anything.
func TestConfigTellsOfAFolderItCannotWrite(t *testing.T) {
	data := t.TempDir()
	database := filepath.Join(data, "golau.db")
	if err := os.WriteFile(database, nil, 0o444); err != nil {
		t.Fatal(err)
	}
	for dir, mode := range map[string]os.FileMode{data: 0o777, filepath.Dir(data): 0o755} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
	}
	be := func(user int) {
		if os.Getuid() == 0 {
			if err := syscall.Setfsuid(user); err != nil {
				t.Fatal(err)
			}
		}
	}
	runtime.LockOSThread() // the user of files belongs to the thread
	defer runtime.UnlockOSThread()
	tells := func(says string, args ...string) {
		t.Helper()
		be(65534) // root may write anywhere
		defer be(0)
		code, faults := configured(t, args...)
		if code != exitNo || len(faults) != 1 || !strings.Contains(faults[0], says) || !strings.Contains(faults[0], "permission denied") {
			t.Errorf("config %v: %d %q", args, code, faults)
		}
		if code, _, said := golau(t, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...); code != exitNo || !strings.Contains(said, says) {
			t.Errorf("serve %v: %d %q", args, code, said)
		}
	}
	tells("cannot write the database", "--data", data)
	if err := os.Chmod(data, 0o555); err != nil {
		t.Fatal(err)
	}
	tells("cannot write in the data folder "+data, "--data", data)
	tells("cannot make the data folder "+data+"/new", "--data", filepath.Join(data, "new"))
}
