package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golau/internal/i18n"
)

// runFlags are the settings of how the site is run, as against what it shows.
type runFlags struct {
	BackupDir       string        `help:"Folder of the nightly backups. Empty: DATA/backups." env:"GOLAU_BACKUP_DIR" placeholder:"DIR"`
	BackupKeep      int           `help:"Of how many days a backup is kept. 0: none is made." default:"14" env:"GOLAU_BACKUP_KEEP" placeholder:"DAYS"`
	BackupKeepWeeks int           `help:"Of how many weeks a backup is kept besides." default:"8" env:"GOLAU_BACKUP_KEEP_WEEKS" placeholder:"WEEKS"`
	BackupEvery     string        `help:"After how long another backup is made where something was written, besides the night's. auto: five minutes, longer where a backup takes long. 0: the night's alone." default:"auto" env:"GOLAU_BACKUP_EVERY" placeholder:"TIME"`
	TLSDomains      []string      `name:"tls-domains" help:"Names for which Golau gets certificates by itself (ACME) and speaks TLS. Empty: a proxy does." env:"GOLAU_TLS_DOMAINS" placeholder:"NAME"`
	TLSEmail        string        `name:"tls-email" help:"Where the certificate authority writes to when something is wrong." env:"GOLAU_TLS_EMAIL" placeholder:"EMAIL"`
	TLSDirectory    string        `name:"tls-directory" help:"Another certificate authority's ACME directory. Empty: Let's Encrypt." env:"GOLAU_TLS_DIRECTORY" placeholder:"URL"`
	TLSHTTPAddr     string        `name:"tls-http-addr" help:"Where plain HTTP is answered, to prove the name and to lead to https." default:":80" env:"GOLAU_TLS_HTTP_ADDR" placeholder:"HOST:PORT"`
	MetricsAddr     string        `help:"Where measurements are served, at /metrics. Empty: nowhere." env:"GOLAU_METRICS_ADDR" placeholder:"HOST:PORT"`
	MetricsOpen     bool          `help:"Let METRICS_ADDR be reached from other machines." env:"GOLAU_METRICS_OPEN"`
	ImportDir       string        `help:"Folder into which other systems put lists of people, each named for its agency. Empty: none." env:"GOLAU_IMPORT_DIR" placeholder:"DIR"`
	ImportInvite    bool          `help:"Invite by e-mail whoever is new in a list of IMPORT_DIR. Without it they are named in the report alone." env:"GOLAU_IMPORT_INVITE"`
	ImportLanguage  i18n.Lang     `help:"Language of IMPORT_DIR: in it people are invited of whom a list says none, and the report begins with it; the other language follows." enum:"en,cy" default:"en" env:"GOLAU_IMPORT_LANGUAGE"`
	DrainWait       time.Duration `help:"How long /readyz says 503 before the site stops answering, so that a load balancer sees it." default:"0s" env:"GOLAU_DRAIN_WAIT" placeholder:"TIME"`
}

// shortestBackupEvery keeps backups from being all that the disk does.
const shortestBackupEvery = 5 * time.Minute

// longestDrainWait keeps a stop from looking like a program that hangs.
const longestDrainWait = time.Minute

// defaultAddr is the default of siteFlags.Addr.
const defaultAddr = "127.0.0.1:8080"

// under fills in what follows from other settings: where TLS is done here, the
// site is reached at the first name.
func (r runFlags) under(s *siteFlags) {
	if len(r.TLSDomains) == 0 {
		return
	}
	if s.Addr == defaultAddr {
		s.Addr = ":443"
	}
	if s.BaseURL == "" {
		s.BaseURL = "https://" + r.TLSDomains[0]
	}
}

// backups is the folder of the nightly backups.
func (r runFlags) backups(data string) string {
	if r.BackupDir != "" {
		return r.BackupDir
	}
	return filepath.Join(data, "backups")
}

// check refuses unsafe settings, each with what to do.
func (r runFlags) check(s siteFlags, demo bool) error {
	return errors.Join(r.checkBackups(), r.checkImports(demo), r.checkDrain(), r.checkMetrics(), r.checkTLS(s, demo))
}

func (r runFlags) checkBackups() error {
	if r.BackupKeep < 0 || r.BackupKeepWeeks < 0 {
		return fmt.Errorf("GOLAU_BACKUP_KEEP and GOLAU_BACKUP_KEEP_WEEKS are numbers of days and weeks, from 0")
	}
	_, _, err := r.backupEvery()
	return err
}

// autoBackupEvery is what BackupEvery says where it is left to the program.
const autoBackupEvery = "auto"

// backupEvery is after how long another backup is made, 0 for the night's alone,
// and whether it may be longer where a backup takes long.
func (r runFlags) backupEvery() (every time.Duration, gently bool, err error) {
	switch r.BackupEvery {
	case autoBackupEvery:
		return shortestBackupEvery, true, nil
	case "", "0":
		return 0, false, nil
	}
	every, err = time.ParseDuration(r.BackupEvery)
	if err != nil || every != 0 && every < shortestBackupEvery {
		return 0, false, fmt.Errorf("GOLAU_BACKUP_EVERY is auto, 0, or a time like 1h, at least %s: each backup copies and reads back the whole database", shortestBackupEvery)
	}
	return every, false, nil
}

func (r runFlags) checkImports(demo bool) error {
	if r.ImportDir == "" {
		return nil
	}
	if demo {
		return errors.New("the demonstration brings nobody in: leave GOLAU_IMPORT_DIR empty")
	}
	if info, err := os.Stat(r.ImportDir); err != nil || !info.IsDir() {
		return fmt.Errorf("GOLAU_IMPORT_DIR %q is no folder that is there: make it, and let the program write in it", r.ImportDir)
	}
	return nil
}

func (r runFlags) checkDrain() error {
	if r.DrainWait < 0 || r.DrainWait > longestDrainWait {
		return fmt.Errorf("GOLAU_DRAIN_WAIT %s must lie between 0s and %s", r.DrainWait, longestDrainWait)
	}
	return nil
}

func (r runFlags) checkMetrics() error {
	if r.MetricsAddr == "" {
		return nil
	}
	if _, _, err := net.SplitHostPort(r.MetricsAddr); err != nil {
		return fmt.Errorf("GOLAU_METRICS_ADDR %q must look like 127.0.0.1:9090", r.MetricsAddr)
	}
	if !loopback(r.MetricsAddr) && !r.MetricsOpen {
		return fmt.Errorf("GOLAU_METRICS_ADDR %s can be reached from other machines, and measurements are for whoever runs the site: use 127.0.0.1, or say GOLAU_METRICS_OPEN=true behind a wall of your own", r.MetricsAddr)
	}
	return nil
}

func (r runFlags) checkTLS(s siteFlags, demo bool) error {
	if len(r.TLSDomains) == 0 {
		if r.TLSEmail != "" || r.TLSDirectory != "" {
			return errors.New("GOLAU_TLS_EMAIL and GOLAU_TLS_DIRECTORY need GOLAU_TLS_DOMAINS: without the site's name no certificate is fetched and no TLS is spoken here")
		}
		return nil
	}
	if demo {
		return fmt.Errorf("the demonstration cannot be reached from outside: leave GOLAU_TLS_DOMAINS empty")
	}
	for _, name := range r.TLSDomains {
		if !strings.Contains(name, ".") || strings.ContainsAny(name, "/:*@ ") || net.ParseIP(name) != nil {
			return fmt.Errorf("GOLAU_TLS_DOMAINS: %q is no name of a site, like golau.example.org", name)
		}
	}
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Scheme != "https" || !slices.ContainsFunc(r.TLSDomains, func(d string) bool { return strings.EqualFold(d, u.Hostname()) }) {
		return fmt.Errorf("GOLAU_BASE_URL %q must be https and one of GOLAU_TLS_DOMAINS", mask(s.BaseURL))
	}
	if r.TLSDirectory != "" {
		if u, err := url.Parse(r.TLSDirectory); err != nil || u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("GOLAU_TLS_DIRECTORY %q must be an https address", mask(r.TLSDirectory))
		}
	}
	if _, _, err := net.SplitHostPort(r.TLSHTTPAddr); err != nil {
		return fmt.Errorf("GOLAU_TLS_HTTP_ADDR %q must look like :80", r.TLSHTTPAddr)
	}
	return nil
}

// lines are the settings as golau config prints them.
func (r runFlags) lines(data string) [][2]string {
	return [][2]string{
		{"GOLAU_BACKUP_DIR", r.backups(data)}, {"GOLAU_BACKUP_KEEP", fmt.Sprint(r.BackupKeep)}, {"GOLAU_BACKUP_KEEP_WEEKS", fmt.Sprint(r.BackupKeepWeeks)},
		{"GOLAU_BACKUP_EVERY", r.BackupEvery},
		{"GOLAU_TLS_DOMAINS", strings.Join(r.TLSDomains, ",")}, {"GOLAU_TLS_EMAIL", r.TLSEmail}, {"GOLAU_TLS_DIRECTORY", mask(r.TLSDirectory)},
		{"GOLAU_TLS_HTTP_ADDR", r.TLSHTTPAddr}, {"GOLAU_METRICS_ADDR", r.MetricsAddr}, {"GOLAU_METRICS_OPEN", fmt.Sprint(r.MetricsOpen)},
		{"GOLAU_IMPORT_DIR", r.ImportDir}, {"GOLAU_IMPORT_INVITE", fmt.Sprint(r.ImportInvite)}, {"GOLAU_IMPORT_LANGUAGE", string(r.ImportLanguage)},
		{"GOLAU_DRAIN_WAIT", r.DrainWait.String()},
	}
}
