package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// few is how many people the agency has beside which a large one is measured.
const few = 1000

// ofAgency are the keys of the agency that is measured, and of its board, as
// golau seed gives them.
const ofAgency, ofBoard = "seed-1-a-01", "seed-1-a"

// agency measures the pages of a training lead of many people beside the same of
// few, and beside what they read from the database, with nothing around it; then
// how long it takes until it is worked out anew where everybody stands.
func (b *bench) agency(ctx context.Context) error {
	small, err := b.agencyOf(ctx, few)
	if err != nil {
		return err
	}
	large, err := b.agencyOf(ctx, b.people)
	if err != nil {
		return err
	}
	if err := b.settled(ctx, large); err != nil {
		return err
	}
	for _, p := range []struct{ what, path, floor string }{
		{"list", "/en/lead/people?", floorList},
		{"filter: overdue", "/en/lead/people?status=overdue&", strings.Replace(floorList, "s.gone = 0", "s.gone = 0 AND s.status = 'overdue'", 1)},
		{"filter: a surname", "/en/lead/people?q=jones&", ""},
		{"filter: a whole name", "/en/lead/people?q=joanne+jones&", ""},
		{"filter: an area", "/en/lead/people?team=AREA&", ""},
		{"overview", "/en/lead?", floorOverview},
		{"who will be e-mailed", "/en/lead/reminders?", ""},
	} {
		if err := b.beside(ctx, p.what, p.path, p.floor, small, large); err != nil {
			return err
		}
	}
	return nil
}

// What the pages need at the least.
const (
	floorList = `SELECT n.name, n.email, q.job_role, s.status, s.due_on FROM people_positions q JOIN people_persons n ON n.id = q.person_id
		JOIN course_standings s ON s.position_id = q.id WHERE q.organisation_id = ?1 AND q.board_id = ?2 AND s.course = ?3 AND s.gone = 0
		ORDER BY q.sort_en, q.id LIMIT 50;
		SELECT '', '', '', status, sum(n) FROM course_tallies WHERE organisation_id = ?1 AND board_id = ?2 AND course = ?3 AND gone = 0 GROUP BY status`
	floorOverview = `SELECT t.name_en, t.parent_id, a.team_id, a.status, sum(a.n) FROM course_tallies a LEFT JOIN people_teams t ON t.id = a.team_id
		WHERE a.organisation_id = ?1 AND a.board_id = ?2 AND a.course = ?3 AND a.gone = 0 GROUP BY a.team_id, a.status`
)

// agencyOf is a data folder with the demonstration and an agency of so many people,
// which the cast's lead leads too.
func (b *bench) agencyOf(ctx context.Context, people int) (folder string, err error) {
	folder = filepath.Join(b.dir, fmt.Sprint("agency-", people))
	if people == b.people && b.data != "" {
		folder = b.data
	} else {
		if err := copyFolder(folder, b.demo); err != nil {
			return "", err
		}
		if _, _, err := b.run(ctx, "seed", "--learners", fmt.Sprint(people), "--agencies", "1", "--data", filepath.Join(folder, "demo")); err != nil {
			return "", err
		}
	}
	db, err := openFile(folder)
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `INSERT INTO people_memberships (id, person_id, organisation_id, board_id, role, job_role, started_at)
		SELECT 'leads' || m.id, p.id, m.organisation_id, m.board_id, 'lead', m.job_role, m.started_at
		FROM people_memberships m JOIN people_organisations o ON o.id = m.organisation_id JOIN people_persons p ON p.demo_key = 'sian'
		WHERE m.role = 'lead' AND o.key = ? ON CONFLICT DO NOTHING`, ofAgency)
	return folder, err
}

// openFile opens a data folder's database with the engine alone.
func openFile(folder string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "demo", "golau.db")+"?_pragma=busy_timeout(10000)")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// settled measures how long it takes, beside the pages, until it is worked out anew
// where all the people of an agency stand.
func (b *bench) settled(ctx context.Context, folder string) error {
	db, err := openFile(folder)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err = db.ExecContext(ctx, `INSERT INTO people_moved (position_id) SELECT id FROM people_positions WHERE true ON CONFLICT DO NOTHING`); err != nil {
		return err
	}
	var all int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM people_moved").Scan(&all); err != nil {
		return err
	}
	s, err := b.serveIn(ctx, folder)
	if err != nil {
		return err
	}
	defer s.stop()
	began, cpu := time.Now(), s.cpu()
	for left := all; left > 0 && ctx.Err() == nil; wait(ctx, 20*time.Millisecond) {
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM people_moved").Scan(&left); err != nil {
			return err
		}
	}
	took := time.Since(began)
	b.add(row{what: fmt.Sprintf("all rules for %d people worked out anew, in batches", all), figure: seconds(took), cpu: seconds(s.cpu() - cpu),
		aim: "≤ 10 s", met: took <= 10*time.Second})
	return ctx.Err()
}

// beside measures a page of the small agency and of the large one, in turns, and
// what it reads by itself.
func (b *bench) beside(ctx context.Context, what, path, floor string, folders ...string) error {
	var servers [2]*server
	var cookies, paths [2]string
	var costs [2][]float64
	var raw [2]float64
	for i, folder := range folders {
		s, err := b.serveIn(ctx, folder)
		if err != nil {
			return err
		}
		defer s.stop()
		v, err := signIn(ctx, s, "sian")
		if err != nil {
			return err
		}
		servers[i], cookies[i] = s, "Cookie: "+v.Cookies()
		if raw[i], paths[i], err = b.raw(ctx, folder, floor, path+"at="+url.QueryEscape(ofAgency+"/"+ofBoard)); err != nil {
			return err
		}
	}
	for range 5 {
		for i, s := range servers {
			_, cost, err := b.readAll(ctx, s, paths[i], cookies[i])
			if err != nil {
				return err
			}
			costs[i] = append(costs[i], cost)
		}
	}
	ratio := median(costs[1]) / median(costs[0])
	r := row{what: fmt.Sprintf("a lead’s %s, of %d people", what, b.people), figure: fmt.Sprintf("%.2f ms CPU", median(costs[1])),
		floor: fmt.Sprintf("of %d people %.2f ms", few, median(costs[0])), ratio: fmt.Sprintf("%.2f", ratio), aim: "≤ 2", met: ratio <= 2}
	if floor != "" {
		r.floor += fmt.Sprintf("; SQLite alone %.2f and %.2f ms", raw[0], raw[1])
	}
	b.add(r)
	return nil
}

// raw is how many milliseconds the database alone takes for what a page reads; the
// page's address has the id of an area in it where AREA stood.
func (b *bench) raw(ctx context.Context, folder, floor, path string) (ms float64, at string, err error) {
	db, err := openFile(folder)
	if err != nil {
		return 0, "", err
	}
	defer db.Close()
	var agency, board, area string
	err = db.QueryRowContext(ctx, `SELECT o.id, b.id, (SELECT id FROM people_teams WHERE organisation_id = o.id AND parent_id IS NULL ORDER BY name_en LIMIT 1)
		FROM people_organisations o, people_boards b WHERE o.key = ? AND b.key = ?`, ofAgency, ofBoard).Scan(&agency, &board, &area)
	if err != nil || floor == "" {
		return 0, strings.Replace(path, "AREA", area, 1), err
	}
	var figures []float64
	for range 50 {
		began := time.Now()
		for _, q := range strings.Split(floor, ";") {
			if err := readThrough(ctx, db, q, agency, board, courseSlug); err != nil {
				return 0, "", err
			}
		}
		figures = append(figures, float64(time.Since(began).Microseconds())/1000)
	}
	return median(figures), path, nil
}

// readThrough reads all that a query finds.
func readThrough(ctx context.Context, db *sql.DB, query string, args ...any) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var a, b, c, d, e sql.NullString
	for rows.Next() {
		if err := rows.Scan(&a, &b, &c, &d, &e); err != nil {
			return err
		}
	}
	return rows.Err()
}
