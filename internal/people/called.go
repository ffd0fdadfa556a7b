package people

import (
	"golau/internal/i18n"
	"golau/internal/store"
)

// called are the statements that say what is called how, by the kind of thing
// that an id is of.
var called = map[string]string{
	"person":       `SELECT id, name AS name_en, name AS name_cy FROM people_persons WHERE id IN ? AND erased_at IS NULL`,
	"organisation": `SELECT id, name_en, name_cy FROM people_organisations WHERE id IN ?`,
	"board":        `SELECT id, name_en, name_cy FROM people_boards WHERE id IN ?`,
	"council":      `SELECT key AS id, name_en, name_cy FROM people_councils WHERE key IN ?`,
	"team":         `SELECT id, name_en, name_cy FROM people_teams WHERE id IN ?`,
	"position": `SELECT q.id, p.name AS name_en, p.name AS name_cy FROM people_positions q
		JOIN people_persons p ON p.id = q.person_id AND p.erased_at IS NULL WHERE q.id IN ?`,
	"provider":   `SELECT id, name_en, name_cy FROM people_providers WHERE id IN ?`,
	"invitation": `SELECT id, name AS name_en, name AS name_cy FROM people_invitations WHERE id IN ?`,
	"membership": `SELECT m.id, p.name || ', ' || o.name_en AS name_en, p.name || ', ' || o.name_cy AS name_cy
		FROM people_memberships m JOIN people_persons p ON p.id = m.person_id AND p.erased_at IS NULL
		JOIN people_organisations o ON o.id = m.organisation_id WHERE m.id IN ?`,
}

// IsKind says whether the things of the kind have names.
func IsKind(kind string) bool { return called[kind] != "" }

// Called returns what things of one kind are called, by id; what is not there
// any more, or was erased, is absent, and so is everything of a kind without
// names.
func Called(rx store.Rx, kind string, ids []string) (map[string]i18n.Text, error) {
	names := make(map[string]i18n.Text, len(ids))
	if len(ids) == 0 || !IsKind(kind) {
		return names, nil
	}
	var rows []body
	err := rx.Raw(called[kind], ids).Scan(&rows).Error
	for _, r := range rows {
		if r.NameEN != "" {
			names[r.ID] = r.text()
		}
	}
	return names, store.Explain(err)
}
