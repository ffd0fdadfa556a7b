package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

type configCmd struct {
	dataFlags
	siteFlags
	runFlags
}

// Run prints the settings in force, and then, each on a line of its own, all for
// which golau serve would refuse to start with them. It ends with 1 if there is
// anything. It changes nothing, and works while the site serves.
func (c *configCmd) Run(ctx context.Context, s *streams) error {
	c.under(&c.siteFlags)
	for _, line := range append([][2]string{
		{"GOLAU_ADDR", c.Addr}, {"GOLAU_BASE_URL", mask(c.base())}, {"GOLAU_DATA", c.Data}, {"GOLAU_DATABASE_URL", mask(c.DatabaseURL)},
		{"GOLAU_SMTP_URL", mask(c.SMTPURL)}, {"GOLAU_SMTP_PASSWORD_FILE", c.SMTPPasswordFile},
		{"GOLAU_TRUSTED_PROXIES", strings.Join(c.TrustedProxies, ",")},
		{"GOLAU_EXIT_URL", mask(c.ExitURL)}, {"GOLAU_LOG", c.Log}, {"GOLAU_CONTENT", c.Content},
	}, c.lines(c.Data)...) {
		fmt.Fprintf(s.out, "%s=%s\n", line[0], line[1])
	}
	path, misnamed := c.file()
	signIns, half := c.signIns(ctx, path)
	for _, line := range signIns {
		fmt.Fprintln(s.out, line)
	}
	for _, warning := range append(c.warnings(), half...) {
		fmt.Fprintf(s.err, "golau: warning: %s\n", warning)
	}
	err := errors.Join(misnamed, faults(c.siteFlags, c.runFlags, false, c.Data, path))
	if c.Content != "" {
		_, spoilt := openMaterial(wiring{site: c.siteFlags})
		err = errors.Join(err, spoilt)
	}
	if err == nil {
		return nil
	}
	for _, fault := range each(err) {
		fmt.Fprintf(s.err, "golau: %s\n", strings.ReplaceAll(fault.Error(), "\n", "; "))
	}
	return errNo
}

// warnings are what golau serve starts with all the same, and whoever runs it
// will not want.
func (c *configCmd) warnings() (all []string) {
	if c.BackupKeep > 0 && c.BackupDir != "" {
		info, err := os.Stat(c.BackupDir)
		switch {
		case err != nil:
			all = append(all, fmt.Sprintf("the folder of backups %s is not there: is its disk? golau serve makes the folder if it can", c.BackupDir))
		case !info.IsDir():
			all = append(all, fmt.Sprintf("the folder of backups %s is a file: no backup will be made", c.BackupDir))
		default:
			if err := writable(c.BackupDir); err != nil {
				all = append(all, fmt.Sprintf("no backup will be made, since Golau cannot write in their folder: %v", err))
			}
		}
	}
	if c.inClear() {
		all = append(all, "letters may travel unencrypted to the mail server, as tls=optional allows, and whoever is on that way can read the codes and links in them: leave it out if the server offers STARTTLS")
	}
	if info, err := os.Stat(c.SMTPPasswordFile); err == nil && info.Mode().Perm()&0o007 != 0 && runtime.GOOS != "windows" {
		all = append(all, fmt.Sprintf("others can read the mail server's password: run chmod o= %s", c.SMTPPasswordFile))
	}
	known := variables()
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "GOLAU_") && !slices.Contains(known, name) {
			all = append(all, fmt.Sprintf("%s is no setting of Golau: is it misspelt?", name))
		}
	}
	return all
}

// variables are the names of all variables that Golau reads.
func variables() (names []string) {
	parser, err := kong.New(&cli{})
	if err != nil {
		panic(err) // the commands are compiled in
	}
	for _, leaf := range parser.Model.Leaves(false) {
		for _, flag := range leaf.Flags {
			names = append(names, flag.Envs...)
		}
	}
	return names
}
