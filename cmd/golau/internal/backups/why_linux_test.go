package backups

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"golau/internal/testneeds"
)

// asAnybody does something as a user who owns nothing: root may write anywhere.
func asAnybody(t *testing.T, do func()) {
	t.Helper()
	if os.Getuid() != 0 {
		do()
		return
	}
	runtime.LockOSThread() // the user of files belongs to the thread
	defer runtime.UnlockOSThread()
	if err := syscall.Setfsuid(65534); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Setfsuid(0); err != nil {
			t.Fatal(err)
		}
	}()
	do()
}

// A real folder in which the program may not write: the reason is said, and the
// next try makes it good by itself.
func TestAFolderThatCannotBeWritten(t *testing.T) {
	k := newKeeper(t)
	if err := os.Mkdir(k.Dir, 0o500); err != nil {
		t.Fatal(err)
	}
	parent := filepath.Dir(k.Dir)
	for dir, mode := range map[string]os.FileMode{k.Dir: 0o555, parent: 0o755, filepath.Dir(parent): 0o755} { // others may look
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
	}
	asAnybody(t, func() { k.at("2026-11-01 03:00").want() })
	if s := k.State(); s.Why != NotAllowed || s.Failure == "" {
		t.Fatalf("%+v", s)
	}
	if err := os.Chmod(k.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	k.at("2026-11-01 03:05").want("1101T0305")
	if s := k.State(); s.Why != Made || s.Failure != "" {
		t.Errorf("%+v", s)
	}
}

// A real disk that is full, where the machine lets a test make one.
func TestADiskThatIsFull(t *testing.T) {
	k := newKeeper(t)
	if err := os.Mkdir(k.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", k.Dir, "tmpfs", 0, "size=4m"); err != nil {
		testneeds.Missing(t, "only root can make a small disk: "+err.Error())
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(k.Dir, 0); err != nil {
			t.Error(err)
		}
	})
	ballast := filepath.Join(k.Dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 4<<20-8192), 0o600); err != nil {
		t.Fatal(err)
	}
	k.at("2026-11-01 03:00").want()
	if s := k.State(); s.Why != Full {
		t.Errorf("%+v", s)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	k.at("2026-11-01 03:05").want("1101T0305")
}
