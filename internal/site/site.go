// Package site knows what the installation says of itself: whose it is, whom to
// ask about privacy, what boards add to the cards for their areas, whether its
// letters go out, and how far its setting up has come.
//
// It does not know which page says it, how a letter is sent, or what is taught.
package site

import (
	"context"

	"golau/internal/audit"
	"golau/internal/i18n"
	"golau/internal/people"
	"golau/internal/store"
)

// Details are what the site says of itself. Every one may be empty: a page then
// leaves the line out, and the administrator's front page asks for it.
type Details struct {
	Owner   Contact // whose site it is: the controller, and whom to write to
	Privacy Contact // the data protection officer, or whoever answers for privacy; without hours and address
}

// Contact is somebody who can be reached. Its words stand in both languages or
// in neither.
type Contact struct {
	Name    i18n.Text
	Email   string
	Phone   string
	Hours   i18n.Text // when the telephone is answered
	Address i18n.Text // by post
}

// Reachable says whether there is any way to reach the contact.
func (c Contact) Reachable() bool { return c.Email != "" || c.Phone != "" || c.Address.Complete() }

// Read returns what the site says of itself, for any page and for anybody: the
// privacy notice, the accessibility statement and the contact page. Before
// somebody has filled it in, every field is empty.
func Read(rx store.Rx) (Details, error) {
	var r struct {
		OwnerNameEN, OwnerNameCY, OwnerEmail, OwnerPhone           string
		OwnerHoursEN, OwnerHoursCY, OwnerAddressEN, OwnerAddressCY string
		PrivacyNameEN, PrivacyNameCY, PrivacyEmail, PrivacyPhone   string
	}
	err := rx.Raw(`SELECT owner_name_en, owner_name_cy, owner_email, owner_phone, owner_hours_en, owner_hours_cy,
		owner_address_en, owner_address_cy, privacy_name_en, privacy_name_cy, privacy_email, privacy_phone
		FROM site_details WHERE id = 1`).Scan(&r).Error
	text := func(en, cy string) i18n.Text { return i18n.Text{EN: en, CY: cy} }
	return Details{
		Owner: Contact{Name: text(r.OwnerNameEN, r.OwnerNameCY), Email: r.OwnerEmail, Phone: r.OwnerPhone,
			Hours: text(r.OwnerHoursEN, r.OwnerHoursCY), Address: text(r.OwnerAddressEN, r.OwnerAddressCY)},
		Privacy: Contact{Name: text(r.PrivacyNameEN, r.PrivacyNameCY), Email: r.PrivacyEmail, Phone: r.PrivacyPhone},
	}, store.Explain(err)
}

// Change changes what the site says of itself. The same again changes nothing.
// Only an administrator may: the others are Forbidden. What cannot stand there
// is Invalid, with the fields owner_name_en, owner_email, privacy_phone and so
// on.
func Change(ctx context.Context, db *store.DB, v people.Viewer, d Details) error {
	if err := v.Require(people.SeeInstallation); err != nil {
		return err
	}
	d, err := d.clean()
	if err != nil {
		return err
	}
	return db.Write(ctx, v.Actor("web"), func(_ context.Context, tx store.Tx) error {
		before, err := Read(tx.Rx)
		if err != nil || before == d {
			return err
		}
		if err := keep(tx, d); err != nil {
			return err
		}
		return audit.Record(tx, "site.details_changed", "site:details", map[string]any{"before": before, "after": d})
	})
}

func keep(tx store.Tx, d Details) error {
	return tx.Exec(`INSERT INTO site_details (id, owner_name_en, owner_name_cy, owner_email, owner_phone,
		owner_hours_en, owner_hours_cy, owner_address_en, owner_address_cy,
		privacy_name_en, privacy_name_cy, privacy_email, privacy_phone, changed_at)
		VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET owner_name_en = excluded.owner_name_en, owner_name_cy = excluded.owner_name_cy,
		owner_email = excluded.owner_email, owner_phone = excluded.owner_phone,
		owner_hours_en = excluded.owner_hours_en, owner_hours_cy = excluded.owner_hours_cy,
		owner_address_en = excluded.owner_address_en, owner_address_cy = excluded.owner_address_cy,
		privacy_name_en = excluded.privacy_name_en, privacy_name_cy = excluded.privacy_name_cy,
		privacy_email = excluded.privacy_email, privacy_phone = excluded.privacy_phone, changed_at = excluded.changed_at`,
		d.Owner.Name.EN, d.Owner.Name.CY, d.Owner.Email, d.Owner.Phone,
		d.Owner.Hours.EN, d.Owner.Hours.CY, d.Owner.Address.EN, d.Owner.Address.CY,
		d.Privacy.Name.EN, d.Privacy.Name.CY, d.Privacy.Email, d.Privacy.Phone, tx.Now).Error
}
