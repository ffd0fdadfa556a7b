package people

import (
	"context"
	"slices"

	"golau/internal/audit"
	"golau/internal/store"
)

// Domain is an e-mail domain that an agency's people use.
type Domain struct {
	Domain string
	Others []Organisation // who uses it too
	Many   bool           // known to be shared by many organisations
}

// sharedByMany says whether a domain is known to be shared by many organisations:
// that one of them alone is listed here says nothing about where somebody works.
func sharedByMany(domain string) (bool, error) {
	ref, err := LoadReference()
	if err != nil {
		return false, err
	}
	return slices.Contains(ref.Domains.Many, domain), nil
}

// DomainsOf returns an agency's e-mail domains, and who shares each.
func DomainsOf(rx store.Rx, organisation string) ([]Domain, error) {
	var names []string
	if err := rx.Raw("SELECT domain FROM people_email_domains WHERE organisation_id = ? ORDER BY domain", organisation).Scan(&names).Error; err != nil {
		return nil, store.Explain(err)
	}
	domains := make([]Domain, len(names))
	for i, name := range names {
		var bs []body
		err := rx.Raw(selectOrganisation+` WHERE id IN (SELECT organisation_id FROM people_email_domains
			WHERE domain = ? AND organisation_id <> ?) AND retired_at IS NULL ORDER BY key`, name, organisation).Scan(&bs).Error
		if err != nil {
			return nil, store.Explain(err)
		}
		domains[i].Domain = name
		if domains[i].Many, err = sharedByMany(name); err != nil {
			return nil, err
		}
		for _, b := range bs {
			domains[i].Others = append(domains[i].Others, b.organisation())
		}
	}
	return domains, nil
}

// AddAgencyDomain notes an e-mail domain of an agency. Others may have it too;
// noting it again changes nothing. One that cannot be one, or at which anybody
// can have an address, is Invalid with the field "domain"; no such agency is
// NotFound.
func (d *Directory) AddAgencyDomain(ctx context.Context, v Viewer, key, domain string) error {
	return d.changeAgency(ctx, v, key, func(tx store.Tx, o Organisation) error {
		return AddDomain(tx, o.ID, domain)
	})
}

// RemoveAgencyDomain takes an e-mail domain from an agency. Who has come in by
// it stays. One that the agency has not changes nothing; no such agency is
// NotFound.
func (d *Directory) RemoveAgencyDomain(ctx context.Context, v Viewer, key, domain string) error {
	return d.changeAgency(ctx, v, key, func(tx store.Tx, o Organisation) error {
		return removeDomain(tx, o.ID, domain)
	})
}

func removeDomain(tx store.Tx, organisation, domain string) error {
	res := tx.Exec("DELETE FROM people_email_domains WHERE organisation_id = ? AND domain = ?", organisation, domain)
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	return audit.Record(tx, "people.domain_removed", "organisation:"+organisation, map[string]any{"domain": domain})
}
