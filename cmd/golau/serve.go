package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"golau/cmd/golau/internal/seed"
	"golau/cmd/golau/internal/web"
	"golau/internal/i18n"
	"golau/internal/store"
)

type serveCmd struct {
	dataFlags
	siteFlags
	runFlags
	Demo bool `help:"Serve a demonstration with fictional people, on this machine only."`
	Dev  bool `help:"Read pages, words, look and lessons from the source tree at each request."`
}

// Run serves until the process is asked to stop.
func (c *serveCmd) Run(ctx context.Context, s *streams) error {
	c.under(&c.siteFlags)
	path, err := c.file()
	data := c.Data
	if c.Demo {
		data = filepath.Join(c.Data, "demo")
		path = filepath.Join(data, "golau.db")
	}
	if err := errors.Join(err, c.checkDev(), faults(c.siteFlags, c.runFlags, c.Demo, data, path)); err != nil {
		return err
	}
	log := c.logger(os.Stderr)
	if err := os.MkdirAll(data, 0o700); err != nil {
		return fmt.Errorf("cannot make the data folder: %w", err)
	}
	if err := closeToOthers(data, log); err != nil {
		return err
	}
	mine, err := use("serve", data, path)
	if err != nil {
		return err
	}
	defer mine.release()
	if err := settled(data, path, func(did string) { log.Warn(did) }); err != nil {
		return err
	}
	heap := collectSeldom()
	source := wiring{site: c.siteFlags, dev: c.Dev}
	material := sync.OnceValues(func() (*material, error) { return openMaterial(source) })
	pages := sync.OnceValues(func() (*web.Pages, error) { return openPages(c.Dev) })
	go func() { // beside the database, which waits for the disk, and the stories, which are told by one
		material()
		pages()
	}()
	go i18n.Embedded()
	if c.Demo {
		if err := seed.Demo(ctx, path, filepath.Join(data, "keys"), teaching(source, material)); err != nil {
			return c.toAuthors(s, material, fmt.Errorf("the demonstration could not be made: %w", err))
		}
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	db, err := store.Open(ctx, store.Options{Path: path, Log: log, Broken: stop, BeforeMigration: backupBefore(path, log)})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		db.Close()
		return fmt.Errorf("cannot listen on %s: %w", c.Addr, err)
	}
	c.Addr = l.Addr().String() // with port 0 the system has chosen one, and links must name it
	w := wiring{data: data, site: c.siteFlags, run: c.runFlags, demo: c.Demo, dev: c.Dev, log: log, now: time.Now}
	if w.material, err = material(); err != nil {
		return errors.Join(err, l.Close(), db.Close())
	}
	if w.pages, err = pages(); err != nil {
		return errors.Join(err, l.Close(), db.Close())
	}
	p, err := build(ctx, db, w)
	if err != nil {
		return errors.Join(c.toAuthors(s, material, err), l.Close(), db.Close())
	}
	if err := c.greet(ctx, s, p, l.Addr()); err != nil {
		return errors.Join(err, l.Close(), db.Close())
	}
	debug.SetGCPercent(heap)
	collectLate()
	debug.FreeOSMemory()           // what reading the lessons took is not needed any more
	w.material, w.pages = nil, nil // so that --dev reads them at each request
	err = p.serve(ctx, l, c.Dev, w)
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return fmt.Errorf("stopped, because the disk did not keep what was written: %w", cause)
	}
	return errors.Join(err, db.Close())
}

// checkDev keeps author's mode on the author's machine.
func (c *serveCmd) checkDev() error {
	if c.Dev && !loopback(c.Addr) {
		return fmt.Errorf("--dev reads the source at each request and is for authors, on this machine only: use --addr 127.0.0.1:8080, not %s", c.Addr)
	}
	if c.Dev {
		return inCheckout()
	}
	return nil
}

// greet says where the site is, and at the first start how to begin.
func (c *serveCmd) greet(ctx context.Context, s *streams, p *program, addr net.Addr) error {
	base := "http://" + addr.String()
	if c.BaseURL != "" {
		base = c.base()
	}
	fmt.Fprintf(s.out, "Golau is at %s\n", base)
	if c.Demo {
		fmt.Fprintln(s.out, "This is a demonstration: everybody in it is fictional. Press Ctrl+C to stop.")
		return nil
	}
	token, needed, err := p.people.SetupToken(ctx)
	if err != nil {
		return err
	}
	if needed {
		fmt.Fprintf(s.out, "To make the first administrator, open %s/en/setup/%s (it works once, for a day)\n", base, token)
	}
	return nil
}

// fresh answers one request from the files as they are now, for authors.
func (p *program) fresh(rw http.ResponseWriter, r *http.Request, w wiring) {
	q := *p
	var err error
	if q.words, err = openWords(w.dev); err == nil {
		w.material, err = openMaterial(w)
	}
	if err == nil {
		q.school, err = openSchool(p.db, p.keys, w)
	}
	if err == nil {
		err = q.open(w)
	}
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	q.handler.ServeHTTP(rw, r)
}
