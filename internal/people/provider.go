package people

import (
	"context"
	"strings"

	"golau/internal/i18n"
	"golau/internal/sso"
	"golau/internal/store"
)

// The ways in which the site proves itself to a provider.
const (
	BySecret = "secret" // a word that both know
	ByKey    = "key"    // a signature (private_key_jwt), as NHS CIS2 and GOV.UK One Login want it
)

// Provider is where the people of an agency sign in as they do at work.
type Provider struct {
	ID, Key      string
	Organisation Organisation
	Name         i18n.Text
	Issuer       string
	ClientID     string
	Proof        string
	Scopes       string
	ACR          string
	Domains      []string
	SecondFactor bool // whoever comes from there has shown a second factor
	OnlyWay      bool // the agency's people sign in no other way
	Enabled      bool
	EndSession   string // where its own session ends; "" when it does not say
	Tested       store.Time
	Fault        string // what the last test found, "" when nothing: a word of package sso
	FaultSaid    string
	Identities   int // how many people sign in by it
	Met          Met // what became of people who signed in by it

	sealed string
}

type providerRow struct {
	ID, Key, OrganisationID, NameEN, NameCY, Issuer, ClientID, Proof, Sealed, Scopes, ACR string
	SecondFactor, OnlyWay, Enabled                                                        bool
	EndSessionURL, Fault, FaultSaid                                                       string
	TestedAt                                                                              store.Time
	Domains                                                                               string
	Identities                                                                            int
	WorkedAt, FailedSince, FailedAt, ToldAt                                               store.Time
	Failed, FailedSaid                                                                    string
	FailedBrought                                                                         bool
}

// A domain that was taken from the agency is none of its provider's any more.
const selectProvider = `SELECT p.id, p.key, p.organisation_id, p.name_en, p.name_cy, p.issuer, p.client_id, p.proof, p.sealed,
		p.scopes, p.acr, p.second_factor, p.only_way, p.enabled, p.end_session_url, p.fault, p.fault_said, p.tested_at,
		p.worked_at, p.failed_since, p.failed_at, p.failed, p.failed_said, p.failed_brought, p.told_at,
		coalesce((SELECT group_concat(e.domain, ' ' ORDER BY e.domain) FROM people_provider_domains d JOIN people_email_domains e
			ON e.domain = d.domain AND e.organisation_id = p.organisation_id WHERE d.provider_id = p.id), '') AS domains,
		(SELECT count(*) FROM people_identities i WHERE i.provider_id = p.id) AS identities
	FROM people_providers p`

func providers(rx store.Rx, where string, args ...any) ([]Provider, error) {
	var rows []providerRow
	if err := rx.Raw(selectProvider+where+" ORDER BY p.key", args...).Scan(&rows).Error; err != nil {
		return nil, store.Explain(err)
	}
	ps := make([]Provider, len(rows))
	for i, r := range rows {
		o, err := OrganisationByID(rx, r.OrganisationID)
		if err != nil {
			return nil, err
		}
		ps[i] = Provider{ID: r.ID, Key: r.Key, Organisation: o, Name: i18n.Text{EN: r.NameEN, CY: r.NameCY}, Issuer: r.Issuer,
			ClientID: r.ClientID, Proof: r.Proof, Scopes: r.Scopes, ACR: r.ACR, Domains: strings.Fields(r.Domains),
			SecondFactor: r.SecondFactor, OnlyWay: r.OnlyWay, Enabled: r.Enabled, EndSession: r.EndSessionURL, Tested: r.TestedAt,
			Fault: r.Fault, FaultSaid: r.FaultSaid, Identities: r.Identities, sealed: r.Sealed,
			Met: Met{Worked: r.WorkedAt, Since: r.FailedSince, Failed: r.FailedAt, Fault: r.Failed, Said: r.FailedSaid, Brought: r.FailedBrought,
				told: r.ToldAt}}
	}
	return ps, nil
}

func provider(rx store.Rx, where string, args ...any) (Provider, error) {
	ps, err := providers(rx, where, args...)
	if err == nil && len(ps) == 0 {
		err = notFound()
	}
	if err != nil {
		return Provider{}, err
	}
	return ps[0], nil
}

// Providers returns every provider, by key, to whoever keeps them; others:
// problem.Forbidden.
func Providers(rx store.Rx, v Viewer) ([]Provider, error) {
	if err := v.Require(ManagePeople); err != nil {
		return nil, err
	}
	return providers(rx, "")
}

// ProviderByKey returns a provider to whoever keeps them, or problem.NotFound;
// others: problem.Forbidden.
func ProviderByKey(rx store.Rx, v Viewer, key string) (Provider, error) {
	if err := v.Require(ManagePeople); err != nil {
		return Provider{}, err
	}
	return provider(rx, " WHERE p.key = ?", key)
}

// WayIn is a provider as somebody who wants to sign in sees it.
type WayIn struct {
	Key  string
	Name i18n.Text
}

// WaysIn returns the providers that speak for the domain of an address, none
// when nobody does or it is no address. It says nothing of whether anybody has
// the address.
func (d *Directory) WaysIn(ctx context.Context, email string) ([]WayIn, error) {
	key, err := CleanEmail(email)
	if err != nil {
		return nil, nil
	}
	_, domain, _ := strings.Cut(key, "@")
	var rows []struct{ Key, NameEN, NameCY string }
	err = d.db.Read(ctx).Raw(`SELECT p.key, p.name_en, p.name_cy FROM people_providers p
		JOIN people_provider_domains d ON d.provider_id = p.id
		JOIN people_email_domains e ON e.domain = d.domain AND e.organisation_id = p.organisation_id
		WHERE d.domain = ? AND p.enabled = 1 ORDER BY p.key`, domain).Scan(&rows).Error
	ways := make([]WayIn, len(rows))
	for i, r := range rows {
		ways[i] = WayIn{r.Key, i18n.Text{EN: r.NameEN, CY: r.NameCY}}
	}
	return ways, store.Explain(err)
}

// AnyWayIn says whether any provider is in use.
func (d *Directory) AnyWayIn(ctx context.Context) bool {
	var n int
	err := d.db.Read(ctx).Raw("SELECT count(*) FROM people_providers WHERE enabled = 1").Scan(&n).Error
	return err == nil && n > 0
}

// settings are how the site is known to the provider. A secret that cannot be
// opened (the data folder came back without its keys) is the Fault Half.
func (d *Directory) settings(p Provider) (sso.Settings, error) {
	s := sso.Settings{Issuer: p.Issuer, ClientID: p.ClientID, Scopes: p.Scopes, ACR: p.ACR, Redirect: d.Callback(p.Key)}
	raw, err := d.unseal("provider", p.ID, p.sealed)
	if err != nil {
		return s, &sso.Fault{Word: sso.Half, Err: err}
	}
	if p.Proof == BySecret {
		s.Secret = string(raw)
		return s, nil
	}
	if s.Key, err = sso.OpenKey(raw); err != nil {
		return s, &sso.Fault{Word: sso.Half, Err: err}
	}
	return s, nil
}

// Callback is the address to which a provider sends people back: what its
// administrator must write down there.
func (d *Directory) Callback(key string) string { return d.o.Base + "/sso/" + key + "/callback" }

// PublicKey returns the site's own key for a provider, problem.NotFound where a
// secret is used. It is public: whoever asks may have it.
func (d *Directory) PublicKey(ctx context.Context, key string) (*sso.Key, error) {
	p, err := provider(d.db.Read(ctx), " WHERE p.key = ?", key)
	if err == nil && p.Proof != ByKey {
		err = notFound()
	}
	if err != nil {
		return nil, err
	}
	s, err := d.settings(p)
	if err != nil {
		return nil, err
	}
	return s.Key, nil
}
