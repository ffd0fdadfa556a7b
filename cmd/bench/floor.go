package main

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	_ "modernc.org/sqlite" // the engine itself, with nothing around it
)

// beFloor is what bench does when it has started itself as a floor.
func beFloor(ctx context.Context, kind string, args []string) error {
	switch {
	case kind == "echo" && len(args) == 1:
		return echoFloor(ctx, args[0])
	case kind == "sqlite" && len(args) == 3:
		return sqliteFloor(ctx, args[0], args[1], args[2])
	}
	return fmt.Errorf("there is no floor %q with %d arguments", kind, len(args))
}

// echoFloor serves the bytes of a file, ready-made, at every address.
func echoFloor(ctx context.Context, file string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	e := echo.New()
	length := strconv.Itoa(len(body))
	e.GET("/*", func(c echo.Context) error {
		c.Response().Header().Set("Content-Length", length)
		return c.HTMLBlob(http.StatusOK, body)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("Echo is at http://%s\n", l.Addr())
	return http.Serve(l, e)
}

// sqliteFloor writes rows like answers for a while, so many to a commit, and
// prints how many there were in a second.
func sqliteFloor(ctx context.Context, dir, perCommit, seconds string) error {
	per, err := strconv.Atoi(perCommit)
	if err != nil {
		return err
	}
	length, err := time.ParseDuration(seconds)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "floor.db")+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.Exec(`CREATE TABLE answers (attempt TEXT NOT NULL, question INTEGER NOT NULL, version INTEGER NOT NULL,
		response TEXT NOT NULL, sure TEXT, lang TEXT NOT NULL, at INTEGER NOT NULL,
		PRIMARY KEY (attempt, question, version)) STRICT, WITHOUT ROWID`)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	insert, err := conn.PrepareContext(ctx, "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	rows, began := 0, time.Now()
	for time.Since(began) < length {
		if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
			return err
		}
		for range per {
			rows++
			_, err := insert.ExecContext(ctx, "0123456789abcdefghjkmnpqr"+strconv.Itoa(rows%8), rows%10+1, rows,
				`{"choices":["b7f0a2"]}`, "sure", "cy", time.Now().UnixMicro())
			if err != nil {
				return err
			}
		}
		if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
			return err
		}
	}
	fmt.Printf("%f\n", float64(rows)/time.Since(began).Seconds())
	return nil
}

// rawRate runs the SQLite floor and returns its rows a second.
func (b *bench) rawRate(ctx context.Context, perCommit int, wrap ...string) (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp(b.dir, "floor")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	args := append(wrap, self, "--floor", "sqlite", dir, strconv.Itoa(perCommit), b.each.String())
	out, err := exec.CommandContext(ctx, args[0], args[1:]...).Output()
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
}
