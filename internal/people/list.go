package people

import (
	"slices"
	"strings"
	"unicode"

	"golau/internal/i18n"
	"golau/internal/store"

	"golang.org/x/text/unicode/norm"
)

// plain is a text as it is searched: small letters, no accents and no apostrophes
// of any kind, so that "sian" finds "Siân", and "O'Connor" "O’Connor".
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) || r == '\'' || r == '’' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// SearchWords are the words of a search as they stand in the words of a position;
// “Evans, Anwen” is looked for as “Evans Anwen”.
func SearchWords(s string) []string {
	words := strings.FieldsFunc(plain(s), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
	slices.Sort(words)
	words = slices.Compact(words)
	return words[:min(len(words), mostWords)]
}

// mostWords is of how many words of a search, in their order, account is taken: each
// costs the database, and nobody is called by more.
const mostWords = 20

// foundBy reads the positions that have a word between two of each of so many pairs.
func foundBy(words int) string {
	const one = "SELECT DISTINCT position_id FROM people_words WHERE organisation_id = ? AND board_id = ? AND word >= ? AND word < ?"
	return strings.Join(slices.Repeat([]string{one}, words), " INTERSECT ")
}

// FoundBy returns the positions of an agency, whoever leads what of it, of which every
// word of a search begins a word: of the name, the address or a part of it, or the
// staff number. It reads as much as there is to find, however many people there are.
func FoundBy(rx store.Rx, s OrganisationScope, words []string) (ids []string, err error) {
	var args []any
	for _, w := range words {
		args = append(args, s.Organisation(), s.Board(), w, w+string(unicode.MaxRune))
	}
	rows, err := rx.Query(foundBy(len(words)), args...)
	if err != nil {
		return nil, store.Explain(err)
	}
	defer rows.Close()
	ids = []string{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, store.Explain(err)
		}
		ids = append(ids, id)
	}
	return ids, store.Explain(rows.Err())
}

// BoardsOf returns the boards that an organisation works under, by key.
func BoardsOf(rx store.Rx, organisation string) ([]Board, error) {
	var bs []body
	err := rx.Raw(selectBoard+` WHERE id IN (SELECT board_id FROM people_organisation_boards
		WHERE organisation_id = ? AND unlinked_at IS NULL) ORDER BY key`, organisation).Scan(&bs).Error
	boards := make([]Board, len(bs))
	for i, b := range bs {
		boards[i] = b.board()
	}
	return boards, store.Explain(err)
}

// Agency is an organisation as the administrator's list shows it.
type Agency struct {
	Organisation
	Boards  []Board
	Domains []string
	People  int // with a membership that lasts
}

// FindAgencies returns the agencies under the board with the key, or under any
// with "", of which name, key or domain holds the words, in the order of the
// language.
func FindAgencies(rx store.Rx, board, words string, l i18n.Lang) ([]Agency, error) {
	all, err := agencies(rx)
	if err != nil {
		return nil, err
	}
	words = plain(strings.Join(strings.Fields(words), " "))
	found := slices.DeleteFunc(all, func(a Agency) bool {
		under := board == "" || slices.ContainsFunc(a.Boards, func(b Board) bool { return b.Key == board })
		text := plain(a.Name.EN + "\n" + a.Name.CY + "\n" + a.Key + "\n" + strings.Join(a.Domains, "\n"))
		return !under || !strings.Contains(text, words)
	})
	by := i18n.Collator(l)
	slices.SortStableFunc(found, func(a, b Agency) int { return by.CompareString(a.Name.In(l), b.Name.In(l)) })
	return found, nil
}

// agencies reads every agency with what belongs to it.
func agencies(rx store.Rx) ([]Agency, error) {
	var bs []body
	if err := rx.Raw(selectOrganisation + " ORDER BY key").Scan(&bs).Error; err != nil {
		return nil, store.Explain(err)
	}
	boards, err := Boards(rx)
	if err != nil {
		return nil, err
	}
	byID := map[string]Board{}
	for _, b := range boards {
		byID[b.ID] = b
	}
	all, at := make([]Agency, len(bs)), map[string]*Agency{}
	for i, b := range bs {
		all[i].Organisation = b.organisation()
		at[b.ID] = &all[i]
	}
	var pairs []struct{ OrganisationID, Value string }
	err = rx.Raw(`SELECT organisation_id, board_id AS value FROM people_organisation_boards WHERE unlinked_at IS NULL
		ORDER BY organisation_id, board_id`).Scan(&pairs).Error
	if err != nil {
		return nil, store.Explain(err)
	}
	for _, p := range pairs {
		at[p.OrganisationID].Boards = append(at[p.OrganisationID].Boards, byID[p.Value])
	}
	pairs = nil
	if err := rx.Raw("SELECT organisation_id, domain AS value FROM people_email_domains ORDER BY domain").Scan(&pairs).Error; err != nil {
		return nil, store.Explain(err)
	}
	for _, p := range pairs {
		at[p.OrganisationID].Domains = append(at[p.OrganisationID].Domains, p.Value)
	}
	var counts []struct {
		OrganisationID string
		People         int
	}
	err = rx.Raw(`SELECT organisation_id, count(DISTINCT person_id) AS people FROM people_memberships
		WHERE ended_at IS NULL OR ended_at > ? GROUP BY organisation_id`, rx.Now()).Scan(&counts).Error
	for _, c := range counts {
		at[c.OrganisationID].People = c.People
	}
	return all, store.Explain(err)
}
