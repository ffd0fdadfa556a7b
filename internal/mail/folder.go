package mail

import (
	"bytes"
	"context"
	"errors"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Folder writes each message into a file, for a site without a mail server yet
// and for the demonstration.
type Folder struct {
	Dir string
	Now func() time.Time
}

// Send implements Sender. The file's name is the message's id, so a letter sent
// twice is one file.
func (f Folder) Send(_ context.Context, m Message) error {
	msg, err := build("golau@localhost.localdomain", "Golau", "localhost.localdomain", m, f.Now())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return err
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '-'
	}, m.ID)
	tmp := filepath.Join(f.Dir, "."+name+".tmp")
	if err := os.WriteFile(tmp, b.Bytes(), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(f.Dir, name+".eml"))
}

// Forget takes away every letter to one of the addresses, so that what was sent
// to somebody goes with them. A folder that is not there holds none.
func (f Folder) Forget(addresses []string) error {
	files, err := os.ReadDir(f.Dir)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	}
	for _, e := range files {
		path := filepath.Join(f.Dir, e.Name())
		to, err := recipient(path)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(addresses, func(a string) bool { return strings.EqualFold(a, to) }) {
			if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// recipient is to whom a letter in a file goes, "" when the file is none.
func recipient(path string) (string, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) { // it has its name by now
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer file.Close()
	m, err := netmail.ReadMessage(file)
	if err != nil {
		return "", nil
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) == 0 {
		return "", nil
	}
	return to[0].Address, nil
}

// Memory keeps messages for a test to read.
type Memory struct {
	mu   sync.Mutex
	sent []Message
	Fail error // returned by Send when set
}

// Send implements Sender.
func (b *Memory) Send(_ context.Context, m Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.Fail != nil {
		return b.Fail
	}
	b.sent = append(b.sent, m)
	return nil
}

// Sent returns what was sent so far.
func (b *Memory) Sent() []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Message(nil), b.sent...)
}
