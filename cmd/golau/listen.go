package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golau/cmd/golau/internal/web"
)

// drain is how long requests under way may take when the server stops.
const drain = 20 * time.Second

// serve answers requests and does the background work until ctx ends, and then
// finishes what is under way.
func (p *program) serve(ctx context.Context, l net.Listener, dev bool, w wiring) error {
	background, stopWorker := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWorker()
	var working sync.WaitGroup
	handler := p.handler
	if dev {
		handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { p.fresh(rw, r, w) })
	}
	server := web.NewServer(handler)
	server.ErrorLog = slog.NewLogLogger(w.log.Handler(), slog.LevelDebug)
	beside, err := p.beside(&l, w)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	working.Go(func() { p.worker.Run(background) })
	working.Go(func() { p.nightly.Run(background) })
	working.Go(func() { p.watch(background) })
	working.Go(func() { p.imports(background) })
	working.Go(func() { p.arrange(background, w) })
	working.Go(func() { p.settle(background) })
	failed := make(chan error, 1+len(beside))
	go func() { failed <- server.Serve(l) }()
	for _, b := range beside {
		go func() { failed <- b.server.Serve(b.listener) }()
	}
	notify("READY=1")
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = p.drain(server, time.After(w.run.DrainWait))
	}
	for _, b := range beside {
		_ = b.server.Close()
	}
	stopWorker()
	working.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// drain says that the program is stopping, to its service manager, to whoever
// balances load (/readyz) and to every client (Connection: close), and ends when
// the requests under way have been answered.
func (p *program) drain(server *http.Server, seen <-chan time.Time) error {
	notify("STOPPING=1")
	p.draining.Store(true)
	server.SetKeepAlivesEnabled(false)
	<-seen // so long whoever balances load may look
	end, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		return fmt.Errorf("requests were cut off that took longer than %s: %w", drain, errors.Join(err, server.Close()))
	}
	return nil
}

// listening is a server beside the site's own.
type listening struct {
	server   *http.Server
	listener net.Listener
}

// beside opens what the settings ask for beside the site: plain HTTP where TLS
// is done here, which then lies over l, and the measurements.
func (p *program) beside(l *net.Listener, w wiring) (all []listening, err error) {
	defer func() {
		if err != nil {
			for _, b := range all {
				b.listener.Close()
			}
		}
	}()
	if len(w.run.TLSDomains) > 0 {
		m := w.run.certifier(w.data)
		server, plain, err := w.run.plainServer(m, w.log)
		if err != nil {
			return all, err
		}
		all = append(all, listening{server, plain})
		*l = overTLS(*l, m)
	}
	if w.run.MetricsAddr != "" {
		measures, err := net.Listen("tcp", w.run.MetricsAddr)
		if err != nil {
			return all, fmt.Errorf("cannot listen on %s, where measurements are served (GOLAU_METRICS_ADDR): %w", w.run.MetricsAddr, err)
		}
		server := web.NewServer(p.meter.Handler(w.log))
		server.ErrorLog = slog.NewLogLogger(w.log.Handler(), slog.LevelDebug)
		all = append(all, listening{server, measures})
		w.log.Info("measurements", "addr", measures.Addr().String())
	}
	return all, nil
}

// arrange puts people in the order of lists whom an upgrade left out of it.
func (p *program) arrange(ctx context.Context, w wiring) {
	if err := p.people.Arrange(ctx); err != nil && ctx.Err() == nil {
		w.log.Error("some people stand in no list until the next start", "err", err)
	}
}
