package main

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"golau/cmd/golau/internal/web"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// certifier gets the site's certificates from an authority, by ACME, and keeps
// them in DATA/tls. It asks for the names that were given and no other, or a
// stranger's Host header could use up the authority's patience.
func (r runFlags) certifier(data string) *autocert.Manager {
	m := &autocert.Manager{Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(filepath.Join(data, "tls")), // mode 0700
		HostPolicy: autocert.HostWhitelist(r.TLSDomains...), Email: r.TLSEmail}
	if r.TLSDirectory != "" {
		m.Client = &acme.Client{DirectoryURL: r.TLSDirectory}
	}
	return m
}

// overTLS speaks TLS on a listener, from version 1.2 on, and proves the name
// there too (tls-alpn-01) where an authority asks for it.
func overTLS(l net.Listener, m *autocert.Manager) net.Listener {
	c := m.TLSConfig()
	c.MinVersion = tls.VersionTLS12
	return tls.NewListener(l, c)
}

// plainServer answers plain HTTP beside TLS: the authority's question, and for
// everybody else the way to https.
func (r runFlags) plainServer(m *autocert.Manager, log *slog.Logger) (*http.Server, net.Listener, error) {
	l, err := net.Listen("tcp", r.TLSHTTPAddr)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot listen on %s, where plain HTTP leads to https (GOLAU_TLS_HTTP_ADDR): %w", r.TLSHTTPAddr, err)
	}
	s := web.NewServer(m.HTTPHandler(nil))
	s.ReadTimeout, s.WriteTimeout = 5*time.Second, 5*time.Second
	s.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelDebug)
	return s, l, nil
}
