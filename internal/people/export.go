package people

import (
	"slices"
	"strings"

	"golau/internal/i18n"
	"golau/internal/store"
)

// Rest is what a list of an agency's people says of somebody besides what the
// school knows.
type Rest struct {
	WorksSince string
	Manager    string    // address
	Language   i18n.Lang // of whoever is there
	Suspended  bool
	Email      string // of whoever has left: the one that the agency knew, if it is theirs still
}

// RestOf returns that of everybody who works in what the scope holds, or who has left
// it, by position; of a manager beyond it, nothing.
func RestOf(rx store.Rx, s OrganisationScope, left bool) (map[string]Rest, error) {
	theirs, args := s.Within("g")
	within, more := s.Within("q")
	rows, err := rx.Query(`SELECT q.id, q.works_since, coalesce((SELECT n.email FROM people_positions g JOIN people_persons n ON n.id = g.person_id
			WHERE g.id = q.manager_id AND g.left_at IS NULL AND `+theirs+`), ''), n.language, q.suspended_at IS NOT NULL, q.words, n.email
		FROM people_positions q JOIN people_persons n ON n.id = q.person_id
		WHERE q.organisation_id = ? AND q.board_id = ? AND (q.left_at IS NOT NULL) = ? AND `+within,
		slices.Concat(args, []any{s.Organisation(), s.Board(), left}, more)...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	all := map[string]Rest{}
	for rows.Next() {
		var id, words, email string
		var r Rest
		if err := rows.Scan(&id, &r.WorksSince, &r.Manager, &r.Language, &r.Suspended, &words, &email); err != nil {
			return nil, store.Explain(err)
		}
		if left {
			r.Email, r.Language, r.Suspended = knownAddress(words, email), "", false // what became of them since is nobody's here
		}
		all[id] = r
	}
	return all, store.Explain(rows.Err())
}

// AddressWhenLeft is the address of whoever has left that the agency knew, "" where
// they have another now.
func AddressWhenLeft(rx store.Rx, p Position) (string, error) {
	var words string
	err := rx.Raw("SELECT words FROM people_positions WHERE id = ?", p.ID).Row().Scan(&words)
	return knownAddress(words, p.Email), store.Explain(err)
}

// knownAddress is an address if it is the one among the words of a position, which
// hear of no change once somebody has left.
func knownAddress(words, email string) string {
	if wordAddress(words) == plain(email) {
		return email
	}
	return ""
}

// wordAddress is the address among the words of a position: see arrange.
func wordAddress(words string) string {
	_, rest, _ := strings.Cut(words, "\n")
	address, _, _ := strings.Cut(rest, "\n")
	return address
}

// TeamWays returns the ways to an agency's teams as a list says them, by id.
func TeamWays(teams []Team, l i18n.Lang) map[string]string {
	p := newTeamPaths(teams)
	ways := make(map[string]string, len(teams))
	for id := range p.paths {
		ways[id] = p.path(id, l)
	}
	return ways
}
