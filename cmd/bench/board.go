package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// board measures what an officer sees and takes out of a board of many people beside
// one of few: the register and the list of completions, all completions as a sheet
// beside the engine's own shell, and certificates in one file.
func (b *bench) board(ctx context.Context) error {
	small, err := b.boardOf(ctx, few)
	if err != nil {
		return err
	}
	large, err := b.boardOf(ctx, b.people)
	if err != nil {
		return err
	}
	for what, path := range map[string]string{"register": "/en/board/certificates?", "list of completions": "/en/board/completions?"} {
		if err := b.besideAs(ctx, "megan", "an officer’s "+what, path+"board="+ofBoard, 1.2, small, large); err != nil {
			return err
		}
	}
	return b.takenOut(ctx, large)
}

// boardOf is agencyOf, with the cast's officer for the board.
func (b *bench) boardOf(ctx context.Context, people int) (string, error) {
	folder, err := b.agencyOf(ctx, people)
	if err != nil {
		return "", err
	}
	db, err := openFile(folder)
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `INSERT INTO people_memberships (id, person_id, organisation_id, board_id, role, job_role, started_at)
		SELECT 'officer' || p.id, p.id, m.organisation_id, b.id, m.role, m.job_role, m.started_at
		FROM people_boards b, people_persons p JOIN people_memberships m ON m.person_id = p.id AND m.role = 'officer'
		WHERE p.demo_key = 'megan' AND b.key = ? ON CONFLICT DO NOTHING`, ofBoard)
	return folder, err
}

// besideAs measures a page of somebody's in two folders, in turns.
func (b *bench) besideAs(ctx context.Context, who, what, path string, most float64, folders ...string) error {
	var servers [2]*server
	var cookies [2]string
	var costs [2][]float64
	for i, folder := range folders {
		s, err := b.serveIn(ctx, folder)
		if err != nil {
			return err
		}
		defer s.stop()
		v, err := signIn(ctx, s, who)
		if err != nil {
			return err
		}
		servers[i], cookies[i] = s, "Cookie: "+v.Cookies()
	}
	for range 5 {
		for i, s := range servers {
			_, cost, err := b.readAll(ctx, s, path, cookies[i])
			if err != nil {
				return err
			}
			costs[i] = append(costs[i], cost)
		}
	}
	ratio := median(costs[1]) / median(costs[0])
	b.add(row{what: fmt.Sprintf("%s, of %d people", what, b.people), figure: fmt.Sprintf("%.2f ms CPU", median(costs[1])),
		floor: fmt.Sprintf("of %d people %.2f ms", few, median(costs[0])), ratio: fmt.Sprintf("%.2f", ratio), aim: fmt.Sprintf("≤ %.1f", most), met: ratio <= most})
	return nil
}

// takenOut measures what is sent as one file.
func (b *bench) takenOut(ctx context.Context, folder string) error {
	s, err := b.serveIn(ctx, folder)
	if err != nil {
		return err
	}
	defer s.stop()
	v, err := signIn(ctx, s, "megan")
	if err != nil {
		return err
	}
	first, whole, lines, err := taken(ctx, s, v.Cookies(), "/en/board/completions.csv?board="+ofBoard, "\n")
	if err != nil {
		return err
	}
	shell, err := byShell(ctx, folder)
	if err != nil {
		return err
	}
	b.add(row{what: fmt.Sprintf("%d completions as a sheet, of %d people", lines-1, b.people), figure: seconds(whole) + ", first byte " + seconds(first),
		floor: "sqlite3 " + seconds(shell), ratio: fmt.Sprintf("%.2f", shell.Seconds()/whole.Seconds()), aim: "≥ 0.5", met: shell.Seconds() >= 0.5*whole.Seconds()})
	first, whole, files, err := taken(ctx, s, v.Cookies(), "/en/board/certificates.zip?to=31/12/2200&board="+ofBoard, "PK\x03\x04")
	if err != nil {
		return err
	}
	each := float64(files) / whole.Seconds()
	b.add(row{what: fmt.Sprintf("%d certificates in one file", files-3), figure: fmt.Sprintf("%.0f a second", each), floor: "first byte " + seconds(first), aim: "≥ 60", met: each >= 60})
	resident, own := s.memory()
	b.add(row{what: "memory after both", figure: fmt.Sprintf("%.0f MB", resident), floor: fmt.Sprintf("its own %.0f MB", own)})
	return nil
}

// taken reads an answer as it comes: how long until its first byte and until its last,
// and how often a mark stands in it.
func taken(ctx context.Context, s *server, cookies, path, mark string) (first, whole time.Duration, n int, err error) {
	began := time.Now()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return 0, 0, 0, err
	}
	r.Header.Set("Cookie", cookies)
	got, err := browsers.RoundTrip(r)
	if err != nil {
		return 0, 0, 0, err
	}
	defer got.Body.Close()
	if got.StatusCode != http.StatusOK {
		return 0, 0, 0, fmt.Errorf("%s was answered with %d", path, got.StatusCode)
	}
	buffer, end := make([]byte, 64<<10), []byte(nil)
	for {
		k, err := got.Body.Read(buffer)
		if first == 0 && k > 0 {
			first = time.Since(began)
		}
		piece := append(end, buffer[:k]...)
		n += bytes.Count(piece, []byte(mark))
		end = append([]byte(nil), piece[max(0, len(piece)-len(mark)+1):]...)
		if err == io.EOF {
			return first, time.Since(began), n, nil
		}
		if err != nil {
			return 0, 0, 0, err
		}
	}
}

// byShell is how long the engine's own shell takes to write the same rows of a folder
// that is being served, nobody writing.
func byShell(ctx context.Context, folder string) (time.Duration, error) {
	began := time.Now()
	run := exec.CommandContext(ctx, "sqlite3", "-readonly", "-csv", filepath.Join(folder, "demo", "golau.db"),
		`SELECT at, name, agency_en, job_role, training_group, course, edition, lang, valid_until, certificate_id, revoked, signed FROM reports_completions
		WHERE board_id = (SELECT id FROM people_boards WHERE key = '`+ofBoard+`') ORDER BY at, enrolment_id`)
	var out, said strings.Builder
	run.Stdout, run.Stderr = &out, &said
	if err := run.Run(); err != nil {
		return 0, fmt.Errorf("sqlite3: %w %s", err, said.String())
	}
	return time.Since(began), nil
}
