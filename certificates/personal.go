package certificates

import "golau/internal/store"

// Personal lists what this room knows of a person.
var Personal = []store.Personal{
	{Table: "certificates_issued", Query: `SELECT id, kind, revision, holder_name, course_slug, title_en, title_cy, edition, edition_hash, language,
		minutes, objectives, board_en, board_cy, completed_at, valid_until, reviewed, demonstration, issued_at FROM certificates_issued
		WHERE person_id = ? ORDER BY issued_at, id`},
	{Table: "certificates_register", Query: `SELECT r.certificate_id, r.entered_at FROM certificates_register r
		JOIN certificates_issued c ON c.id = r.certificate_id WHERE c.person_id = ? ORDER BY r.id`},
	{Table: "certificates_signatures", Query: `SELECT g.certificate_id, g.kid, g.token, g.signed_at FROM certificates_signatures g
		JOIN certificates_issued c ON c.id = g.certificate_id WHERE c.person_id = ? ORDER BY g.signed_at`},
	{Table: "certificates_status", Query: `SELECT s.certificate_id, s.status, s.successor_id, s.reason, s.at FROM certificates_status s
		JOIN certificates_issued c ON c.id = s.certificate_id WHERE c.person_id = ? ORDER BY s.at`},
}

// Apart lists the other tables of this room.
var Apart = []store.Apart{
	{Table: "certificates_keys", Why: "public keys are the installation's"},
	{Table: "certificates_erased", Why: "what is left of certificates whose holders are here no more"},
}
