package site

import (
	"context"
	"net/url"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/problem"
	"golau/internal/store"
)

// Notices are what only the owner can say in the privacy notice. Each may be
// empty: the page then says whom to ask, and the administrator is reminded.
type Notices struct {
	Basis   i18n.Text // the law on which people's data is used
	Kept    i18n.Text // how long records and certificates are kept
	Helpers i18n.Text // who handles data on the owner's behalf: hosting, e-mail
	Link    string    // the owner's own privacy notice, https; the same in both languages
}

// maxNotice is the longest of the owner's own paragraphs, in characters.
const maxNotice = 1000

// ReadNotices returns what the owner says in the privacy notice, for anybody.
// Before somebody has filled it in, every field is empty.
func ReadNotices(rx store.Rx) (Notices, error) {
	var r struct{ BasisEN, BasisCY, KeptEN, KeptCY, HelpersEN, HelpersCY, Link string }
	err := rx.Raw(`SELECT basis_en, basis_cy, kept_en, kept_cy, helpers_en, helpers_cy, link
		FROM site_notices WHERE id = 1`).Scan(&r).Error
	return Notices{Basis: i18n.Text{EN: r.BasisEN, CY: r.BasisCY}, Kept: i18n.Text{EN: r.KeptEN, CY: r.KeptCY},
		Helpers: i18n.Text{EN: r.HelpersEN, CY: r.HelpersCY}, Link: r.Link}, store.Explain(err)
}

// ChangeNotices changes what the owner says in the privacy notice. The same
// again changes nothing. Only an administrator may: the others are Forbidden.
// What cannot stand there is Invalid, with the fields basis_en, kept_cy, link
// and so on.
func ChangeNotices(ctx context.Context, db *store.DB, v people.Viewer, n Notices) error {
	if err := v.Require(people.SeeInstallation); err != nil {
		return err
	}
	n, err := n.clean()
	if err != nil {
		return err
	}
	return db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		before, err := ReadNotices(tx.Rx)
		if err != nil || before == n {
			return err
		}
		err = tx.Exec(`INSERT INTO site_notices (id, basis_en, basis_cy, kept_en, kept_cy, helpers_en, helpers_cy, link, changed_at)
			VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET basis_en = excluded.basis_en, basis_cy = excluded.basis_cy,
			kept_en = excluded.kept_en, kept_cy = excluded.kept_cy, helpers_en = excluded.helpers_en,
			helpers_cy = excluded.helpers_cy, link = excluded.link, changed_at = excluded.changed_at`,
			n.Basis.EN, n.Basis.CY, n.Kept.EN, n.Kept.CY, n.Helpers.EN, n.Helpers.CY, n.Link, tx.Now).Error
		if err != nil {
			return err
		}
		return audit.Record(tx, "site.notices_changed", "site:notices", map[string]any{"before": before, "after": n})
	})
}

// clean returns the notices as they will be stored. The problem is Invalid, and
// has every field that needs putting right.
func (n Notices) clean() (Notices, error) {
	all := problem.New(problem.Invalid, "people.invalid", "MaxWords", maxNotice)
	all.Fields = map[string]string{}
	for field, t := range map[string]*i18n.Text{"basis": &n.Basis, "kept": &n.Kept, "helpers": &n.Helpers} {
		*t = words(field, *t, maxNotice, all)
	}
	if n.Link != "" {
		u, err := url.Parse(n.Link)
		// A name that can deceive, or a password in the address, has no place in a notice.
		if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(n.Link) > maxWords || notASCII(n.Link) {
			all.Fields["link"] = "site.link"
		}
	}
	if len(all.Fields) > 0 {
		return n, all
	}
	return n, nil
}

func notASCII(s string) bool {
	for _, b := range []byte(s) {
		if b <= ' ' || b > '~' {
			return true
		}
	}
	return false
}
