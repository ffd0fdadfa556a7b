// Command golau is the whole service: it teaches, marks, certifies and keeps
// the evidence. It reads its settings, wires the rooms together, starts and
// stops; what happens in between is the rooms' business, and not known here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	exitDone     = 0
	exitNo       = 1 // the answer is no, or it did not work
	exitWrongUse = 2
)

// errNo makes a command end with exitNo although it has said all there is to
// say already.
var errNo = errors.New("")

// cli lists the commands; each lies in a file of its own.
type cli struct {
	Serve     serveCmd     `cmd:"" help:"Serve the site and do the background work."`
	Check     checkCmd     `cmd:"" help:"Check lessons, questions and words, as their authors' compiler."`
	Seed      seedCmd      `cmd:"" help:"Add synthetic agencies and people, for load and reports."`
	Verify    verifyCmd    `cmd:"" help:"Check a certificate by its number or address."`
	Backup    backupCmd    `cmd:"" help:"Copy the database into a file, while the site serves."`
	Restore   restoreCmd   `cmd:"" help:"Put a backup into an empty place, and check all of it."`
	Certcheck certcheckCmd `cmd:"" help:"Check every certificate and the record of what happened."`
	Retention retentionCmd `cmd:"" help:"Say what is kept for how long, and what would go today."`
	Admin     adminCmd     `cmd:"" help:"Let an administrator back in who cannot get in any more."`
	People    peopleCmd    `cmd:"" help:"Hand somebody their own data who cannot sign in."`
	Report    reportCmd    `cmd:"" help:"Write a report of a board: the same rows as its officers see."`
	Keys      keysCmd      `cmd:"" help:"List and rotate keys."`
	Config    configCmd    `cmd:"" help:"Print the settings in force, secrets masked."`
	Version   versionCmd   `cmd:"" help:"Print the version of Golau, of Go and of SQLite."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with everything given, so that it can be tested.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c cli
	done := false
	parser, err := kong.New(&c, kong.Name("golau"), kong.Description("Teaches professionals to recognise and protect trafficked children."),
		kong.Writers(stdout, stderr), kong.Exit(func(int) { done = true }), kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&streams{stdout, stderr}))
	if err != nil {
		fmt.Fprintln(stderr, "golau:", err)
		return exitWrongUse
	}
	k, err := parser.Parse(args)
	if done { // --help has been answered
		return exitDone
	}
	if err != nil {
		fmt.Fprintf(stderr, "golau: %v. Try golau --help.\n", err)
		return exitWrongUse
	}
	switch err := k.Run(); {
	case err == nil:
		return exitDone
	case errors.Is(err, errNo):
		return exitNo
	default:
		fmt.Fprintln(stderr, "golau:", strings.ReplaceAll(err.Error(), "\n", "; ")) // one line, however many faults
		return exitNo
	}
}

// streams are where a command writes.
type streams struct{ out, err io.Writer }
