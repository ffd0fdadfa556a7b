package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

// large is the size that a site may be restored at within a quarter of an hour.
const (
	large    = 5000 // megabytes
	restored = 15 * time.Minute
)

// batch is how many people are made up at once, until the database is as large as
// was asked for.
const batch = 1000

// restore measures the site when it is large: somebody's own data, what would go
// by age, a backup while others write, and a restore of it, in which everything
// is verified, up to the first page. The data is the demonstration with made-up
// people, or that of a folder.
func (b *bench) restore(ctx context.Context) error {
	data, err := b.grown(ctx)
	if err != nil {
		return err
	}
	took, cost, err := b.run(ctx, "retention", "--data", data)
	if err != nil {
		return err
	}
	b.add(row{what: "what would go by age, of " + megabytes(data), figure: seconds(took), cpu: seconds(cost), aim: "< 10 s", met: took < 10*time.Second})
	file := filepath.Join(b.dir, "backup.db")
	if took, cost, err = b.whileWriting(ctx, data, func() (time.Duration, time.Duration, error) {
		return b.run(ctx, "backup", file, "--data", data)
	}); err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	size := float64(info.Size()) / 1e6
	b.add(row{what: fmt.Sprintf("a backup of %.0f MB, read back, while others write", size), figure: seconds(took), cpu: seconds(cost)})
	elsewhere := filepath.Join(b.dir, "elsewhere")
	if took, cost, err = b.run(ctx, "restore", file, "--data", elsewhere, "--keys", filepath.Join(data, "keys")); err != nil {
		return err
	}
	s, err := start(ctx, b.golau, "serve", "--data", elsewhere, "--addr", "127.0.0.1:0")
	if err != nil {
		return err
	}
	took += s.took
	b.add(row{what: fmt.Sprintf("its restore until /readyz: %.0f MB, every row and certificate verified", size), figure: seconds(took), cpu: seconds(cost),
		floor: fmt.Sprintf("%.1f MB/s", size/took.Seconds()), aim: "≤ 15 min at 5 GB", met: took.Seconds()*large/size <= restored.Seconds()})
	return s.stop()
}

// grown returns a data folder as large as was asked for.
func (b *bench) grown(ctx context.Context) (string, error) {
	if b.data != "" {
		return b.data, nil
	}
	folder := filepath.Join(b.dir, "grown")
	if err := copyFolder(folder, b.demo); err != nil {
		return "", err
	}
	data := filepath.Join(folder, "demo")
	for {
		info, err := os.Stat(filepath.Join(data, "golau.db"))
		if err != nil {
			return "", err
		}
		if info.Size() >= int64(b.megabytes)*1e6 {
			return data, b.ownData(ctx, folder)
		}
		if _, _, err := b.run(ctx, "seed", "--learners", fmt.Sprint(batch), "--data", data); err != nil {
			return "", err
		}
	}
}

// ownData measures how long somebody who has finished the course waits for all
// that is known of them, among all the others.
func (b *bench) ownData(ctx context.Context, folder string) error {
	s, err := b.serveIn(ctx, folder)
	if err != nil {
		return err
	}
	defer s.stop()
	v, err := signIn(ctx, s, "aisha")
	if err != nil {
		return err
	}
	began := time.Now()
	p, err := v.Post(ctx, "/en/account/data", nil)
	took := time.Since(began)
	if err == nil && p.Status != http.StatusOK {
		err = fmt.Errorf("somebody’s own data: %d", p.Status)
	}
	if err != nil {
		return err
	}
	z, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
	if err != nil {
		return err
	}
	b.add(row{what: fmt.Sprintf("somebody’s own data, %d files, of %s", len(z.File), megabytes(filepath.Join(folder, "demo"))), figure: seconds(took),
		aim: "< 10 s", met: took < 10*time.Second})
	return nil
}

// run runs a command of the program to its end.
func (b *bench) run(ctx context.Context, args ...string) (took, cost time.Duration, err error) {
	cmd := exec.CommandContext(ctx, b.golau, args...)
	cmd.Env = []string{"PATH=" + "/usr/bin:/bin"}
	var says bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &tail{&says}
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, 0, fmt.Errorf("golau %s: %w: %s", args[0], err, says.String())
	}
	return time.Since(began), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}

// whileWriting does something while people are made up in the same database, a
// few at a time, from their first to the last that is begun before it is done.
func (b *bench) whileWriting(ctx context.Context, data string, do func() (took, cost time.Duration, err error)) (took, cost time.Duration, err error) {
	var over atomic.Bool
	begun, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		for first := true; ; first = false {
			if _, _, err := b.run(ctx, "seed", "--learners", "50", "--data", data); err != nil || over.Load() {
				ended <- err
				return
			}
			if first {
				close(begun)
			}
		}
	}()
	select {
	case <-begun:
	case err := <-ended:
		return 0, 0, err
	}
	took, cost, err = do()
	over.Store(true)
	return took, cost, errors.Join(err, <-ended)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// megabytes is the size of a data folder's database, in words.
func megabytes(data string) string {
	info, err := os.Stat(filepath.Join(data, "golau.db"))
	if err != nil {
		return "an unknown size"
	}
	return fmt.Sprintf("%d MB", info.Size()/1e6)
}
