package mail

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
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
